"""查询精准度 (D22/C16): who searches for an item in words of their own should find it, first and usable."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import maybe_decimal
from scoring.desk_quality import DeskLevel, level_desk
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import DESK_SAMPLED, NO_DESK_CONTROLS, NO_SERVICE_DESK, SEARCH_IN_PART, join_notes
from scoring.presence import has_items
from scoring.probing import KEYWORD_SEARCH, PROBE_COVERAGE, take_probes
from scoring.search_quality import level_searches
from scoring.service_query import DESK_SHARE, SEARCH_SHARE, join_halves
from scoring.spreads import mean_of, sum_up_terms


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """0.7 of the mean search quality over the base items (methodology.md §4.3) and 0.3 of the service desk's (§4.4).

    The platform's own level of search stands beside it. Coverage is that of the searches: a desk that was not heard is
    not measured, and ``measured_share`` says so.
    """
    probing = take_probes(facts, KEYWORD_SEARCH)
    level, desk = level_searches(probing.counted), level_desk(facts)
    value, share = join_halves(level.score, desk.score if desk else None)
    return Measurement(
        value=maybe_decimal(value),
        numerator=Decimal(probing.passed),
        denominator=Decimal(len(probing.counted)),
        coverage=probing.coverage,
        measured_share=share,
        spread=sum_up_terms(
            (
                mean_of("searches", level.blocks, SEARCH_SHARE / Fraction(share)),
                mean_of("desk_items", desk.blocks if desk else (), DESK_SHARE / Fraction(share)),
            )
        ),
        parts={
            **{name: maybe_decimal(value) for name, value in level.parts.items()},
            **facts.platform_search,
            **({name: maybe_decimal(part) for name, part in desk.parts.items()} if desk else {}),
            **probing.parts,
        },
        inputs=(*probing.inputs, *(desk.inputs if desk else ())),
        excluded=probing.left_out,
        note=join_notes(SEARCH_IN_PART, *desk_notes(desk)),
    )


def desk_notes(desk: DeskLevel | None) -> tuple[str, ...]:
    """Say how far the service desk was measured."""
    if desk is None:
        return (NO_SERVICE_DESK,)
    return (DESK_SAMPLED,) if desk.controls is not None else (DESK_SAMPLED, NO_DESK_CONTROLS)


def passing() -> UnitFacts:
    found = probe_result(KEYWORD_SEARCH, 1, measures={MeasureName.RANK: 1, MeasureName.FIRST_HIT_OPENS: True})
    return body_facts([measured_item(1)], [found])


def failing() -> UnitFacts:
    lost = probe_result(KEYWORD_SEARCH, 2, Outcome.FAIL, measures={MeasureName.RANK: None, MeasureName.HITS: 0})
    return body_facts([measured_item(1), measured_item(2)], [*passing().probes, lost])


indicators.register(
    Indicator(
        id="query-precision",
        title="查询精准度",
        why="搜不到、搜不准，事项再全也办不成。",
        source="methodology.md §3.6 D22/C16、§4；通知附件2第22项、附件3第16项",
        version=3,
        rows={"D": 22, "C": 16},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
