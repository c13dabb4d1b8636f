"""What every file format is given: headings and a stream of rows whose texts are clean already."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from exports.dataset import Cell, CellKind, Context, Dataset
from exports.harmless_text import clean
from exports.personal_numbers import hide_identity_numbers
from storage.store import Store

EXACT_DIGITS_MAX = 10**15
"""Excel keeps 15 significant digits; a longer whole number is written as text."""
Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A header cell and how its column is written."""

    text: str
    kind: CellKind
    width: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table to be written; ``rows`` can be read once."""

    title: str
    headings: tuple[Heading, ...]
    rows: Iterator[tuple[Cell, ...]]


Writer = Callable[[Path, Sheet], int]
"""Writes a sheet to a path and returns the number of rows."""


def lay_out(dataset: Dataset[Row], store: Store, run: str, context: Context) -> Sheet:
    """Turn a data set into a sheet without reading it yet."""
    columns = dataset.columns
    return Sheet(
        title=dataset.title(context.language),
        headings=tuple(Heading(text=c.heading(context.language), kind=c.kind, width=c.width) for c in columns),
        rows=(tuple(plain(c.get(row, context)) for c in columns) for row in dataset.rows(store, run)),
    )


def plain(cell: Cell) -> Cell:
    """Bring a cell to what every format can hold: clean text, a finite number, a moment or nothing."""
    if isinstance(cell, str):
        return clean(hide_identity_numbers(cell))
    if isinstance(cell, float) and not math.isfinite(cell):
        return str(cell)
    if isinstance(cell, int) and abs(cell) >= EXACT_DIGITS_MAX:
        return str(cell)
    return cell
