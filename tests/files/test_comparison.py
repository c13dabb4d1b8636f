"""Blank against sample, paper against name: forms as offices publish them, true and false pairs alike."""

import json
import random
from pathlib import Path

import pytest
from papers import lock_package, make_picture, make_xlsx

from domain.file_report import FileReport
from files.comparison import is_filled_in, same_text, says_what_it_is
from files.inspection import inspect_file
from sandbox.corpus.attachments import make_docx, make_pdf

RECORDS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gd_guides_2021.jsonl"
BLANK = (
    "食品经营许可申请书",
    "申请人名称：________ 统一社会信用代码：________",
    "法定代表人（负责人）：________ 联系电话：________",
    "经营场所：阳江市________",
    "主体业态：□食品销售经营者 □餐饮服务经营者 □单位食堂",
    "本申请人承诺所填写的内容真实、合法、有效。申请人签字：________ 日期：____年__月__日",
)
FILLED = (
    "食品经营许可申请书",
    "申请人名称：阳江市江城区好味餐馆 统一社会信用代码：92441702MA00000000",
    "法定代表人（负责人）：张小明 联系电话：0662-3000000",
    "经营场所：阳江市江城区体育路1号",
    "主体业态：□食品销售经营者 ☑餐饮服务经营者 □单位食堂",
    "本申请人承诺所填写的内容真实、合法、有效。申请人签字：张小明 日期：2021年3月5日",
)
CROSSED = tuple(line.replace("________", "XXX").replace("____年__月__日", "XX年XX月XX日") for line in BLANK)
OTHER = (
    "排污许可证变更登记表",
    *(f"第{number}条 排放口编号、污染物种类、许可排放浓度限值和许可年排放量" for number in range(9)),
)


def docx(lines: tuple[str, ...]) -> FileReport:
    return inspect_file(make_docx(lines))


def test_layout_and_format_make_no_other_text() -> None:
    assert same_text(docx(BLANK), inspect_file(make_pdf(BLANK))) is True
    assert same_text(docx(BLANK), docx(FILLED)) is False


def test_texts_that_cannot_be_read_cannot_be_compared() -> None:
    picture = inspect_file(make_picture("jpeg"))
    assert same_text(picture, docx(BLANK)) is None
    assert same_text(picture, inspect_file(make_picture("png"))) is None
    assert same_text(picture, picture) is True
    assert same_text(inspect_file(lock_package(make_docx(BLANK), "x")), docx(BLANK)) is None


def test_a_sample_that_somebody_filled_in() -> None:
    assert is_filled_in(docx(BLANK), docx(FILLED)) is True
    assert is_filled_in(inspect_file(make_pdf(BLANK)), docx(FILLED)) is True


def test_long_forms_are_compared_by_their_length() -> None:
    clauses = tuple(f"第{number}条 申请人应当对所提交材料实质内容的真实性负责并接受检查" for number in range(120))
    assert is_filled_in(docx(BLANK + clauses), docx(FILLED + clauses)) is True
    assert is_filled_in(docx(BLANK + clauses), docx((*BLANK, *clauses, "。"))) is False


@pytest.mark.parametrize("sample", [BLANK, BLANK[:-1], CROSSED, ("食品经营许可申请书", *BLANK[1:], "＿＿＿＿")])
def test_samples_that_say_nothing_more_than_the_blank(sample: tuple[str, ...]) -> None:
    assert is_filled_in(docx(BLANK), docx(sample)) is False


@pytest.mark.parametrize("sample", [make_docx(OTHER), make_picture("jpeg"), make_docx(()), b""])
def test_what_cannot_be_told_is_not_told(sample: bytes) -> None:
    assert is_filled_in(docx(BLANK), inspect_file(sample)) is None
    assert is_filled_in(inspect_file(sample), docx(FILLED)) is None


def test_a_character_more_is_not_yet_a_filled_form() -> None:
    assert is_filled_in(docx(BLANK), docx((*BLANK, "第1页"))) is None


@pytest.mark.parametrize(
    "name",
    [
        "食品经营许可申请书",
        "《食品经营许可申请书》（原件1份）",
        "食品经营许可证新办申请书",
        "1.食品经营许可申请表空白表格",
        "申请书",
        "经营场所使用证明",
    ],
)
def test_names_that_fit_or_may_fit_are_not_accused(name: str) -> None:
    assert says_what_it_is(docx(FILLED), name) is not False


def test_the_right_name_is_known() -> None:
    assert says_what_it_is(docx(FILLED), "食品经营许可申请书（样表）") is True
    assert says_what_it_is(inspect_file(make_xlsx([["食品经营许可申请书"]])), "食品经营许可申请书") is True


@pytest.mark.parametrize("name", ["食品摊贩登记申请书", "民办学校设立章程", "居民身份证"])
def test_another_paper_in_the_place_of_the_material_is_told(name: str) -> None:
    assert says_what_it_is(docx(OTHER), name) is False


@pytest.mark.parametrize(
    "lines", [OTHER[:3], OTHER[1:], ("关于印发有关文件的通知" * 30,), ("请在下列栏目中如实填写。" * 30,)]
)
def test_short_papers_and_papers_without_a_title_are_not_accused(lines: tuple[str, ...]) -> None:
    assert says_what_it_is(docx(lines), "食品经营许可申请书") is None


def test_any_paper_may_be_offered_as_other_material() -> None:
    assert says_what_it_is(docx(OTHER), "其他相关证明材料") is None


@pytest.mark.skipif(not RECORDS.exists(), reason="the real records lie beside the checkout, not in it")
def test_papers_that_bear_the_names_of_real_materials() -> None:
    """Papers titled with a material's own name are never accused; those with another's are recognised in some cases."""
    with RECORDS.open(encoding="utf-8") as lines:
        listed = [name for line in lines for name in json.loads(line).get("material_intro") or () if name]
    names = sorted({name.strip() for name in listed if 4 <= len(name.strip()) <= 60})
    assert len(names) > 500
    papers = {name: docx((name, *OTHER[1:])) for name in random.Random(7).sample(names, 150)}
    assert not [name for name, paper in papers.items() if says_what_it_is(paper, name) is False]
    assert sum(says_what_it_is(paper, name) is True for name, paper in papers.items()) > 0.9 * len(papers)
    swapped = zip(papers.values(), reversed(papers), strict=True)
    assert sum(says_what_it_is(paper, name) is True for paper, name in swapped) < 0.05 * len(papers)
