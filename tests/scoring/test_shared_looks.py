"""Rows of one item sample, drawn together: held against scipy, closed forms worked by hand, and full enumeration."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray
from pydantic import ValidationError
from scipy.stats import betabinom, hypergeom

from domain.sample import Aspect, FrameItem, Volume
from domain.spread import SampledShare, Spread, SpreadTerm
from scoring.sampling.looks import write_looks
from scoring.uncertainty.score_draws import draw_spread
from scoring.uncertainty.shared_looks import draw_together, ghost_patterns
from scoring.uncertainty.standings import Chance, draw_scores
from scoring.uncertainty.total_draws import draw_total
from tests.scoring.score_samples import sampled, scored, times_k

MANY = 40_000
CLOSE = 0.015  # twice the Kolmogorov bound at 1 % for so many draws


def looked(looks: str) -> SampledShare:
    held, refuted, unknown = (looks.count(sign) for sign in "10?")
    return SampledShare(
        name="consistency", confirmed=held, sampled=held + refuted, population=held + refuted + unknown, looks=looks
    )


def draw(*looks: str, seed: int = 7) -> list[NDArray[np.float64]]:
    drawn = draw_together(dict(enumerate(map(looked, looks))), np.random.default_rng(seed), MANY)
    return [drawn[row] for row in range(len(looks))]


def greatest_gap(drawn: NDArray[np.float64], points: Sequence[float], chances: Sequence[float]) -> float:
    """Return the greatest distance between the two distribution functions, at the points that can occur."""
    order = np.argsort(points)
    expected = np.cumsum(np.asarray(chances)[order])
    seen = np.searchsorted(np.sort(drawn), np.asarray(points)[order] + 1e-9, side="right") / len(drawn)
    return float(np.abs(seen - expected).max())


def gap_to_posterior(drawn: NDArray[np.float64], looks: str) -> float:
    """Compare with the posterior of a row alone: M − x ~ BetaBin(N − n, x + 1, n − x + 1)."""
    one = looked(looks)
    unseen = one.population - one.sampled
    posterior = betabinom(unseen, one.confirmed + 1, one.sampled - one.confirmed + 1)
    counts = np.arange(unseen + 1)
    return greatest_gap(drawn, (one.confirmed + counts) / one.population, posterior.pmf(counts))


@pytest.mark.parametrize(
    "looks",
    [
        ("1" * 18 + "00" + "?" * 40,),
        ("1" * 16 + "0000" + "?" * 40, "1" * 16 + "0000" + "?" * 40),  # faults together
        ("1" * 6 + "0??" + "?" * 12, "1..01??..0????.......", "...11.1??????10......"),  # frames and samples differ
        ("111111????", "111111????", "1111110???"),
        ("01111|?????", "1??0?|1?0??"),  # a stratum that nobody looked at for one row: both rows count as simple ones
    ],
)
def test_each_row_by_itself_follows_its_own_posterior(looks: tuple[str, ...]) -> None:
    for drawn, row in zip(draw(*looks), looks, strict=True):
        if "|" not in row or not set(row.split("|")[1]) & {"0", "1"}:
            assert gap_to_posterior(drawn, row) < CLOSE


def covariance_by_hand(looks: int, both: int, one: int, other: int, unseen: int) -> float:
    """Whole items in an urn with ``looks`` items and two ghosts of which a quarter holds in both rows.

    Of Dirichlet-multinomial counts, Cov = m (m + A) / (A + 1) · (q_both − q_one · q_other), A = looks + 2.
    """
    urn = looks + 2
    apart = (both + 0.5) / urn - (one + 1) / urn * (other + 1) / urn
    return unseen * (unseen + urn) / (urn + 1) * apart


def test_faults_that_come_together_widen_the_sum_as_worked_by_hand() -> None:
    row = "1" * 16 + "0000" + "?" * 40
    one, other = (60 * drawn for drawn in draw(row, row))
    variance = betabinom(40, 17, 5).var()
    covariance = covariance_by_hand(20, 16, 16, 16, 40)
    assert (variance, covariance) == pytest.approx(
        (18.936, 16.485), abs=0.001
    )  # 40·62/23 · (17·5/22², 16.5/22 − 17²/22²)
    assert np.var(one) == pytest.approx(variance, rel=0.03)
    assert np.var(one + other) == pytest.approx(2 * variance + 2 * covariance, rel=0.03)


def test_faults_that_never_meet_make_the_sum_narrower_than_those_that_do() -> None:
    apart = np.var(sum(draw("0000" + "1" * 16 + "?" * 40, "1" * 16 + "0000" + "?" * 40))) * 60**2
    assert apart == pytest.approx(2 * 18.936 + 2 * covariance_by_hand(20, 12, 16, 16, 40), rel=0.03)


def test_independent_rows_are_as_if_drawn_apart() -> None:
    """Of 25 items 5 are false in each row and 1 in both, as 5 · 5 / 25 says."""
    one, other = draw("00000" + "1" * 20 + "?" * 35, "0" + "1" * 4 + "0000" + "1" * 16 + "?" * 35)
    apart = draw("00000" + "1" * 20 + "?" * 35)[0], draw("00000" + "1" * 20 + "?" * 35, seed=8)[0]
    assert np.std(one + other) == pytest.approx(np.std(sum(apart)), rel=0.03)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.06


def test_rows_that_share_no_item_are_drawn_apart() -> None:
    one, other = draw("1110??????......", "..........101???")
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.06  # what is left is the prior's: no item is known to both


def test_strata_are_drawn_apart_and_summed_up_as_full_enumeration_says() -> None:
    """N = 4 + 3, 1 of 2 and 2 of 2 hold; prior of a stratum: BetaBin(N_h; a, a), a = N_h / N."""
    strata = [(4, 2, 1), (3, 2, 2)]
    posteriors = []
    for size, taken, held in strata:
        counts = np.arange(size + 1)
        share = size / 7
        chances = betabinom(size, share, share).pmf(counts) * hypergeom.pmf(held, size, counts, taken)
        posteriors.append(list(zip(counts.tolist(), (chances / chances.sum()).tolist(), strict=True)))
    exact: dict[float, float] = {}
    for (one, p), (other, q) in product(*posteriors):
        share = 4 / 7 * one / 4 + 3 / 7 * other / 3  # Σ N_h / N · p_h
        exact[round(share, 9)] = exact.get(round(share, 9), 0.0) + p * q
    (drawn,) = draw("10??|11?")
    assert greatest_gap(drawn, list(exact), list(exact.values())) < CLOSE
    assert gap_to_posterior(drawn, "10??11?") > 2 * CLOSE  # a simple sample of the same counts would say something else


def test_strata_of_one_row_do_not_depend_on_the_other_rows() -> None:
    (alone,) = draw("10??|11?")
    together, _ = draw("10??|11?", ".1??|10?", seed=8)
    assert alone.mean() == pytest.approx(together.mean(), abs=0.005)
    assert alone.std() == pytest.approx(together.std(), rel=0.03)


def test_a_census_leaves_nothing_open() -> None:
    whole, open_ = draw("1101|1.", "11??|?1")
    assert set(whole.tolist()) == {0.8}
    assert np.ptp(open_) > 0


def test_ghosts_are_true_in_half_and_in_both_of_two_rows_in_a_quarter() -> None:
    for rows in range(1, 10):
        ghosts = ghost_patterns(rows).astype(float)
        expected = np.full((rows, rows), 0.25) + 0.25 * np.eye(rows)
        assert ghosts.T @ ghosts / len(ghosts) == pytest.approx(expected)


@pytest.mark.parametrize("looks", [("11?", "11??"), ("1|1?", "11|?"), ("11?", "")])
def test_rows_of_different_frames_are_refused(looks: tuple[str, str]) -> None:
    samples = {n: looked(one) if one else sampled(1, 2, 3) for n, one in enumerate(looks)}
    with pytest.raises(ValueError, match="one and the same frame"):
        draw_together(samples, np.random.default_rng(1), 10)


def test_looks_have_to_agree_with_the_counts() -> None:
    with pytest.raises(ValidationError, match="are not 2 of 3 of 5"):
        SampledShare(name="consistency", confirmed=2, sampled=3, population=5, looks="110?")
    with pytest.raises(ValidationError, match="pattern"):
        SampledShare(name="consistency", confirmed=2, sampled=2, population=2, looks="yy")


CHANCE = Chance(seed=2021, draws=20_000)
TOGETHER = looked("1" * 16 + "0000" + "?" * 40)


def total_variance(unit: str, k: SampledShare) -> float:
    """Two rows of 2 points each that rest on the same looks, and 96 points that are certain."""
    rows = [scored(unit, n, 0.8, spread=times_k(1.0, k)) for n in (36, 37)]
    rows.append(scored(unit, 1, 0.5, weight=96.0))
    return float(np.var(draw_total(51.2, rows, draw_scores(rows, CHANCE), CHANCE.draws)))


def test_a_total_over_shared_looks_has_the_variance_worked_by_hand() -> None:
    """Each row moves the total by 2 · M / 60: Var = (2/60)² · 2 · (18.936 + 16.485) against (2/60)² · 2 · 18.936."""
    assert total_variance("dept-01", TOGETHER) == pytest.approx((2 / 60) ** 2 * 2 * (18.936 + 16.485), rel=0.04)
    assert total_variance("dept-01", sampled(16, 20, 60)) == pytest.approx((2 / 60) ** 2 * 2 * 18.936, rel=0.04)


def test_the_share_in_a_term_is_drawn_with_the_factors_of_other_rows() -> None:
    """p_true of a guide stands in a term of its row (D13), k of 减跑动 is a factor."""
    truth = Spread(terms=(SpreadTerm(name="truth", weight=0.5, value=0.8, drawn=TOGETHER),))
    drawn = draw_scores(
        [scored("dept-01", 13, 0.4, spread=truth), scored("dept-01", 37, 0.8, spread=times_k(1.0, TOGETHER))], CHANCE
    )
    one, other = (drawn["dept-01", "D", row] for row in (13, 37))
    assert np.corrcoef(one, other)[0, 1] == pytest.approx(16.485 / 18.936, abs=0.02)


def test_bodies_halves_and_seeds_have_draws_of_their_own() -> None:
    def drawn(unit: str, period: str = "2021H1", seed: int = 2021) -> NDArray[np.float64]:
        scores = [scored(name, 37, 0.8, spread=times_k(1.0, TOGETHER)) for name in ("dept-02", unit)]
        dated = [one.model_copy(update={"period": period}) for one in scores]
        return draw_scores(dated[unit == "dept-02" :], Chance(seed=seed, draws=500))[unit, "D", 37]

    assert np.array_equal(drawn("dept-01"), drawn("dept-01"))
    assert np.array_equal(drawn("dept-02"), drawn("dept-02"))
    with_other = draw_scores(
        [scored(name, 37, 0.8, spread=times_k(1.0, TOGETHER)) for name in ("dept-01", "dept-02")],
        Chance(seed=2021, draws=500),
    )
    assert np.array_equal(with_other["dept-01", "D", 37], drawn("dept-01"))
    for otherwise in (drawn("dept-02"), drawn("dept-01", "2021H2"), drawn("dept-01", seed=2022)):
        assert not np.array_equal(drawn("dept-01"), otherwise)
        assert abs(np.corrcoef(drawn("dept-01"), otherwise)[0, 1]) < 0.2


def test_a_spread_by_itself_is_drawn_by_its_own_items() -> None:
    stratified = looked("10??|11?")
    alone = draw_spread(times_k(1.0, stratified), np.random.default_rng(1), MANY)
    assert alone.mean() == pytest.approx(draw("10??|11?")[0].mean(), abs=0.005)


def frame_item(code: str, kind: str, *declared: Aspect, volume: Volume = Volume.REST) -> FrameItem:
    return FrameItem(
        unit="dept-01", code=code, item_id=code, title=code, item_type_code=kind, volume=volume, declared=declared
    )


def test_looks_are_written_in_one_order_for_all_rows() -> None:
    both = (Aspect.BOOKING, Aspect.INSTANT)
    frame = [
        frame_item("b", "01", Aspect.BOOKING),
        frame_item("e", "20", *both),
        frame_item("a", "01", *both),
        frame_item("d", "01", Aspect.INSTANT, volume=Volume.TOP),
        frame_item("c", "20", Aspect.INSTANT),
        frame_item("f", "20"),
    ]
    # strata by name: 01/rest holds a and b, 01/top d, 20/rest c and e; f declares nothing
    assert write_looks(frame, Aspect.BOOKING, held=["a"], refuted=["e"]) == "1?|.|.0"
    assert write_looks(frame, Aspect.INSTANT, held=["d", "c"], refuted=["a"]) == "0.|1|1?"
    assert write_looks([], Aspect.INSTANT, held=["d"], refuted=[]) == ""
