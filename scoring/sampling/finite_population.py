"""What a sample of a finite population tells: how many to draw, the exact interval, and when a declaration is refuted.

Everything is exact for the population at hand, since a body's items are few and a sample is often a large part of them
(methodology.md §3.5). scipy is imported inside: it would cost every start of the command line half a second.
"""

from decimal import Decimal
from functools import lru_cache
from math import ceil
from statistics import NormalDist

CONFIDENCE = 0.95
TOLERATED_SHARE = Decimal("0.05")
"""Declared quality level: so many guides may be out of date without anybody having declared anything false."""

FALSE_REFUTATION_RISK = 0.05
"""Risk of refuting a declaration that is true (logic of GB/T 2828.4)."""


def sample_size(population: int, half_width: float, *, confidence: float = CONFIDENCE) -> int:
    """Return how many of a population to draw so that a share is known to ± ``half_width`` (0..1) at worst.

    Cochran's size for a share of one half, corrected for the finite population. Raises ``ValueError`` for a population
    below 0 or a width outside (0, 1).
    """
    if population < 0 or not 0 < half_width < 1:
        raise ValueError(
            f"population must be 0 or more and half_width within (0, 1), not {population} and {half_width}"
        )
    endless = NormalDist().inv_cdf((1 + confidence) / 2) ** 2 * 0.25 / half_width**2
    return min(population, ceil(endless / (1 + (endless - 1) / population))) if population else 0


@lru_cache(maxsize=4096)
def exact_interval(
    confirmed: int, sampled: int, population: int, *, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return the interval of the population's share, both tails of the hypergeometric distribution inverted.

    A value M is inside when neither so few nor so many confirmed would be rarer than half the risk. A census is its own
    interval; of a sample of none nothing is known: (0, 1). Raises ``ValueError`` for counts that cannot be.
    """
    import numpy as np  # noqa: PLC0415
    from scipy.stats import hypergeom  # noqa: PLC0415

    check_counts(confirmed, sampled, population)
    if not population:
        return (0.0, 1.0)
    if sampled == population:
        return (confirmed / population, confirmed / population)
    totals = np.arange(confirmed, population - (sampled - confirmed) + 1)
    half_risk = (1 - confidence) / 2
    many = hypergeom.sf(confirmed - 1, population, totals, sampled) > half_risk
    few = hypergeom.cdf(confirmed, population, totals, sampled) > half_risk
    inside = totals[many & few]
    return (float(inside[0]) / population, float(inside[-1]) / population)


@lru_cache(maxsize=4096)
def refutation_limit(population: int, sampled: int, *, tolerated: Decimal = TOLERATED_SHARE) -> int:
    """Return the least number of mismatches at which a declaration is refuted.

    Least L with P(X >= L) <= 5 % when no more than the tolerated share of the population, rounded up to whole items,
    does not match. ``sampled`` + 1 means that such a sample can refute nothing.
    """
    from scipy.stats import hypergeom  # noqa: PLC0415

    check_counts(0, sampled, population)
    mismatches = ceil(tolerated * population)
    limits = (
        limit
        for limit in range(1, sampled + 1)
        if hypergeom.sf(limit - 1, population, mismatches, sampled) <= FALSE_REFUTATION_RISK
    )
    return next(limits, sampled + 1)


def check_counts(confirmed: int, sampled: int, population: int) -> None:
    """Raise ``ValueError`` for counts that cannot be: more confirmed than sampled, more sampled than there are."""
    if not 0 <= confirmed <= sampled <= population:
        raise ValueError(
            f"counts must rise: confirmed {confirmed}, sampled {sampled}, population {population}; none below 0"
        )
