"""What must hold for every body, whatever its facts."""

import random
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, ProbeFact, UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.score import Score, ScoreState
from domain.time_limit import LimitUnit, TimeLimit
from domain.unit import find_unit
from scoring.applicability import Reading
from scoring.examples import body_facts, probe_result
from scoring.indicator import Targets, indicators
from scoring.probing import BOOKING_CALENDAR, KEYWORD_SEARCH, ONLINE_APPLICATION
from scoring.score_units import score_units

TARGETS = Targets(
    time_saving=Decimal("0.6"),
    promise_days=Decimal(10),
    immediate_share=Decimal("0.5"),
    readability_calibrated=True,
)
UNITS = ("dept-05", "dept-06", "county-1", "county-2")
PROBES = (KEYWORD_SEARCH, ONLINE_APPLICATION, BOOKING_CALENDAR)
BLIND = (Outcome.BLOCKED, Outcome.INCONCLUSIVE, Outcome.ERROR)

maybe_flag = st.sampled_from([None, True, False])
limits = st.none() | st.builds(TimeLimit, days=st.integers(0, 90).map(Decimal), unit=st.sampled_from(list(LimitUnit)))


@st.composite
def guides(draw: st.DrawFn, number: int) -> ItemFact:
    whole = draw(st.integers(0, 17))
    judged = draw(st.integers(0, 10))
    return ItemFact(
        item_id=f"item-{number}",
        code=f"code-{number}",
        outcome=draw(st.sampled_from([GuideOutcome.MEASURED] * 8 + [GuideOutcome.ABSENT, GuideOutcome.NOT_MEASURED])),
        item_type_code=draw(st.sampled_from(["01", "02", "07", "21", ""])),
        promise=draw(limits),
        legal=draw(limits),
        visits=draw(st.none() | st.integers(0, 3)),
        immediate=draw(maybe_flag),
        online=draw(maybe_flag),
        online_depth=draw(st.none() | st.integers(1, 4)),
        bookable=draw(maybe_flag),
        paper_only_material=draw(maybe_flag),
        completeness=draw(st.none() | st.just((Decimal(draw(st.integers(0, whole))), whole))),
        readability=draw(st.sampled_from([None, Decimal("0.35"), Decimal(1)])),
        accuracy=draw(st.none() | st.just((draw(st.integers(0, judged)), judged))),
    )


@st.composite
def results(draw: st.DrawFn, number: int) -> ProbeFact:
    figures: dict[M, Any] = {
        M.RANK: draw(st.none() | st.integers(1, 15)),
        M.HITS: draw(st.none() | st.integers(0, 15)),
        M.FIRST_HIT_OPENS: draw(maybe_flag),
        M.PAGES: draw(st.none() | st.integers(0, 4)),
        M.LOGIN_UNIFIED: draw(maybe_flag),
        M.SECOND_LOGIN: draw(maybe_flag),
        M.PREFILLED: draw(st.integers(0, 9)),
        M.PREFILLABLE: draw(st.integers(0, 9)),
        M.DEAD_ENDS: draw(st.none() | st.integers(0, 9)),
        M.SLOTS_PER_DAY: draw(st.none() | st.integers(0, 4)),
        M.FIRST_FREE_DAYS: draw(st.none() | st.integers(0, 9)),
    }
    return probe_result(draw(st.sampled_from(PROBES)), number, draw(st.sampled_from(list(Outcome))), measures=figures)


@st.composite
def bodies(draw: st.DrawFn, unit: str = "dept-05") -> UnitFacts:
    items = [draw(guides(number)) for number in range(draw(st.integers(0, 6)))]
    probes = [draw(results(number)) for number in range(draw(st.integers(0, 6)))]
    facts = body_facts(items, probes, unit=find_unit(unit))
    short = draw(st.integers(0, 2))
    return facts.model_copy(update={"listed": len(items) + short, "listing_whole": short == 0})


def scores_of(*facts: UnitFacts) -> dict[tuple[str, int], Score]:
    scores, _ = score_units(facts, run="r", period="2021H1", targets=TARGETS)
    return {(score.unit, score.row): score for score in scores}


def plan_one_more(facts: UnitFacts, extra: ProbeFact) -> UnitFacts:
    planned = dict(facts.planned_probes)
    planned[extra.probe_id] = planned.get(extra.probe_id, 0) + 1
    return facts.model_copy(update={"probes": (*facts.probes, extra), "planned_probes": planned})


@given(bodies(), st.sampled_from(list(Reading)))
def test_values_and_coverages_lie_between_zero_and_one(facts: UnitFacts, reading: Reading) -> None:
    scores, totals = score_units([facts], run="r", period="2021H1", targets=TARGETS, reading=reading)
    for score in scores:
        assert (score.value is None) is (score.state is not ScoreState.SCORED)
        assert score.value is None or 0 <= score.value <= 1
        assert score.points is None or 0 <= score.points <= score.weight
        assert 0 <= score.coverage <= 1
        assert 0 < score.measured_share <= 1
        assert not set(score.inputs) & set(score.excluded)
    assert totals[0].value is None or 0 <= totals[0].value <= 100
    assert totals[0].weight_scored <= totals[0].weight_applicable


@given(bodies(), st.randoms(use_true_random=False))
def test_the_order_of_items_and_probes_is_irrelevant(facts: UnitFacts, shuffler: random.Random) -> None:
    items, probes = list(facts.items), list(facts.probes)
    shuffler.shuffle(items)
    shuffler.shuffle(probes)
    shuffled = facts.model_copy(update={"items": tuple(items), "probes": tuple(probes)})
    for plug_in in indicators.all():
        one, other = plug_in.compute(facts, TARGETS), plug_in.compute(shuffled, TARGETS)
        assert (one.value, one.numerator, one.denominator, one.coverage, one.parts) == (
            other.value,
            other.numerator,
            other.denominator,
            other.coverage,
            other.parts,
        )
        assert sorted(one.inputs) == sorted(other.inputs)


@given(bodies())
def test_an_unread_guide_never_moves_a_value(facts: UnitFacts) -> None:
    unread = ItemFact(item_id="unread", code="", outcome=GuideOutcome.NOT_MEASURED)
    more = facts.model_copy(update={"items": (*facts.items, unread), "listed": facts.listed + 1})
    for plug_in in indicators.all():
        before, after = plug_in.compute(facts, TARGETS), plug_in.compute(more, TARGETS)
        assert (before.value, before.measured_share) == (after.value, after.measured_share)
        assert ratio_to_minimum(plug_in.minimum_coverage, after) <= ratio_to_minimum(plug_in.minimum_coverage, before)


@given(bodies(), st.sampled_from(PROBES), st.sampled_from(BLIND))
def test_a_blind_probe_never_moves_a_value(facts: UnitFacts, probe_id: str, outcome: Outcome) -> None:
    more = plan_one_more(facts, probe_result(probe_id, 99, outcome))
    for plug_in in indicators.all():
        before, after = plug_in.compute(facts, TARGETS), plug_in.compute(more, TARGETS)
        assert (before.value, before.measured_share) == (after.value, after.measured_share)
        assert ratio_to_minimum(plug_in.minimum_coverage, after) <= ratio_to_minimum(plug_in.minimum_coverage, before)


def ratio_to_minimum(default: Decimal, measurement: Any) -> Decimal:  # noqa: ANN401 - a Measurement
    return Decimal(measurement.coverage / (measurement.minimum_coverage or default))


BETTER: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "fewer-visits": ({"visits": 1}, {"visits": 0}),
    "instant": ({"immediate": False}, {"immediate": True}),
    "fully-online": (
        {"online_depth": 3, "visits": 0, "paper_only_material": False},
        {"online_depth": 4, "visits": 0, "paper_only_material": False},
    ),
    "less-time": (
        {"promise": TimeLimit(days=Decimal(9), unit=LimitUnit.WORKING)},
        {"promise": TimeLimit(days=Decimal(2), unit=LimitUnit.WORKING)},
    ),
    "guide-completeness-accuracy": (
        {"completeness": (Decimal(3), 17), "accuracy": (4, 9)},
        {"completeness": (Decimal(4), 17), "accuracy": (5, 9)},
    ),
    "booking": ({"bookable": False}, {"bookable": True}),
    "online-available": ({"online": False}, {"online": True}),
}


@given(bodies(), st.sampled_from(sorted(BETTER)))
def test_a_better_guide_never_lowers_a_value(facts: UnitFacts, name: str) -> None:
    common = {"item_id": "changed", "code": "", "outcome": GuideOutcome.MEASURED, "item_type_code": "01"}
    values = []
    for known in BETTER[name]:
        item = ItemFact.model_validate(common | known)
        if name == "less-time":
            item = item.model_copy(update={"legal": TimeLimit(days=Decimal(20), unit=LimitUnit.WORKING)})
        body = facts.model_copy(update={"items": (*facts.items, item), "listed": facts.listed + 1})
        values.append(indicators.get(name).compute(body, TARGETS).value)
    worse, better = values
    assert worse is None or better is None or better >= worse


@given(bodies(), st.sampled_from([KEYWORD_SEARCH, ONLINE_APPLICATION]))
def test_a_probe_that_passes_never_scores_below_one_that_fails(facts: UnitFacts, probe_id: str) -> None:
    figures = {M.RANK: 1, M.HITS: 3, M.FIRST_HIT_OPENS: True}
    failed = {M.RANK: None, M.HITS: 0, M.PAGES: 0}
    passed = plan_one_more(facts, probe_result(probe_id, 99, measures=figures))
    lost = plan_one_more(facts, probe_result(probe_id, 99, Outcome.FAIL, measures=failed))
    for plug_in in indicators.all():
        better, worse = plug_in.compute(passed, TARGETS).value, plug_in.compute(lost, TARGETS).value
        assert worse is None or better is None or better >= worse


# Four bodies are much to draw: a busy machine would fail the check of speed, which is not what is tested.
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.tuples(*(bodies(unit) for unit in UNITS)), st.sampled_from(UNITS))
def test_leaving_a_body_out_changes_no_other_score(facts: tuple[UnitFacts, ...], gone: str) -> None:
    everyone = scores_of(*facts)
    others = scores_of(*(body for body in facts if body.unit.id != gone))
    assert others == {key: score for key, score in everyone.items() if key[0] != gone}


@given(bodies())
def test_scoring_twice_gives_the_same(facts: UnitFacts) -> None:
    assert scores_of(facts) == scores_of(facts)
