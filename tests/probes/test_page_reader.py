"""Questions beside the trace: a page that answers no more is given up; what we only want to know is no action."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from domain.failure import FailureReason
from portals.citizen import Obstacle
from probes.browser.browser_discovery import find_browser
from probes.browser.page_reader import PageReader
from probes.browser.used_control import UsedControl
from probes.safety.control_words import CONTROL_TEXTS, FIND_AND_READ

pytestmark = pytest.mark.browser

CONTROLS = """<meta charset=utf-8><title>x</title>
<button class=b style="display:none">提交</button>
<button class=b style="visibility:hidden">支付</button>
<button class=b>下一步</button><button class=b>  确认
 提交 </button>
<section id=s><a class=b href="/in">进入 Office</a></section>
<label class=b><input type=radio>是</label>"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


def test_a_page_that_never_answers_is_given_up(browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    reader = PageReader(page)
    page.evaluate("() => { setTimeout(() => { for (;;) {} }, 0) }")
    began = time.monotonic()
    with pytest.raises(Obstacle) as met:
        reader.ask("() => 1", answer_ms=400)
    assert met.value.reason is FailureReason.BROWSER_CRASHED
    assert time.monotonic() - began < 10
    assert context not in browser.contexts


def test_waiting_lets_the_browser_report(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        reader = PageReader(page)
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.evaluate("() => { setTimeout(() => console.log('now'), 30) }")
        began = time.monotonic()
        reader.pause(250)
        assert told == ["now"]
        assert 0.25 <= time.monotonic() - began < 5


@pytest.mark.parametrize(
    "control",
    [
        UsedControl(selector=".b"),
        UsedControl(selector=".b", text="提交"),
        UsedControl(selector=".b", text="确认 提交"),
        UsedControl(selector=".b", text="office"),
        UsedControl(selector=".b", within="#s"),
        UsedControl(selector="button"),
    ],
    ids=str,
)
def test_a_control_is_the_one_that_playwright_would_press(browser: Browser, control: UsedControl) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(CONTROLS)
        place = page.locator(control.within).first if control.within else page
        target = place.locator(control.selector).filter(visible=True)
        theirs = (target.filter(has_text=control.text) if control.text else target).first
        assert PageReader(page).ask(FIND_AND_READ, *control.spelled()) == theirs.evaluate(CONTROL_TEXTS)


def test_what_only_playwright_understands_is_left_to_it(browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(CONTROLS)
        for control in (UsedControl(selector="text=下一步"), UsedControl(selector=".b", text="不存在")):
            assert PageReader(page).ask(FIND_AND_READ, *control.spelled()) is None
