"""Figures of other channels: what is typed comes out, what does not fit is named by its cell, whole or nothing."""

import csv
import io
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.errors import UsageError
from domain.imported_figure import ImportChannel, ImportedFigure
from domain.period import Period
from domain.unit import Table, all_units, find_unit
from engine.facts.handed_figures import figures_by_unit
from intake.csv_rows import write_csv_template
from intake.figure_intake import FigureHandIn, take_figures
from intake.filled_table import MisfitsError
from intake.templates.figures import lines_to_fill, make_figures
from intake.workbook_template import write_template
from scoring.catalogue import RowClass, figure_rows, indicator_table
from storage.store import Store

ROWS = figure_rows()
TEMPLATE = make_figures(ROWS)
PERIOD = Period.parse("2021H1")
Filled = Mapping[tuple[str, str, str], Mapping[str, object]]
GOOD: Filled = {
    ("江城区", "C1", "cases_expected"): {"数值": 200, "来源或证明材料": "市办件数据库"},
    ("江城区", "C1", "cases_uploaded"): {"数值": "1,50"},
    (find_unit("dept-02").name, "D26", "yzy_activated"): {"数值": 50},
    (find_unit("dept-02").name, "D26", "yzy_active"): {"数值": 20.5},
}


def workbook(path: Path, filled: Filled, units: Sequence[str] = ("dept-02", "county-1")) -> Path:
    """Fill the template in as an evaluator would: by what a line says, in its own columns."""
    rows = list(lines_to_fill(ROWS, [find_unit(unit) for unit in units]))
    book = load_workbook(io.BytesIO(write_template(TEMPLATE, rows=rows)))
    sheet = book.worksheets[0]
    columns = {str(cell.value).removesuffix("*"): cell.column for cell in sheet[1]}
    left = dict(filled)
    for line in range(3, sheet.max_row + 1):
        told = {name: str(sheet.cell(row=line, column=columns[name]).value) for name in ("单位", "指标", "数据编号")}
        key = (told["单位"], told["指标"].split(" ")[0], told["数据编号"])
        for heading, value in left.pop(key, {}).items():
            sheet.cell(row=line, column=columns[heading]).value = value  # type: ignore[assignment]  # any cell value
    assert not left, f"the template has no line for {sorted(left)}"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once: each test gets a copy."""
    home = tmp_path_factory.mktemp("migrated")
    Store.open(home).close()
    return home


@pytest.fixture
def empty_store(migrated: Path, tmp_path: Path) -> Iterator[Store]:
    with Store.open(shutil.copytree(migrated, tmp_path / "home")) as opened:
        yield opened


def take(store: Store, path: Path, **more: object) -> tuple[ImportedFigure, ...]:
    given = {"table": path, "period": PERIOD, "by": "王明", "source": "2021 年 7 月统计", **more}
    return take_figures(store, ROWS, FigureHandIn(**given))  # type: ignore[arg-type]  # the fields of a hand-in


def rows_on_disk(store: Store) -> list[tuple[object, ...]]:
    """Read the store behind its back."""
    connection = sqlite3.connect(store.home / "yuece.db")
    try:
        columns = "unit, row, figure, version, value"
        return connection.execute(f"SELECT {columns} FROM imported_figure ORDER BY 4, 1, 2, 3").fetchall()
    finally:
        connection.close()


def faults_of(store: Store, path: Path, **more: object) -> list[str]:
    with pytest.raises(MisfitsError) as caught:
        take(store, path, **more)
    assert rows_on_disk(store) == []
    return [fault.say(chinese=True) for fault in caught.value.faults]


def test_the_template_has_a_line_for_every_body_and_figure_of_its_table() -> None:
    lines = list(lines_to_fill(ROWS, all_units()))
    # Counted out of the tables by hand: every figure of annex 2 for 41 bodies, of annex 3 for 7.
    counts = {table: sum(len(row.figures) for row in indicator_table(table).rows) for table in Table}
    assert len(lines) == 41 * counts[Table.DEPARTMENTS] + 7 * counts[Table.COUNTIES]
    assert {line["channel"] for line in lines} == {"现场走访", "系统统计", "日常工作监测"}
    assert all(line["name"] and line["measure"] and line["range"] and line["hint"] for line in lines)


def test_a_filled_table_comes_back_as_it_was_written(empty_store: Store, tmp_path: Path) -> None:
    taken = take(empty_store, workbook(tmp_path / "数据.xlsx", GOOD))
    assert {(one.unit, one.table, one.row, one.figure): one.value for one in taken} == {
        ("county-1", "C", 1, "cases_expected"): Decimal(200),
        ("county-1", "C", 1, "cases_uploaded"): Decimal(150),
        ("dept-02", "D", 26, "yzy_activated"): Decimal(50),
        ("dept-02", "D", 26, "yzy_active"): Decimal("20.5"),
    }
    by_figure = {one.figure: one for one in empty_store.figures.current("2021H1")}
    expected, uploaded = by_figure["cases_expected"], by_figure["cases_uploaded"]
    assert (expected.source, uploaded.source) == ("市办件数据库", "2021 年 7 月统计")
    assert {(one.recorded_by, one.version, one.channel) for one in by_figure.values()} == {
        ("王明", 1, ImportChannel.STATISTICS)
    }
    assert figures_by_unit(empty_store.figures.current("2021H1"))["dept-02"] == {
        26: {"yzy_activated": Decimal(50), "yzy_active": Decimal("20.5")}
    }
    assert list(empty_store.figures.current("2021H2")) == []


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (("江城区", "C1", "cases_expected"), "很多", "不是数"),
        (("江城区", "C1", "cases_expected"), "12%", "不是数"),
        (("江城区", "C1", "cases_expected"), -1, "超出允许范围"),
        (("江城区", "C1", "cases_expected"), 1.5, "应为整数"),
        (("江城区", "C18", "has_report"), 2, "不大于 1"),
        (("江城区", "C40", "judge_1"), 6, "不大于 5"),
        (("江城区", "C1", "cases_expected"), "1234567890123456", "超过 15 位"),
        (("江城区", "C27", "cases_accepted_online"), 7, "大于 cases_accepted_all"),
    ],
)
def test_one_bad_cell_is_named_and_nothing_is_kept(
    empty_store: Store, tmp_path: Path, key: tuple[str, str, str], value: object, said: str
) -> None:
    fine = {("江城区", "C1", "cases_uploaded"): {"数值": 3}, ("江城区", "C27", "cases_accepted_all"): {"数值": 6}}
    extra = {"来源或证明材料": "材料", "评审人": "甲"} if key[1] == "C40" else {}
    path = workbook(tmp_path / "bad.xlsx", {**fine, key: {"数值": value, **extra}}, ["county-1"])
    (fault,) = faults_of(empty_store, path)
    line = next(
        number
        for number, row in enumerate(load_workbook(path).worksheets[0].iter_rows(values_only=True), start=1)
        if row[3] == key[2] and str(row[2]).startswith(f"{key[1]} ")
    )
    assert f"第 {line} 行“数值”（I{line}）" in fault
    assert said in fault


def test_judges_name_themselves_their_proofs_and_are_two(empty_store: Store, tmp_path: Path) -> None:
    first, second = ("江城区", "C39", "judge_1"), ("江城区", "C39", "judge_2")
    nameless = workbook(tmp_path / "a.xlsx", {first: {"数值": 3}}, ["county-1"])
    said = faults_of(empty_store, nameless)
    assert [("写明评审人" in fault, "证明材料" in fault) for fault in said] == [(True, False), (False, True)]
    marks = {"数值": 3, "评审人": "李四", "来源或证明材料": "省级表彰文件"}
    same = workbook(tmp_path / "b.xlsx", {first: marks, second: marks}, ["county-1"])
    said = faults_of(empty_store, same)
    assert ["不得为同一人" in fault for fault in said] == [True, True]
    two = workbook(tmp_path / "c.xlsx", {first: marks, second: {**marks, "评审人": "张三"}}, ["county-1"])
    taken = take(empty_store, two)
    assert {one.recorded_by for one in taken} == {"王明"}
    assert {one.figure: one.source for one in taken} == {
        "judge_1": "评审人：李四；省级表彰文件",
        "judge_2": "评审人：张三；省级表彰文件",
    }
    later = workbook(tmp_path / "d.xlsx", {second: {**marks, "数值": 4}}, ["county-1"])
    with pytest.raises(MisfitsError, match="other mark's judge"):  # 李四 gave the first mark already
        take(empty_store, later)


def table_of(rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([["单位", "指标", "数据编号", "数值", "来源或证明材料"], *rows])
    return target.getvalue().encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_does_as_well(empty_store: Store, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(table_of([["江城区", "C1 办件量", "应上报办件量", "12", "库"]], encoding))
    (taken,) = take(empty_store, path)
    assert (taken.figure, taken.value) == ("cases_expected", Decimal(12))


def test_the_csv_template_is_the_same_table(tmp_path: Path) -> None:
    rows = list(lines_to_fill(ROWS, [find_unit("county-1")]))
    text = write_csv_template(TEMPLATE, rows=rows).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    sheet = load_workbook(io.BytesIO(write_template(TEMPLATE, rows=rows))).worksheets[0]
    book = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert lines == book


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["江城区", "D1", "cases_accepted", "1", "库"]], "适用的指标表"),
        ([["江城区", "C99", "x", "1", "库"]], "不是指标表中可报送的指标"),
        ([["江城区", "C1", "staff", "1", "库"]], "不是该指标的数据编号"),
        ([["月球局", "C1", "cases_expected", "1", "库"]], "不在可选范围"),
        (
            [["江城区", "C1", "cases_expected", "1", "库"], ["江城区", "C1", "cases_expected", "2", "库"]],
            "与第 2 行重复",
        ),
    ],
)
def test_lines_that_name_the_wrong_thing_are_refused(
    empty_store: Store, tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(table_of(rows))
    assert any(said in fault for fault in faults_of(empty_store, path))


def test_a_figure_without_a_source_is_refused(empty_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(table_of([["江城区", "C1", "cases_expected", "1", ""]]))
    (fault,) = faults_of(empty_store, path, source="")
    assert "须写明来源" in fault


def write(path: Path, value: int, figure: str = "cases_expected") -> Path:
    path.write_bytes(table_of([["江城区", "C1", figure, str(value), "库"]]))
    return path


def test_only_a_newer_version_replaces_and_every_version_stays(empty_store: Store, tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.csv", 10), write(tmp_path / "2.csv", 20)
    take(empty_store, one)
    assert take(empty_store, one) == ()  # the same file again brings nothing new
    take(empty_store, two)
    assert [figure.value for figure in empty_store.figures.current("2021H1")] == [Decimal(20)]
    with pytest.raises(UsageError, match="which version 2 has replaced"):
        take(empty_store, one)
    with pytest.raises(UsageError, match="is at 2; allowed: 3 or more"):
        take(empty_store, write(tmp_path / "3.csv", 30), version=2)
    take(empty_store, tmp_path / "3.csv", version=7)
    assert rows_on_disk(empty_store) == [
        ("county-1", 1, "cases_expected", version, value) for version, value in ((1, "10"), (2, "20"), (7, "30"))
    ]
    history = empty_store.figures.history()
    assert [(entry.version, entry.figures, entry.units) for entry in history] == [(1, 1, 1), (2, 1, 1), (7, 1, 1)]
    assert empty_store.figures.latest_version("2021H1") == 7
    take(empty_store, one, period=Period.parse("2021H2"))  # another half-year counts for itself
    assert empty_store.figures.latest_version("2021H2") == 1


def test_a_newer_table_of_other_figures_leaves_the_rest(empty_store: Store, tmp_path: Path) -> None:
    take(empty_store, write(tmp_path / "1.csv", 10))
    take(empty_store, write(tmp_path / "2.csv", 4, "cases_uploaded"))
    current = {one.figure: (one.value, one.version) for one in empty_store.figures.current("2021H1")}
    assert current == {"cases_expected": (Decimal(10), 1), "cases_uploaded": (Decimal(4), 2)}


def test_a_part_and_its_whole_are_held_together_across_versions(empty_store: Store, tmp_path: Path) -> None:
    rows = [["江城区", "C27", "cases_accepted_all", "10", "库"], ["江城区", "C27", "cases_accepted_online", "8", "库"]]
    (tmp_path / "1.csv").write_bytes(table_of(rows))
    take(empty_store, tmp_path / "1.csv")
    (tmp_path / "2.csv").write_bytes(table_of([["江城区", "C27", "cases_accepted_online", "11", "库"]]))
    with pytest.raises(MisfitsError, match="exceeds cases_accepted_all, which is 10 in the store"):
        take(empty_store, tmp_path / "2.csv")
    (tmp_path / "3.csv").write_bytes(table_of([["江城区", "C27", "cases_accepted_all", "7", "库"]]))
    with pytest.raises(MisfitsError, match="less than cases_accepted_online, which is 8 in the store"):
        take(empty_store, tmp_path / "3.csv")
    assert len(rows_on_disk(empty_store)) == 2


@pytest.mark.parametrize("by", ["", "   ", "x" * 61])
def test_whoever_hands_in_says_who_they_are(empty_store: Store, tmp_path: Path, by: str) -> None:
    with pytest.raises(UsageError, match="evaluator's name"):
        take(empty_store, write(tmp_path / "1.csv", 1), by=by)
    assert rows_on_disk(empty_store) == []


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"\xff\xfe\xfa\x81", b'"open'])
def test_bytes_that_are_no_table_are_refused(empty_store: Store, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(data)
    with pytest.raises(UsageError):
        take(empty_store, path)
    assert rows_on_disk(empty_store) == []


def test_judged_and_imported_rows_all_have_lines() -> None:
    named = {(row.table, row.no) for row in ROWS}
    for table in Table:
        for row in indicator_table(table).rows:
            if row.row_class in (RowClass.IMPORT, RowClass.JUDGEMENT):
                assert (table, row.no) in named
