"""Follows an entrance as a citizen does, and reads the sentence that a page shows in place of what was asked for."""

from domain.failure import FailureReason, reason_on_page
from portals.citizen import CitizenBrowser, NotOffered, Obstacle
from portals.site import Site

BROKEN_WORDS = ("失败", "出错", "异常")


def names_entrance(browser: CitizenBrowser, site: Site, word: str) -> bool:
    """Say whether the page has an entrance with this word: ``online_word`` or ``booking_word`` of ``site.toml``."""
    links = browser.rows(site.selectors["entrances"], {"text": ""})
    return any(site.selectors[word] in link["text"] for link in links)


def enter(browser: CitizenBrowser, site: Site, word: str, *targets: str) -> None:
    """Press an entrance; raise ``NotOffered`` when there is none, ``Obstacle`` when it leads nowhere.

    ``targets`` are selectors that also count as an arrival when the address stays the same.
    """
    if not names_entrance(browser, site, word):
        raise NotOffered(f"页面没有“{site.selectors[word]}”入口")
    before = browser.url
    with browser.expect_new_page():
        browser.click(site.selectors["entrances"], text=site.selectors[word])
    if browser.url != before:
        return
    browser.settle()
    if browser.url == before and not any(browser.count(target) for target in targets):
        raise Obstacle(FailureReason.DEAD_END, "点击入口后停在原页，没有去处")


def raise_for_broken(browser: CitizenBrowser, sentence: str) -> None:
    """Raise ``Obstacle`` when a sentence in place of data speaks of trouble and not of an empty answer."""
    browser.check_data()
    reason = FailureReason.BROKEN_ANSWER if any(word in sentence for word in BROKEN_WORDS) else reason_on_page(sentence)
    if reason not in (None, FailureReason.NOT_OPEN):
        raise Obstacle(reason or FailureReason.BROKEN_ANSWER, sentence)
