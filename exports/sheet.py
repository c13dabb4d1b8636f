"""What the formats for people are given: headings and cells in their language, made of an extract's typed values."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exports.dataset import Column
from exports.extract import Extract
from exports.language import Language
from exports.value import Form, Value
from exports.vocabulary import yes_or_no

Cell = str | int | float | Decimal | datetime | None
CODE_WIDTH_MAX = 36
EXACT_DIGITS_MAX = 10**15
"""Excel keeps 15 significant digits; a longer whole number is written as text."""


class CellKind(StrEnum):
    """How a column of a sheet is written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LINK = "link"


KINDS: Mapping[Form, CellKind] = {
    Form.INTEGER: CellKind.NUMBER,
    Form.NUMBER: CellKind.NUMBER,
    Form.DECIMAL: CellKind.NUMBER,
    Form.MOMENT: CellKind.DATE,
    Form.LINK: CellKind.LINK,
}


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


def lay_out(extract: Extract, language: Language) -> Sheet:
    """Turn an extract into a sheet without reading it yet."""
    spellers = tuple(speller(column, language) for column in extract.columns)
    return Sheet(
        title=extract.title,
        headings=tuple(
            Heading(
                text=column.heading(language),
                kind=KINDS.get(column.form, CellKind.TEXT),
                width=max(column.width, code_width(column, language)),
            )
            for column in extract.columns
        ),
        rows=(tuple(spell(value) for spell, value in zip(spellers, row, strict=True)) for row in extract.rows),
    )


def code_width(column: Column[Any], language: Language) -> int:
    """Return the width that the longest title of a closed list of codes needs, 0 for any other column."""
    if column.codes is None or column.codes.open:
        return 0
    titles = (column.codes.title(code, language) for code in column.codes.zh)
    return min(max(map(text_width, titles), default=0) + 1, CODE_WIDTH_MAX)


def text_width(text: str) -> int:
    """Count a text in characters of a sheet's font, of which a Chinese one takes two."""
    return sum(2 if character > "\u2e80" else 1 for character in text)


def speller(column: Column[Any], language: Language) -> Callable[[Value], Cell]:
    """Return what turns a column's values into cells; no value is an empty cell everywhere."""
    spell = _by_form(column, language)
    return lambda value: None if value is None else spell(value)


def _by_form(column: Column[Any], language: Language) -> Callable[[Any], Cell]:
    if column.show is not None:
        show = column.show
        return lambda value: show(value, language)
    if column.codes is not None:
        codes = column.codes
        return lambda value: codes.title(value, language)
    if column.form is Form.FLAG:
        return lambda value: yes_or_no(value, language)
    return SPELLERS.get(column.form, _same)


def _same(value: Cell) -> Cell:
    return value


def _digits(value: int | float) -> Cell:
    return str(value) if isinstance(value, int) and abs(value) >= EXACT_DIGITS_MAX else value


def _join(texts: tuple[str, ...]) -> str:
    return "、".join(texts)


def spell_object(value: Mapping[str, Any]) -> str:
    """Spell names and values as one JSON object; ``""`` for an empty one."""
    return json.dumps(value, ensure_ascii=False) if value else ""


SPELLERS: Mapping[Form, Callable[[Any], Cell]] = {
    Form.INTEGER: _digits,
    Form.NUMBER: _digits,
    Form.TEXTS: _join,
    Form.OBJECT: spell_object,
}
