"""Each indicator against values worked out by hand from its formula."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.score_part import SCORE_PART_TITLES_ZH
from domain.time_limit import LimitUnit, TimeLimit
from scoring.application_task import mark_task
from scoring.examples import body_facts, measured_item, probe_result, working_days
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.platform_search import level_platform
from scoring.probing import BOOKING_CALENDAR, KEYWORD_SEARCH, ONLINE_APPLICATION
from scoring.rubric import RUBRIC, RubricStep

TARGETS = Targets(
    time_saving=Decimal("0.5"),
    promise_days=Decimal(20),
    immediate_share=Decimal("0.4"),
    readability_calibrated=True,
)


def measure(name: str, items: Iterable[ItemFact], probes: Iterable[ProbeFact] = ()) -> Measurement:
    return indicators.get(name).compute(body_facts(items, probes), TARGETS)


def exactly(value: Decimal | None, expected: Fraction) -> bool:
    assert value is not None
    return abs(Fraction(value) - expected) < Fraction(1, 10**24)


@pytest.mark.parametrize("plug_in", indicators.all(), ids=lambda plug_in: plug_in.id)
def test_examples_show_full_marks_and_less(plug_in: Indicator) -> None:
    full = plug_in.compute(plug_in.passing(), TARGETS)
    less = plug_in.compute(plug_in.failing(), TARGETS)
    assert (full.value, full.coverage) == (Decimal(1), Decimal(1))
    assert less.value is not None
    assert less.value < 1
    assert plug_in.applies(plug_in.passing())


@pytest.mark.parametrize("plug_in", indicators.all(), ids=lambda plug_in: plug_in.id)
def test_every_part_has_a_title_for_the_evaluator(plug_in: Indicator) -> None:
    assert set(plug_in.compute(plug_in.failing(), TARGETS).parts) <= set(SCORE_PART_TITLES_ZH)


def test_guides_average_completeness_and_accuracy_over_application_items_only() -> None:
    items = [
        measured_item(1, completeness=(Decimal("8.5"), 17), accuracy=(3, 4)),
        measured_item(2, item_type_code="07", completeness=(Decimal(10), 10), accuracy=(1, 2)),
        measured_item(3, item_type_code="21", completeness=(Decimal(0), 10), accuracy=(0, 10)),
        measured_item(4, item_type_code="02", completeness=(Decimal(0), 10), accuracy=(0, 10)),
    ]
    result = measure("guide-completeness-accuracy", items)
    # C = (0.5 + 1)/2 = 0.75, A = (0.75 + 0.5)/2 = 0.625
    assert exactly(result.value, Fraction(11, 16))
    assert result.inputs == ("item-1", "item-2")


def test_guides_without_any_judged_rule_speak_for_half() -> None:
    result = measure("guide-completeness-accuracy", [measured_item(1, completeness=(Decimal(3), 4), accuracy=(0, 0))])
    assert exactly(result.value, Fraction(3, 4))
    assert result.measured_share == Decimal("0.5")


def test_search_weighs_rank_findability_and_whether_it_leads_on() -> None:
    probes = [
        probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 7, M.FIRST_HIT_OPENS: True}),
        probe_result(KEYWORD_SEARCH, 2, measures={M.RANK: 11, M.FIRST_HIT_OPENS: True}),
    ]
    result = measure("query-precision", [], probes)
    # nDCG (1/log2(8) + 0)/2 = 1/6, found 1/2, works 1: (0.05 + 0.1 + 0.15)/0.65
    assert exactly(result.value, Fraction(30, 65))
    assert result.measured_share == Decimal("0.7")


def test_search_terms_of_the_whole_plan() -> None:
    """Worked by hand after methodology.md §4.3: the mean of two base items, one of which lacks two terms."""
    whole = {
        M.RANK: 1,
        M.NDCG_WORDED: 0.9,
        M.HIT_AT_3_WORDED: 0.75,
        M.FINDABLE: True,
        M.FIRST_HIT_OPENS: True,
        M.ROBUSTNESS: 0.4,
        M.ZERO_SHARE: 0.2,
        M.WRONG_PLACE_SHARE: 0.1,
    }
    lost = {M.HITS: 12, M.NDCG_WORDED: 0.2, M.HIT_AT_3_WORDED: 0.5, M.FINDABLE: True, M.ROBUSTNESS: None}
    probes = [
        probe_result(KEYWORD_SEARCH, 1, measures=whole),
        probe_result(KEYWORD_SEARCH, 2, Outcome.FAIL, measures=lost),
    ]
    result = measure("query-precision", [], probes)
    # 0.30·0.9 + 0.25·0.75 + 0.20 + 0.15 + 0.10·0.4 = 0.8475; (0.30·0.2 + 0.25·0.5 + 0.20)/0.75 = 0.385/0.75
    assert exactly(result.value, (Fraction("0.8475") + Fraction("0.385") / Fraction("0.75")) / 2)
    assert (result.parts["zero_result_share"], result.parts["wrong_place_share"]) == (Decimal("0.2"), Decimal("0.1"))
    assert result.parts["hit_at_3"] == Decimal("0.625")


def test_the_platforms_own_level_is_reported_beside_each_body_and_enters_no_score() -> None:
    good = probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1, M.FIRST_HIT_OPENS: True})
    poor = probe_result(KEYWORD_SEARCH, 2, Outcome.FAIL, measures={M.HITS: 0})
    elsewhere = probe_result(KEYWORD_SEARCH, 3, portal="yss", measures={M.RANK: 1})
    unseen = probe_result(KEYWORD_SEARCH, 4, Outcome.BLOCKED, measures={M.RANK: 1})
    level = level_platform([good, poor, elsewhere, unseen])
    assert level == {
        "platform_ndcg_at_10": Decimal("0.5"),
        "platform_findability": Decimal("0.5"),
        "platform_works": Decimal("0.5"),
    }
    body = body_facts([], [good]).model_copy(update={"platform_search": level})
    result = indicators.get("query-precision").compute(body, TARGETS)
    assert result.value == 1
    assert result.parts["platform_findability"] == Decimal("0.5")


def test_search_terms_that_nobody_observed_are_left_out() -> None:
    result = measure("query-precision", [], [probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 3})])
    # nDCG 1/2, found 1: (0.15 + 0.2)/0.5
    assert exactly(result.value, Fraction(7, 10))
    assert result.parts["works"] is None


def test_other_portals_are_reported_and_not_scored() -> None:
    here = probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1, M.FIRST_HIT_OPENS: True})
    there = probe_result(KEYWORD_SEARCH, 1, Outcome.FAIL, portal="yss", measures={M.HITS: 0})
    result = measure("query-precision", [], [here, there])
    assert (result.value, result.coverage) == (Decimal(1), Decimal(1))
    assert (result.parts["yss_counted"], result.parts["yss_passed"]) == (Decimal(1), Decimal(0))
    assert "yst_counted" not in result.parts
    assert result.inputs == (here.observation,)


def test_rubric_is_the_one_of_the_methodology() -> None:
    by_step = {step: sum(point.points for point in RUBRIC if point.step is step) for step in RubricStep}
    assert list(by_step.values()) == [15, 20, 15, 35, 15]


def test_a_task_that_cannot_be_entered_earns_nothing() -> None:
    good = probe_result(ONLINE_APPLICATION, 1, measures={M.LOGIN_UNIFIED: True})
    closed = probe_result(ONLINE_APPLICATION, 2, Outcome.FAIL)
    result = measure("apply-ease", [], [good, closed])
    assert exactly(result.value, Fraction(1, 2))
    # 7 of 100 points seen on the first task, all 100 settled on the second
    assert result.measured_share == Decimal("0.535")


def test_a_dead_end_inside_the_form_loses_its_points_and_three_more() -> None:
    task = probe_result(ONLINE_APPLICATION, 1, Outcome.FAIL, measures={M.PAGES: 2, M.LOGIN_UNIFIED: True})
    # 5 of 7 points (no dead end lost), less 3 of 100
    assert mark_task(task, {}).score == Fraction(5, 7) - Fraction(3, 100)


def test_deductions_are_capped_at_fifteen() -> None:
    figures = {M.LOGIN_UNIFIED: True, M.DEAD_ENDS: 9, M.SLOW_PAGES: 9, M.SESSION_LOST: True, M.SERIOUS_AXE_RULES: 99}
    mark = mark_task(probe_result(ONLINE_APPLICATION, 1, measures=figures), {})
    assert mark.deductions == 15


def test_a_service_without_booking_drops_that_step() -> None:
    task = probe_result(ONLINE_APPLICATION, 1, measures={M.LOGIN_UNIFIED: True})
    unneeded = probe_result(BOOKING_CALENDAR, 1, Outcome.NOT_APPLICABLE)
    assert mark_task(task, {BOOKING_CALENDAR: unneeded}).applicable == 85
    assert mark_task(task, {}).applicable == 100


def test_booking_counts_slots_among_bookable_items() -> None:
    items = [measured_item(1), measured_item(2), measured_item(3, bookable=False), measured_item(4, bookable=False)]
    calendars = [
        probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 2}),
        probe_result(BOOKING_CALENDAR, 2, Outcome.FAIL),
    ]
    result = measure("booking", items, calendars)
    assert exactly(result.value, Fraction(1, 2))  # 0.7·1/2 + 0.3·1/2
    assert result.measured_share == 1


def test_booking_without_calendars_speaks_for_its_first_term() -> None:
    result = measure("booking", [measured_item(1), measured_item(2, bookable=False)])
    assert exactly(result.value, Fraction(1, 2))
    assert result.measured_share == Decimal("0.7")


def test_nothing_bookable_is_a_true_zero() -> None:
    result = measure("booking", [measured_item(1, bookable=False)])
    assert (result.value, result.measured_share, result.coverage) == (Decimal(0), Decimal(1), Decimal(1))


def test_a_blocked_night_takes_the_booking_rate_away_instead_of_moving_it() -> None:
    calendars = [probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 1})]
    blocked = [probe_result(BOOKING_CALENDAR, 2, Outcome.BLOCKED)]
    items = [measured_item(1), measured_item(2)]
    seen, half = measure("booking", items, calendars), measure("booking", items, calendars + blocked)
    assert seen.value == half.value == Decimal("0.7")
    assert (half.coverage, half.minimum_coverage) == (Decimal("0.5"), Decimal("0.8"))


def test_online_needs_the_probe_to_confirm_the_declaration() -> None:
    items = [measured_item(1), measured_item(2, item_type_code="21"), measured_item(3, online=False)]
    probes = [
        probe_result(ONLINE_APPLICATION, 1),
        probe_result(ONLINE_APPLICATION, 2, Outcome.FAIL),
    ]
    assert exactly(measure("online-available", items, probes).value, Fraction(1, 3))
    assert measure("online-available", items).value is None


def test_nothing_declared_online_is_zero_without_a_probe() -> None:
    assert measure("online-available", [measured_item(1, online=False)]).value == 0


@pytest.mark.parametrize(
    ("known", "value", "coverage"),
    [
        ({}, 1, 1),
        ({"online_depth": 3}, 0, 1),
        ({"visits": 1}, 0, 1),
        ({"paper_only_material": True}, 0, 1),
        ({"visits": None, "paper_only_material": True}, 0, 1),
        ({"paper_only_material": None, "unseen_facts": {"paper_only_material"}}, None, 0),
        ({"online_depth": None, "unseen_facts": {"online_depth"}}, None, 0),
        ({"online_depth": None}, 0, 1),
    ],
)
def test_fully_online_needs_all_three_and_one_no_settles_it(
    known: dict[str, object], value: int | None, coverage: int
) -> None:
    result = measure("fully-online", [measured_item(1, **known)])
    assert result.value == value
    assert result.coverage == coverage


@pytest.mark.parametrize("indicator", ["less-time", "fewer-visits"])
def test_a_silent_guide_leaves_the_mean_and_is_no_gap_of_ours(indicator: str) -> None:
    silent = measured_item(2, visits=None, promise=None)
    result = measure(indicator, [measured_item(1), silent])
    assert (result.value, result.coverage, result.parts["items_silent"]) == (1, 1, 1)


@pytest.mark.parametrize("indicator", ["less-time", "fewer-visits", "instant"])
def test_a_fact_that_the_source_does_not_show_is_a_gap_of_ours(indicator: str) -> None:
    hidden = {"visits": None, "promise": None, "immediate": None}
    unseen = measured_item(2, **hidden, unseen_facts={"visits", "promise", "immediate"})
    result = measure(indicator, [measured_item(1), unseen])
    assert (result.value, result.coverage) == (1, Decimal("0.5"))


def test_a_guide_that_does_not_say_how_it_is_handled_declares_no_instant_handling() -> None:
    result = measure("instant", [measured_item(1), measured_item(2, immediate=None)])
    assert (result.numerator, result.denominator, result.coverage) == (1, 2, 1)


def test_less_time_in_working_days_by_mean_of_ratios() -> None:
    items = [
        measured_item(1, promise=working_days(15), legal=working_days(20)),
        measured_item(2, promise=TimeLimit(days=Decimal(7), unit=LimitUnit.CALENDAR), legal=working_days(10)),
        measured_item(3, promise=working_days(10), legal=None),
    ]
    result = measure("less-time", items)
    # savings 1/4 and 1/2: mean 3/8, c* 1/2 → 3/4; promises 15, 5, 10: mean 10, p* 20 → 1/2
    assert exactly(result.value, Fraction(7, 10) * Fraction(3, 4) + Fraction(3, 10) * Fraction(1, 2))
    assert exactly(result.parts["total_time_saving"], Fraction(1, 3))  # 1 − 20/30


def test_a_promise_above_the_law_counts_below_zero() -> None:
    items = [
        measured_item(1, promise=working_days(20), legal=working_days(10)),
        measured_item(2, promise=working_days(0), legal=working_days(10)),
    ]
    result = measure("less-time", items)
    assert exactly(result.value, Fraction(3, 10) * Fraction(1, 2))  # savings −1 and 1; mean promise 10 of 20
    assert result.parts["items_over_legal_limit"] == 1


def test_without_legal_limits_only_the_promise_speaks() -> None:
    result = measure("less-time", [measured_item(1, promise=working_days(5), legal=None)])
    assert exactly(result.value, Fraction(3, 4))
    assert result.measured_share == Decimal("0.3")


@pytest.mark.parametrize(
    ("visits", "value"),
    [([0, 0], 1), ([0, 1], Fraction(1, 2)), ([1, 1], 0), ([3, 0], 0), ([0, 0, 0, 1], Fraction(3, 4))],
)
def test_fewer_visits_is_one_less_the_mean(visits: list[int], value: Fraction) -> None:
    items = [measured_item(index, visits=count) for index, count in enumerate(visits)]
    assert exactly(measure("fewer-visits", items).value, Fraction(value))


@pytest.mark.parametrize(("instant", "value"), [(0, 0), (1, Fraction(1, 4)), (2, Fraction(1, 2)), (4, 1), (10, 1)])
def test_instant_reaches_full_marks_at_the_target(instant: int, value: Fraction) -> None:
    items = [measured_item(index, immediate=index < instant) for index in range(10)]
    assert exactly(measure("instant", items).value, Fraction(value))


def test_absent_guides_leave_the_mean_and_are_counted() -> None:
    gone = ItemFact(item_id="gone", code="gone", outcome=GuideOutcome.ABSENT)
    result = measure("fewer-visits", [measured_item(1), gone])
    assert (result.value, result.coverage, result.parts["items_absent"]) == (Decimal(1), Decimal(1), Decimal(1))
    assert result.excluded == ("gone",)


def test_absent_guides_of_unknown_type_do_not_thin_out_a_typed_population() -> None:
    gone = [ItemFact(item_id=f"gone-{n}", code="", outcome=GuideOutcome.ABSENT) for n in range(98)]
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    assert measure("fully-online", [measured_item(1), unread, *gone]).coverage == Decimal("0.5")
    assert measure("fewer-visits", [measured_item(1), unread, *gone]).coverage == Decimal("0.99")


def test_guides_that_the_listing_withheld_lower_the_coverage() -> None:
    facts = body_facts([measured_item(1)])
    short = facts.model_copy(update={"listed": 4, "listing_whole": False})
    unknown = facts.model_copy(update={"listing_whole": False})
    compute = indicators.get("fewer-visits").compute
    assert [compute(body, TARGETS).coverage for body in (facts, short, unknown)] == [1, Decimal("0.25"), 0]


@pytest.mark.parametrize("figure", [True, "3", -1, float("nan"), None])
def test_a_figure_of_another_kind_counts_as_not_observed(figure: object) -> None:
    fact = ProbeFact.model_construct(
        observation="o",
        probe_id=BOOKING_CALENDAR,
        portal="gdzwfw",
        item_id="item-1",
        code="",
        outcome=Outcome.PASS,
        measures={M.SLOTS_PER_DAY.value: figure},  # type: ignore[dict-item]  # a figure that no probe may keep
    )
    assert measure("booking", [measured_item(1)], [fact]).parts["slots_share"] is None


def test_probes_that_do_not_apply_leave_the_plan_and_blind_ones_stay() -> None:
    found = probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1})
    unneeded = probe_result(KEYWORD_SEARCH, 2, Outcome.NOT_APPLICABLE)
    blind = probe_result(KEYWORD_SEARCH, 3, Outcome.BLOCKED)
    assert measure("query-precision", [], [found, unneeded]).coverage == 1
    assert measure("query-precision", [], [found, unneeded, blind]).coverage == Decimal("0.5")
    never_made = body_facts([], [found], planned={KEYWORD_SEARCH: 4})
    assert indicators.get("query-precision").compute(never_made, TARGETS).coverage == Decimal("0.25")
