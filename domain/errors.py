"""The few exceptions that cross package borders, so that every door makes one sentence and one exit code of them.

YueceError
├── UsageError               bad input: an unknown id, a file that does not fit   exit 2
├── UnreachableError         the portal does not answer at all                    exit 3
├── RefusedError             a policy says no: hosts, authorisation               exit 5
│   └── PublishRefusedError  an export shrank suspiciously                        exit 4
├── StoppedError             somebody, or the clock, ended a run             exit 4
└── MachineError             this machine lacks something: browser, disk, port    exit 1
"""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line (architecture.md §8)."""

    DONE = 0
    OUR_ERROR = 1
    USAGE = 2
    UNREACHABLE = 3
    PARTIAL = 4
    REFUSED = 5


class YueceError(Exception):
    """An error whose message is one sentence for the person at the door."""

    exit_code = ExitCode.OUR_ERROR


class UsageError(YueceError):
    """The input names something that does not exist or does not fit."""

    exit_code = ExitCode.USAGE


class UnreachableError(YueceError):
    """A portal, or the sandbox that stands for it, does not answer."""

    exit_code = ExitCode.UNREACHABLE


class RefusedError(YueceError):
    """A policy forbids what was asked."""

    exit_code = ExitCode.REFUSED


class PublishRefusedError(RefusedError):
    """An export would publish a snapshot that shrank suspiciously."""

    exit_code = ExitCode.PARTIAL


class StoppedError(YueceError):
    """A run was ended before it was through; what it saw is kept and it can be resumed."""

    exit_code = ExitCode.PARTIAL


class MachineError(YueceError):
    """This machine lacks what the work needs: a browser, disk space, a free port, a store that can be read."""

    exit_code = ExitCode.OUR_ERROR


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """Build the error for an unknown name, with the nearest known names first."""
    allowed = sorted(known)
    near = get_close_matches(name, allowed, n=3, cutoff=0.5)
    hint = f" did you mean {', '.join(near)}?" if near else ""
    shown = ", ".join(allowed) if len(allowed) <= 60 else ", ".join(allowed[:60]) + ", …"
    return UsageError(f"unknown {kind} {name!r};{hint} allowed: {shown or 'none'}")
