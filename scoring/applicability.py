"""Which rows the notice exempts a body from, kept apart from what we could not see and from what failed."""

from enum import StrEnum

from domain.facts import UnitFacts
from domain.unit import Table
from scoring.catalogue import TableRow
from scoring.presence import PRESENCE

EXEMPTING_WORDS = ("行政许可", "依申请")
"""The exemption of the notice (annex 1 §3) speaks of rows "related to" these two kinds of items."""


class Reading(StrEnum):
    """How far the exemption reaches; the client chooses (methodology.md §3.3)."""

    NARROW = "narrow"  # only rows whose own text has one of the two words
    WIDE = "wide"  # also every row whose denominator is empty for the body


def names_exempting_word(row: TableRow) -> bool:
    """Say whether the row's own text speaks of 行政许可 or 依申请."""
    return any(row.says(word) for word in EXEMPTING_WORDS)


def has_case(row: TableRow, facts: UnitFacts) -> bool:
    """Say whether the body may have anything that the row speaks of; False must be proved."""
    return PRESENCE[row.applies_if](facts)


def is_applicable(row: TableRow, facts: UnitFacts, reading: Reading) -> bool:
    """Say whether a row is assessed for a body.

    The notice exempts 市级部门 only, so every row applies to a county. For a department a row falls when it surely has
    none of the items that the row speaks of, and the reading lets the row fall.
    """
    if facts.unit.table is Table.COUNTIES:
        return True
    if reading is Reading.NARROW and not names_exempting_word(row):
        return True
    return has_case(row, facts)
