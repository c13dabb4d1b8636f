"""精细化情况 (D16/C10): an item told by situation asks a citizen only for what his case needs."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import ItemFact, UnitFacts
from scoring.arithmetic import ONE, ZERO, as_decimal, maybe_decimal
from scoring.census import CENSUS_COVERAGE, application_or_public, take_census
from scoring.examples import body_facts, measured_item
from scoring.handed_in import figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_groups import group_by_item, is_split
from scoring.notes import UNSPLITTABLE_UNKNOWN
from scoring.presence import has_application_or_public_items

ROWS = {"D": 16, "C": 10}
UNSPLITTABLE = "unsplittable_items"


def knows_split(item: ItemFact) -> bool:
    return item.handling_item is not None or bool(item.situations)


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = items split / 依申请 and 公共服务 items that can be, an item being one 实施编码 (methodology.md §3.6)."""
    census = take_census(facts, member=application_or_public, known=knows_split, needs=("handling_item",))
    items = group_by_item(census.seen)
    split = sum(map(is_split, items))
    unsplittable = figure(facts, ROWS, UNSPLITTABLE)
    due = max(Fraction(len(items)) - (unsplittable or ZERO), Fraction(split))
    return Measurement(
        value=as_decimal(min(split / due, ONE)) if due else None,
        numerator=Decimal(split),
        denominator=as_decimal(due),
        coverage=census.coverage,
        parts={
            "items_grouped": Decimal(len(items)),
            "items_unsplittable": maybe_decimal(unsplittable),
            **census.parts,
        },
        inputs=census.inputs,
        excluded=census.excluded,
        note=UNSPLITTABLE_UNKNOWN if unsplittable is None else "",
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, handling_item=False)])


indicators.register(
    Indicator(
        id="granularity",
        title="依申请事项和公共服务事项精细化情况",
        why="按情形拆细，群众只看自己那一种、只备自己那几样。",
        source="methodology.md §3.6 D16/C10；通知附件2第16项、附件3第10项",
        version=1,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_or_public_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
