"""Turns what Playwright raises into the obstacle that a citizen met, through the one failure table."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Error as PlaywrightError

from domain.failure import FailureReason, reason_for_exception, reason_for_status, reason_on_page
from portals.citizen import Obstacle

STRONGER_THAN_STATUS = frozenset({FailureReason.CAPTCHA, FailureReason.WAF, FailureReason.RATE_LIMITED})


@contextmanager
def named_trouble(doing: str) -> Iterator[None]:
    """Raise ``Obstacle`` with a reason for any Playwright error inside; ``doing`` is a Chinese phrase."""
    try:
        yield
    except PlaywrightError as error:
        first_line = error.message.splitlines()[0] if error.message else type(error).__name__
        raise Obstacle(reason_for_exception(error.message), f"{doing}：{first_line}") from error


def read_trouble(status: int | None, text: str) -> FailureReason | None:
    """Name what is wrong with a page by its status and its words.

    A notice of a captcha, a firewall or a rate limit says more than the status that it comes with.
    """
    by_status = reason_for_status(status) if status is not None else None
    by_words = reason_on_page(text)
    return by_words if by_status is None or by_words in STRONGER_THAN_STATUS else by_status
