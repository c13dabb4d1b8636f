"""Asks a portal's 智能客服 as a citizen does: one question in a fresh conversation, and a reply when it asks back."""

import time

from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, DeskAnswer, DeskLink, Obstacle
from portals.site import Site

PATIENCE = 2  # waits of the browser's own length before an answer counts as one that never came


def ask_desk(browser: CitizenBrowser, site: Site, role: str, question: str) -> DeskAnswer:
    """Open the desk anew, so that nothing said before helps, send one question and read the answer."""
    selectors = site.selectors
    browser.open(site.url(role, "desk"))
    browser.wait_for(selectors["desk_input"])
    browser.fill(selectors["desk_input"], question)
    began = time.monotonic()
    browser.click(selectors["desk_send"])
    wait_patiently(browser, selectors["desk_answer"])
    return read_answer(browser, site, seconds=time.monotonic() - began, turns=1)


def reply_to_desk(browser: CitizenBrowser, site: Site, asked_back: DeskAnswer, choice: str) -> DeskAnswer:
    """Press one of the choices that the desk offers and read what follows; ``seconds`` is the slower turn's."""
    began = time.monotonic()
    browser.click(site.selectors["desk_choice"], text=choice)
    wait_patiently(browser, site.selectors["desk_next_answer"])
    seconds = max(asked_back.seconds, time.monotonic() - began)
    return read_answer(browser, site, seconds=seconds, turns=asked_back.turns + 1)


def wait_patiently(browser: CitizenBrowser, selector: str) -> None:
    """Wait for an answer, twice as long as for a page's content; raise the ``Obstacle`` of the last wait."""
    for attempt in range(PATIENCE):
        try:
            browser.wait_for(selector)
        except Obstacle as obstacle:
            if obstacle.reason is not FailureReason.TIMEOUT or attempt + 1 == PATIENCE:
                raise
        else:
            return


def read_answer(browser: CitizenBrowser, site: Site, *, seconds: float, turns: int) -> DeskAnswer:
    """Read the last answer with its links and choices."""
    selectors = site.selectors
    last = selectors["desk_answer"] if turns == 1 else selectors["desk_next_answer"]
    texts = browser.rows(f"{last} {selectors['desk_text']}", {"text": ""})
    links = browser.rows(f"{last} {selectors['desk_link']}", {"title": "", "url": "@href"})
    choices = browser.rows(f"{last} {selectors['desk_choice']}", {"text": ""})
    return DeskAnswer(
        text="\n".join(row["text"] for row in texts),
        links=tuple(DeskLink(title=row["title"], url=row["url"]) for row in links),
        buttons=tuple(row["text"] for row in choices),
        seconds=round(seconds, 3),
        turns=turns,
    )
