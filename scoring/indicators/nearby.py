"""就近办率 (D35/C32): how many items a town, village, bank or self-service point takes in."""

from domain.facts import UnitFacts
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.declared_share import measure_declared
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.presence import has_items

ROWS = {"D": 35, "C": 32}


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = R_decl · k; declared: the guide lists a town, village, bank or self-service point (methodology.md §3.6)."""
    census = take_census(facts, known=lambda item: item.nearby is not None, needs=("nearby",), silence_is_no=True)
    return measure_declared(facts, ROWS, census, lambda item: bool(item.nearby))


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, nearby=False)])


indicators.register(
    Indicator(
        id="nearby",
        title="就近办率",
        why="家门口能办，就不用进城。",
        source="methodology.md §3.6 D35/C32；通知附件2第35项、附件3第32项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
