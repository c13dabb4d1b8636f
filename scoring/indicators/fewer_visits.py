"""减跑动 (D37/C34): how often a citizen must come in person."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from scoring.arithmetic import ONE, ZERO, as_decimal, linear, maybe_decimal, mean, recount, share, total
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.consistency import check_row
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_items
from scoring.spreads import spread_of

ROWS = {"D": 37, "C": 34}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = (1 − min(mean visits, 1))·k (methodology.md §3.7)."""
    census = take_census(facts, known=lambda item: item.visits is not None, needs=("visits",))
    visits = recount(Counter(item.visits for item in census.seen if item.visits is not None), Fraction)
    average = mean(visits)
    consistency = check_row(facts, ROWS, visits[ZERO])
    fewness = None if average is None else ONE - linear(average, ZERO, ONE)
    return Measurement(
        value=maybe_decimal(None if fewness is None else fewness * consistency.factor),
        numerator=as_decimal(total(visits)),
        denominator=Decimal(visits.total()),
        coverage=census.coverage,
        spread=spread_of(fewness, consistency.factors),
        parts={
            "mean_visits": maybe_decimal(average),
            "share_no_visit": maybe_decimal(share(visits[ZERO], visits.total())),
            "share_at_most_one_visit": maybe_decimal(share(visits[ZERO] + visits[ONE], visits.total())),
            **census.parts,
            **consistency.parts,
        },
        inputs=census.inputs + consistency.inputs,
        excluded=census.excluded,
        note=consistency.note,
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, visits=1)])


indicators.register(
    Indicator(
        id="fewer-visits",
        title="减跑动",
        why="少跑一次，就少请一次假。",
        source="methodology.md §3.6 D37/C34、§3.7；通知附件2第37项、附件3第34项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
