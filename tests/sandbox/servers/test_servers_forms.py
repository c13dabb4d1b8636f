"""The sandbox's forms do what its truth says of them, seen with bare Playwright and plain requests."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from sandbox.serving import Sandbox, running_sandbox

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def forms() -> Iterator[tuple[Sandbox, list[dict[str, Any]]]]:
    with running_sandbox(["--size", "150", "--seed", "12"]) as sandbox:
        with urllib.request.urlopen(f"{sandbox.control_url}/truth", timeout=20) as answer:
            guides = json.loads(answer.read())["guides"]
        yield sandbox, [guide for guide in guides if guide.get("form")]


def sign_in(page: Page, sandbox: Sandbox) -> None:
    page.fill("input[name=username]", sandbox.test_account["username"])
    page.fill("input[name=password]", sandbox.test_account["password"])
    page.click("form[data-tab=account] button[type=submit]")


def pick(guides: list[dict[str, Any]], **traits: object) -> dict[str, Any]:
    wanted = {"slow_pages": 0, **traits}
    return next(guide for guide in guides if all(guide["form"][name] == value for name, value in wanted.items()))


def ask(page: Page, sandbox: Sandbox, guide: dict[str, Any]) -> None:
    page.goto(f"{sandbox.origins.bsxt}/apprUnionApply?itemId={guide['item_id']}")


def test_a_second_login_and_one_that_leads_home(forms: tuple[Sandbox, list[dict[str, Any]]], page: Page) -> None:
    sandbox, guides = forms
    ask(page, sandbox, pick(guides, second_login=True, returns_to_item=True))
    sign_in(page, sandbox)
    expect(page.locator("input[name=username]")).to_have_value("")  # the login once more, without a message
    expect(page.locator("#login-error")).to_have_text("")
    sign_in(page, sandbox)
    expect(page.locator("#application .form-body")).to_be_visible()
    page.context.clear_cookies()
    ask(page, sandbox, pick(guides, second_login=False, returns_to_item=False))
    sign_in(page, sandbox)
    expect(page.locator(".apply-home")).to_be_visible()


@pytest.mark.parametrize("style", ["field", "vague", "alert", "silent", "unchecked", "bubble"])
def test_an_empty_required_field_meets_what_the_truth_says(
    forms: tuple[Sandbox, list[dict[str, Any]]], page: Page, style: str
) -> None:
    sandbox, guides = forms
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    ask(page, sandbox, pick(guides, required_complaint=style, second_login=False, returns_to_item=True))
    sign_in(page, sandbox)
    page.get_by_role("button", name="下一步").click()
    error, root = page.locator("#row-address .form-error"), page.locator("#application")
    if style == "unchecked":
        expect(root).to_have_attribute("data-page", "2")
        return
    expect(error).to_have_text({"field": "请填写联系地址", "vague": "输入有误"}.get(style, ""))
    assert said == (["请填写联系地址"] if style == "alert" else [])
    assert page.evaluate("document.activeElement.id === 'field-address'") is (style == "bubble")
    expect(root).to_have_attribute("data-page", "1")


@pytest.mark.parametrize("sideways", [True, False])
def test_a_form_fits_a_telephone_or_not(
    forms: tuple[Sandbox, list[dict[str, Any]]], page: Page, sideways: bool
) -> None:
    sandbox, guides = forms
    page.set_viewport_size(PHONE)
    ask(page, sandbox, pick(guides, sideways=sideways, second_login=False, returns_to_item=True))
    sign_in(page, sandbox)
    expect(page.locator("#application .form-body")).to_be_visible()
    assert (page.evaluate("document.documentElement.scrollWidth > innerWidth")) is sideways
