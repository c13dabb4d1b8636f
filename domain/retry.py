"""Which failures are tried again on the same occasion, so that a blip of ours or of the line never becomes a visit."""

from enum import StrEnum

from domain.failure import FailureReason


class Retry(StrEnum):
    """When a probe that ended so is made once more on the same occasion."""

    AT_ONCE = "at_once"  # our own machine broke: the portal was not even asked
    AFTER_PAUSE = "after_pause"  # line or server: the portal gets time to recover
    NEVER = "never"  # asking again changes nothing, or makes it worse


RETRIES: dict[FailureReason, Retry] = {
    FailureReason.TIMEOUT: Retry.AFTER_PAUSE,
    FailureReason.DNS: Retry.AFTER_PAUSE,
    FailureReason.REFUSED: Retry.AFTER_PAUSE,
    FailureReason.RESET: Retry.AFTER_PAUSE,
    FailureReason.TLS: Retry.NEVER,
    FailureReason.HTTP_4XX: Retry.NEVER,
    FailureReason.HTTP_5XX: Retry.AFTER_PAUSE,
    FailureReason.CAPTCHA: Retry.NEVER,
    FailureReason.WAF: Retry.NEVER,
    FailureReason.RATE_LIMITED: Retry.NEVER,
    FailureReason.LOGIN_REQUIRED: Retry.NEVER,
    FailureReason.SESSION_LOST: Retry.AFTER_PAUSE,
    FailureReason.BUSY: Retry.AFTER_PAUSE,
    FailureReason.MAINTENANCE: Retry.NEVER,
    FailureReason.LAYOUT_CHANGED: Retry.NEVER,
    FailureReason.EMPTY_ANSWER: Retry.AFTER_PAUSE,
    FailureReason.BROKEN_ANSWER: Retry.AFTER_PAUSE,
    FailureReason.ABSENT: Retry.NEVER,
    FailureReason.NOT_FOUND_IN_SEARCH: Retry.NEVER,
    FailureReason.NOT_ANSWERED: Retry.NEVER,
    FailureReason.NOT_OPEN: Retry.NEVER,
    FailureReason.DEAD_END: Retry.NEVER,
    FailureReason.PAGE_GONE: Retry.NEVER,
    FailureReason.REDIRECT_LOOP: Retry.NEVER,
    FailureReason.NO_FREE_SLOT: Retry.NEVER,
    FailureReason.INCOMPLETE: Retry.NEVER,
    FailureReason.REFUSED_BY_POLICY: Retry.NEVER,
    FailureReason.BROWSER_CRASHED: Retry.AT_ONCE,
    FailureReason.OUT_OF_TIME: Retry.NEVER,
    FailureReason.OUR_LINE: Retry.AFTER_PAUSE,
    FailureReason.CLOCK: Retry.NEVER,
    FailureReason.OUR_BUG: Retry.AT_ONCE,
}


def retry_of(reason: FailureReason | None) -> Retry:
    """Return when to try again; what did not fail is not tried again, and a new reason is left alone."""
    return Retry.NEVER if reason is None else RETRIES.get(reason, Retry.NEVER)
