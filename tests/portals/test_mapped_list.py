"""Lists of guides through a mapping: the same rows in every kind of file, and a sentence for each misfit."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from domain.errors import UsageError
from domain.guide_fields import FieldName as F
from domain.guide_fields import FieldState
from portals.mapped_list import read_mapped

HEADER = ["编码", "名称", "部门", "承诺", "材料", "电话"]
ROWS = [
    ["A1", "教师资格认定", "阳江市教育局", "5(工作日)", "申请表；身份证", "（0662）3411111"],
    ["A2", "取水许可", "广州市水务局", "无", "", "&nbsp;"],
]
MAPPING = """
portal = "gdzwfw"
parser = "list/1"
code = "编码"
url = "https://example.org/{code}"
[fields]
"事项名称" = "名称"
department = "部门"
"承诺办结时限" = { column = "承诺", blank = ["无"] }
"申请材料" = { column = "材料", names = "materials", separator = "；" }
"咨询电话" = "电话"
"是否网办" = { constant = "是" }
"""


def write_csv(path: Path, encoding: str, delimiter: str = ",") -> Path:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADER, *ROWS])
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    book.save(path)
    return path


def write_jsonl(path: Path) -> Path:
    lines = (json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False) for row in ROWS)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.mark.parametrize("kind", ["utf-8-sig", "utf-8", "gb18030", "tab", "xlsx", "jsonl"])
def test_the_same_rows_from_every_kind_of_file(kind: str, tmp_path: Path, mapping: Path) -> None:
    if kind == "xlsx":
        path = write_xlsx(tmp_path / "list.xlsx")
    elif kind == "jsonl":
        path = write_jsonl(tmp_path / "list.jsonl")
    elif kind == "tab":
        path = write_csv(tmp_path / "list.csv", "utf-8", "\t")
    else:
        path = write_csv(tmp_path / "list.csv", kind)
    first, second = read_mapped(path, mapping)
    assert (first.code, first.title, first.unit, first.url) == (
        "A1",
        "教师资格认定",
        "dept-06",
        "https://example.org/A1",
    )
    assert first.text(F.PROMISE_LIMIT) == "5个工作日"
    assert [material.name for material in first.materials or ()] == ["申请表", "身份证"]
    assert first.text(F.ONLINE) == "是"
    assert first.kind == "mapped"
    assert (second.unit, second.materials) == (None, ())
    assert second.field(F.PROMISE_LIMIT).raw == "无"
    for name in (F.PROMISE_LIMIT, F.MATERIALS, F.ENQUIRY_PHONE):
        assert second.field(name).state is FieldState.BLANK
    assert first.field(F.PLACE).state is FieldState.NOT_MEASURED
    assert first.laws is None


def test_numbers_in_a_sheet_are_written_as_people_write_them(tmp_path: Path, mapping: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append([1001, "名称", "部门", 5, None, 12345])
    book.save(tmp_path / "list.xlsx")
    (guide,) = read_mapped(tmp_path / "list.xlsx", mapping)
    assert (guide.code, guide.text(F.PROMISE_LIMIT), guide.text(F.ENQUIRY_PHONE)) == ("1001", "5", "12345")


def test_a_code_that_comes_again_stays_a_guide_of_its_own(tmp_path: Path, mapping: Path) -> None:
    path = write_csv(tmp_path / "list.csv", "utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("A2", "A1"), encoding="utf-8")
    assert [(guide.code, guide.item_id) for guide in read_mapped(path, mapping)] == [("A1", "A1"), ("A1", "A1#2")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('"事项名称"', '"事项民称"'), "事项民称.*did you mean 事项名称"),
        (('"名称"', '"题目"'), "list.csv has no column '题目'; its columns are: 编码, 名称"),
        (('code = "编码"', 'code = "代码"'), "list.csv has no the code column '代码'|no the code column"),
        (('code = "编码"', ""), "mapping.toml, code: Field required"),
        (('separator = "；"', 'seperator = "；"'), "seperator.*allowed: .*separator"),
        (('names = "materials"', 'names = "laws"'), "materials"),
        (('{ constant = "是" }', '{ constant = "是", column = "电话" }'), "either a column or a constant"),
        (("[fields]", "[fields"), "mapping.toml is no valid TOML"),
    ],
)
def test_a_mapping_that_does_not_fit(change: tuple[str, str], sentence: str, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "list.csv", "utf-8")
    mapping = tmp_path / "mapping.toml"
    assert change[0] in MAPPING
    mapping.write_text(MAPPING.replace(*change), encoding="utf-8")
    with pytest.raises(UsageError, match=sentence):
        list(read_mapped(path, mapping))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("list.docx", b"x", r"'.docx'; allowed: .jsonl, .csv, .xlsx"),
        ("list.csv", b"", "list.csv is empty"),
        ("list.csv", "编码,名称,部门,承诺,材料,电话\n".encode(), "list.csv has no row"),
        ("list.csv", "编码,编码\nA,B\n".encode(), "'编码' twice"),
        ("list.csv", b"\xff\xff\xff", "no known encoding"),
        ("list.csv", "编码,名称,部门,承诺,材料,电话\n,甲,,,,\n".encode(), "row 1: column '编码' is blank"),
        ("list.jsonl", b"{}\n[]", "has no|line 2"),
        ("list.jsonl", b"not json", "line 1 is no JSON"),
        ("list.jsonl", "编码".encode("gb18030"), "not UTF-8"),
        ("list.xlsx", b"not a zip", "no readable XLSX"),
    ],
)
def test_a_list_that_does_not_fit(name: str, content: bytes, sentence: str, tmp_path: Path, mapping: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=sentence):
        list(read_mapped(tmp_path / name, mapping))


def test_missing_files_are_named(tmp_path: Path, mapping: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.csv cannot be read"):
        list(read_mapped(tmp_path / "none.csv", mapping))
    with pytest.raises(UsageError, match=r"none\.toml cannot be read"):
        list(read_mapped(write_csv(tmp_path / "list.csv", "utf-8"), tmp_path / "none.toml"))
