"""Every printed recomputation is one that was made: it gives the stored value, for any body and any row."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.facts import UnitFacts
from domain.score import Score
from domain.scoring_basis import ScoringBasis
from domain.spread import PointsCurve
from exports.recomputation import NO_LINE, recompute
from scoring.definitions import define_rows, write_values
from scoring.indicator import indicators
from scoring.score_units import score_units
from scoring.total_rules import TotalRules
from tests.scoring.drawn_bodies import TARGETS, bodies

BASIS = ScoringBasis(
    run="r",
    period="2021H1",
    tool_version="0",
    reading="narrow",
    rule_sets=(),
    targets=write_values(TARGETS, TotalRules()),
    targets_placeholder=True,
    readability_calibrated=True,
    seed=1,
    draws=500,
    rows=define_rows(TARGETS),
)
seen: Counter[str] = Counter()


def scores_of(facts: UnitFacts) -> tuple[Score, ...]:
    return score_units([facts], run="r", period="2021H1", targets=TARGETS)[0]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(("dept-05", "county-2")).flatmap(bodies))
def test_a_recomputation_gives_the_stored_value(facts: UnitFacts) -> None:
    for score in scores_of(facts):
        told = recompute(score, BASIS)
        if score.value is None:
            assert told.lines == ()
            continue
        assert told.value is not None, (score.indicator, score.parts, score.measured_share, score.value)
        seen[score.indicator] += 1
        assert abs(told.value - score.value) < 1e-9
        assert told.lines[-1].startswith("得分 = ")
        if score.spread.recomputed is not None:
            assert abs(score.spread.recomputed - score.value) < 1e-9, score.indicator


def test_examples_of_every_indicator_are_computed_again() -> None:
    for plug_in in indicators.all():
        for facts in (plug_in.passing(), plug_in.failing()):
            for score in scores_of(facts):
                if score.indicator == plug_in.id and score.value is not None:
                    assert recompute(score, BASIS).value is not None, (plug_in.id, score.parts, score.value)
                    seen[plug_in.id] += 1
    assert len(seen) > len(indicators.all()) / 2


def test_a_row_with_a_map_of_its_own_is_brought_to_points() -> None:
    plug_in = indicators.get("fully-online")
    (score,) = (one for one in scores_of(plug_in.failing()) if one.indicator == plug_in.id)
    rows = tuple(
        row.model_copy(update={"curve": PointsCurve(knots=((0.0, 0.0), (0.5, 1.0))), "points_map": "lin(x; 0, 0.5)"})
        if row.indicator == plug_in.id
        else row
        for row in BASIS.rows
    )
    mapped = score.model_copy(update={"value": 2 / 3, "points": 4 / 3})  # one of three items: (1/3) / 0.5
    told = recompute(mapped, BASIS.model_copy(update={"rows": rows}))
    assert any("换算 lin(x; 0, 0.5)" in line for line in told.lines)


def test_a_wrong_figure_is_not_explained_away() -> None:
    """Were the stored value not what the figures give, no line would claim that it is."""
    plug_in = indicators.get("fewer-visits")
    (score,) = (one for one in scores_of(plug_in.failing()) if one.indicator == plug_in.id)
    changed = score.model_copy(update={"value": (score.value or 0) + 0.01})
    assert recompute(changed, BASIS).lines == (NO_LINE,)


def test_a_score_of_an_older_tool_has_no_formula() -> None:
    plug_in = indicators.get("fewer-visits")
    (score,) = (one for one in scores_of(plug_in.failing()) if one.indicator == plug_in.id)
    assert recompute(score, None).lines == (NO_LINE,)
