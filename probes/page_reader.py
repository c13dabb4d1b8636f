"""Asks a page questions beside Playwright's own calls, so that reading costs little and stays out of the trace.

The trace then shows what the citizen did, and no DOM snapshot is taken for what only we wanted to know.
"""

import base64
import json

from playwright.sync_api import CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

from domain.failure import FailureReason
from portals.citizen import Obstacle
from probes.named_trouble import named_trouble

MOVING = (
    "context was destroyed",
    "Cannot find context",
    "Cannot find default execution context",
    "navigated or closed",
)
TRIES = 60
PAUSE_MS = 50


class PageReader:
    """One DevTools session beside one page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def ask(self, function: str, *arguments: object) -> object:
        """Call a JavaScript function, which may be asynchronous, with JSON arguments and return its JSON answer.

        While the page is moving to another one it is asked again. Raises ``Obstacle``.
        """
        for _ in range(TRIES):
            try:
                return self._ask_once(function, arguments)
            except PlaywrightError as error:
                if not any(words in error.message for words in MOVING):
                    with named_trouble("读取页面"):
                        raise
            with named_trouble("读取页面"):
                self._page.wait_for_timeout(PAUSE_MS)
        raise Obstacle(FailureReason.TIMEOUT, "页面不停跳转，无法读取")

    def paint(self) -> bytes:
        """Return the viewport as a quickly packed PNG; raise ``Obstacle`` when the page cannot be painted."""
        with named_trouble("拍摄页面"):
            answer = self._session.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(answer["data"])

    def stop_loading(self) -> None:
        """Give up a document that does not come."""
        with named_trouble("停止加载"):
            self._session.send("Page.stopLoading")

    def _ask_once(self, function: str, arguments: tuple[object, ...]) -> object:
        spelled = ", ".join(json.dumps(argument) for argument in arguments)
        question = {
            "expression": f"({function})({spelled})",
            "returnByValue": True,
            "silent": True,
            "awaitPromise": True,
        }
        answer = self._session.send("Runtime.evaluate", question)
        if "exceptionDetails" in answer:
            told = answer["exceptionDetails"].get("exception", {}).get("description", "unknown")
            raise ValueError(f"a question to the page is wrong: {told.splitlines()[0]}")
        value: object = answer["result"].get("value")
        return value
