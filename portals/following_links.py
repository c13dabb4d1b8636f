"""Follows an entrance as a citizen does, and reads the sentence that a page shows in place of what was asked for."""

from domain.failure import FailureReason, reason_on_page
from portals.citizen import CitizenBrowser, Obstacle

BROKEN_WORDS = ("失败", "出错", "异常")


def follow(browser: CitizenBrowser, entry: str, *targets: str) -> None:
    """Click an entrance and wait until the citizen has arrived; raise ``Obstacle`` when it leads nowhere.

    ``targets`` are selectors that also count as an arrival when the address stays the same.
    """
    before = browser.url
    with browser.expect_new_page():
        browser.click(entry)
    browser.settle()
    if browser.url == before and not any(browser.count(target) for target in targets):
        raise Obstacle(FailureReason.DEAD_END, "点击入口后停在原页，没有去处")


def raise_for_broken(browser: CitizenBrowser, sentence: str) -> None:
    """Raise ``Obstacle`` when a sentence in place of data speaks of trouble and not of an empty answer."""
    browser.check_data()
    reason = FailureReason.BROKEN_ANSWER if any(word in sentence for word in BROKEN_WORDS) else reason_on_page(sentence)
    if reason not in (None, FailureReason.NOT_OPEN):
        raise Obstacle(reason or FailureReason.BROKEN_ANSWER, sentence)
