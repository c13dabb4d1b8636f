"""One score, drawn again: every sampled part from what its sample leaves open, the rest as it is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from domain.score import Score
from domain.spread import PointsCurve, SampledShare, Spread, SpreadTerm
from scoring.uncertainty.cluster_bootstrap import draw_means
from scoring.uncertainty.posterior import draw_shares
from scoring.uncertainty.shared_looks import draw_together

LEVEL = 0.90


WHOLE_BODY = 0
"""In place of a row's number: the stream of what the rows of a body share."""


def stream_of(seed: int, period: str, unit: str, table: str, row: int) -> np.random.Generator:
    """Return the random stream of one body's row: nobody else's draws depend on whether the body is there.

    Another half-year has another one: what was drawn for a body in July says nothing about December.
    """
    return np.random.default_rng([seed, row, *table.encode(), 0, *unit.encode(), 0, *period.encode()])


def draw_shared(scores: Sequence[Score], *, seed: int, draws: int) -> dict[int, NDArray[np.float64]]:
    """Draw the rows of one body and table that rest on its item sample, together: row → true shares."""
    samples = {score.row: sample for score in scores if (sample := shared_sample(score)) is not None}
    if not samples:
        return {}
    one = scores[0]
    return draw_together(samples, stream_of(seed, one.period, one.unit, one.table, WHOLE_BODY), draws)


def shared_sample(score: Score) -> SampledShare | None:
    """Return the share of a scored row that is known item by item; there is one at most."""
    if score.value is None:
        return None
    found = (*score.spread.factors, *(term.drawn for term in score.spread.terms))
    return next((sample for sample in found if sample is not None and sample.looks), None)


def draw_score(
    score: Score, *, seed: int, draws: int, shared: NDArray[np.float64] | None = None
) -> NDArray[np.float64] | None:
    """Draw a scored row's value (0..1) ``draws`` times; ``None`` where nothing of it rests on chance.

    ``shared`` holds the draws of the row's share of the body's item sample, where these were made with other rows.
    """
    if score.value is None or score.spread.is_certain:
        return None
    stream = stream_of(seed, score.period, score.unit, score.table, score.row)
    return draw_spread(score.spread, stream, draws, shared)


def draw_spread(
    spread: Spread, stream: np.random.Generator, draws: int, shared: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Draw Σ weight · term × Π factors ``draws`` times, through the map to points, cut off at 0 and 1."""
    value = np.zeros(draws)
    for term in spread.terms:
        value += term.weight * draw_term(term, stream, draws, shared)
    for factor in spread.factors:
        value *= draw_sample(factor, stream, draws, shared)
    return np.clip(value if spread.curve is None else follow_curve(spread.curve, value), 0.0, 1.0)


def draw_sample(
    sample: SampledShare, stream: np.random.Generator, draws: int, shared: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Draw a share: as it was drawn with other rows, by its own items, or by its counts."""
    if not sample.looks:
        return draw_shares(sample, stream, draws)
    return draw_together({WHOLE_BODY: sample}, stream, draws)[WHOLE_BODY] if shared is None else shared


def follow_curve(curve: PointsCurve, ratios: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring drawn ratios to their shares of the points."""
    knots, shares = (np.asarray(side, dtype=float) for side in zip(*curve.knots, strict=True))
    if not curve.stepped:
        straight: NDArray[np.float64] = np.interp(ratios, knots, shares)
        return straight
    reached: NDArray[np.float64] = np.concatenate(((0.0,), shares))[np.searchsorted(knots, ratios, side="right")]
    return reached


def draw_term(
    term: SpreadTerm, stream: np.random.Generator, draws: int, shared: NDArray[np.float64] | None
) -> NDArray[np.float64]:
    """Draw one term."""
    if term.drawn is not None:
        return draw_sample(term.drawn, stream, draws, shared)
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
