"""The comparison of nights counts what moved, on scores made by hand."""

import pytest

from benchmarks.variability import compare_indicator, compare_scores, compare_totals
from domain.score import Score, ScoreState, UnitTotal


def score(value: float | None, coverage: float = 1.0, **parts: float | None) -> Score:
    state = ScoreState.INSUFFICIENT if value is None else ScoreState.SCORED
    return Score.model_validate(
        {"run": "r", "period": "2026H2", "unit": "dept-01", "table": "D", "row": 27, "indicator": "booking"}
        | {"version": 1, "title": "预约率", "weight": 2.0, "points": None, "numerator": None, "denominator": None}
        | {"state": state, "value": value, "coverage": coverage, "minimum_coverage": 0.8, "parts": parts}
    )


def total(value: float | None, rank: int | None) -> UnitTotal:
    figures = {"value": value, "weight_scored": 1.0, "weight_applicable": 1.0, "rank": rank}
    return UnitTotal.model_validate({"run": "r", "period": "2026H2", "unit": "dept-01", "table": "D"} | figures)


def test_differences_of_values_states_coverage_and_terms() -> None:
    pairs = [
        (score(0.5, seconds=1.0), score(0.75, seconds=2.0)),
        (score(0.5, same=1.0), score(0.5, same=1.0)),
        (score(0.5), score(None, coverage=0.25)),
    ]
    found = compare_indicator("booking", pairs)
    assert (found.scored, found.moved, found.restated) == (2, 1, 1)
    assert (found.largest, found.mean) == (0.25, 0.125)
    assert found.largest_coverage == 0.75
    assert found.parts_moved == ("seconds",)


def test_totals_by_their_widest_difference() -> None:
    nights = [{"dept-01": total(70.0, 1)}, {"dept-01": total(71.5, 1)}, {"dept-01": total(69.0, 2)}]
    [moved] = compare_totals(nights)
    assert (moved.first, moved.largest, moved.ranks) == (70.0, 2.5, (1, 1, 2))
    [gone] = compare_totals([*nights, {"dept-01": total(None, None)}])
    assert gone.largest is None


def test_nights_of_other_bodies_are_not_compared() -> None:
    with pytest.raises(SystemExit, match="same rows"):
        compare_scores({("dept-01", "booking"): score(0.5)}, [{("dept-02", "booking"): score(0.5)}])
