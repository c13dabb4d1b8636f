"""One body's total, drawn again from the draws of its rows."""

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from domain.score import Score

ScoreKey = tuple[str, str, int]
"""Body, table, row."""


def key_of(score: Score) -> ScoreKey:
    return score.unit, score.table, score.row


def draw_total(
    total: float, scores: Iterable[Score], drawn: Mapping[ScoreKey, NDArray[np.float64]], draws: int
) -> NDArray[np.float64]:
    """Draw a total: the published one, moved by Σ w·(drawn − s) / Σ w × 100 over the rows that entered it.

    w is the weight with which the row entered the total. What lies outside the 100 (bonus, penalty) is certain and
    stays in ``total``.
    """
    weights, moved = 0.0, np.zeros(draws)
    for score in scores:
        if score.value is None:
            continue
        weights += score.weight_entered
        if key_of(score) in drawn:
            moved += score.weight_entered * (drawn[key_of(score)] - score.value)
    return total + (100 * moved / weights if weights else moved)
