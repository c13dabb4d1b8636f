"""One score, drawn again: every sampled part from what its sample leaves open, the rest as it is."""

import numpy as np
from numpy.typing import NDArray

from domain.score import Score
from domain.spread import PointsCurve, Spread, SpreadTerm
from scoring.uncertainty.cluster_bootstrap import draw_means
from scoring.uncertainty.posterior import draw_shares

LEVEL = 0.90


def stream_of(seed: int, unit: str, table: str, row: int) -> np.random.Generator:
    """Return the random stream of one body's row: nobody else's draws depend on whether the body is there."""
    return np.random.default_rng([seed, row, *table.encode(), 0, *unit.encode()])


def draw_score(score: Score, *, seed: int, draws: int) -> NDArray[np.float64] | None:
    """Draw a scored row's value (0..1) ``draws`` times; ``None`` where nothing of it rests on chance."""
    if score.value is None or score.spread.is_certain:
        return None
    return draw_spread(score.spread, stream_of(seed, score.unit, score.table, score.row), draws)


def draw_spread(spread: Spread, stream: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Draw Σ weight · term × Π factors ``draws`` times, through the map to points, cut off at 0 and 1."""
    value = np.zeros(draws)
    for term in spread.terms:
        value += term.weight * draw_term(term, stream, draws)
    for factor in spread.factors:
        value *= draw_shares(factor, stream, draws)
    return np.clip(value if spread.curve is None else follow_curve(spread.curve, value), 0.0, 1.0)


def follow_curve(curve: PointsCurve, ratios: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring drawn ratios to their shares of the points."""
    knots, shares = (np.asarray(side, dtype=float) for side in zip(*curve.knots, strict=True))
    if not curve.stepped:
        straight: NDArray[np.float64] = np.interp(ratios, knots, shares)
        return straight
    reached: NDArray[np.float64] = np.concatenate(((0.0,), shares))[np.searchsorted(knots, ratios, side="right")]
    return reached


def draw_term(term: SpreadTerm, stream: np.random.Generator, draws: int) -> NDArray[np.float64]:
    """Draw one term."""
    if term.drawn is not None:
        return draw_shares(term.drawn, stream, draws)
    if term.blocks:
        return draw_means(term.blocks, term.sizes, stream, draws)
    return np.full(draws, term.value)


def interval_of(drawn: NDArray[np.float64], published: float, *, level: float = LEVEL) -> tuple[float, float]:
    """Return the central interval of what was drawn, widened to hold the published value.

    The published value stands at what was seen; a prior that leaves room for the unseen can lie beside it, above all
    where everything that was looked at proved true.
    """
    tail = (1 - level) / 2
    low, high = (float(bound) for bound in np.quantile(drawn, (tail, 1 - tail)))
    return min(low, published), max(high, published)
