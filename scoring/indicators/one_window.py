"""一窗受理率 (D28/C25): one window for everything spares the citizen the search for the right one."""

from domain.facts import UnitFacts
from domain.item_type import is_application
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.declared_share import measure_declared
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_application_items

ROWS = {"D": 28, "C": 25}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 依申请 items whose guide names a 综合窗口 / 依申请 items · k (methodology.md §3.6)."""
    census = take_census(
        facts,
        member=is_application,
        known=lambda item: item.comprehensive_window is not None,
        needs=("comprehensive_window",),
    )
    return measure_declared(facts, ROWS, census, lambda item: bool(item.comprehensive_window))


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, comprehensive_window=False)])


indicators.register(
    Indicator(
        id="one-window",
        title="一窗受理率",
        why="一个窗口能收件，群众不用挨个窗口问。",
        source="methodology.md §3.6 D28/C25；通知附件2第28项、附件3第25项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
