"""Lays two raw documents side by side, line by line, so that an evaluator sees what a portal took away."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

LINES_MAX = 4_000
CHARACTERS_MAX = 400
CONTEXT = 2
SHORT_CHARACTERS = 12


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
    rows = _mark(tuple(_pair_lines(_lines_of(before), _lines_of(now))), _needle(sought))
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
    """Return how a value looks inside one line of a document; a short one is sought as a whole value only."""
    first = next((line for line in sought.splitlines() if line.strip()), "")
    quoted = json.dumps(first.strip(), ensure_ascii=False)
    return quoted if len(quoted) <= SHORT_CHARACTERS else quoted[1:-1][: CHARACTERS_MAX // 2]


def _mark(rows: Sequence[LinePair], needle: str) -> tuple[LinePair, ...]:
    """Mark the rows that hold the value: those that changed if any of them did, else wherever it stands."""
    holding = {at for at, row in enumerate(rows) if len(needle) > len('""') and needle in (row.before or "")}
    marked = {at for at in holding if rows[at].changed} or holding
    return tuple(replace(row, marked=at in marked) for at, row in enumerate(rows))


def _pair_lines(before: Sequence[str], now: Sequence[str]) -> Iterator[LinePair]:
    for tag, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        for old, new in zip_longest(before[a:b], now[c:d]):
            yield LinePair(before=old, now=new, changed=tag != "equal")


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
