"""权责清单调整情况 (D17/C11): how far the number of power items has come down since the base."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.item_type import is_power
from scoring.arithmetic import ZERO, as_decimal, linear, maybe_decimal
from scoring.census import take_census
from scoring.examples import body_facts, measured_item
from scoring.handed_in import figure
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_codes import task_code_of, type_code_of
from scoring.item_groups import group_by_item
from scoring.notes import PLACEHOLDER_TARGETS, POWER_BASE_UNKNOWN, POWER_ITEMS_ONLY, join_notes
from scoring.presence import has_power_list

ROWS = {"D": 17, "C": 11}
BASE = "power_items_base"
ADDED_BY_LAW = "power_items_added_by_law"
COUNTED = "power_items"
"""Name of the part that a later period's run takes as its base."""


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = lin((n_base − n_now) / n_base; 0, target), n counted by 实施编码 (methodology.md §3.6).

    The base is an import, or what the last run of an earlier period counted; what law added is taken off by hand. A
    power whose guide could not be read is still there: the listing names it. One that we do not know of would pass for
    a cut, so this row asks for every one.
    """
    census = take_census(facts, member=is_power, known=lambda item: True, needs=())
    told = tuple(item for item in census.unseen if type_code_of(item) and task_code_of(item))
    untold = tuple(item for item in census.unseen if item not in told)
    listed = {task_code_of(item) for item in told if is_power(type_code_of(item))}
    now = len(group_by_item(census.seen)) + len(listed - {item.task_code for item in census.seen})
    given = figure(facts, ROWS, BASE)
    base = Fraction(facts.earlier[COUNTED]) if given is None and COUNTED in facts.earlier else given
    added = figure(facts, ROWS, ADDED_BY_LAW) or ZERO
    cut = None if not base else (base - now + added) / base
    return Measurement(
        value=None if cut is None else as_decimal(linear(cut, ZERO, Fraction(targets.power_list_cut))),
        numerator=None if not base else as_decimal(base - now + added),
        denominator=maybe_decimal(base),
        coverage=replace(census, unseen=untold, silent=told).coverage,
        parts={COUNTED: Decimal(now), BASE: maybe_decimal(base), ADDED_BY_LAW: as_decimal(added), **census.parts},
        inputs=census.inputs + tuple(item.item_id for item in told),
        excluded=tuple(item.item_id for item in (*untold, *census.absent)),
        note=join_notes(POWER_ITEMS_ONLY, PLACEHOLDER_TARGETS if targets.placeholder else "") if base else "",
        withheld="" if base else POWER_BASE_UNKNOWN,
    )


def with_base(base: int) -> UnitFacts:
    """Make a body with two power items that had more before."""
    body = body_facts([measured_item(1), measured_item(2)])
    return body.model_copy(update={"earlier": {COUNTED: Decimal(base)}})


def passing() -> UnitFacts:
    return with_base(4)


def failing() -> UnitFacts:
    return with_base(2)


indicators.register(
    Indicator(
        id="power-list",
        title="权责清单调整情况",
        why="清单压减了，群众要办的手续才真的少了。",
        source="methodology.md §3.6 D17/C11；通知附件2第17项、附件3第11项",
        version=2,
        rows=ROWS,
        minimum_coverage=Decimal(1),
        applies=has_power_list,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
