"""Reads tables inside a guide's document: one row or many, keys that differ by template, rows with nothing in them."""

from collections.abc import Iterable, Mapping
from typing import Any

from domain.guide import Field
from portals.fields import ABSENT, JOINT, filled, raw_text, value_text

Row = Mapping[str, Any]


def read_rows(value: object) -> tuple[Row, ...]:
    """Return the rows of a table that may be a list, a single object, null or an empty text."""
    if isinstance(value, Mapping):
        return (value,)
    return tuple(row for row in value if isinstance(row, Mapping)) if isinstance(value, list) else ()


def cell(row: Row, *keys: str, codes: Mapping[str, str] | None = None) -> str:
    """Return the first cell that is not blank, as text; ``codes`` turns a bare code into its word."""
    for key in keys:
        text = value_text(row.get(key))
        if text:
            return codes.get(text, text) if codes else text
    return codes.get("", "") if codes else ""


def summarise(document: Row, key: str, names: Iterable[str]) -> Field:
    """Build the field that stands for a whole table: its rows' names in order, blank when it has no row."""
    if key not in document:
        return ABSENT
    shown = [name for name in names if name]
    raw = shown if shown else document[key]
    return filled(raw_text(raw), JOINT.join(shown))
