"""Asks a page questions beside Playwright's own calls, so that reading costs little and stays out of the trace.

The trace then shows what the citizen did, and no DOM snapshot is taken for what only we wanted to know.
"""

import base64
import json
import time

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.failure import FailureReason
from portals.citizen import Obstacle
from probes.browser.hung_page import give_up
from probes.browser.named_trouble import named_trouble

MOVING = (
    "context was destroyed",
    "Cannot find context",
    "Cannot find default execution context",
    "navigated or closed",
    "Promise was collected",
)
MOVING_S = 3.0
PAUSE_MS = 10
ANSWER_MS = 20_000  # a page of ten megabytes on a busy machine takes some seconds
PULSE_S = 0.008  # between two looks at what the browser reported meanwhile
POLL_MS = 25
LATE_MS = 500  # a busy machine may bring a page's "no" after its time

POLL = """async (wait, pause, ask, ...words) => {
  for (const end = performance.now() + wait; ; await new Promise(go => setTimeout(go, pause))) {
    const answer = ask(...words);
    if (answer || performance.now() >= end) return answer || null;
  }
}"""
"""Ask within the page until the answer is a yes, since a round trip costs more than the answer."""


class PageReader:
    """One DevTools session beside one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def ask(self, function: str, *arguments: object, answer_ms: float = ANSWER_MS) -> object:
        """Call a JavaScript function, which may be asynchronous, with JSON arguments and return its JSON answer.

        While the page is moving to another one it is asked again. Raises ``Obstacle``; the visit of a page that does
        not answer in time is ended.
        """
        deadline = time.monotonic() + MOVING_S
        while time.monotonic() < deadline:
            try:
                return self._ask_once(function, arguments, answer_ms)
            except PlaywrightTimeout as error:
                raise give_up(self._page) from error
            except PlaywrightError as error:
                if not any(words in error.message for words in MOVING):
                    with named_trouble("读取页面"):
                        raise
            self.pause(PAUSE_MS)
        raise Obstacle(FailureReason.TIMEOUT, "页面不停跳转，无法读取")

    def wait_until(self, function: str, *arguments: object, wait_ms: float) -> object | None:
        """Ask until the answer is a yes, also across navigations, and return it; ``None`` when there is none in time.

        Raises ``Obstacle`` for a browser that is gone. A page that answers nothing at all has not said yes.
        """
        deadline = time.monotonic() + wait_ms / 1000
        while (left_ms := (deadline - time.monotonic()) * 1000) > 0:
            spelled = "".join(f", {json.dumps(argument)}" for argument in arguments)
            question = f"({POLL})({left_ms:.0f}, {POLL_MS}, {function}{spelled})"
            try:
                return self._evaluate(question, left_ms + LATE_MS)
            except PlaywrightTimeout:
                return None
            except PlaywrightError as error:
                if not any(words in error.message for words in MOVING):
                    with named_trouble("等待页面内容"):
                        raise
            self.pause(PAUSE_MS)
        return None

    def pause(self, wait_ms: float) -> None:
        """Wait and let the browser report; Playwright's own waiting would put two DOM snapshots into the trace.

        What is asked for is answered by the browser itself, also when the page's scripts leave no time for answers.
        """
        deadline = time.monotonic() + wait_ms / 1000
        with named_trouble("等待"):
            while (left_s := deadline - time.monotonic()) > 0:
                time.sleep(min(PULSE_S, left_s))
                self._session.send("Target.getTargetInfo")

    def paint(self) -> bytes:
        """Return the viewport as a quickly packed PNG; raise ``Obstacle`` when the page cannot be painted."""
        with named_trouble("拍摄页面"):
            asked = {"format": "png", "optimizeForSpeed": True}
            answer = self._session.send("Page.captureScreenshot", asked, timeout=ANSWER_MS)
        return base64.b64decode(answer["data"])

    def stop_loading(self) -> None:
        """Give up a document that does not come."""
        with named_trouble("停止加载"):
            self._session.send("Page.stopLoading")

    def _ask_once(self, function: str, arguments: tuple[object, ...], answer_ms: float) -> object:
        spelled = ", ".join(json.dumps(argument) for argument in arguments)
        return self._evaluate(f"({function})({spelled})", answer_ms)

    def _evaluate(self, expression: str, answer_ms: float) -> object:
        question = {"expression": expression, "returnByValue": True, "silent": True, "awaitPromise": True}
        answer = self._session.send("Runtime.evaluate", question, timeout=answer_ms)
        if "exceptionDetails" in answer:
            told = answer["exceptionDetails"].get("exception", {}).get("description", "unknown")
            raise ValueError(f"a question to the page is wrong: {told.splitlines()[0]}")
        value: object = answer["result"].get("value")
        return value
