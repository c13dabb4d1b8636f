"""Other choices, tried on rankings so small that every shift is counted by hand."""

import numpy as np
import pytest
from scipy.stats import kendalltau

from domain.scoring_basis import RowDefinition, ScoringBasis
from domain.sensitivity import Choice, Sensitivity, Variation
from domain.spread import Spread, SpreadTerm
from scoring.uncertainty.other_values import by_line, by_share, by_steps, by_sums, with_bound
from scoring.uncertainty.rows_in_total import Body
from scoring.uncertainty.sensitivity import Halves, try_choices
from scoring.uncertainty.variations import draw_weights
from tests.scoring.score_samples import sampled, scored, times_k, totalled

TARGETS = {"time_saving": "0.6", "promise_days": "10", "immediate_share": "0.5"}
GROUPS = {28: "效能", 34: "效能", 36: "减负", 37: "减负"}


def define(row: int) -> RowDefinition:
    return RowDefinition(
        table="D",
        row=row,
        indicator=f"indicator-{row}",
        version=1,
        level1="成效",
        level2=GROUPS[row],
        level3=f"指标 {row}",
        weight=2.0,
        unit="%",
        description="",
        row_class="F",
        channels=(),
        formula="",
        points_map="share",
        why="",
        source="",
        minimum_coverage=0.98,
    )


BASIS = ScoringBasis(
    run="r",
    period="2021H1",
    tool_version="0",
    reading="narrow",
    rule_sets=(),
    targets=TARGETS,
    targets_placeholder=True,
    readability_calibrated=False,
    seed=5,
    draws=500,
    rows=tuple(define(row) for row in GROUPS),
)


def try_bodies(values: dict[str, dict[int, float]], halves: Halves | None = None) -> Sensitivity:
    """Score bodies with rows of equal weight and try every other choice."""
    scores = [scored(unit, row, value) for unit, rows in values.items() for row, value in rows.items()]
    totals = [totalled(unit, 100 * sum(rows.values()) / len(rows)) for unit, rows in values.items()]
    (result,) = try_choices(scores, totals, BASIS, halves=halves)
    return result


def one(result: Sensitivity, choice: Choice, title: str = "") -> Variation:
    return next(found for found in result.variations if found.choice is choice and title in found.title)


THREE = {
    "dept-01": {28: 0.9, 34: 0.9, 36: 0.3, 37: 0.3},  # 60: leads by the group 效能
    "dept-02": {28: 0.5, 34: 0.5, 36: 0.6, 37: 0.6},  # 55
    "dept-03": {28: 0.1, 34: 0.1, 36: 0.8, 37: 0.8},  # 45: leads by the group 减负
}


def test_a_group_left_out_turns_the_ranking_round() -> None:
    result = try_bodies(THREE)
    without = one(result, Choice.GROUP_LEFT_OUT, "效能")  # 30, 60, 80: places 3, 2, 1 instead of 1, 2, 3
    assert without.mean_shift == pytest.approx(4 / 3)
    assert (without.max_shift, without.tau_b) == (2.0, -1.0)
    assert without.most_moved == "dept-01"
    kept = one(result, Choice.GROUP_LEFT_OUT, "减负")  # 90, 50, 10: as it was
    assert (kept.mean_shift, kept.tau_b, kept.most_moved) == (0.0, 1.0, "")
    mover = result.movers[0]
    assert (mover.unit, mover.shift, mover.rank, mover.rank_otherwise) == ("dept-01", 2.0, 1, 3.0)
    assert mover.choice is Choice.GROUP_LEFT_OUT


def test_overlapping_rows_are_merged_into_one() -> None:
    """28 and 34 weigh 2 + 2: merged they weigh 2 in all, so 60 becomes (0.9·2 + 0.3·4)/6 = 50."""
    result = one(try_bodies(THREE), Choice.OVERLAPS)
    # 50, 56.67 and 56.67: the second and the third share the first place.
    assert result.mean_shift == pytest.approx((2 + 1 + 2) / 3)
    assert result.max_shift == 2.0
    assert result.tau_b == pytest.approx(kendalltau([60, 55, 45], [50.0, 56.67, 56.67]).statistic)


def test_drawn_weights_keep_their_mean_and_stand_off_by_a_fifth() -> None:
    body = Body.of("dept-01", 100.0, [scored("dept-01", 28, 1.0), *(scored("dept-01", r, 0.0) for r in (34, 36, 37))])
    trial = draw_weights([body], seed=1)
    shares = trial.totals[:, 0] - body.outside  # one row's share of the hundred
    assert shares.mean() == pytest.approx(25, rel=0.03)
    assert shares.std() == pytest.approx(5, rel=0.08)


def test_bonus_and_penalty_stay_outside_the_weights() -> None:
    body = Body.of("dept-01", 63.0, [scored("dept-01", 28, 0.6)])
    assert body.outside == pytest.approx(3.0)
    assert body.total_with(value=lambda _: 1.0) == pytest.approx(103.0)


def test_halves_are_tried_only_where_both_are_there() -> None:
    missing = one(try_bodies(THREE), Choice.HALVES)
    assert (missing.bodies, missing.tau_b) == (0, None)
    assert missing.note
    halves = Halves(
        first={"dept-01": 90.0, "dept-02": 60.0, "dept-03": 10.0},
        second={"dept-01": 50.0, "dept-02": 71.0, "dept-03": 20.0},
        weights=(0.4, 0.6),
    )
    # 40/60: 66, 66.6, 16; 50/50: 70, 65.5, 15 – the first two change places.
    tried = one(try_bodies(THREE, halves), Choice.HALVES)
    assert tried.mean_shift == pytest.approx(2 / 3)
    assert (tried.bodies, tried.max_shift) == (3, 1.0)


def test_the_other_reading_moves_nobody_where_both_agree() -> None:
    assert one(try_bodies(THREE), Choice.READING).mean_shift == 0


def test_bounds_of_k_are_those_of_the_exact_interval() -> None:
    """Methodology §3.5: 18 of 20 from 60 leaves [0.733, 0.967]."""
    score = scored("dept-01", 37, 0.72, spread=times_k(0.8, sampled(18, 20, 60)))
    assert with_bound(score, upper=False) == pytest.approx(0.8 * 44 / 60)
    assert with_bound(score, upper=True) == pytest.approx(0.8 * 58 / 60)
    census = scored("dept-01", 37, 0.72)
    assert with_bound(census, upper=True) == 0.72


def test_maps_are_tried_on_the_value() -> None:
    score = scored("dept-01", 28, 0.75)
    assert by_steps(score) == 0.6
    assert by_line(score) == 0.5
    assert by_share(score, TARGETS) == 0.75
    assert by_steps(scored("dept-01", 28, 0.6)) == 0.6  # 0.6 · 5 is 3, not a little less


def test_targets_can_be_done_without() -> None:
    instant = scored("dept-01", 38, 0.6).model_copy(
        update={"indicator": "instant", "parts": {"immediate_share": 0.3}}  # lin(0.3; 0, 0.5) = 0.6
    )
    assert by_share(instant, TARGETS) == pytest.approx(0.3)
    time = scored("dept-01", 36, 0.85).model_copy(
        update={
            "indicator": "less-time",
            "parts": {"mean_time_saving": 0.6, "total_time_saving": 0.3, "mean_promise_days": 5.0},
        }
    )
    assert by_share(time, TARGETS) == pytest.approx(0.7 * 0.6 + 0.3 * 0.5)  # c* = 1
    assert by_sums(time, TARGETS) == pytest.approx(0.7 * 0.3 / 0.6 + 0.3 * 0.5)  # 1 − ΣP/ΣL


def test_means_of_ratios_and_ratios_of_sums_change_places() -> None:
    term = SpreadTerm(name="entries", weight=1.0, value=0.25, blocks=(1.0, 0.0), sizes=(1.0, 3.0))
    mobile = scored("dept-01", 19, 0.25, spread=Spread(terms=(term,))).model_copy(update={"indicator": "mobile"})
    assert by_sums(mobile, TARGETS) == 0.5
    ease = scored("dept-01", 23, 0.7).model_copy(
        update={"indicator": "apply-ease", "parts": {"points_earned": 30.0, "points_observed": 40.0, "deductions": 2.0}}
    )
    assert by_sums(ease, TARGETS) == pytest.approx(0.7)


def test_the_same_seed_gives_the_same_result() -> None:
    assert try_bodies(THREE) == try_bodies(THREE)


def test_one_body_is_no_ranking() -> None:
    scores = [scored("dept-01", 28, 0.5)]
    assert try_choices(scores, [totalled("dept-01", 50.0)], BASIS) == ()


def test_equal_totals_have_no_tau() -> None:
    same = {unit: {28: 0.5, 34: 0.5} for unit in ("dept-01", "dept-02")}
    result = try_bodies(same)
    assert one(result, Choice.WEIGHTS).tau_b is None
    assert np.isclose(one(result, Choice.WEIGHTS).mean_shift, 0)
