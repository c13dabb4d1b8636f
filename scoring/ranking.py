"""Places among the bodies of one table, by the value as it is published."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

PUBLISHED_STEP = Decimal("0.01")
EXACT_STEP = Decimal("1e-12")
"""Thirds that were rounded at the 28th digit must not push a half below itself."""


def published(value: Decimal) -> Decimal:
    """Round to the two decimals that are published, halves upwards (methodology.md §7)."""
    return value.quantize(EXACT_STEP).quantize(PUBLISHED_STEP, rounding=ROUND_HALF_UP)


def rank(values: Sequence[Decimal | None]) -> list[int | None]:
    """Return places 1, 2, 2, 4 by published value, highest first; a body without a value has no place."""
    shown = [None if value is None else published(value) for value in values]
    ahead = sorted((value for value in shown if value is not None), reverse=True)
    return [None if value is None else ahead.index(value) + 1 for value in shown]
