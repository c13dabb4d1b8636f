"""States, applicability, totals and ranks of whole bodies."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.period import Period
from domain.score import Score, ScoreState, UnitTotal
from domain.unit import find_unit
from scoring.applicability import Reading
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Targets
from scoring.probing import (
    BOOKING_CALENDAR,
    KEYWORD_SEARCH,
    MOBILE_ENTRANCE,
    ONLINE_APPLICATION,
    ONLINE_ENTRANCE,
    THEME_SERVICE,
)
from scoring.ranking import published, rank
from scoring.score_units import score_units

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))
DEPARTMENT_ROWS = list(range(1, 45))
COUNTY_ROWS = list(range(1, 42))
BY_USERS = [8, 9, *range(11, 24), 27, 28, 29, 31, *range(33, 39)]  # classes F and P of methodology.md §3.6
EXEMPTING = [13, 16, 28, 29, 30, 31, 33]  # rows whose own text says 依申请 or 行政许可 (methodology.md §1 item 12)
# Weights of the two annexes, row by row (methodology.md §3.6).
DEPARTMENT_WEIGHTS = [
    *(2, 2, 1, 1, 2, 3, 2, 2, 4, 2, 2, 2),
    *(3, 2, 2, 2, 2, 5, 3, 3, 3, 2, 2, 2),
    *(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 5, 3),
    *(10, 5, 5),
]
COUNTY_WEIGHTS = [
    *(2, 2, 2, 3, 2, 4),
    *(3, 2, 2, 2, 2, 4, 2, 3, 3, 2, 2, 2),
    *(2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 6, 6, 6, 2, 7, 2),
    *(10, 5, 5),
]
UNIFIED = {M.ENTRANCE: "login_unified", M.ASKS_LOGIN: True, M.SINGLE_SIGN_ON: True}


def perfect_probes() -> list[ProbeFact]:
    return [
        probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1, M.FIRST_HIT_OPENS: True}),
        probe_result(ONLINE_APPLICATION, 1, measures={M.LOGIN_UNIFIED: True, M.SECOND_LOGIN: False}),
        probe_result(BOOKING_CALENDAR, 1, measures={M.SLOTS_PER_DAY: 3}),
        probe_result(ONLINE_ENTRANCE, 1, measures=UNIFIED),
        probe_result(THEME_SERVICE, 2, measures={M.FOUND: True, M.USABLE: True}),
        probe_result(MOBILE_ENTRANCE, 1, measures={M.MOBILE_TRIED: 1, M.MOBILE_OPEN: 1}),
    ]


def body(unit: str, items: Iterable[ItemFact], probes: Iterable[ProbeFact] = ()) -> UnitFacts:
    return body_facts(items, probes, unit=find_unit(unit))


def not_shown(unit: str) -> UnitFacts:
    return body(unit, []).model_copy(update={"offered": False, "listing_whole": False})


def score(
    facts: Iterable[UnitFacts], reading: Reading = Reading.NARROW
) -> tuple[tuple[Score, ...], tuple[UnitTotal, ...]]:
    return score_units(facts, run="r", period=Period.parse("2021H1"), targets=TARGETS, reading=reading)


def states(facts: UnitFacts, reading: Reading = Reading.NARROW) -> dict[int, ScoreState]:
    return {row.row: row.state for row in score([facts], reading)[0]}


def rows_in(facts: UnitFacts, state: ScoreState, reading: Reading = Reading.NARROW) -> list[int]:
    return [row for row, found in states(facts, reading).items() if found is state]


def test_every_row_is_listed_with_the_weight_of_its_table() -> None:
    scores, totals = score([body("dept-05", [measured_item(1)]), body("county-1", [measured_item(1)])])
    assert [(s.table, s.row) for s in scores] == [("D", n) for n in DEPARTMENT_ROWS] + [("C", n) for n in COUNTY_ROWS]
    assert [s.weight for s in scores] == DEPARTMENT_WEIGHTS + COUNTY_WEIGHTS
    # Rows that wait for another channel, and those whose probes were not planned, are withheld: of 65 and 63 points
    # D8, 11, 12, 14, 17, 18, 19, 20 and C8, 11, 12, 13, 14 (methodology.md §3.1, §3.6).
    assert [t.weight_applicable for t in totals] == [65 - 21, 63 - 13]
    assert {(s.run, s.period) for s in scores} == {("r", "2021H1")}


def test_full_marks_make_a_hundred() -> None:
    scores, totals = score([body("dept-05", [measured_item(1)], perfect_probes())])
    counted = [s for s in scores if s.state is ScoreState.SCORED]
    assert [s.row for s in counted] == [row for row in BY_USERS if row not in (8, 14, 17, 20)]  # those wait for others
    assert {s.value for s in counted} == {1.0}
    assert [s.points for s in counted] == [s.weight for s in counted]
    assert (totals[0].value, totals[0].rank) == (100.0, 1)


def test_narrow_reading_lets_only_rows_with_the_word_fall() -> None:
    only_penalties = body("dept-05", [measured_item(1, item_type_code="02")], perfect_probes())
    assert rows_in(only_penalties, ScoreState.NOT_APPLICABLE) == EXEMPTING


def test_mixed_rows_stay_for_a_department_with_public_services_alone() -> None:
    public = body("dept-05", [measured_item(1, item_type_code="21")], perfect_probes())
    assert rows_in(public, ScoreState.NOT_APPLICABLE) == [13, 28, 33]


def test_wide_reading_lets_rows_with_an_empty_denominator_fall() -> None:
    offline = body("dept-05", [measured_item(1, online=False)], perfect_probes())
    assert rows_in(offline, ScoreState.NOT_APPLICABLE) == []
    assert rows_in(offline, ScoreState.NOT_APPLICABLE, Reading.WIDE) == [11, 12, 18, 23]
    empty = body("dept-05", [])
    # What is left speaks of no item at all; the judged rows always apply.
    left = [3, 4, 5, 6, 7, 8, 10, 24, 25, 26, 39, 42, 43, 44]
    assert rows_in(empty, ScoreState.INSUFFICIENT, Reading.WIDE) == left
    assert rows_in(empty, ScoreState.INSUFFICIENT) == [row for row in DEPARTMENT_ROWS if row not in EXEMPTING]


@pytest.mark.parametrize("reading", list(Reading))
def test_every_row_applies_to_a_county(reading: Reading) -> None:
    assert rows_in(body("county-2", []), ScoreState.INSUFFICIENT, reading) == COUNTY_ROWS


def test_an_exemption_must_be_proved() -> None:
    public = [measured_item(n, item_type_code="21") for n in range(99)]
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    assert states(body("dept-05", public))[13] is ScoreState.NOT_APPLICABLE
    assert states(body("dept-05", [*public, unread]))[13] is ScoreState.INSUFFICIENT
    short = body("dept-05", public).model_copy(update={"listing_whole": False, "listed": 100})
    assert states(short)[13] is ScoreState.INSUFFICIENT
    gone = ItemFact(item_id="gone", code="", outcome=GuideOutcome.ABSENT)
    assert states(body("dept-05", [*public, gone]))[13] is ScoreState.NOT_APPLICABLE


def test_a_body_that_the_portal_does_not_show_fails_nothing() -> None:
    facts = not_shown("dept-39")
    assert rows_in(facts, ScoreState.NOT_APPLICABLE) == EXEMPTING
    assert rows_in(facts, ScoreState.INSUFFICIENT) == [row for row in DEPARTMENT_ROWS if row not in EXEMPTING]
    fallen = rows_in(facts, ScoreState.NOT_APPLICABLE, Reading.WIDE)
    assert [row for row in BY_USERS if row not in fallen] == [8]  # open data are no items
    scores, totals = score([facts])
    assert all(s.value is None and s.points is None for s in scores)
    assert all("未展示" in s.note for s in scores if s.row in BY_USERS)
    assert (totals[0].value, totals[0].rank, totals[0].weight_scored) == (None, None, 0)


def test_a_listing_that_could_not_be_read_is_our_gap_in_both_readings() -> None:
    unread = body("dept-05", []).model_copy(update={"listing_whole": False})
    for reading in Reading:
        assert rows_in(unread, ScoreState.INSUFFICIENT, reading) == DEPARTMENT_ROWS


def test_coverage_below_the_minimum_hides_the_value_and_keeps_the_count() -> None:
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    enough = body("dept-05", [*(measured_item(n) for n in range(49)), unread])
    too_few = body("dept-05", [*(measured_item(n) for n in range(48)), unread])
    assert states(enough)[37] is ScoreState.SCORED  # 49/50 = 0.98
    hidden = {s.row: s for s in score([too_few])[0]}[37]
    assert (hidden.state, hidden.value, hidden.points) == (ScoreState.INSUFFICIENT, None, None)
    assert hidden.coverage == pytest.approx(48 / 49)
    assert hidden.minimum_coverage == 0.98
    assert (hidden.denominator, hidden.excluded) == (48, ("unread",))


def test_an_observed_failure_is_a_zero_with_points() -> None:
    scores, _ = score([body("dept-05", [measured_item(1, visits=2)])])
    visits = {s.row: s for s in scores}[37]
    assert (visits.state, visits.value, visits.points) == (ScoreState.SCORED, 0.0, 0.0)


def test_too_little_scored_weight_gives_no_value_and_no_rank() -> None:
    # Guides that nobody has read leave the census rows below their coverage, and so less than 0.8 of the weight.
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    blind = body("dept-05", [measured_item(1), unread], perfect_probes())
    whole = body("dept-06", [measured_item(1)], perfect_probes())
    _, totals = score([blind, whole])
    assert 0 < totals[0].weight_scored < 0.8 * totals[0].weight_applicable
    assert [(t.value, t.rank) for t in totals] == [(None, None), (100.0, 1)]


def test_ranks_are_given_within_each_table_and_ties_share() -> None:
    good, worse = [measured_item(1)], [measured_item(1, visits=1)]
    order = [("dept-05", worse), ("county-1", worse), ("dept-06", good), ("dept-07", good), ("county-2", good)]
    _, totals = score([body(unit, items, perfect_probes()) for unit, items in order])
    assert [(t.unit, t.rank) for t in totals] == [
        ("dept-05", 3),
        ("county-1", 2),
        ("dept-06", 1),
        ("dept-07", 1),
        ("county-2", 1),
    ]


def test_rank_counts_one_two_two_four_on_the_published_value() -> None:
    values = [Decimal(v) for v in ("90.005", "90.0149", "95", "80")]
    assert [published(v) for v in values[:2]] == [Decimal("90.01"), Decimal("90.01")]
    assert rank(values) == [2, 2, 1, 4]
    assert rank([None, Decimal(1)]) == [None, 1]
    assert published(Decimal("0.125")) == Decimal("0.13")


def test_placeholder_targets_are_named_in_the_note() -> None:
    facts = [body("dept-05", [measured_item(1)])]
    guess = Targets(time_saving=Decimal(1), promise_days=Decimal(1), immediate_share=Decimal(1), placeholder=True)
    scores, _ = score_units(facts, run="r", period="2021H1", targets=guess)
    assert [s.row for s in scores if "占位" in s.note] == [36, 38]
    assert not any("占位" in s.note for s in score(facts)[0])


def test_readability_enters_no_score_before_it_is_calibrated() -> None:
    """Neither a value nor a part, and no total moves: the row speaks for its other two parts alone."""
    easy, hard = (
        body("dept-05", [measured_item(1, readability=Decimal(share))], perfect_probes()) for share in ("1", "0.2")
    )
    (row, totals), (other, others) = (
        ({s.row: s for s in scores}[15], totals) for scores, totals in (score([easy]), score([hard]))
    )
    assert row == other
    assert totals == others
    assert (row.value, row.points, row.measured_share) == (1.0, 2.0, 0.3)
    assert "易懂性（占 0.4）未经校准，只报特征不计分" in row.note
    assert row.parts["mean_readability"] is None
    assert row.weight_entered == pytest.approx(0.6)


def test_calibrated_readability_enters_with_its_share_of_the_row() -> None:
    shares = ((1, "0.9"), (2, "0.6"), (3, "0.3"))
    items = [measured_item(n, task_code="T", readability=Decimal(share)) for n, share in shares]
    silent = measured_item(4, readability=None)  # too short a text: settled, but no case
    calibrated = replace(TARGETS, readability_calibrated=True)
    facts = body("dept-05", [*items, silent], perfect_probes())
    scores, _ = score_units([facts], run="r", period="2021H1", targets=calibrated)
    row = {s.row: s for s in scores}[15]
    # 0.3·1 + 0.3·1 + 0.4·(0.9 + 0.6 + 0.3)/3
    assert (row.state, row.value, row.points) == (ScoreState.SCORED, pytest.approx(0.84), pytest.approx(1.68))
    assert (row.measured_share, row.coverage) == (1.0, 1.0)
    assert row.weight_entered == 2.0
    unread = measured_item(5, readability=None, unseen_facts=frozenset({"readability"}))
    lacking = score_units([body("dept-05", [*items, unread])], run="r", period="2021H1", targets=calibrated)[0]
    assert {s.row: s for s in lacking}[15].state is ScoreState.INSUFFICIENT


def test_inputs_lead_from_the_score_to_guides_and_observations() -> None:
    blocked = probe_result(ONLINE_APPLICATION, 2, Outcome.BLOCKED)
    scores, _ = score([body("dept-05", [measured_item(1)], [*perfect_probes(), blocked])])
    online = {s.row: s for s in scores}[29]
    assert online.inputs == ("item-1", "run/gdzwfw/online-entrance/item-1")  # what looked at the entrance alone
    assert online.excluded == ("run/gdzwfw/online-application/item-2",)
    assert (online.coverage, online.minimum_coverage) == (0.5, 0.8)
