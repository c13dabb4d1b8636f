"""Judges what an address answered: a thing that works, a dead end for citizens, or a door shut to us alone."""

from domain.address_visit import AddressOutcome
from domain.failure import BLAME, FailureReason, reason_at_address, reason_for_status, reason_on_page
from domain.frozen import Frozen
from domain.outcome import Outcome
from portals.page_words import PageWords

NOT_THERE = frozenset({404, 410})
KEPT_OUT = frozenset({FailureReason.CAPTCHA, FailureReason.WAF, FailureReason.RATE_LIMITED})
SCRIPT_WALL_STATUSES = frozenset({412, 521})
"""Statuses with which two firewalls in wide use send a script that a browser must run before it gets the page."""


class Judgement(Frozen):
    """How a look ended."""

    outcome: AddressOutcome
    failure: FailureReason | None = None


WORKS = Judgement(outcome=AddressOutcome.WORKS)


def judge_failure(reason: FailureReason) -> Judgement:
    """Say whether a reason speaks about the address or about us (BLAME in ``domain.failure``)."""
    ours = BLAME[reason] in (Outcome.BLOCKED, Outcome.ERROR) or reason is FailureReason.MAINTENANCE
    return Judgement(outcome=AddressOutcome.NOT_MEASURED if ours else AddressOutcome.DEAD, failure=reason)


def judge_answer(status: int, words: PageWords | None, *, body: bytes, is_file: bool) -> Judgement:
    """Judge a final answer; ``words`` are what it says, ``None`` when it is no text.

    Of the 4xx statuses only 404 and 410 say that nothing is there; others may be meant for a robot alone.
    """
    shut = None if words is None else reason_on_page(words.title) or reason_on_page(words.text)
    if shut is not None and shut in KEPT_OUT:
        return judge_failure(shut)
    if status in SCRIPT_WALL_STATUSES and b"document.cookie" in body:
        return judge_failure(FailureReason.WAF)
    refused = reason_for_status(status)
    if refused is not None:
        ours = refused is FailureReason.HTTP_4XX and status not in NOT_THERE
        return Judgement(outcome=AddressOutcome.NOT_MEASURED, failure=refused) if ours else judge_failure(refused)
    if is_file:
        return judge_failure(FailureReason.BUSY) if shut is FailureReason.BUSY else WORKS
    if not body.strip():
        return judge_failure(FailureReason.EMPTY_ANSWER)
    reason = None if words is None else reason_at_address(words.text, words.title)
    return WORKS if reason is None else judge_failure(reason)
