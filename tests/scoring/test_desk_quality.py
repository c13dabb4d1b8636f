"""The service desk's half of 查询精准度, worked by hand after methodology.md §4.4 and §3.6."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import ProbeFact
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from scoring.desk_quality import CHATBOT, CHATBOT_CONTROLS, level_desk
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, indicators
from scoring.probing import KEYWORD_SEARCH
from scoring.targets import load_targets

FOUND = probe_result(KEYWORD_SEARCH, 1, measures={M.RANK: 1, M.FIRST_HIT_OPENS: True})


def asked(number: int, accuracy: float, *, consistency: float = 1.0, outcome: Outcome = Outcome.PASS) -> ProbeFact:
    terms = {M.DESK_ACCURACY: accuracy, M.DESK_CONSISTENCY: consistency, M.DESK_IN_TURNS: 0.8, M.DESK_IN_TIME: 0.5}
    return probe_result(CHATBOT, number, outcome, measures=terms)


def controls(held: float, outcome: Outcome = Outcome.PASS) -> ProbeFact:
    return probe_result(CHATBOT_CONTROLS, 0, outcome, measures={M.DESK_CONTROLS_HELD: held})


def measure(*probes: ProbeFact) -> Measurement:
    return indicators.get("query-precision").compute(body_facts([measured_item(1)], probes), load_targets())


def test_the_desk_without_controls() -> None:
    level = level_desk(body_facts([], [asked(1, 0.5), asked(2, 1.0, consistency=0.0)]))
    assert level is not None
    # accuracy 0.75, consistency 0.5, turns 0.8, time 0.5: 0.45 + 0.1 + 0.08 + 0.05
    assert level.score == Fraction("0.68")
    assert (level.items, level.controls) == (2, None)


def test_controls_weigh_ten_of_forty() -> None:
    level = level_desk(body_facts([], [asked(1, 1.0), controls(0.6)]))
    assert level is not None
    # accuracy (30·1 + 10·0.6)/40 = 0.9: 0.54 + 0.2 + 0.08 + 0.05
    assert level.score == Fraction("0.87")


def test_search_and_desk_are_joined_seven_to_three() -> None:
    result = measure(FOUND, asked(1, 1.0), controls(0.6))
    assert result.value == Decimal("0.961")  # 0.7·1 + 0.3·0.87
    assert result.measured_share == 1
    assert "未测" not in result.note
    assert asked(1, 1.0).observation in result.inputs
    assert result.parts["desk_score"] == Decimal("0.87")


def test_without_a_desk_seven_tenths_are_measured() -> None:
    result = measure(FOUND)
    assert (result.value, result.measured_share) == (1, Decimal("0.7"))
    assert "智能客服（占 0.3）未测" in result.note
    assert "desk_score" not in result.parts


def test_a_desk_that_was_not_heard_is_not_measured_and_costs_nothing() -> None:
    deaf = probe_result(CHATBOT, 2, Outcome.BLOCKED)
    result = measure(FOUND, asked(1, 0.0), deaf)  # one of two: below 80 %
    assert (result.value, result.measured_share, result.coverage) == (1, Decimal("0.7"), 1)


def test_a_desk_that_answers_nothing_right_costs_three_tenths_of_it() -> None:
    wrong = probe_result(
        CHATBOT,
        1,
        Outcome.FAIL,
        measures={M.DESK_ACCURACY: 0, M.DESK_CONSISTENCY: 0, M.DESK_IN_TURNS: 0, M.DESK_IN_TIME: 0},
    )
    assert measure(FOUND, wrong).value == Decimal("0.7")
    assert measure(FOUND, wrong, controls(1.0)).value == Decimal("0.745")  # 0.3·0.6·0.25 for turning strangers away


def test_controls_of_another_portal_or_without_an_answer_count_nowhere() -> None:
    other = probe_result(CHATBOT_CONTROLS, 0, portal="yss", measures={M.DESK_CONTROLS_HELD: 0.0})
    blocked = controls(0.0, Outcome.BLOCKED)
    level = level_desk(body_facts([], [asked(1, 1.0), other, blocked]))
    assert level is not None
    assert level.controls is None
