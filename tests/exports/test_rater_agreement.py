"""Agreement beyond chance, against figures that textbooks print."""

import pytest

from exports.rater_agreement import measure_agreement


def test_the_textbook_table() -> None:
    """Fifty proposals read by two people: 20 both yes, 15 both no, 5 and 10 apart, κ = 0.4, as is often printed."""
    pairs = [(1.0, 1.0)] * 20 + [(1.0, 0.0)] * 5 + [(0.0, 1.0)] * 10 + [(0.0, 0.0)] * 15
    agreement = measure_agreement(pairs)
    assert (agreement.pairs, agreement.same) == (50, 35)
    assert agreement.kappa == pytest.approx(0.4)
    assert agreement.interval is not None
    assert agreement.interval[0] < 0.4 < agreement.interval[1]


def test_equal_rates_by_chance_differ_by_the_margins() -> None:
    """Two tables with the same agreement of 0.6 and κ of 0.1304 and 0.2593 (Cohen's own point about margins)."""
    symmetric = [(1.0, 1.0)] * 45 + [(1.0, 0.0)] * 15 + [(0.0, 1.0)] * 25 + [(0.0, 0.0)] * 15
    skewed = [(1.0, 1.0)] * 25 + [(1.0, 0.0)] * 35 + [(0.0, 1.0)] * 5 + [(0.0, 0.0)] * 35
    assert measure_agreement(symmetric).kappa == pytest.approx(0.1304, abs=5e-5)
    assert measure_agreement(skewed).kappa == pytest.approx(0.2593, abs=5e-5)


def test_three_grades() -> None:
    """By hand: 8 of 10 agree, chance agrees with 0.3·0.4 + 0.3·0.3 + 0.4·0.3 = 0.33, κ = 0.47/0.67."""
    pairs = [(0.0, 0.0)] * 3 + [(0.5, 0.5)] * 2 + [(0.5, 0.0)] + [(1.0, 1.0)] * 3 + [(1.0, 0.5)]
    assert measure_agreement(pairs).kappa == pytest.approx(0.47 / 0.67)


def test_nothing_to_compare_is_no_figure() -> None:
    assert measure_agreement([]).kappa is None
    alone = measure_agreement([(1.0, 1.0)] * 4)
    assert (alone.pairs, alone.same, alone.kappa, alone.interval) == (4, 4, None, None)
