"""Manual observations enter a score only where the row asks for them; figures worked by hand (methodology.md §3.6)."""

from decimal import Decimal

import pytest

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.unit import find_unit
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, Targets, indicators
from scoring.indicators.online_offline_consistency import compared
from scoring.probing import MOBILE_ENTRANCE, OFFLINE_CONSISTENCY, PORTAL_CONSISTENCY, take_manual, take_probes

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))


def body(*probes: ProbeFact, manual: tuple[ProbeFact, ...] = (), items: int = 3, unit: str = "dept-05") -> UnitFacts:
    made = body_facts([measured_item(number) for number in range(items)], probes, unit=find_unit(unit))
    return made.model_copy(update={"manual": manual})


def measure(name: str, facts: UnitFacts) -> Measurement:
    return indicators.get(name).compute(facts, TARGETS)


def tried(number: int, opened: int, of: int, *, app: int = 0, outcome: Outcome = Outcome.PASS) -> ProbeFact:
    figures = {M.MOBILE_TRIED: of, M.MOBILE_OPEN: opened, M.MOBILE_APP_ONLY: app}
    return probe_result(MOBILE_ENTRANCE, number, outcome, measures=figures)


def by_hand(number: int, outcome: Outcome, portal: str = "yss") -> ProbeFact:
    figures = {M.MOBILE_TRIED: 1, M.MOBILE_OPEN: int(outcome is Outcome.PASS)}
    return probe_result(MOBILE_ENTRANCE, number, outcome, portal=portal, measures=figures)


def test_mobile_is_open_entries_over_tried_ones() -> None:
    found = measure("mobile", body(tried(1, 2, 2), tried(2, 1, 2, outcome=Outcome.FAIL)))
    assert found.value == Decimal("0.75")
    assert found.measured_share == Decimal("0.3")
    assert not found.withheld


def test_an_app_is_never_a_fault_and_a_person_fills_the_gap() -> None:
    app = tried(1, 0, 0, app=1, outcome=Outcome.BLOCKED)
    blind = measure("mobile", body(app))
    assert blind.value is None
    assert blind.withheld
    assert blind.coverage == 0
    seen = measure("mobile", body(app, manual=(by_hand(1, Outcome.PASS), by_hand(2, Outcome.FAIL, "yst"))))
    assert seen.value == Decimal("0.5")
    assert seen.coverage == 1
    assert "人工观察" in seen.note
    assert len(seen.inputs) == 2


def test_a_manual_observation_touches_no_row_that_does_not_ask_for_it() -> None:
    """Every topic recorded by people, with the worst outcome: only the two rows that ask may move."""
    probes = [probe_result(one, 1) for one in ("keyword-search", "online-application", "booking-calendar")]
    ids = ["keyword-search", "online-application", "booking-calendar", "online-entrance", "chatbot"]
    worst = tuple(probe_result(one, 1, Outcome.FAIL, portal="gdzwfw") for one in ids)
    without, with_them = body(*probes), body(*probes, manual=worst)
    for indicator in indicators.all():
        if indicator.id not in ("mobile", "online-offline-consistency") and without.unit.table in indicator.rows:
            assert indicator.compute(with_them, TARGETS) == indicator.compute(without, TARGETS)
    assert take_probes(with_them, "keyword-search") == take_probes(without, "keyword-search")
    assert len(take_manual(with_them, "keyword-search")) == 1


def portals(number: int, materials: int, differing: int) -> ProbeFact:
    figures = {M.MATERIALS_COMPARED: materials, M.MATERIALS_DIFFERING: differing}
    return probe_result(PORTAL_CONSISTENCY, number, Outcome.FAIL if differing else Outcome.PASS, measures=figures)


def test_without_counters_the_row_is_withheld_and_the_portals_are_shown() -> None:
    found = measure("online-offline-consistency", body(portals(1, 2, 1)))
    assert found.withheld
    assert found.parts["online_agreement"] == Decimal("0.5")
    assert found.parts["offline_items"] == 0


@pytest.mark.parametrize(("items", "looked", "enough"), [(60, 19, False), (60, 20, True), (5, 4, False), (5, 5, True)])
def test_people_must_have_compared_twenty_items_or_all(items: int, looked: int, enough: bool) -> None:
    manual = tuple(compared(number, differing=number % 2) for number in range(looked))
    found = measure("online-offline-consistency", body(items=items, manual=manual))
    assert bool(found.withheld) is not enough
    assert found.parts["offline_items"] == looked


def test_both_sides_are_weighed_four_to_six() -> None:
    manual = tuple(compared(number, differing=int(number == 0)) for number in range(4))
    # 3 of 4 items agree in everything
    found = measure("online-offline-consistency", body(portals(1, 2, 1), items=4, manual=manual))
    assert found.value == Decimal("0.4") * Decimal("0.5") + Decimal("0.6") * Decimal("0.75")
    assert found.measured_share == 1
    assert not found.withheld


def test_a_county_is_asked_about_conditions_alone() -> None:
    figures = {M.CONDITIONS_COMPARED: 1, M.CONDITIONS_DIFFERING: 0, M.MATERIALS_COMPARED: 1, M.MATERIALS_DIFFERING: 1}
    seen = probe_result(OFFLINE_CONSISTENCY, 0, Outcome.FAIL, portal="counter", measures=figures)
    county = measure("online-offline-consistency", body(portals(1, 2, 2), items=1, manual=(seen,), unit="county-1"))
    assert county.value == 1
    assert county.measured_share == Decimal("0.6")
    department = measure("online-offline-consistency", body(items=1, manual=(seen,)))
    assert department.value == Decimal("0.5")
