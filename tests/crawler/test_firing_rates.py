"""The firing rates that docs and command print are those of today's rules, and a busy rule says why."""

from pathlib import Path

import pytest

from benchmarks.firing_rates import RECORDS, measure_rates, write_rates
from crawler.rules.firing_rates import OFTEN, RATES_FILE, FiringRate, firing_rates, rate_of
from crawler.rules.rule import rules


def test_rates_are_possible_and_of_known_rules() -> None:
    known = {rule.id for rule in rules.all()}
    rates = firing_rates()
    assert set(rates.rates) <= known
    assert all(0 <= rate.fired <= rate.judged <= rates.guides for rate in rates.rates.values())


def test_a_rule_that_fires_often_says_why() -> None:
    assert [rule.id for rule in rules.all() if rate_of(rule.id).share > OFTEN and len(rule.note) < 20] == []


def test_a_rule_without_a_rate_has_judged_nothing() -> None:
    assert rate_of("no.such-rule") == FiringRate(judged=0, fired=0)
    assert str(rate_of("no.such-rule")) == "not judged on these records"
    assert str(FiringRate(judged=1288, fired=27)) == "27 of 1,288 (2.1%)"


@pytest.mark.skipif(not RECORDS.exists(), reason=f"the real records ({RECORDS.name}) are not beside this checkout")
def test_the_file_is_current() -> None:
    expected = write_rates(measure_rates(RECORDS))
    message = "run: python -m benchmarks.firing_rates --write"
    assert Path(RATES_FILE).read_text(encoding="utf-8") == expected, message
