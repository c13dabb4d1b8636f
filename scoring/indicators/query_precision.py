"""查询精准度 (D22/C16): who searches for an item in words of their own should find it, first and usable."""

from decimal import Decimal

from domain.facts import UnitFacts
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from scoring.arithmetic import maybe_decimal
from scoring.examples import body_facts, measured_item, probe_result
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import NO_SERVICE_DESK, SEARCH_IN_PART, join_notes
from scoring.presence import has_items
from scoring.probing import KEYWORD_SEARCH, PROBE_COVERAGE, take_probes
from scoring.search_quality import level_searches

SEARCH_SHARE = Decimal("0.7")
"""s = 0.7·search + 0.3·customer service; nothing asks the customer service yet."""


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """Mean search quality over the base items (methodology.md §4.3); the platform's own level stands beside it."""
    probing = take_probes(facts, KEYWORD_SEARCH)
    level = level_searches(probing.counted)
    return Measurement(
        value=maybe_decimal(level.score),
        numerator=Decimal(probing.passed),
        denominator=Decimal(len(probing.counted)),
        coverage=probing.coverage,
        measured_share=SEARCH_SHARE,
        parts={
            **{name: maybe_decimal(value) for name, value in level.parts.items()},
            **facts.platform_search,
            **probing.parts,
        },
        inputs=probing.inputs,
        excluded=probing.left_out,
        note=join_notes(NO_SERVICE_DESK, SEARCH_IN_PART),
    )


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
        version=2,
        rows={"D": 22, "C": 16},
        minimum_coverage=PROBE_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
