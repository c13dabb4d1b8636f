"""From many drawn totals to places: which ranks are possible, who is surely above whom, who cannot be told apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.uncertainty.score_draws import LEVEL, interval_of

DECIMALS = 2
TOP = 3
BAND_CERTAINTY = 0.95
"""A body whose place below the first of a band is less certain than this belongs to the band (并列档)."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One body's place; totals as published."""

    at: int  # index of the body in what was given
    total: float
    interval: tuple[float, float] | None
    rank: int
    rank_low: int
    rank_high: int
    above_next: float | None
    p_top: float
    band: int


def place_bodies(totals: NDArray[np.float64], drawn: NDArray[np.float64], *, level: float = LEVEL) -> list[Place]:
    """Place bodies by their published totals, best first; equal totals keep the order in which they were given.

    ``totals`` holds one total a body, ``drawn`` one row a body and one column a draw. Everything is compared as it is
    published, with two decimals.
    """
    published, shown = np.round(totals, DECIMALS), np.round(drawn, DECIMALS)
    ranks = rank_columns(published[:, None])[:, 0]
    places = rank_columns(shown)
    tail = (1 - level) / 2
    lows = np.minimum(np.quantile(places, tail, axis=1, method="inverted_cdf").astype(int), ranks)
    highs = np.maximum(np.quantile(places, 1 - tail, axis=1, method="inverted_cdf").astype(int), ranks)
    order = [int(at) for at in np.argsort(ranks, kind="stable")]
    bands = band_numbers(order, shown)
    return [
        Place(
            at=at,
            total=float(published[at]),
            interval=total_interval(shown[at], float(published[at]), level) if np.ptp(drawn[at]) > 0 else None,
            rank=int(ranks[at]),
            rank_low=int(lows[at]),
            rank_high=int(highs[at]),
            above_next=chance_above(shown[at], shown[order[place + 1]]) if place + 1 < len(order) else None,
            p_top=float(np.mean(places[at] <= TOP)),
            band=bands[place],
        )
        for place, at in enumerate(order)
    ]


def total_interval(drawn: NDArray[np.float64], published: float, level: float) -> tuple[float, float]:
    """Return a total's interval with the decimals of the total."""
    low, high = interval_of(drawn, published, level=level)
    return round(low, DECIMALS), round(high, DECIMALS)


def rank_columns(totals: NDArray[np.float64]) -> NDArray[np.intp]:
    """Rank each column, highest first, equal totals alike and the next places left free: 1, 2, 2, 4."""
    return np.stack([1 + (totals > row).sum(axis=0) for row in totals]).astype(np.intp)


def band_numbers(order: list[int], drawn: NDArray[np.float64]) -> list[int]:
    """Number the bands along the order: each holds the bodies that cannot be told from its first one.

    Measured against the first and not against the neighbour: a chain of close neighbours could otherwise put the best
    and the worst into one band.
    """
    bands: list[int] = []
    first = 0
    for place, at in enumerate(order):
        if place and chance_above(drawn[order[first]], drawn[at]) >= BAND_CERTAINTY:
            first = place
            bands.append(bands[-1] + 1)
        else:
            bands.append(bands[-1] if bands else 1)
    return bands


def chance_above(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    """Return P(one > other) over the draws; a tie counts half."""
    return float(np.mean(one > other) + np.mean(one == other) / 2)
