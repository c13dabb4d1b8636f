"""The replica's client-rendered pages in a real Chromium: what a citizen sees, and what reaches the ledger."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from sandbox.serving import Sandbox

pytestmark = pytest.mark.browser
ATTACKS = {
    "form": "hostile",
    "fetch": "hostile",
    "xhr": "hostile",
    "beacon": "hostile",
    "link": "rate",
    "iframe": "hostile",
    "meta": "cancel_booking",
    "websocket": "websocket",
}


def make_code(number: int) -> str:
    """The task code of an item of the tiny corpus."""
    return f"11441700007076000X2440101{number:06d}"


def plan_faults(sandbox: Sandbox, plan: dict[str, list[str]]) -> None:
    """Put misbehaviours in force."""
    httpx.post(f"{sandbox.control_url}/faults", json=plan).raise_for_status()


def read_changes(sandbox: Sandbox) -> list[str]:
    """Give the kinds of everything in the ledger."""
    entries: list[dict[str, Any]] = httpx.get(f"{sandbox.control_url}/ledger").json()["state_changing"]
    return [entry["kind"] for entry in entries]


def wait_for_change(page: Page, sandbox: Sandbox) -> list[str]:
    """Wait up to five seconds until something reached the ledger."""
    for _ in range(50):
        kinds = read_changes(sandbox)
        if kinds:
            return kinds
        page.wait_for_timeout(100)
    return []


def open_guide(page: Page, sandbox: Sandbox, number: int) -> None:
    """Open a guide of the second generation."""
    page.goto(f"{sandbox.origins.www}/portal/v2/guide/{make_code(number)}")


def log_in(page: Page, sandbox: Sandbox) -> None:
    """Log in on the unified login page."""
    page.fill("#username", sandbox.test_account["username"])
    page.fill("#password", sandbox.test_account["password"])
    page.click("button[type=submit]")


def open_form(page: Page, sandbox: Sandbox, number: int) -> None:
    """Come from the guide through the login to the form's first page."""
    open_guide(page, sandbox, number)
    page.locator("div.matters-head-action-wrapper a", has_text="在线办理").click()
    log_in(page, sandbox)
    expect(page.locator("#application")).to_have_attribute("data-page", "1")


def go_on(page: Page, number: int) -> None:
    """Press 下一步 and wait for that page."""
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#application")).to_have_attribute("data-page", str(number))


def test_the_guide_renders_its_sections(fresh: Sandbox, page: Page) -> None:
    open_guide(page, fresh, 2)
    parts = page.locator("div.matters-content-part")
    expect(parts).to_have_count(11)
    expect(page.locator("h2#matters-part1.matters-subtitle")).to_have_text("基本信息")
    expect(page.locator("h1 div.matters-truncate.title-name")).to_have_text("民办学校审批第2类")
    row = page.locator(
        "table.matters-table.matters-table-bordered.matters-table-info th", has_text="承诺办结时限"
    ).first
    assert row.evaluate("cell => cell.nextElementSibling.textContent") == "5(工作日)"
    assert page.locator("#tab3 th").first.text_content() == "中华人民共和国教育法"
    assert page.locator("#mainWrap b").count() == 0


def test_long_text_and_tables_unfold(fresh: Sandbox, page: Page) -> None:
    open_guide(page, fresh, 2)
    text = page.locator("p.matters-truncate", has_text="独立法人资格")
    folded = text.bounding_box()
    page.locator("button.matters-truncate-toggle", has_text="展开").first.click()
    unfolded = text.bounding_box()
    assert folded is not None
    assert unfolded is not None
    assert unfolded["height"] > folded["height"]
    rows = page.locator("#matters-cond .table-collapse-wrapper tbody tr")
    assert sum(row.is_visible() for row in rows.all()) == 5
    page.locator("[data-toggle=table-collapse]").click()
    assert sum(row.is_visible() for row in rows.all()) == 7


def test_attachments_are_json_in_an_attribute(fresh: Sandbox, page: Page) -> None:
    open_guide(page, fresh, 2)
    link = page.locator("a.matters-detail-attach").first
    files = link.evaluate("link => JSON.parse(link.dataset.attach)")
    assert files[0]["ATTACHNAME"] == "申请表(空白).doc"
    assert files[0]["FILEPATH"].startswith("//127.0.0.1:")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("detail_html_500", "系统繁忙"),
        ("detail_errcode_0", "未找到匹配的信息"),
        ("detail_truncated_json", "页面加载失败"),
        ("detail_captcha", "验证码"),
        ("page_waf", "防火墙"),
    ],
)
def test_a_broken_guide_page_says_so(fresh: Sandbox, page: Page, name: str, words: str) -> None:
    plan_faults(fresh, {make_code(2): [name]})
    open_guide(page, fresh, 2)
    expect(page.locator("body")).to_contain_text(words)
    assert page.locator(".matters-content-part").count() == 0


@pytest.mark.parametrize("name", ["detail_html_500_once", "detail_429_once", "detail_503_once", "detail_slow"])
def test_the_guide_page_outlives_a_short_outage(fresh: Sandbox, page: Page, name: str) -> None:
    plan_faults(fresh, {make_code(2): [name]})
    open_guide(page, fresh, 2)
    expect(page.locator("div.matters-content-part").first).to_be_visible()


def test_a_changed_layout_shows_the_same_under_other_names(fresh: Sandbox, page: Page) -> None:
    plan_faults(fresh, {make_code(2): ["page_layout_changed"]})
    open_guide(page, fresh, 2)
    expect(page.locator(".zwx-block").first).to_contain_text("民办学校审批第2类")
    assert page.locator("[class*=matters], #mainWrap").count() == 0


def test_search_results_page_on(fresh: Sandbox, page: Page) -> None:
    page.goto(f"{fresh.origins.www}/portal/v2/search?keyword=民办学校审批&region=441700")
    cards = page.locator(".result-card")
    expect(cards).to_have_count(10)
    expect(page.locator(".result-count")).to_contain_text("31")
    page.get_by_role("button", name="下一页").click()
    expect(page.locator(".page-state")).to_contain_text("第 2 / 4 页")
    first = page.locator(".result-card a.result-name").first
    assert "/portal/v2/guide/" in str(first.get_attribute("href"))


def test_search_without_result_says_so(fresh: Sandbox, page: Page) -> None:
    page.goto(f"{fresh.origins.www}/portal/v2/search?keyword=核电站&region=441700")
    expect(page.locator(".result-empty")).to_contain_text("未找到")


def test_booking_shows_free_slots_and_a_click_files(fresh: Sandbox, page: Page) -> None:
    open_guide(page, fresh, 2)
    page.locator("div.matters-head-action-wrapper a", has_text="预约").click()
    expect(page.locator(".calendar-day")).to_have_count(10)
    assert page.locator(".calendar-slot[data-free='1']").count() == 21
    assert read_changes(fresh) == []
    page.locator(".calendar-slot:enabled").first.click()
    assert wait_for_change(page, fresh) == ["reserve_slot"]


def test_a_full_calendar_and_one_that_never_loads(fresh: Sandbox, page: Page) -> None:
    page.goto(f"{fresh.origins.www}/rmpc/qsyy/index?code={make_code(203)}")
    expect(page.locator(".calendar-day.is-full")).to_have_count(10)
    plan_faults(fresh, {make_code(1): ["booking_never_loads"]})
    page.goto(f"{fresh.origins.www}/rmpc/qsyy/index?code={make_code(1)}")
    page.wait_for_timeout(1000)
    expect(page.locator("#calendar")).to_have_text("号源加载中…")


def test_the_whole_application_leaves_no_trace_until_the_last_button(fresh: Sandbox, page: Page) -> None:
    open_form(page, fresh, 1)
    page.fill("#field-address", "")
    page.fill("#field-idNumber", "441799199001019990")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#row-address .form-error")).to_have_text("请填写联系地址")
    expect(page.locator("#row-idNumber .form-error")).to_contain_text("校验位")
    page.fill("#field-idNumber", "441799199001019998")
    page.fill("#field-address", "阳江市测试路1号")
    go_on(page, 2)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#row-situation .form-error")).to_have_text("请选择办理情形")
    page.locator("input[name=situation]").first.check()
    go_on(page, 3)
    expect(page.locator("input[type=file]")).to_have_count(7)
    go_on(page, 4)
    page.locator("input[name=delivery]").first.check()
    go_on(page, 5)
    assert read_changes(fresh) == []
    page.get_by_role("button", name="提交申请").click()
    expect(page.locator(".submit-state")).to_contain_text("提交成功")
    assert read_changes(fresh) == ["submit_application"]


def test_an_upload_files_at_once(fresh: Sandbox, page: Page) -> None:
    open_form(page, fresh, 1)
    page.fill("#field-address", "阳江市测试路1号")
    go_on(page, 2)
    page.locator("input[name=situation]").first.check()
    go_on(page, 3)
    page.set_input_files("#file-0", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    assert wait_for_change(page, fresh) == ["upload_material"]


def test_autosave_files_a_draft_at_each_next(fresh: Sandbox, page: Page) -> None:
    open_form(page, fresh, 120)
    page.fill("#field-address", "阳江市测试路1号")
    go_on(page, 2)
    assert read_changes(fresh) == ["save_draft"]


def test_a_dead_end_has_no_way_on(fresh: Sandbox, page: Page) -> None:
    plan_faults(fresh, {make_code(1): ["apply_dead_end"]})
    open_form(page, fresh, 1)
    page.fill("#field-address", "阳江市测试路1号")
    go_on(page, 2)
    assert page.get_by_role("button", name="下一步").count() == 0


def test_a_lost_session_leads_back_to_the_login(fresh: Sandbox, page: Page) -> None:
    plan_faults(fresh, {make_code(1): ["apply_session_lost"]})
    open_form(page, fresh, 1)
    page.fill("#field-address", "阳江市测试路1号")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_url(f"{fresh.origins.tyrz}/**")


def test_a_company_login_refuses_the_citizen(fresh: Sandbox, page: Page) -> None:
    page.goto(f"{fresh.origins.bsxt}/apprUnionApply?code={make_code(100)}")
    log_in(page, fresh)
    expect(page.locator("#login-error")).to_contain_text("法人账号")


def test_the_old_apply_address_goes_on_by_hash(fresh: Sandbox, page: Page) -> None:
    page.goto(f"{fresh.origins.www}/gaio/apply.html#/{make_code(1)}")
    page.wait_for_url(f"{fresh.origins.tyrz}/**")


@pytest.mark.parametrize("kind", sorted(ATTACKS))
@pytest.mark.parametrize("desk", [False, True], ids=["same-origin", "other-origin"])
def test_hostile_pages_reach_the_ledger_of_an_unguarded_browser(
    fresh: Sandbox, page: Page, kind: str, desk: bool
) -> None:
    page.goto(f"{fresh.control_url}/hostile/{kind}" if desk else f"{fresh.origins.www}/__hostile__/{kind}")
    assert set(wait_for_change(page, fresh)) == {ATTACKS[kind]}
