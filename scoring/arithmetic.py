"""Exact fractions for means and ratios, so that a score does not depend on the order of the items."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

Raw = TypeVar("Raw")
ZERO = Fraction(0)
ONE = Fraction(1)


def as_decimal(value: Fraction) -> Decimal:
    """Round an exact fraction once, to the 28 significant digits of the decimal context."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def maybe_decimal(value: Fraction | None) -> Decimal | None:
    """``as_decimal`` that lets "not known" through."""
    return None if value is None else as_decimal(value)


def linear(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    """The map lin(x; lo, hi) of methodology.md §3.4: 0 at ``low``, 1 at ``high``, cut off outside."""
    return min(max((value - low) / (high - low), ZERO), ONE)


def total(counts: Counter[Fraction]) -> Fraction:
    """Sum values by how often each occurs; distinct values are few, so this is fast and exact."""
    return sum((value * times for value, times in counts.items()), ZERO)


def mean(counts: Counter[Fraction]) -> Fraction | None:
    """Exact mean of counted values; ``None`` of nothing."""
    times = counts.total()
    return total(counts) / times if times else None


def recount(counts: Counter[Raw], value_of: Callable[[Raw], Fraction]) -> Counter[Fraction]:
    """Turn counted raw figures into counted fractions: each distinct figure is turned once, not each item's."""
    values: Counter[Fraction] = Counter()
    for raw, times in counts.items():
        values[value_of(raw)] += times
    return values


def share(part: int, whole: int) -> Fraction | None:
    """part / whole; ``None`` when there is no case."""
    return Fraction(part, whole) if whole else None
