"""Sizes, intervals and limits against the tables of the methodology, and against counting every possible sample."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from scoring.sampling.finite_population import exact_interval, refutation_limit, sample_size

POPULATIONS = (10, 20, 30, 50, 100, 200, 500, 1000)
PRINTED_SIZES = {0.10: (10, 17, 24, 34, 50, 66, 81, 88), 0.05: (10, 20, 28, 45, 80, 132, 218, 278)}
PRINTED_LIMITS = {
    30: {10: 3, 15: 3, 20: 3, 30: 3},
    60: {10: 3, 15: 3, 20: 3, 30: 4, 50: 4},
    120: {10: 3, 15: 3, 20: 4, 30: 4, 50: 5},
    300: {10: 3, 15: 3, 20: 4, 30: 5, 50: 6},
}
HALF_RISK = Fraction(25, 1000)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int]:
    """(confirmed, sampled, population) that can be."""
    population = draw(st.integers(1, 120))
    sampled = draw(st.integers(0, population))
    return draw(st.integers(0, sampled)), sampled, population


def chance(found: int, population: int, good: int, sampled: int) -> Fraction:
    """P(exactly ``found`` of the good ones are in the sample), by counting samples."""
    return Fraction(comb(good, found) * comb(population - good, sampled - found), comb(population, sampled))


@pytest.mark.parametrize("half_width", PRINTED_SIZES)
def test_sizes_are_those_of_the_printed_table(half_width: float) -> None:
    assert tuple(sample_size(population, half_width) for population in POPULATIONS) == PRINTED_SIZES[half_width]


def test_limits_are_those_of_the_printed_table() -> None:
    found = {n: {size: refutation_limit(n, size) for size in row} for n, row in PRINTED_LIMITS.items()}
    assert found == PRINTED_LIMITS


def test_the_printed_example_of_an_interval() -> None:
    low, high = exact_interval(18, 20, 60)
    assert (round(low, 3), round(high, 3)) == (0.733, 0.967)


@pytest.mark.parametrize(("sampled", "printed"), [(20, 0.92), (10, 0.68)])
def test_the_floor_of_twenty_sees_what_the_methodology_says(sampled: int, printed: float) -> None:
    """60 declared, 6 of them false: a sample of 20 sees at least one in 92 %, of 10 in 68 % of cases."""
    assert round(float(1 - chance(0, 60, 6, sampled)), 2) == printed


def test_a_small_population_by_drawing_every_sample() -> None:
    """N = 8, n = 4: for each true count, every one of the 70 samples is drawn; the tails are counted, not computed."""
    population, sampled = 8, 4
    for confirmed in range(sampled + 1):
        inside = []
        for good in range(population + 1):
            draws = [sum(one < good for one in drawn) for drawn in combinations(range(population), sampled)]
            few = Fraction(sum(found <= confirmed for found in draws), len(draws))
            many = Fraction(sum(found >= confirmed for found in draws), len(draws))
            if few > HALF_RISK and many > HALF_RISK:
                inside.append(good)
        low, high = exact_interval(confirmed, sampled, population)
        assert (low, high) == (min(inside) / population, max(inside) / population)


@given(counts())
def test_the_interval_holds_what_was_seen_and_covers_at_least_what_it_promises(case: tuple[int, int, int]) -> None:
    confirmed, sampled, population = case
    low, high = exact_interval(confirmed, sampled, population)
    assert 0 <= low <= high <= 1
    assert low <= (confirmed / sampled if sampled else low) + 1e-12
    assert high >= (confirmed / sampled if sampled else high) - 1e-12
    if sampled == population:
        assert low == high == confirmed / population


@pytest.mark.parametrize(("population", "sampled"), [(25, 20), (60, 20), (120, 20), (61, 13)])
def test_coverage_is_never_below_the_promise(population: int, sampled: int) -> None:
    for good in range(population + 1):
        covered = Fraction(0)
        for found in range(max(0, sampled - (population - good)), min(good, sampled) + 1):
            low, high = exact_interval(found, sampled, population)
            if low * population - 1e-9 <= good <= high * population + 1e-9:
                covered += chance(found, population, good, sampled)
        assert covered >= Fraction(95, 100)


@given(st.integers(1, 200), st.data())
def test_a_true_declaration_is_refuted_at_most_once_in_twenty(population: int, data: st.DataObject) -> None:
    sampled = data.draw(st.integers(1, population))
    limit = refutation_limit(population, sampled)
    tolerated = -(-population // 20)  # 5 % rounded up to whole items
    tail = sum(
        (chance(x, population, tolerated, sampled) for x in range(limit, min(sampled, tolerated) + 1)), Fraction(0)
    )
    assert tail <= Fraction(5, 100)
    if 1 < limit <= sampled:
        assert hypergeom.sf(limit - 2, population, tolerated, sampled) > 0.05


@given(st.integers(0, 5000), st.sampled_from([0.02, 0.05, 0.1, 0.3]))
def test_a_sample_is_never_larger_than_the_population_and_grows_with_it(population: int, half_width: float) -> None:
    size = sample_size(population, half_width)
    assert 0 <= size <= population
    assert size <= sample_size(population + 1, half_width)


@pytest.mark.parametrize("case", [(3, 2, 5), (-1, 2, 5), (1, 6, 5)])
def test_counts_that_cannot_be_are_turned_away(case: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="counts must rise"):
        exact_interval(*case)


def test_a_wish_that_cannot_be_is_turned_away() -> None:
    for wrong in (0.0, 1.0, -0.1):
        with pytest.raises(ValueError, match="half_width"):
            sample_size(10, wrong)
    assert refutation_limit(10, 0, tolerated=Decimal("0.05")) == 1
