"""What happens exactly at a bound, worked out by hand: each case tells "less" from "less or equal"."""

from decimal import Decimal
from fractions import Fraction
from math import log2

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact
from domain.measure_name import MeasureName as M
from domain.observation import Measure
from domain.outcome import Outcome
from domain.score import ScoreState
from domain.spread import SampledShare
from domain.time_limit import LimitUnit, TimeLimit
from domain.total import GapChannel, MissingPart, TotalKind
from domain.unit import Table
from scoring.applicability import Reading
from scoring.catalogue import indicator_table
from scoring.examples import body_facts, measured_item, probe_result, working_days
from scoring.indicator import Measurement, Targets, indicators
from scoring.probing import BOOKING_CALENDAR, KEYWORD_SEARCH, ONLINE_APPLICATION, ONLINE_ENTRANCE, THEME_SERVICE
from scoring.row_result import RowResult
from scoring.score_units import score_units
from scoring.total_rules import TotalRules
from scoring.totals import sum_up

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))


def test_a_promise_of_just_the_legal_limit_is_no_fault_and_no_saving() -> None:
    item = measured_item(1, promise=working_days(20), legal=working_days(20))
    seen = indicators.get("less-time").compute(body_facts([item]), TARGETS)
    assert (seen.parts["items_over_legal_limit"], seen.parts["mean_time_saving"]) == (Decimal(0), Decimal(0))


def test_fourteen_calendar_days_are_just_ten_working_days() -> None:
    """Methodology.md §3.7: calendar days × 5/7; the promise is then just the legal limit, not above it."""
    item = measured_item(1, promise=TimeLimit(days=Decimal(14), unit=LimitUnit.CALENDAR), legal=working_days(10))
    seen = indicators.get("less-time").compute(body_facts([item]), TARGETS)
    assert (seen.parts["items_over_legal_limit"], seen.parts["mean_promise_days"]) == (Decimal(0), Decimal(10))


def test_a_legal_limit_of_half_a_day_is_one() -> None:
    """1 − 0/0.5 = 1, of a mean promise of 0: full marks."""
    item = measured_item(1, promise=working_days(0), legal=TimeLimit(days=Decimal("0.5"), unit=LimitUnit.WORKING))
    seen = indicators.get("less-time").compute(body_facts([item]), TARGETS)
    assert (seen.value, seen.parts["items_with_legal_limit"]) == (Decimal(1), Decimal(1))


def ease(outcome: Outcome, figures: dict[M, Measure], calendar: dict[M, Measure] | None = None) -> Measurement:
    probes = [probe_result(ONLINE_APPLICATION, 1, outcome, measures=figures)]
    probes += [probe_result(BOOKING_CALENDAR, 1, measures=calendar)] if calendar else []
    return indicators.get("apply-ease").compute(body_facts([measured_item(1, phone_address=None)], probes), TARGETS)


def test_a_form_of_which_one_page_was_reached_was_entered() -> None:
    """Provincial login 5 of 5, a dead end 0 of 2, less 3 of 100: 5/7 − 0.03; not entered it would be 0 of 100."""
    value = ease(Outcome.FAIL, {M.PAGES: 1, M.LOGIN_UNIFIED: True}).value
    assert value == pytest.approx(Decimal(5) / 7 - Decimal("0.03"))


def test_accessibility_takes_no_more_than_four_points() -> None:
    """Twenty rules broken would be 10; 2 of 2 points less 4 of 100."""
    assert ease(Outcome.PASS, {M.PAGES: 2, M.SERIOUS_AXE_RULES: 20}).value == Decimal("0.96")
    assert ease(Outcome.PASS, {M.PAGES: 2, M.SERIOUS_AXE_RULES: 8}).value == Decimal("0.96")
    assert ease(Outcome.PASS, {M.PAGES: 2, M.SERIOUS_AXE_RULES: 7}).value == Decimal("0.965")


@pytest.mark.parametrize(
    ("clicks", "days", "earned"),
    [(2, 5, 8), (3, 5, 5), (2, 6, 5)],  # 3 for two clicks, 3 for five days, 2 without a dead end; of 8
)
def test_two_clicks_and_five_days_still_earn_their_points(clicks: int, days: int, earned: int) -> None:
    seen = ease(Outcome.PASS, {M.PAGES: 2}, {M.CLICKS: clicks, M.FIRST_FREE_DAYS: days})
    assert (seen.numerator, seen.denominator) == (Decimal(earned), Decimal(8))


def result_of(row: int, *, scored: bool) -> RowResult:
    found = indicator_table(Table.DEPARTMENTS).row(row)
    assert found.indicator is not None
    value = Decimal("0.5") if scored else None
    return RowResult(
        row=found,
        indicator=indicators.get(found.indicator),
        state=ScoreState.SCORED if scored else ScoreState.INSUFFICIENT,
        measurement=Measurement(value=value, numerator=None, denominator=None, coverage=Decimal(1)),
        minimum_coverage=Decimal(1),
        note="",
        caseless=False,
    )


def test_four_fifths_of_the_weight_are_enough_for_a_partial_score() -> None:
    """Rows 36, 37 and 38 weigh 12; with row 13 (3) unscored that is 0.8 of 15, with row 18 (5) it is less."""
    gap = (MissingPart(row=1, title="", channel=GapChannel.STATISTICS, share=1.0),)
    scored = [result_of(row, scored=True) for row in (36, 37, 38)]
    enough = sum_up([*scored, result_of(13, scored=False)], gap, Reading.NARROW, TotalRules())
    assert (enough.kind, enough.value) == (TotalKind.PARTIAL, Decimal(50))
    assert Fraction(enough.weight_scored) == 12
    assert sum_up([*scored, result_of(18, scored=False)], gap, Reading.NARROW, TotalRules()).value is None


@pytest.mark.parametrize(
    ("rank", "gain", "found"),
    [(10, 1 / log2(11), 1), (11, 0.0, 0)],
)
def test_the_tenth_result_still_counts(rank: int, gain: float, found: int) -> None:
    """nDCG@10 of one relevant result: 1 / log2(rank + 1) within the first ten (methodology.md §4.3)."""
    seen = probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: rank})
    parts = indicators.get("query-precision").compute(body_facts([measured_item(1)], [seen]), TARGETS).parts
    assert parts["ndcg_at_10"] is not None
    assert float(parts["ndcg_at_10"]) == pytest.approx(gain, abs=1e-12)
    assert parts["findability"] == found


@pytest.mark.parametrize(("situations", "observed"), [(0, 2), (1, 2), (2, 6)])
def test_a_missing_choice_is_a_loss_from_two_situations_on(situations: int, observed: int) -> None:
    """2 points without a dead end; 4 for the choice are lost where the guide tells of two."""
    task = probe_result(ONLINE_APPLICATION, 1, measures={M.PAGES: 2, M.SCENARIO_CHOICE: False})
    body = body_facts([measured_item(1, phone_address=None, situations=situations)], [task])
    seen = indicators.get("apply-ease").compute(body, TARGETS)
    assert (seen.numerator, seen.denominator) == (Decimal(2), Decimal(observed))


def test_published_items_count_what_nobody_could_read() -> None:
    """One guide read, one error page, the listing claims two more; 2 items with cases: 2/4 (methodology.md §3.6 D2)."""
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    body = body_facts([measured_item(1), unread]).model_copy(
        update={"listed": 4, "imported": {2: {"items_with_cases": Decimal(2)}}}
    )
    assert indicators.get("case-item-coverage").compute(body, TARGETS).value == Decimal("0.5")


def test_a_body_that_has_no_theme_due_is_judged_by_its_usable_ones_alone() -> None:
    """0.4·found/due has no case and leaves the formula: 0.6 of the 0.6 that remain."""
    usable = probe_result(THEME_SERVICE, 1, measures={M.FOUND: True, M.USABLE: True})
    body = body_facts([measured_item(1, package=True)], [usable])
    none_due = body.model_copy(update={"imported": {18: {"themes_due": Decimal(0)}}})
    scores, _ = score_units([none_due], run="r", period="2021H1", targets=TARGETS)
    row = next(one for one in scores if one.row == 18)
    assert (row.value, row.measured_share) == (1.0, 1.0)


def test_the_entrances_drawn_speak_for_those_that_may_ask_for_a_login() -> None:
    """Five items online: two ask, one does not, two were not looked at: 2 of the 4 that may."""
    asks: dict[M, Measure] = {M.ENTRANCE: "login_unified", M.ASKS_LOGIN: True}
    free: dict[M, Measure] = {M.ENTRANCE: "external", M.ASKS_LOGIN: False}
    probes = [probe_result(ONLINE_ENTRANCE, n, measures=asks if n < 3 else free) for n in (1, 2, 3)]
    seen = indicators.get("unified-identity").compute(
        body_facts([measured_item(n) for n in range(1, 6)], probes), TARGETS
    )
    (term,) = seen.spread.terms
    assert term.drawn is not None
    assert (term.drawn.confirmed, term.drawn.sampled, term.drawn.population) == (2, 2, 4)


def test_a_sample_that_people_took_is_no_gap_any_more() -> None:
    body = body_facts([measured_item(n) for n in range(30)])
    taken = SampledShare(name="consistency", confirmed=20, sampled=20, population=30)
    for samples, missing in (({}, True), ({37: taken}, False)):
        facts = body.model_copy(update={"samples": samples})
        _, (total,) = score_units([facts], run="r", period="2021H1", targets=TARGETS)
        assert ((37, GapChannel.VISIT) in {(gap.row, gap.channel) for gap in total.missing}) is missing
