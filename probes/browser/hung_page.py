"""Finds out whether a page still answers, because every question to one that does not would hang for ever."""

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from domain.failure import FailureReason
from portals.citizen import Obstacle

ANSWER_MS = 3_000


def require_answering(page: Page) -> None:
    """Raise ``Obstacle`` when a page's scripts leave no time for an answer; the visit's browser context is closed then.

    It is recorded as ours: what our browser cannot stand, another one may.
    """
    try:
        page.wait_for_function("() => true", timeout=ANSWER_MS, polling=50)
    except PlaywrightError as error:
        raise give_up(page) from error


def give_up(page: Page) -> Obstacle:
    """End the visit of a page that does not answer and return the obstacle to raise."""
    page.context.close()
    return Obstacle(FailureReason.BROWSER_CRASHED, "页面脚本使浏览器失去响应，已结束本次访问")
