"""Joins the two halves of 查询精准度, the search and the service desk, as far as each was measured."""

from decimal import Decimal
from fractions import Fraction

from scoring.arithmetic import ZERO

SEARCH_SHARE = Fraction("0.7")
DESK_SHARE = Fraction("0.3")
"""s = 0.7·search + 0.3·customer service (methodology.md §3.6, D22/C16)."""


def join_halves(search: Fraction | None, desk: Fraction | None) -> tuple[Fraction | None, Decimal]:
    """Return the weighted mean of what was measured and the share of the indicator that this is."""
    halves = [(share, score) for share, score in ((SEARCH_SHARE, search), (DESK_SHARE, desk)) if score is not None]
    measured = sum((share for share, _ in halves), ZERO)
    if not measured:
        return None, Decimal("0.7")
    value = sum((share * score for share, score in halves), ZERO) / measured
    return value, Decimal(measured.numerator) / Decimal(measured.denominator)
