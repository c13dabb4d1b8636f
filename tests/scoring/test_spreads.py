"""A spread is a second way to a score's value: computed from it, the value must come out again, for every body."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.facts import ProbeFact, UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.spread import SampledShare, Spread, SpreadTerm
from domain.unit import find_unit
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Measurement, Targets, indicators
from scoring.maps import MapKind, PointsMap, Step
from scoring.row_result import shape_points
from scoring.score_units import score_units

TARGETS = Targets(
    time_saving=Decimal("0.6"),
    promise_days=Decimal(10),
    immediate_share=Decimal("0.5"),
    readability_calibrated=True,
)
flag = st.sampled_from([None, True, False])
shares = st.sampled_from([None, 0, 0.25, 1 / 3, 1])
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FIGURES: dict[str, dict[M, st.SearchStrategy[object]]] = {
    "keyword-search": {M.RANK: st.none() | st.integers(1, 12), M.ROBUSTNESS: shares, M.FIRST_HIT_OPENS: flag},
    "chatbot": dict.fromkeys((M.DESK_ACCURACY, M.DESK_CONSISTENCY, M.DESK_IN_TURNS, M.DESK_IN_TIME), shares),
    "chatbot-controls": {M.DESK_CONTROLS_HELD: shares},
    "online-application": {M.LOGIN_UNIFIED: flag, M.PAGES: st.integers(0, 3), M.LIMITS_TOLD: flag},
    "online-entrance": {
        M.ASKS_LOGIN: flag,
        M.SINGLE_SIGN_ON: flag,
        M.ENTRANCE: st.sampled_from(["login_unified", "login_other", "form"]),
    },
    "booking-calendar": {M.SLOTS_PER_DAY: st.none() | st.integers(0, 3), M.FLAG_CONSISTENT: flag},
    "theme-service": {M.FOUND: flag, M.USABLE: flag},
    "mobile-entrance": {M.MOBILE_TRIED: st.integers(0, 3), M.MOBILE_OPEN: st.just(0) | st.just(1)},
    "portal-consistency": {M.CONDITIONS_COMPARED: st.integers(0, 3), M.MATERIALS_COMPARED: st.integers(0, 3)},
}


@st.composite
def probes(draw: st.DrawFn) -> ProbeFact:
    probe = draw(st.sampled_from(sorted(FIGURES)))
    figures = {name: draw(values) for name, values in FIGURES[probe].items()}
    if figures.get(M.MOBILE_TRIED) == 0:
        figures[M.MOBILE_OPEN] = 0
    outcome = draw(st.sampled_from([Outcome.PASS, Outcome.PASS, Outcome.FAIL, Outcome.BLOCKED]))
    return probe_result(probe, draw(st.integers(1, 30)), outcome, measures=figures)  # type: ignore[arg-type] # figures of every kind


@st.composite
def bodies(draw: st.DrawFn) -> UnitFacts:
    count = draw(st.integers(1, 30))
    items = [
        measured_item(
            number,
            online=draw(flag),
            bookable=draw(flag),
            visits=draw(st.integers(0, 2)),
            immediate=draw(flag),
            package=draw(st.sampled_from([False, False, True])),
        )
        for number in range(1, count + 1)
    ]
    seen = {(fact.probe_id, fact.item_id): fact for fact in draw(st.lists(probes(), max_size=60))}
    facts = body_facts(items, seen.values(), unit=find_unit(draw(st.sampled_from(["dept-05", "county-2"]))))
    taken = draw(st.integers(1, count))
    sample = SampledShare(
        name="consistency",
        confirmed=draw(st.integers(0, taken)),
        sampled=taken,
        population=draw(st.integers(taken, 60)),
    )
    rows = draw(st.sets(st.sampled_from(range(20, 42)), max_size=12))
    return facts.model_copy(update={"samples": dict.fromkeys(rows, sample)})


def check_value(measurement: Measurement) -> bool:
    """Compare the value with what its spread makes of it; say whether there was anything to compare."""
    told = measurement.spread.recomputed
    assert (told is None) is (not measurement.spread.terms)
    if told is None or measurement.value is None:
        return False
    assert told == pytest.approx(float(measurement.value), abs=1e-9)
    return True


@pytest.mark.parametrize("name", [plug_in.id for plug_in in indicators.all()])
def test_examples_come_out_of_their_spread_again(name: str) -> None:
    plug_in = indicators.get(name)
    for facts in (plug_in.passing(), plug_in.failing()):
        check_value(plug_in.compute(facts, TARGETS))


@SETTINGS
@given(bodies())
def test_every_value_comes_out_of_its_spread_again(facts: UnitFacts) -> None:
    for plug_in in indicators.all():
        if facts.unit.table in plug_in.rows:
            check_value(plug_in.compute(facts, TARGETS))


@SETTINGS
@given(bodies())
def test_every_stored_score_comes_out_of_its_spread_again(facts: UnitFacts) -> None:
    scores, _ = score_units([facts], run="r", period="2021H1", targets=TARGETS)
    for score in scores:
        if score.value is not None and score.spread.terms:
            assert score.spread.recomputed == pytest.approx(score.value, abs=1e-9), score.indicator


@pytest.mark.parametrize(
    "name",
    ["query-precision", "apply-ease", "mobile", "theme-service", "unified-identity", "single-sign-on", "booking"],
)
def test_what_was_drawn_is_never_certain(name: str) -> None:
    """Of thirty items one was looked at: whatever came out, it is no certainty."""
    good: dict[str, dict[M, object]] = {
        "query-precision": {M.RANK: 1, M.FIRST_HIT_OPENS: True},
        "apply-ease": {M.LOGIN_UNIFIED: True, M.SECOND_LOGIN: False},
        "mobile": {M.MOBILE_TRIED: 2, M.MOBILE_OPEN: 2},
        "theme-service": {M.FOUND: True, M.USABLE: True},
        "unified-identity": {M.ENTRANCE: "login_unified", M.ASKS_LOGIN: True},
        "single-sign-on": {M.ASKS_LOGIN: True, M.SINGLE_SIGN_ON: True},
        "booking": {M.SLOTS_PER_DAY: 4, M.FLAG_CONSISTENT: True},
    }
    probe = {
        "query-precision": "keyword-search",
        "apply-ease": "online-application",
        "mobile": "mobile-entrance",
        "theme-service": "theme-service",
        "booking": "booking-calendar",
    }.get(name, "online-entrance")
    items = [measured_item(number, package=name == "theme-service") for number in range(1, 31)]
    facts = body_facts(items, [probe_result(probe, 1, measures=good[name])])  # type: ignore[arg-type] # see above
    measurement = indicators.get(name).compute(facts, TARGETS)
    assert measurement.value == 1
    assert not measurement.spread.is_certain


def entrances(declared: int, tried: int, failed: int) -> UnitFacts:
    looks = [
        probe_result("online-entrance", number, Outcome.FAIL if number <= failed else Outcome.PASS)
        for number in range(1, tried + 1)
    ]
    return body_facts([measured_item(number) for number in range(1, declared + 1)], looks)


@pytest.mark.parametrize(
    ("declared", "tried", "failed", "value"),
    [
        (30, 3, 1, Decimal(1)),  # too few to move the score
        (3, 3, 1, Decimal(2) / 3),  # all of them
        (30, 20, 5, Decimal("0.75")),  # enough
        (30, 0, 0, None),  # a declaration that nobody tried is no proof
    ],
)
def test_few_entrances_open_the_interval_and_do_not_move_the_score(
    declared: int, tried: int, failed: int, value: Decimal | None
) -> None:
    measurement = indicators.get("online-available").compute(entrances(declared, tried, failed), TARGETS)
    assert measurement.value == (None if value is None else pytest.approx(value))
    if tried == 3 and declared == 30:
        assert measurement.spread.factors[0].model_dump(exclude={"name"}) == {
            "confirmed": 2,
            "sampled": 3,
            "population": 30,
            "enough": False,
            "looks": "",
        }


@pytest.mark.parametrize(
    ("chosen", "value"),
    [
        (PointsMap(kind=MapKind.LIN, low=Decimal("0.5"), high=Decimal("0.9")), 0.625),
        (PointsMap(kind=MapKind.STEPS, steps=(Step(at=Decimal("0.7"), share=Decimal("0.8")),)), 0.8),
        (PointsMap(kind=MapKind.DEDUCT, per_problem=Decimal("0.1")), 0.5),  # 15 of 20: five problems
    ],
)
def test_a_map_to_points_is_part_of_the_spread(chosen: PointsMap, value: float) -> None:
    drawn = SampledShare(name="told", confirmed=15, sampled=20, population=60)
    seen = Measurement(
        value=Decimal("0.75"),
        numerator=Decimal(15),
        denominator=Decimal(20),
        coverage=Decimal(1),
        spread=Spread(terms=(SpreadTerm(name="told", weight=1.0, value=0.75, drawn=drawn),)),
    )
    shaped = shape_points(seen, chosen)
    assert float(shaped.value or 0) == pytest.approx(value)
    assert shaped.spread.recomputed == pytest.approx(value)


def test_problems_that_are_counted_beside_the_ratio_are_not_drawn() -> None:
    drawn = SampledShare(name="told", confirmed=15, sampled=20, population=60)
    seen = Measurement(
        value=Decimal("0.75"),
        numerator=Decimal(19),
        denominator=Decimal(20),
        coverage=Decimal(1),
        spread=Spread(terms=(SpreadTerm(name="told", weight=1.0, value=0.75, drawn=drawn),)),
    )
    shaped = shape_points(seen, PointsMap(kind=MapKind.DEDUCT, per_problem=Decimal("0.1")))
    assert shaped.value == Decimal("0.9")
    assert shaped.spread == Spread()


def test_samples_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="3 of 2 of 5 is no sample"):
        SampledShare(name="k", confirmed=3, sampled=2, population=5)
    with pytest.raises(ValueError, match="1 sizes do not fit 2 blocks"):
        SpreadTerm(name="x", weight=1, value=1, blocks=(1, 1), sizes=(1,))
