"""What looks at entrances, calendars and themed services put into the scores, worked out by hand."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.facts import ItemFact, ProbeFact
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from scoring.consistency import check_declarations
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, Targets, indicators
from scoring.probing import (
    BOOKING_CALENDAR,
    ONLINE_APPLICATION,
    ONLINE_ENTRANCE,
    THEME_SERVICE,
    take_best,
)

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))


def measure(name: str, items: Iterable[ItemFact], probes: Iterable[ProbeFact] = ()) -> Measurement:
    return indicators.get(name).compute(body_facts(items, probes), TARGETS)


def entrance(number: int, kind: str, *, asks: bool = True, opened: bool | None = None) -> ProbeFact:
    figures = {M.ENTRANCE: kind, M.ASKS_LOGIN: asks, M.SINGLE_SIGN_ON: opened}
    return probe_result(ONLINE_ENTRANCE, number, measures=figures)


def test_the_unified_login_is_counted_among_the_entrances_that_ask_for_one() -> None:
    probes = [
        entrance(1, "login_unified"),
        entrance(2, "login_unified"),
        entrance(3, "login_other"),
        entrance(4, "external", asks=False),
        probe_result(ONLINE_ENTRANCE, 5, Outcome.BLOCKED, measures={M.ENTRANCE: "blocked"}),
    ]
    result = measure("unified-identity", [measured_item(1)], probes)
    assert result.value is not None
    assert Fraction(result.value).limit_denominator(10**6) == Fraction(2, 3)
    assert result.coverage == Decimal("0.8")


@pytest.mark.parametrize("name", ["unified-identity", "single-sign-on"])
def test_without_entrances_or_logins_the_row_is_withheld(name: str) -> None:
    assert measure(name, [measured_item(1)]).withheld
    assert measure(name, [measured_item(1)], [entrance(1, "external", asks=False)]).withheld
    blind = measure(name, [measured_item(1)], [probe_result(ONLINE_ENTRANCE, 1, Outcome.BLOCKED)])
    assert (blind.value, blind.withheld, blind.coverage) == (None, "", 0)


def test_a_login_that_nobody_could_pass_is_a_gap_in_single_sign_on() -> None:
    probes = [
        entrance(1, "login_unified", opened=True),
        entrance(2, "login_other", opened=False),
        entrance(3, "login_unified", opened=None),
        entrance(4, "external", asks=False),
    ]
    result = measure("single-sign-on", [measured_item(1)], probes)
    assert (result.value, result.coverage) == (Decimal("0.5"), Decimal("0.75"))


def test_an_entrance_that_was_looked_at_alone_settles_the_item() -> None:
    items = [measured_item(n) for n in (1, 2, 3, 4)]
    probes = [
        entrance(1, "login_unified"),
        probe_result(ONLINE_APPLICATION, 1, Outcome.FAIL, measures={M.PAGES: 2}),  # a dead end inside the form
        probe_result(ONLINE_ENTRANCE, 2, Outcome.FAIL, measures={M.ENTRANCE: "not_open"}),
        probe_result(ONLINE_APPLICATION, 3),
        probe_result(ONLINE_APPLICATION, 4, measures={M.ENTRANCE: "download_only"}),
    ]
    result = measure("online-available", items, probes)
    assert (result.value, result.parts["confirmed_share"]) == (Decimal("0.5"), Decimal("0.5"))


def test_looks_that_were_never_made_lower_the_coverage() -> None:
    made = [entrance(1, "form"), probe_result(ONLINE_APPLICATION, 1), probe_result(ONLINE_APPLICATION, 2)]
    facts = body_facts([], made, planned={ONLINE_ENTRANCE: 3, ONLINE_APPLICATION: 2})
    looks = take_best(facts, ONLINE_ENTRANCE, ONLINE_APPLICATION)
    assert (len(looks.counted), looks.planned) == (2, 4)


def test_a_blocked_entrance_is_settled_by_the_application() -> None:
    probes = [probe_result(ONLINE_ENTRANCE, 1, Outcome.BLOCKED), probe_result(ONLINE_APPLICATION, 1)]
    assert measure("online-available", [measured_item(1)], probes).value == 1


@pytest.mark.parametrize(
    ("declared", "proofs", "factor"),
    [
        (60, [True] * 18 + [False] * 2, Fraction(9, 10)),  # methodology.md §3.5: 20 of 60
        (60, [True] * 18 + [False], Fraction(1)),  # one too few to move a score
        (3, [True, False, True], Fraction(2, 3)),  # a census
        (3, [True, False, None], Fraction(1)),
        (0, [], Fraction(1)),
    ],
)
def test_consistency_needs_a_census_or_twenty(declared: int, proofs: list[bool | None], factor: Fraction) -> None:
    consistency = check_declarations(declared, proofs)
    assert consistency.factor == factor
    assert bool(consistency.note)


def test_booking_is_multiplied_by_what_proved_true() -> None:
    items = [measured_item(1), measured_item(2)]
    calendars = [
        probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 2, M.FLAG_CONSISTENT: True}),
        probe_result(BOOKING_CALENDAR, 2, Outcome.FAIL, measures={M.FLAG_CONSISTENT: False}),
    ]
    # (0.7·1 + 0.3·1/2) · 1/2
    assert measure("booking", items, calendars).value == Decimal("0.425")


def test_a_full_calendar_has_the_slots_that_it_shows() -> None:
    full = probe_result(BOOKING_CALENDAR, 1, Outcome.FAIL, measures={M.SLOTS_PER_DAY: 4, M.FLAG_CONSISTENT: True})
    assert measure("booking", [measured_item(1)], [full]).value == 1


def test_fully_online_is_multiplied_by_the_entrances_that_lead_on() -> None:
    items = [measured_item(1), measured_item(2), measured_item(3, online_depth=3)]
    closed = probe_result(ONLINE_ENTRANCE, 2, Outcome.FAIL, measures={M.ENTRANCE: "not_open"})
    other = probe_result(ONLINE_ENTRANCE, 3, Outcome.FAIL, measures={M.ENTRANCE: "not_open"})
    result = measure("fully-online", items, [entrance(1, "login_unified"), closed, other])
    assert result.value is not None
    assert Fraction(result.value).limit_denominator(10**6) == Fraction(2, 3) * Fraction(1, 2)
    assert result.parts["consistency_checked"] == 2


def theme(number: int, *, found: bool, usable: bool) -> ProbeFact:
    outcome = Outcome.PASS if found and usable else Outcome.FAIL
    return probe_result(THEME_SERVICE, number, outcome, measures={M.FOUND: found, M.USABLE: usable})


def test_themed_services_count_those_that_are_found() -> None:
    probes = [theme(1, found=True, usable=True), theme(2, found=True, usable=False), theme(3, found=False, usable=True)]
    result = measure("theme-service", [measured_item(1)], probes)
    assert (result.value, result.measured_share, result.denominator) == (Decimal("0.5"), Decimal("0.6"), 2)


def test_themed_services_that_nobody_finds_are_a_true_zero() -> None:
    assert measure("theme-service", [measured_item(1)], [theme(1, found=False, usable=True)]).value == 0


def test_a_body_without_themed_services_is_not_judged() -> None:
    assert measure("theme-service", [measured_item(1)]).withheld
    blind = measure("theme-service", [measured_item(1)], [probe_result(THEME_SERVICE, 1, Outcome.BLOCKED)])
    assert (blind.value, blind.withheld) == (None, "")
