"""Draws are held against exact posteriors, full enumeration and closed forms that other code computes."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import betabinom, hypergeom

from domain.spread import PointsCurve, SampledShare, Spread, SpreadTerm
from scoring.uncertainty.cluster_bootstrap import draw_means
from scoring.uncertainty.posterior import draw_shares
from scoring.uncertainty.score_draws import draw_score, draw_spread, interval_of
from tests.scoring.score_samples import mean_spread, sampled, scored, times_k

MANY = 40_000
CLOSE = 0.015  # twice the Kolmogorov bound at 1 % for so many draws


def stream() -> np.random.Generator:
    return np.random.default_rng(7)


def greatest_gap(drawn: NDArray[np.float64], exact: dict[float, float]) -> float:
    """Return the greatest distance between the two distribution functions, at the points that can occur."""
    points = sorted(exact)
    expected = np.cumsum([exact[point] for point in points])
    seen = np.searchsorted(np.sort(drawn), np.asarray(points) + 1e-9, side="right") / len(drawn)
    return float(np.abs(seen - expected).max())


@pytest.mark.parametrize(("confirmed", "taken", "population"), [(18, 20, 60), (0, 1, 30), (3, 3, 30), (20, 20, 21)])
def test_shares_follow_the_hypergeometric_posterior(confirmed: int, taken: int, population: int) -> None:
    counts = np.arange(population + 1)
    chances = hypergeom.pmf(confirmed, population, counts, taken)
    exact = dict(zip((counts / population).tolist(), (chances / chances.sum()).tolist(), strict=True))
    drawn = draw_shares(sampled(confirmed, taken, population), stream(), MANY)
    assert greatest_gap(drawn, exact) < CLOSE


def test_shares_have_the_closed_form_of_the_beta_binomial() -> None:
    unseen = betabinom(40, 19, 3)
    drawn = draw_shares(sampled(18, 20, 60), stream(), MANY)
    assert drawn.mean() == pytest.approx((18 + unseen.mean()) / 60, abs=0.002)
    assert drawn.std() == pytest.approx(unseen.std() / 60, rel=0.03)


def test_a_census_leaves_nothing_open() -> None:
    assert set(draw_shares(sampled(9, 12, 12), stream(), 100).tolist()) == {0.75}


@pytest.mark.parametrize("blocks", [(1.0,), (1.0, 0.25), (1.0, 1.0, 1.0), (0.2, 0.9, 0.4)])
def test_few_blocks_are_drawn_from_a_pool_with_two_ghosts(blocks: tuple[float, ...]) -> None:
    pool = [*blocks, *blocks, 0.0, 1.0]  # ghosts have half the weight of a block
    ways = Counter(round(sum(chosen) / len(blocks), 12) for chosen in product(pool, repeat=len(blocks)))
    exact = {mean: count / ways.total() for mean, count in ways.items()}
    assert greatest_gap(draw_means(blocks, (), stream(), MANY), exact) < CLOSE


def test_ratios_of_sums_are_drawn_with_their_sizes() -> None:
    pool = [(1.0, 4.0), (0.5, 2.0), (1.0, 4.0), (0.5, 2.0), (0.0, 3.0), (1.0, 3.0)]
    ways = Counter(
        round(sum(block * size for block, size in chosen) / sum(size for _, size in chosen), 12)
        for chosen in product(pool, repeat=2)
    )
    exact = {ratio: count / ways.total() for ratio, count in ways.items()}
    assert greatest_gap(draw_means((1.0, 0.5), (4.0, 2.0), stream(), MANY), exact) < CLOSE


def test_many_blocks_have_the_variance_of_the_plain_bootstrap() -> None:
    blocks = tuple(number / 24 for number in range(25))
    drawn = draw_means(blocks, (), stream(), MANY)
    assert drawn.mean() == pytest.approx(np.mean(blocks), abs=0.002)
    assert drawn.std() == pytest.approx(np.std(blocks) / 5, rel=0.03)


def test_without_a_block_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="without a block"):
        draw_means((), (), stream(), 10)


@pytest.mark.parametrize("opened", [0, 1])
def test_one_to_three_looks_never_look_certain(opened: int) -> None:
    one = draw_score(scored("dept-01", 29, 0.5, spread=times_k(0.5, sampled(opened, 1, 40))), seed=1, draws=5_000)
    three = draw_score(scored("dept-01", 23, 1.0, spread=mean_spread(1.0, 1.0, 1.0)), seed=1, draws=5_000)
    assert one is not None
    assert three is not None
    low, high = interval_of(one, 0.5)
    assert high - low > 0.35
    assert interval_of(three, 1.0)[0] < 0.7


def test_a_sample_too_small_to_move_a_score_still_opens_its_interval() -> None:
    spread = times_k(0.8, sampled(1, 3, 60, enough=False))
    assert spread.recomputed == pytest.approx(0.8)
    drawn = draw_spread(spread, stream(), 5_000)
    low, high = interval_of(drawn, 0.8)
    assert low < 0.25
    assert high == 0.8  # the published value is part of its own interval


def test_terms_and_factors_join_as_the_formula_says() -> None:
    slots = SampledShare(name="slots", confirmed=3, sampled=4, population=4)
    spread = Spread(
        terms=(
            SpreadTerm(name="bookable", weight=0.7, value=0.5),
            SpreadTerm(name="slots", weight=0.3, value=0.75, drawn=slots),
        ),
        factors=(sampled(20, 25, 25),),
    )
    assert spread.is_certain
    assert spread.recomputed == pytest.approx((0.7 * 0.5 + 0.3 * 0.75) * 0.8)
    assert set(draw_spread(spread, stream(), 50).round(12).tolist()) == {0.46}


@pytest.mark.parametrize(
    ("curve", "ratio", "share"),
    [
        (PointsCurve(knots=((0.2, 0.0), (0.7, 1.0))), 0.45, 0.5),
        (PointsCurve(knots=((0.2, 0.0), (0.7, 1.0))), 0.1, 0.0),
        (PointsCurve(knots=((0.2, 0.0), (0.7, 1.0))), 0.9, 1.0),
        (PointsCurve(knots=((0.5, 0.6), (0.8, 1.0)), stepped=True), 0.79, 0.6),
        (PointsCurve(knots=((0.5, 0.6), (0.8, 1.0)), stepped=True), 0.8, 1.0),
        (PointsCurve(knots=((0.5, 0.6), (0.8, 1.0)), stepped=True), 0.49, 0.0),
    ],
)
def test_a_map_to_points_is_followed_by_every_draw(curve: PointsCurve, ratio: float, share: float) -> None:
    spread = Spread(terms=(SpreadTerm(name="declared", weight=1.0, value=ratio),), curve=curve)
    assert spread.recomputed == pytest.approx(share)
    assert draw_spread(spread, stream(), 3) == pytest.approx(share)


def test_a_census_score_is_not_drawn() -> None:
    assert draw_score(scored("dept-01", 37, 0.4), seed=1, draws=10) is None
    assert draw_score(scored("dept-01", 37, None), seed=1, draws=10) is None


def test_the_same_seed_draws_the_same_and_another_seed_does_not() -> None:
    score = scored("dept-01", 37, 0.72, spread=times_k(0.8, sampled(18, 20, 60)))
    first, again, other = (draw_score(score, seed=seed, draws=500) for seed in (5, 5, 6))
    assert np.array_equal(np.asarray(first), np.asarray(again))
    assert not np.array_equal(np.asarray(first), np.asarray(other))
