"""Reads a probe's raw figures strictly: a figure of another kind counts as not observed, never as zero."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact
from domain.measure_name import MeasureName


def read_flag(fact: ProbeFact, name: MeasureName) -> bool | None:
    """Return a yes/no figure, or ``None`` when it was not observed."""
    value = fact.measures.get(name)
    return value if isinstance(value, bool) else None


def read_number(fact: ProbeFact, name: MeasureName) -> Fraction | None:
    """Return a number exactly as it was written, or ``None`` when it was not observed."""
    value = fact.measures.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = Decimal(str(value))
    return Fraction(number) if number.is_finite() and number >= 0 else None


def read_text(fact: ProbeFact, name: MeasureName) -> str | None:
    """Return a figure that is a word, or ``None`` when it was not observed."""
    value = fact.measures.get(name)
    return value if isinstance(value, str) else None
