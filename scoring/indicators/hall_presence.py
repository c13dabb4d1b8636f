"""事项进驻率 (D33/C30): a permit stands in the hall when its guide names hall and window."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import ItemFact, UnitFacts
from domain.item_type import PERMIT
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal, share
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.examples import body_facts, measured_item
from scoring.handed_in import figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import EXEMPT_BY_LAW_UNKNOWN
from scoring.presence import has_permit_items

ROWS = {"D": 33, "C": 30}
EXEMPT_BY_LAW = "exempt_by_law"


def stands_in_hall(item: ItemFact) -> bool | None:
    """Say whether the guide declares the hall and names it with a window; one sure "no" settles it."""
    needs = (item.in_hall, item.hall_window)
    if False in needs:
        return False
    return None if None in needs else True


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = permits in the hall with hall and window / permits, less those that law exempts (methodology.md §3.6)."""
    census = take_census(
        facts,
        member=lambda code: code == PERMIT,
        known=lambda item: stands_in_hall(item) is not None,
        needs=("in_hall", "hall_window"),
        silence_is_no=True,
    )
    present = sum(bool(stands_in_hall(item)) for item in census.seen)
    flagged = sum(bool(item.in_hall) for item in census.seen)
    exempt = figure(facts, ROWS, EXEMPT_BY_LAW)
    due = max(Fraction(len(census.seen)) - (exempt or ZERO), Fraction(present))
    return Measurement(
        value=as_decimal(min(present / due, ONE)) if due else None,
        numerator=Decimal(present),
        denominator=as_decimal(due),
        coverage=census.coverage,
        parts={
            "hall_declared_share": maybe_decimal(share(flagged, len(census.seen))),
            EXEMPT_BY_LAW: maybe_decimal(exempt),
            **census.parts,
        },
        inputs=census.inputs,
        excluded=census.excluded,
        note=EXEMPT_BY_LAW_UNKNOWN if exempt is None else "",
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, in_hall=False), measured_item(3, hall_window=False)])


indicators.register(
    Indicator(
        id="hall-presence",
        title="事项进驻率",
        why="写着进驻大厅，就要说清哪个大厅、哪个窗口。",
        source="methodology.md §3.6 D33/C30；通知附件2第33项、附件3第30项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_permit_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
