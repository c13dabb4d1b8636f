"""The rows about windows, splitting, codes, regions, exemptions and open data against values worked out by hand."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import log

import pytest

from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.spread import SampledShare
from domain.unit import Table, find_unit
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, Targets, indicators
from scoring.probing import MOBILE_ENTRANCE, ONLINE_APPLICATION, ONLINE_ENTRANCE

TARGETS = Targets(
    time_saving=Decimal("0.5"),
    promise_days=Decimal(20),
    immediate_share=Decimal("0.4"),
    power_list_cut=Decimal("0.25"),
    open_data_sets=Decimal(9),
    open_data_rows=Decimal(999),
    readability_calibrated=True,
)


def body(items: Iterable[ItemFact], *probes: ProbeFact, **more: object) -> UnitFacts:
    return body_facts(items, probes).model_copy(update=more)


def measure(name: str, facts: UnitFacts) -> Measurement:
    return indicators.get(name).compute(facts, TARGETS)


def value(name: str, items: Iterable[ItemFact], *probes: ProbeFact, **more: object) -> Fraction:
    found = measure(name, body(items, *probes, **more)).value
    assert found is not None
    return Fraction(found).limit_denominator(10**6)


def keys(*names: str) -> tuple[ListEntry, ...]:
    return tuple(ListEntry(key=name) for name in names)


def test_one_window_looks_at_application_items_alone() -> None:
    items = [
        measured_item(1),
        measured_item(2, item_type_code="07", comprehensive_window=False),
        measured_item(3, item_type_code="21", comprehensive_window=False),
        measured_item(4, item_type_code="02", comprehensive_window=False),
    ]
    assert value("one-window", items) == Fraction(1, 2)
    assert value("comprehensive-acceptance", items) == Fraction(1, 4)


@pytest.mark.parametrize(("name", "row"), [("one-window", 28), ("comprehensive-acceptance", 34), ("nearby", 35)])
def test_what_people_checked_multiplies_the_declared_share(name: str, row: int) -> None:
    items = [measured_item(n, comprehensive_window=n < 30, nearby=n < 30) for n in range(40)]
    k = SampledShare(name="consistency", confirmed=18, sampled=20, population=30)
    found = measure(name, body(items, samples={row: k}))
    assert found.value == Decimal("0.675")  # 30/40 · 18/20
    assert found.spread.factors == (k,)
    assert value(name, items, samples={row + 1: k}) == Fraction(3, 4)


def test_a_guide_that_shows_no_windows_is_our_gap_and_one_without_windows_is_none() -> None:
    hidden = measured_item(2, comprehensive_window=None, unseen_facts=frozenset({"comprehensive_window"}))
    found = measure("one-window", body([measured_item(1), hidden]))
    assert (found.value, found.coverage) == (1, Decimal("0.5"))


@pytest.mark.parametrize(
    ("in_hall", "window", "present"), [(True, True, 1), (True, False, 0), (False, True, 0), (None, True, 0)]
)
def test_a_permit_stands_in_the_hall_by_flag_and_window(in_hall: bool | None, window: bool, present: int) -> None:
    items = [measured_item(1, in_hall=in_hall, hall_window=window), measured_item(2), measured_item(3)]
    assert value("hall-presence", items) == Fraction(2 + present, 3)


def test_permits_that_law_exempts_leave_the_denominator_and_never_the_numerator() -> None:
    items = [measured_item(n, in_hall=n < 2) for n in range(5)]
    assert value("hall-presence", items, imported={33: {"exempt_by_law": Decimal(1)}}) == Fraction(2, 4)
    assert value("hall-presence", items, imported={33: {"exempt_by_law": Decimal(4)}}) == 1


def test_an_item_counts_once_however_many_guides_it_is_split_into() -> None:
    items = [
        *(measured_item(n, task_code="A") for n in range(4)),
        measured_item(10, task_code="B", handling_item=False, situations=0),
        measured_item(11, task_code="C", handling_item=False, situations=2),
        measured_item(12, task_code="D", handling_item=False, situations=1),
    ]
    assert value("granularity", items) == Fraction(2, 4)  # A by its guides, C by its situations
    assert value("granularity", items, imported={16: {"unsplittable_items": Decimal(1)}}) == Fraction(2, 3)


def test_claimed_codes_are_looked_for_among_basic_and_national_codes() -> None:
    items = [
        measured_item(1, basic_code="440100001000", national_code="000100001000"),
        measured_item(2, basic_code="440100002000"),
    ]
    claimed = keys("000100001000", "440100002000", "000100009000")
    assert value("national-catalogue", items, lists={ListKind.CLAIMED_CODES: claimed}) == Fraction(2, 3)
    assert measure("national-catalogue", body(items)).withheld


def test_power_items_are_compared_with_the_base_without_what_law_added() -> None:
    items = [measured_item(n, task_code=f"T{n % 8}") for n in range(10)]
    items.append(measured_item(99, item_type_code="21", task_code="P"))
    given = {"power_items_base": Decimal(10), "power_items_added_by_law": Decimal(0)}
    assert value("power-list", items, imported={17: given}) == Fraction(4, 5)  # cut (10 − 8)/10 of 0.25
    law = given | {"power_items_added_by_law": Decimal("0.5")}
    assert value("power-list", items, imported={17: law}) == 1
    assert value("power-list", items, earlier={"power_items": Decimal(8)}) == 0
    assert measure("power-list", body(items)).withheld


def test_a_first_round_without_a_base_still_keeps_the_snapshot() -> None:
    found = measure("power-list", body([measured_item(1, task_code="A"), measured_item(2, task_code="A")]))
    assert found.parts["power_items"] == 1


def test_the_three_terms_of_process_optimisation() -> None:
    items = [
        measured_item(1, task_code="A", standard=(2, 3), readability=Decimal("0.5")),
        measured_item(4, task_code="A", standard=None, readability=None),
        measured_item(5, task_code="D", standard=None, readability=None),  # one 业务办理项 alone proves no situations
        measured_item(2, task_code="B", standard=(3, 3), handling_item=False, situations=2, readability=Decimal("0.7")),
        measured_item(3, task_code="C", standard=(0, 0), handling_item=False, readability=None),
    ]
    # 0.3·(2/3 + 1)/2 + 0.3·1/2 + 0.4·0.6; C has nobody to be compared with and no situations
    assert value("guide-readability", items) == Fraction(25, 100) + Fraction(15, 100) + Fraction(24, 100)
    alone = [measured_item(1, standard=(0, 0), handling_item=False, readability=Decimal("0.4"))]
    found = measure("guide-readability", body(alone))
    assert (found.value, found.measured_share) == (Decimal("0.4"), Decimal("0.4"))


def test_four_exemptions_with_and_without_what_only_systems_know() -> None:
    items = [
        measured_item(1, exempt_materials=(1, 2)),
        measured_item(2, exempt_materials=(0, 4)),
        measured_item(3, exempt_materials=(0, 0)),  # no case
    ]
    form = probe_result(ONLINE_APPLICATION, 1, measures={M.PREFILLED: 3, M.PREFILLABLE: 4})
    other = probe_result(ONLINE_APPLICATION, 2, measures={M.PREFILLED: 1, M.PREFILLABLE: 6})
    seen = measure("four-exempt", body(items, form, other))
    assert seen.value is not None
    assert Fraction(seen.value) == (Fraction(1, 4) + Fraction(4, 10)) / 2
    assert seen.measured_share == Decimal("0.5")
    given = {
        "items_needing_signature": Decimal(4),
        "items_signed_without_handwriting": Decimal(1),
        "items_needing_seal": Decimal(0),
        "items_without_paper_seal": Decimal(0),
    }
    whole = measure("four-exempt", body(items, form, other, imported={9: given}))
    assert whole.value is not None
    assert Fraction(whole.value).limit_denominator(10**9) == (Fraction(1, 4) + Fraction(4, 10) + Fraction(1, 4)) / 3
    assert whole.measured_share == 1  # seals: no case, the rest is re-scaled


def test_regional_service_by_list_by_number_and_without_either() -> None:
    items = [
        measured_item(1, task_code="A", standard=(2, 3)),
        measured_item(2, task_code="B", standard=(0, 0)),
        measured_item(3, task_code="C", across_regions=False, standard=(0, 3)),
    ]
    opens = probe_result(ONLINE_ENTRANCE, 1, measures={M.ENTRANCE: "form"})
    shut = probe_result(ONLINE_APPLICATION, 2, Outcome.FAIL)
    elsewhere = probe_result(ONLINE_APPLICATION, 3, Outcome.FAIL)
    due = {ListKind.REGIONAL_DUE: keys("A", "C", "Z", "Y")}
    rest = Fraction(3, 10) * Fraction(2, 3) + Fraction(3, 10) * Fraction(1, 2)
    assert (
        value("regional-service", items, opens, shut, elsewhere, lists=due) == Fraction(4, 10) * Fraction(1, 4) + rest
    )
    number = {21: {"regional_items_due": Decimal(4)}}
    assert value("regional-service", items, opens, shut, imported=number) == Fraction(4, 10) * Fraction(1, 2) + rest
    alone = measure("regional-service", body(items, opens, shut))
    assert (alone.value, alone.measured_share) == (rest_of(rest), Decimal("0.6"))


def rest_of(rest: Fraction) -> Decimal:
    exact = rest / Fraction(6, 10)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def test_items_of_wide_use_need_a_mobile_entry() -> None:
    items = [
        measured_item(1, task_code="A"),
        measured_item(2, task_code="B", phone_address=False),
        measured_item(3, task_code="C"),
    ]
    entries = probe_result(MOBILE_ENTRANCE, 1, measures={M.MOBILE_TRIED: 4, M.MOBILE_OPEN: 1})
    due = {ListKind.WIDE_USE: keys("A", "B", "code-3", "not-published")}
    found = measure("mobile", body(items, entries, lists=due))
    assert found.value is not None
    # 0.5·2/4 + 0.3·1/4 over 0.8; the cases handled on mobile are an import
    assert Fraction(found.value) == (Fraction(1, 4) + Fraction(3, 40)) / Fraction(8, 10)
    assert found.measured_share == Decimal("0.8")


def test_an_item_of_wide_use_that_we_could_not_read_lowers_the_coverage_alone() -> None:
    unread = measured_item(2, task_code="B", phone_address=None, unseen_facts=frozenset({"phone_address"}))
    due = {ListKind.WIDE_USE: keys("A", "B")}
    found = measure("mobile", body([measured_item(1, task_code="A"), unread], lists=due))
    assert (found.value, found.coverage) == (1, Decimal("0.5"))


def test_open_data_by_the_logarithms_of_sets_and_rows() -> None:
    sets = (
        ListEntry(key="a", figures={"rows": 90, "downloads": True, "current": True}),
        ListEntry(key="b", figures={"rows": 9, "downloads": True, "current": None}),  # no cycle stated
        ListEntry(key="c", figures={"rows": 0, "downloads": True, "current": True}),  # empty
        ListEntry(key="d", figures={"rows": 0, "downloads": False, "current": True}),
    )
    found = measure("open-data", body([], lists={ListKind.OPEN_DATA: sets}))
    assert found.value is not None
    expected = 0.5 * log(5) / log(10) + 0.3 * log(100) / log(1000) + 0.2 * 2 / 4
    assert float(found.value) == pytest.approx(expected, abs=1e-12)


def test_a_body_without_data_sets_is_a_zero_where_a_list_was_handed_in_and_a_gap_where_none_was() -> None:
    assert measure("open-data", body([], lists={ListKind.OPEN_DATA: ()})).value == 0
    unknown = measure("open-data", body([]))
    assert unknown.value is None
    assert unknown.withheld


def test_the_truth_sample_corrects_accuracy_and_not_completeness() -> None:
    items = [measured_item(n, completeness=(Decimal(8), 10), accuracy=(9, 10)) for n in range(30)]
    k = SampledShare(name="consistency", confirmed=15, sampled=20, population=30)
    found = measure("guide-completeness-accuracy", body(items, samples={13: k}))
    assert found.value == Decimal("0.7375")  # 0.5·0.8 + 0.5·0.9·15/20
    assert found.spread.recomputed == pytest.approx(0.7375)
    unproved = measure("guide-completeness-accuracy", body(items))
    assert (unproved.value, unproved.spread.terms) == (Decimal("0.85"), ())


@pytest.mark.parametrize(
    ("name", "dept", "county"),
    [
        ("four-exempt", 9, 6),
        ("national-catalogue", 14, 8),
        ("granularity", 16, 10),
        ("power-list", 17, 11),
        ("regional-service", 21, 15),
        ("one-window", 28, 25),
        ("hall-presence", 33, 30),
        ("comprehensive-acceptance", 34, 31),
        ("nearby", 35, 32),
    ],
)
def test_rows_are_those_of_the_two_tables(name: str, dept: int, county: int) -> None:
    assert dict(indicators.get(name).rows) == {Table.DEPARTMENTS: dept, Table.COUNTIES: county}


def test_a_county_reads_its_own_rows_figures() -> None:
    items = [measured_item(n, in_hall=n < 2) for n in range(5)]
    facts = body_facts(items, unit=find_unit("county-1"))
    exempt = {"exempt_by_law": Decimal(1)}
    compute = indicators.get("hall-presence").compute
    assert compute(facts.model_copy(update={"imported": {30: exempt}}), TARGETS).value == Decimal("0.5")
    assert compute(facts.model_copy(update={"imported": {33: exempt}}), TARGETS).value == Decimal("0.4")


def test_electronic_licences_in_guides_stand_beside_the_imported_row_and_move_nothing() -> None:
    given = {
        "kinds_due": Decimal(4),
        "kinds_issued": Decimal(2),
        "certificates_issued": Decimal(10),
        "certificates_used": Decimal(5),
        "items_licence_due": Decimal(2),
        "items_licence_used": Decimal(1),
    }
    items = [measured_item(1), measured_item(2, e_licence=False), measured_item(3, e_licence=False)]
    found = measure("e-licence", body(items, imported={6: given}))
    assert found.value == Decimal("0.5")
    assert found.parts["guides_with_e_licence"] == 1
    share = found.parts["guides_with_e_licence_share"]
    assert share is not None
    assert Fraction(share).limit_denominator(1000) == Fraction(1, 3)
    assert measure("e-licence", body(items[:1], imported={6: given})).value == found.value
