"""Places in a year: two independent halves, put together as methodology §7 says of values and of standard errors."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pytest
from scipy.stats import betabinom, norm

from domain.score import Score, UnitTotal
from domain.spread import SampledShare
from domain.standing import Standing
from domain.total import TotalKind, TotalList
from scoring.total_rules import TotalRules
from scoring.uncertainty.standings import Chance
from scoring.uncertainty.year_standings import draw_half, draw_year, stand_years
from scoring.year import add_up_year
from tests.scoring.score_samples import sampled, scored, times_k, totalled

CHANCE = Chance(seed=2021, draws=20_000)
RULES = TotalRules()
Bodies = Mapping[str, tuple[float, SampledShare | None]]
Half = tuple[list[Score], list[UnitTotal]]


def half(period: str, bodies: Bodies, **changes: object) -> Half:
    """Bodies with one row: its published share of the points, and the k that it holds."""
    scores, totals = [], []
    for unit, (value, k) in bodies.items():
        spread = None if k is None else times_k(value / k.share, k)
        dated = {"run": f"run-{period}", "period": period}
        scores.append(scored(unit, 37, value, spread=spread).model_copy(update=dated))
        totals.append(totalled(unit, 100 * value).model_copy(update=dated | changes))
    return scores, totals


def stand(first: Half, second: Half, rules: TotalRules = RULES) -> dict[str, Standing]:
    years = add_up_year(2021, first[1], second[1], rules)
    draws = [draw_half(*one, CHANCE) for one in (first, second)]
    return {one.unit: one for one in stand_years(years, draws[0], draws[1], rules, CHANCE)}


def test_certain_halves_make_certain_years() -> None:
    first = half("2021H1", {"dept-01": (0.8001, None), "dept-02": (0.9, None), "county-1": (0.5, None)})
    second = half("2021H2", {"dept-01": (0.9002, None), "dept-02": (0.7, None), "county-1": (0.5, None)})
    placed = stand(first, second)
    # 0.4 · 80.01 + 0.6 · 90.02 = 86.016; 0.4 · 90 + 0.6 · 70 = 78
    assert {unit: (one.total, one.rank, one.rank_low, one.rank_high, one.interval) for unit, one in placed.items()} == {
        "dept-01": (86.02, 1, 1, 1, None),
        "dept-02": (78.0, 2, 2, 2, None),
        "county-1": (50.0, 1, 1, 1, None),
    }
    one = placed["dept-01"]
    assert (one.run, one.period, one.seed, one.draws, one.above_next) == ("run-2021H2", "2021", 2021, 20_000, 1.0)


def test_halves_are_independent_occasions() -> None:
    """SE(Y)² = 0.16·SE1² + 0.36·SE2² (§7), of beta-binomial halves, though both have the same counts and seed."""
    k = sampled(18, 20, 60)
    first, second = half("2021H1", {"dept-01": (0.72, k)}), half("2021H2", {"dept-01": (0.72, k)})
    (year,) = add_up_year(2021, first[1], second[1], RULES)
    drawn = [draw_half(*one, CHANCE)["dept-01"] for one in (first, second)]
    error = 100 * 0.8 * betabinom(40, 19, 3).std() / 60
    assert np.std(draw_year(year, drawn[0], drawn[1], RULES)) == pytest.approx(error * 0.52**0.5, rel=0.03)


def test_an_interval_of_a_year_is_that_of_its_open_half() -> None:
    """Only the second half is open: its 5 % and 95 % points, with 0.6 of their distance."""
    k = sampled(10, 20, 400)
    placed = stand(half("2021H1", {"dept-01": (0.6, None)}), half("2021H2", {"dept-01": (0.4, k)}))
    unseen = betabinom(380, 11, 11)
    points = [0.4 * 60 + 0.6 * 80 * (10 + unseen.ppf(tail)) / 400 for tail in (0.05, 0.95)]
    assert placed["dept-01"].total == 48.0
    assert placed["dept-01"].interval == pytest.approx(points, abs=0.35)


def test_the_chance_to_stand_above_is_that_of_both_halves() -> None:
    """Two bodies alike in all but 1 point of the total: Φ(1 / √(2·0.52)·SE) by the normal form of wide samples."""
    k = sampled(500, 1_000, 100_000)
    first = half("2021H1", {"dept-01": (0.51, k), "dept-02": (0.50, k)})
    second = half("2021H2", {"dept-01": (0.51, k), "dept-02": (0.50, k)})
    error = 100 * betabinom(99_000, 501, 501).std() / 100_000
    spread = [error * share / 0.5 for share in (0.51, 0.50)]
    expected = norm.cdf(1 / (0.52 * (spread[0] ** 2 + spread[1] ** 2)) ** 0.5)
    assert stand(first, second)["dept-01"].above_next == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"dept-01": (0.5, None)}, {"dept-02": (0.5, None)}),
        ({}, {"dept-02": (0.5, None)}),
    ],
)
def test_a_half_that_is_missing_gives_no_place(first: Bodies, second: Bodies) -> None:
    assert stand(half("2021H1", first), half("2021H2", second)) == {}


@pytest.mark.parametrize("change", [{"kind": TotalKind.FULL}, {"reading": "wide"}, {"value": None, "published": None}])
def test_a_half_of_another_kind_gives_no_place(change: dict[str, object]) -> None:
    both = {"dept-01": (0.5, None)}
    assert stand(half("2021H1", both), half("2021H2", both, **change)) == {}
    assert set(stand(half("2021H1", both), half("2021H2", both))) == {"dept-01"}


def test_lists_and_weights_are_those_of_the_year() -> None:
    first = half("2021H1", {"dept-01": (0.8, None), "dept-02": (0.6, None)})
    scores, totals = half("2021H2", {"dept-01": (0.4, None), "dept-02": (0.9, None)})
    in_b = [totals[0].model_copy(update={"in_list": TotalList.B}), totals[1]]
    even = TotalRules(first_half=Decimal("0.5"), second_half=Decimal("0.5"))
    placed = stand(first, (scores, in_b), even)
    told = [(one.unit, one.in_list, one.rank, one.total) for one in placed.values()]
    assert told == [("dept-02", "A", 1, 75.0), ("dept-01", "B", 1, 60.0)]


def test_taking_a_body_away_moves_nobody_else() -> None:
    k = sampled(17, 20, 60)
    bodies = ("dept-01", "dept-02", "dept-03")
    all_of_them: Bodies = dict.fromkeys(bodies, (0.6, k))
    fewer: Bodies = dict.fromkeys(bodies[1:], (0.6, k))
    everybody = stand(half("2021H1", all_of_them), half("2021H2", all_of_them))
    rest = stand(half("2021H1", fewer), half("2021H2", fewer))
    assert {unit: one.interval for unit, one in rest.items()} == {unit: everybody[unit].interval for unit in fewer}
