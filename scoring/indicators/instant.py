"""即办程度 (D38/C35): how many items are settled on the spot."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from scoring.arithmetic import ZERO, linear, maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.consistency import check_row
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import PLACEHOLDER_TARGETS, join_notes
from scoring.presence import has_items
from scoring.spreads import spread_of

ROWS = {"D": 38, "C": 35}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = lin(即办件 / items; 0, q*)·k (methodology.md §3.6, §3.7)."""
    census = take_census(facts, known=lambda item: item.immediate is not None, needs=("immediate",), silence_is_no=True)
    immediate = sum(bool(item.immediate) for item in census.seen)
    part = share(immediate, len(census.seen))
    consistency = check_row(facts, ROWS, immediate)
    mapped = None if part is None else linear(part, ZERO, Fraction(targets.immediate_share))
    return Measurement(
        value=maybe_decimal(None if mapped is None else mapped * consistency.factor),
        numerator=Decimal(immediate),
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage,
        spread=spread_of(mapped, consistency.factors),
        parts={"immediate_share": maybe_decimal(part), **census.parts, **consistency.parts},
        inputs=census.inputs + consistency.inputs,
        excluded=census.excluded,
        note=join_notes(consistency.note, PLACEHOLDER_TARGETS if targets.placeholder else ""),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    promised = [measured_item(number, immediate=False) for number in range(2, 12)]
    return body_facts([measured_item(1), *promised])


indicators.register(
    Indicator(
        id="instant",
        title="即办程度",
        why="当场办结，一次就好。",
        source="methodology.md §3.6 D38/C35、§3.7；通知附件2第38项、附件3第35项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
