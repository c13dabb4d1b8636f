"""政务服务流程优化, its part 易懂性 (D15/C9): a guide that nobody understands helps nobody, however complete it is."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from scoring.arithmetic import as_decimal, maybe_decimal, mean, recount
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import READABILITY_ALONE, READABILITY_UNCALIBRATED
from scoring.presence import has_items

SHARE = Decimal("0.4")
"""Share of readability in the row: the rest is standardisation (0.3) and scenario guides (0.3)."""


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = mean of R over guides with enough text (methodology.md §3.6 D15/C9, §6); no value before calibration."""
    census = take_census(facts, known=lambda item: item.readability is not None, needs=("readability",))
    scores = Counter(item.readability for item in census.seen if item.readability is not None)
    average = mean(recount(scores, Fraction)) if targets.readability_calibrated else None
    return Measurement(
        value=None if average is None else as_decimal(average),
        numerator=None,
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage,
        measured_share=SHARE,
        parts={"mean_readability": maybe_decimal(average), **census.parts},
        inputs=census.inputs,
        excluded=census.excluded,
        note=READABILITY_ALONE if targets.readability_calibrated else "",
        withheld="" if targets.readability_calibrated else READABILITY_UNCALIBRATED,
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, readability=Decimal("0.35"))])


indicators.register(
    Indicator(
        id="guide-readability",
        title="政务服务流程优化（易懂性）",
        why="指南写得像法条，群众看不懂，只好打电话或跑窗口问。",
        source="methodology.md §3.6 D15/C9、§6；通知附件2第15项、附件3第9项",
        version=1,
        rows={"D": 15, "C": 9},
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
        docs="docs/readability.md",
    )
)
