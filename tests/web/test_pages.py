"""Every page in a real Chromium: what an evaluator reads, in both languages, with crawled text kept harmless."""

import re

import pytest
from filled_store import BROKEN_OUT, REVIEWED_ITEM, SCRIPT, SECOND_NIGHT
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
RUN = f"/runs/{SECOND_NIGHT}"
OBSERVATION = f"{RUN}/observations/gdzwfw/online-application/{REVIEWED_ITEM}"
GUIDE = f"{RUN}/guides/gdzwfw/{REVIEWED_ITEM}"
PAGES = ("/", RUN, f"{RUN}/units/dept-01", f"{RUN}/findings", f"{RUN}/observations", OBSERVATION, GUIDE)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_in_both_languages_without_a_fault(page: Page, origin: str, path: str, language: str) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    answer = page.goto(f"{origin}{path}?lang={language}")
    assert answer is not None
    assert answer.status == 200
    assert faults == []
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if language == "zh" else "en")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".switch")).to_have_text("English" if language == "zh" else "中文")
    assert "pwned" not in page.title()
    assert page.evaluate("document.querySelectorAll('main script, main img[onerror]').length") == 0
    missing = page.evaluate("[...document.images].filter(i => !(i.complete && i.naturalWidth)).map(i => i.src)")
    assert missing == []


def test_an_evaluator_walks_from_the_runs_to_the_raw_document(page: Page, origin: str) -> None:
    page.goto(origin)
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name=SECOND_NIGHT).click()
    expect(page.get_by_text("本次运行的对象是演练环境")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="市委办公室(市档案局)"))
    expect(row).to_contain_text("86.75")  # 90 - 1 × 3.25
    expect(row).to_contain_text("95%")  # 19 of 20
    row.get_by_role("link", name="市委办公室(市档案局)").click()
    expect(page.get_by_text("2 × 85% = 1.7 分")).to_be_visible()
    expect(page.get_by_text("覆盖率 50%，最低要求 90%。这是本方的缺口，不是 0 分")).to_be_visible()
    page.get_by_role("link", name="建筑工程施工许可证核发（第0项）").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("建筑工程施工许可证核发（第0项）")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载原始文档").click()
    assert download.value.path().read_text() == f'{{"item": "{REVIEWED_ITEM}", "x": "{SCRIPT}"}}'
    assert download.value.suggested_filename.endswith(".txt")


def test_an_observation_shows_steps_pictures_measures_and_refusals(page: Page, origin: str) -> None:
    page.goto(origin + OBSERVATION)
    expect(page.locator("h1 .badge")).to_have_text("✗不通过")
    expect(page.locator(".verdict")).to_contain_text(SCRIPT + BROKEN_OUT)
    expect(page.locator(".step")).to_have_count(4)
    expect(page.locator(".step img")).to_have_count(3)
    expect(page.locator(".step-failed h3")).to_contain_text("失败")
    expect(page.locator(".step-skipped")).to_contain_text("此步骤没有截图")
    assert page.locator(".step-failed a[href^='javascript']").count() == 0
    expect(page.get_by_role("row", name="first_paint_ms")).to_contain_text("812.25")
    expect(page.get_by_role("row", name="POST")).to_contain_text("method-not-read-only")
    expect(page.locator(".remarks")).to_contain_text("张评估")
    expect(page.locator(".remarks")).to_contain_text(SCRIPT)
    with page.context.expect_page() as opened:
        page.locator(".picture").first.click()
    opened.value.wait_for_load_state()
    assert re.fullmatch(rf"{origin}/evidence/[0-9a-f]{{64}}", opened.value.url)


def test_a_guide_shows_how_it_reads_with_the_unexplained_words_marked(page: Page, origin: str) -> None:
    page.goto(origin + GUIDE)
    panel = page.locator(".readability")
    expect(panel).to_contain_text("未经校准不计分")
    flow = panel.get_by_role("row", name="办理流程")
    expect(flow.get_by_role("cell")).to_have_text(["42", "16", "8.4", "14.3%", "0", "100%", "—"])
    marks = panel.locator("mark")
    # not 受理通知书, which is explained there, nor the 用海 within 使用海域
    expect(marks).to_have_text(["施工许可证", "容缺受理", "用海"])
    expect(marks.nth(1)).to_have_attribute("title", "主要材料齐了就先收下，缺的次要材料约定时间再补")
    expect(panel.get_by_role("row", name="受理通知书")).to_contain_text("已解释")
    assert SCRIPT in panel.inner_text()  # a material's name, as text
    page.goto(f"{origin}{GUIDE}?lang=en")
    expect(page.locator(".readability h2")).to_have_text("Readability")


def test_a_guide_shows_what_was_printed_beside_what_was_read(page: Page, origin: str) -> None:
    page.goto(origin + GUIDE)
    row = page.get_by_role("row", name="法定办结时限 正常")
    expect(row).to_contain_text("15(工作日)")
    expect(row).to_contain_text("15&nbsp;(工作日)")
    fault = page.locator(".fields tr.fault").filter(has=page.get_by_role("rowheader", name="承诺办结时限"))
    expect(fault).to_contain_text("承诺办结时限长于法定办结时限")
    expect(page.get_by_role("row", name="办理地点")).to_contain_text(SCRIPT)
    expect(page.get_by_role("row", name="受理条件")).to_contain_text("来源没有此字段")
    live = page.get_by_role("link", name="打开平台原页面")
    expect(live).to_have_attribute("href", re.compile(r"^https://www\.gdzwfw\.gov\.cn/portal/v2/guide/"))
    expect(live).to_have_attribute("rel", "noreferrer noopener")
    assert page.locator("a[href^='javascript']").count() == 0
    expect(page.locator(".badges")).to_contain_text("通过 1")


def test_a_guide_that_was_not_read_says_why(page: Page, origin: str) -> None:
    page.goto(f"{origin}{RUN}/guides/gdzwfw/gdzwfw-dept-01-19")
    expect(page.locator(".verdict")).to_have_text("这份指南没有读到：出现验证码。")


def test_findings_are_filtered_and_paged(page: Page, origin: str) -> None:
    page.goto(f"{origin}{RUN}/findings")
    expect(page.locator(".pager").first).to_contain_text("第 1 页，共 4 页 · 合计 152 条")  # 4 bodies × 19 × 2
    page.get_by_role("link", name="下一页").first.click()
    expect(page.locator(".pager").first).to_contain_text("第 2 页")
    page.get_by_label("单位").select_option("dept-09")
    page.get_by_label("规则").select_option("phone.dialable")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".pager").first).to_contain_text("合计 19 条")
    expect(page.locator("tbody tr")).to_have_count(19)
    page.get_by_role("link", name="English").click()
    expect(page.locator("tbody tr")).to_have_count(19)
    expect(page.get_by_role("heading", level=1)).to_have_text("Findings")
    page.goto(f"{origin}{RUN}/findings?page=999")
    expect(page.locator(".pager").first).to_contain_text("第 4 页，共 4 页")


def test_observations_are_filtered_by_outcome(page: Page, origin: str) -> None:
    page.goto(f"{origin}{RUN}/observations")
    expect(page.locator("tbody tr")).to_have_count(24)  # 4 bodies × 6
    page.get_by_label("结果").select_option("blocked")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.locator("tbody")).to_contain_text("出现滑动验证")


def test_outcomes_differ_in_words_and_signs_and_not_only_in_colour(page: Page, origin: str) -> None:
    page.goto(origin + RUN)
    heads = page.locator("section").filter(has_text="探测结果").first.locator("thead .badge").all_inner_texts()
    assert [re.sub(r"\s", "", head) for head in heads] == [
        "✓通过",
        "✗不通过",
        "–不适用",
        "⊘受阻",
        "?无法判定",
        "!本方错误",
    ]


def test_the_keyboard_reaches_the_content_first(page: Page, origin: str) -> None:
    page.goto(origin)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [1360, 390])
def test_no_page_scrolls_sideways(page: Page, origin: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(origin + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def contrast(page: Page) -> list[str]:
    """Texts in badges whose contrast is below WCAG 2.2 AA (4.5 : 1), computed by the published formula."""
    found: list[str] = page.evaluate(
        """() => {
          const luminance = colour => {
            const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(part => part / 255)
              .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return [...document.querySelectorAll('.badge, .action, button, .bar a')].filter(element => {
            let back = element;
            const clear = 'rgba(0, 0, 0, 0)';
            while (getComputedStyle(back).backgroundColor === clear && back.parentElement) back = back.parentElement;
            const colours = [getComputedStyle(element).color, getComputedStyle(back).backgroundColor];
            const [dark, light] = colours.map(luminance).sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05) < 4.5;
          }).map(element => element.textContent);
        }"""
    )
    return found


@pytest.mark.parametrize("path", PAGES)
def test_badges_and_buttons_have_enough_contrast(page: Page, origin: str, path: str) -> None:
    page.goto(origin + path)
    assert contrast(page) == []
