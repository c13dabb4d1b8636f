"""综合受理率 (D34/C31): how many of all items are taken in at a window for everything."""

from domain.facts import UnitFacts
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.declared_share import measure_declared
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_items

ROWS = {"D": 34, "C": 31}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = R_decl · k over all items, declared by the window that the guide names (methodology.md §3.6)."""
    census = take_census(
        facts, known=lambda item: item.comprehensive_window is not None, needs=("comprehensive_window",)
    )
    return measure_declared(facts, ROWS, census, lambda item: bool(item.comprehensive_window))


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, item_type_code="21", comprehensive_window=False)])


indicators.register(
    Indicator(
        id="comprehensive-acceptance",
        title="综合受理率",
        why="写着综合受理，到窗口就应当能收件。",
        source="methodology.md §3.6 D34/C31；通知附件2第34项、附件3第31项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
