"""Hides identity numbers in what is handed on: a guide that shows one is a finding, and no reason to spread it."""

import re

from storage.leak_scan import is_identity_number

CANDIDATE = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", re.ASCII)
HEAD, TAIL = 6, 4


def hide_identity_numbers(text: str) -> str:
    """Put stars into every identity number that passes its check character; the guide itself stays as it was."""
    return CANDIDATE.sub(_hide, text)


def _hide(match: re.Match[str]) -> str:
    number = match[0]
    if not is_identity_number(number.encode()):
        return number
    return number[:HEAD] + "*" * (len(number) - HEAD - TAIL) + number[-TAIL:]
