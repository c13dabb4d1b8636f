"""One line of a check: what was looked at, whether it is as we need it, and what to look at when it is not."""

from enum import StrEnum

from domain.errors import ExitCode
from domain.failure import FailureReason
from domain.frozen import Frozen


class CheckState(StrEnum):
    """How a check ended."""

    OK = "ok"
    FAILED = "failed"
    UNKNOWN = "unknown"  # it could not be told today; nothing speaks against the night


class CheckLine(Frozen):
    """One check; ``exit_code`` is what the command leaves with because of it."""

    name: str
    state: CheckState
    said: str
    exit_code: ExitCode = ExitCode.DONE


UNREACHABLE = frozenset(
    {
        FailureReason.TIMEOUT,
        FailureReason.DNS,
        FailureReason.REFUSED,
        FailureReason.RESET,
        FailureReason.TLS,
        FailureReason.HTTP_5XX,
    }
)
KEPT_OUT = frozenset(
    {FailureReason.CAPTCHA, FailureReason.WAF, FailureReason.RATE_LIMITED, FailureReason.BUSY, FailureReason.HTTP_4XX}
)
ADVICE = {
    ExitCode.UNREACHABLE: "look at the line and at the portal in a browser",
    ExitCode.PARTIAL: "the portal keeps us out: slow down, ask its owner, try later",
    ExitCode.REFUSED: "robots.txt or our host policy forbids it: look at robots.txt and the hosts in site.toml",
    ExitCode.OUR_ERROR: "our reading no longer fits: look at the portal's answer and at site.toml and the parser",
}


def passed(name: str, said: str) -> CheckLine:
    """Build the line of a check that is as it should be."""
    return CheckLine(name=name, state=CheckState.OK, said=said)


def unknown(name: str, said: str) -> CheckLine:
    """Build the line of a check that could not be made."""
    return CheckLine(name=name, state=CheckState.UNKNOWN, said=said)


def failed(name: str, said: str, exit_code: ExitCode) -> CheckLine:
    """Build the line of a check that stands against a night."""
    advice = ADVICE[exit_code]
    return CheckLine(name=name, state=CheckState.FAILED, said=f"{said}; {advice}", exit_code=exit_code)


def failed_because(name: str, reason: FailureReason, said: str) -> CheckLine:
    """Build the line for a failure that has a name."""
    return failed(name, f"{reason.value}: {said}", exit_code_of(reason))


def exit_code_of(reason: FailureReason) -> ExitCode:
    """Say what a failure means for whoever starts a night."""
    if reason in UNREACHABLE:
        return ExitCode.UNREACHABLE
    if reason in KEPT_OUT:
        return ExitCode.PARTIAL
    return ExitCode.REFUSED if reason is FailureReason.REFUSED_BY_POLICY else ExitCode.OUR_ERROR
