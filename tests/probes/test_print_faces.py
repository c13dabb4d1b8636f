"""A guide's print, laid out by a third party's engine (Chromium's PDF printer): tables, wrapped cells, paragraphs."""

import io
from collections.abc import Callable, Iterator, Mapping

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

from crawler.rules.example_guide import example
from domain.guide_fields import FieldName
from files.guide_print import UnreadablePrintError, draw_print, read_print
from probes.browser.browser_discovery import find_browser
from probes.faces.face_comparison import compare
from probes.faces.print_facts import PrintAgreement, as_shown, find_facts

pytestmark = pytest.mark.browser
NAME = "公共场所卫生许可（新办）及公共场所卫生许可证有效期届满后的延续办理"
CONDITION = "经营场所的空气、水质、采光和噪声符合国家卫生标准，从业人员持有效健康合格证明。" * 3
VALUES = {
    FieldName.NAME: NAME,
    FieldName.PROMISE_LIMIT: "7个工作日",
    FieldName.LEGAL_LIMIT: "20个工作日",
    FieldName.VISITS: "0",
    FieldName.ENQUIRY_PHONE: "0662-3366123",
    FieldName.COMPLAINT_PHONE: "0662-3366124",
    FieldName.CONDITION: CONDITION,
    FieldName.PLACE: "阳江市江城区东风二路60号",
}
Printer = Callable[..., bytes]


def layout(changes: Mapping[FieldName, str], *, width: str) -> str:
    """Lay a guide out as portals.md §1.6 orders a print: two pairs a row, paragraphs, windows."""
    shown = {**VALUES, FieldName.PROMISE_LIMIT: "7 (工作日)", FieldName.LEGAL_LIMIT: "20 (工作日)", **changes}
    rows = "".join(
        f"<tr><th>{left}</th><td>{shown[one]}</td><th>{right}</th><td>{shown[other]}</td></tr>"
        for left, one, right, other in (
            ("事项名称", FieldName.NAME, "承诺办结时限", FieldName.PROMISE_LIMIT),
            ("法定办结时限", FieldName.LEGAL_LIMIT, "到办事现场次数", FieldName.VISITS),
            ("咨询电话", FieldName.ENQUIRY_PHONE, "投诉电话", FieldName.COMPLAINT_PHONE),
        )
    )
    return (
        f"<html lang=zh><style>table{{width:{width};border-collapse:collapse}}td,th{{border:1px solid;padding:6px}}"
        f"</style><p>指南地址:https://www.gdzwfw.gov.cn/portal/v2/guide/1</p><h2>基础信息</h2><table>{rows}</table>"
        f"<h2>受理条件</h2><p>{shown[FieldName.CONDITION]}</p><h2>办理窗口</h2>"
        f"<p>办理地点：{shown[FieldName.PLACE]}</p><p>办公电话：0662-3360000</p></html>"
    )


@pytest.fixture(scope="module")
def print_page() -> Iterator[Printer]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser("").path))
        page = browser.new_page()

        def printed(changes: Mapping[FieldName, str] | None = None, *, width: str = "100%") -> bytes:
            page.set_content(layout(changes or {}, width=width))
            return page.pdf()

        yield printed
        browser.close()


def differing(content: bytes) -> dict[FieldName, str]:
    lines = read_print(content)
    guide = example(dict(VALUES))()
    found = compare(guide, as_shown(find_facts(lines)), PrintAgreement(lines))
    return {one.field: one.shown for one in found.differences}


@pytest.mark.parametrize("width", ["100%", "70%", "45%"])
def test_a_print_that_says_the_same_has_no_difference(print_page: Printer, width: str) -> None:
    assert differing(print_page(width=width)) == {}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (FieldName.ENQUIRY_PHONE, "0662-3366999"),
        (FieldName.VISITS, "2"),
        (FieldName.PROMISE_LIMIT, "17 (工作日)"),
        (FieldName.PLACE, "阳江市江城区安宁路88号"),
        (FieldName.CONDITION, CONDITION.replace("采光", "温度")),
    ],
)
def test_a_value_that_differs_is_named(print_page: Printer, name: FieldName, shown: str) -> None:
    found = differing(print_page({name: shown}))
    assert set(found) == {name}
    assert found[name][:2] == shown[:2]


def test_the_picture_outlines_the_line(print_page: Printer) -> None:
    content = print_page({FieldName.PLACE: "阳江市江城区安宁路88号"})
    line = next(line for line in read_print(content) if "安宁路" in line.text)
    assert line.box is not None
    picture = Image.open(io.BytesIO(draw_print(content, line.page, (line.box,)))).convert("RGB")
    mark = Image.new("RGB", picture.size, (215, 38, 61))
    red = ImageChops.difference(picture, mark).convert("L").point(lambda far: 255 * (far < 2))
    left, _top, right, _bottom = red.getbbox() or (0, 0, 0, 0)
    assert left == pytest.approx(line.box[0] * 2, abs=10)
    assert right == pytest.approx(line.box[2] * 2, abs=10)


@pytest.mark.parametrize("content", [b"", b"<html>500</html>", b"%PDF-1.4\nbroken"])
def test_what_is_no_print(content: bytes) -> None:
    with pytest.raises(UnreadablePrintError):
        read_print(content)
