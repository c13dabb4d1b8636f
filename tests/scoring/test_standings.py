"""Places among bodies, held against hand-made cases, exact enumeration and the methodology's own simulation."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import hypergeom, rankdata

from domain.score import Score, UnitTotal
from domain.spread import SampledShare
from domain.standing import Standing
from domain.total import TotalList
from scoring.uncertainty.places import band_numbers, chance_above, place_bodies, rank_columns
from scoring.uncertainty.standings import Chance, draw_scores, stand_bodies, with_intervals
from scoring.uncertainty.total_draws import draw_total, key_of
from tests.scoring.score_samples import sampled, scored, times_k, totalled

CHANCE = Chance(seed=2021, draws=5_000)


def body(unit: str, *rows: tuple[float, float, SampledShare | None]) -> tuple[list[Score], UnitTotal]:
    """Return a body's scores (declared value, weight, k) and its total Σ w·s / Σ w × 100."""
    scores = [
        scored(
            unit,
            number,
            value * (factor.share if factor else 1),
            weight=weight,
            spread=times_k(value, factor) if factor else None,
        )
        for number, (value, weight, factor) in enumerate(rows, start=1)
    ]
    earned = sum(score.weight * (score.value or 0) for score in scores)
    return scores, totalled(unit, 100 * earned / sum(score.weight for score in scores))


def stand(*bodies: tuple[list[Score], UnitTotal], reading: str = "narrow") -> dict[str, Standing]:
    scores = [score for scores, _ in bodies for score in scores]
    drawn = draw_scores(scores, CHANCE)
    standings = stand_bodies(scores, [total for _, total in bodies], drawn, CHANCE)
    return {standing.unit: standing for standing in standings if standing.reading == reading}


def exact_totals(value: float, sample: SampledShare) -> dict[float, float]:
    counts = np.arange(sample.population + 1)
    chances = hypergeom.pmf(sample.confirmed, sample.population, counts, sample.sampled)
    totals = np.round(100 * value * counts / sample.population, 2)
    return dict(zip(totals.tolist(), (chances / chances.sum()).tolist(), strict=True))


def test_certain_totals_have_certain_places() -> None:
    placed = stand(*(body(f"dept-0{n}", (value, 2, None)) for n, value in enumerate((0.5, 0.9, 0.7, 0.7), start=1)))
    assert {unit: (one.rank, one.rank_low, one.rank_high) for unit, one in placed.items()} == {
        "dept-02": (1, 1, 1),
        "dept-03": (2, 2, 2),
        "dept-04": (2, 2, 2),
        "dept-01": (4, 4, 4),
    }
    assert [placed[unit].above_next for unit in ("dept-02", "dept-03", "dept-04", "dept-01")] == [1.0, 0.5, 1.0, None]
    assert [placed[unit].band for unit in ("dept-02", "dept-03", "dept-04", "dept-01")] == [1, 2, 2, 3]
    assert all(one.interval is None for one in placed.values())


def test_the_chance_to_stand_above_is_that_of_full_enumeration() -> None:
    one, other = sampled(18, 20, 60), sampled(8, 10, 12)
    placed = stand(body("dept-01", (0.8, 2, one)), body("dept-02", (0.85, 2, other)))
    exact = 0.0
    for (above, p), (below, q) in product(exact_totals(0.8, one).items(), exact_totals(0.85, other).items()):
        exact += p * q * (1.0 if above > below else 0.5 if above == below else 0.0)
    assert placed["dept-01"].above_next == pytest.approx(exact, abs=0.02)
    assert placed["dept-01"].p_top3 == placed["dept-02"].p_top3 == 1.0


def test_an_interval_of_a_total_is_that_of_its_posterior() -> None:
    sample = sampled(18, 20, 60)
    placed = stand(body("dept-01", (0.8, 2, sample)))
    exact = exact_totals(0.8, sample)
    points = sorted(exact)
    cumulated = np.cumsum([exact[point] for point in points])
    low = points[int(np.searchsorted(cumulated, 0.05))]
    high = points[int(np.searchsorted(cumulated, 0.95))]
    step = 100 * 0.8 / 60
    assert placed["dept-01"].interval == pytest.approx((low, high), abs=step + 0.01)


def test_the_standard_error_is_that_of_the_methodology() -> None:
    """§7: seven counties, six rows of 2+2+2+6+6+6 points, N = 60, n = 20, share about 0.9: 0.58 points of 100."""
    rows = [(1.0, weight, sampled(18, 20, 60)) for weight in (2.0, 2.0, 2.0, 6.0, 6.0, 6.0)]
    scores, total = body("county-1", *rows, (0.8, 76.0, None))
    drawn = draw_scores(scores, CHANCE)
    totals = draw_total(total.value or 0, scores, drawn, CHANCE.draws)
    assert float(totals.std()) == pytest.approx(0.58, rel=0.2)


def test_taking_a_body_away_moves_nobody_else() -> None:
    bodies = [body(f"dept-0{n}", (0.5 + n / 20, 2, sampled(17 + n, 20, 60)), (0.6, 3, None)) for n in (1, 2, 3)]
    everyone = [score for scores, _ in bodies for score in scores]
    fewer = [score for scores, _ in bodies[1:] for score in scores]
    all_drawn, fewer_drawn = draw_scores(everyone, CHANCE), draw_scores(fewer, CHANCE)
    assert set(fewer_drawn) < set(all_drawn)
    assert all(np.array_equal(all_drawn[key], values) for key, values in fewer_drawn.items())
    assert [one.interval for one in stand(*bodies[1:]).values()] == [
        one.interval for unit, one in stand(*bodies).items() if unit != "dept-01"
    ]


def test_the_order_in_which_bodies_come_is_irrelevant() -> None:
    bodies = [body(f"dept-0{n}", (0.5 + n / 20, 2, sampled(17 + n, 20, 60))) for n in (1, 2, 3)]
    assert stand(*bodies) == stand(*reversed(bodies))


def test_tables_and_lists_are_ranked_apart() -> None:
    scores, _ = body("dept-03", (0.1, 2, None))
    small = (scores, totalled("dept-03", 10.0, TotalList.B))
    placed = stand(body("dept-01", (0.5, 2, None)), body("county-1", (0.2, 2, None)), small)
    assert [(one.in_list, one.rank) for one in placed.values()] == [("A", 1), ("A", 1), ("B", 1)]


def test_a_band_is_measured_against_its_first_body() -> None:
    rng = np.random.default_rng(3)
    drawn = np.stack([rng.normal(100 - gap, 1.0, 20_000) for gap in range(6)])
    # P(first > k-th) = Φ(k/√2): 0.76, 0.92, 0.98 – the third neighbour opens a new band.
    assert band_numbers(list(range(6)), drawn) == [1, 1, 1, 2, 2, 2]


def test_ranks_are_read_from_published_totals() -> None:
    totals = np.array([70.004, 70.0, 69.99])
    placed = place_bodies(totals, np.repeat(totals[:, None], 4, axis=1))
    assert [(one.rank, one.total) for one in placed] == [(1, 70.0), (1, 70.0), (3, 69.99)]


def test_places_are_those_of_another_implementation() -> None:
    totals = np.random.default_rng(4).integers(0, 30, size=(41, 200)).astype(float)
    assert np.array_equal(rank_columns(totals), rankdata(-totals, method="min", axis=0))


def test_a_tie_counts_half() -> None:
    assert chance_above(np.array([1.0, 2.0, 3.0, 3.0]), np.array([1.0, 1.0, 1.0, 4.0])) == 0.625


def test_scores_that_rest_on_chance_get_an_interval_and_others_none() -> None:
    scores, _ = body("dept-01", (0.8, 2, sampled(18, 20, 60)), (0.6, 3, None))
    drawn = draw_scores(scores, CHANCE)
    assert list(drawn) == [key_of(scores[0])]
    first, second = with_intervals(scores, drawn)
    assert first.interval is not None
    low, high = first.interval
    assert low < 0.72 < high < 0.8
    assert second.interval is None
