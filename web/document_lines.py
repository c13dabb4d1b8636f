"""Lays two raw documents side by side, line by line, so that an evaluator sees what a portal took away."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

LINES_MAX = 4_000
CHARACTERS_MAX = 400
CONTEXT = 2


@dataclass(frozen=True, kw_only=True)
class LinePair:
    """One row; ``None`` where a side has no such line. ``marked`` rows hold the value that is missed."""

    before: str | None
    now: str | None
    changed: bool = False
    marked: bool = False
    gap: int = 0  # so many equal lines are left out here


def lay_side_by_side(before: bytes, now: bytes, sought: str) -> tuple[LinePair, ...]:
    """Return the rows that differ or hold the sought value, with a little around them."""
    rows = tuple(_pair_lines(_lines_of(before), _lines_of(now), _needle(sought)))
    wanted = {near for at, row in enumerate(rows) if row.changed or row.marked for near in _around(at, len(rows))}
    return tuple(_shorten(rows, wanted))


def _lines_of(document: bytes) -> list[str]:
    """Write JSON one key a line and anything else as it comes."""
    text = document.decode("utf-8", "replace")
    try:
        text = json.dumps(json.loads(text), ensure_ascii=False, indent=1)
    except ValueError:
        text = text.replace("><", ">\n<")
    return [line[:CHARACTERS_MAX] for line in text.splitlines()[:LINES_MAX]]


def _needle(sought: str) -> str:
    """Return how a value looks inside one line of a document."""
    first = next((line for line in sought.splitlines() if line.strip()), "")
    return json.dumps(first.strip(), ensure_ascii=False)[1:-1][: CHARACTERS_MAX // 2]


def _pair_lines(before: Sequence[str], now: Sequence[str], needle: str) -> Iterator[LinePair]:
    for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for old, new in zip_longest(before[a:b], now[c:d]):
            marked = bool(needle) and needle in (old or "")
            yield LinePair(before=old, now=new, changed=tag != "equal", marked=marked)


def _around(at: int, count: int) -> range:
    return range(max(0, at - CONTEXT), min(count, at + CONTEXT + 1))


def _shorten(rows: Sequence[LinePair], wanted: set[int]) -> Iterator[LinePair]:
    """Put one row in the place of equal lines that nobody needs."""
    left_out = 0
    for at, row in enumerate(rows):
        if at not in wanted:
            left_out += 1
            continue
        if left_out:
            yield LinePair(before=None, now=None, gap=left_out)
            left_out = 0
        yield row
    if left_out:
        yield LinePair(before=None, now=None, gap=left_out)
