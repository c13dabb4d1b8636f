"""数据开放情况 (D8): data sets of a body on 开放广东: how many, how large, and whether they can be used."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.handed_list import ListEntry, ListKind
from domain.observation import Measure
from scoring.arithmetic import ONE, ZERO, as_decimal, linear, maybe_decimal, share
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import OPEN_DATA_UNKNOWN, PLACEHOLDER_TARGETS
from scoring.presence import always

ROWS = {"D": 8}
SETS_WEIGHT = Fraction("0.5")
ROWS_WEIGHT = Fraction("0.3")
USABLE_WEIGHT = Fraction("0.2")


def rows_of(entry: ListEntry) -> int:
    """Return the rows counted in a data set's file; a set without a figure has none that anybody could count."""
    rows = entry.figures.get("rows")
    return rows if isinstance(rows, int) and not isinstance(rows, bool) and rows > 0 else 0


def is_usable(entry: ListEntry) -> bool:
    """Say whether a data set downloads, is not empty and was updated within its cycle, where it states one."""
    return entry.figures.get("downloads") is True and rows_of(entry) > 0 and entry.figures.get("current") is not False


def log_share(number: int, target: Decimal) -> Fraction:
    """lin(log(1 + number); 0, log(1 + target)), to the 28 digits of the decimal context."""
    return linear(Fraction((1 + Decimal(number)).ln()), ZERO, Fraction((1 + target).ln()))


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.5·lin(log(1+sets)) + 0.3·lin(log(1+rows)) + 0.2·usable/sets (methodology.md §3.6, §3.7 数据开放)."""
    sets = facts.lists.get(ListKind.OPEN_DATA)
    known = sets or ()
    rows = sum(map(rows_of, known))
    usable = share(sum(map(is_usable, known)), len(known))
    value = (
        SETS_WEIGHT * log_share(len(known), targets.open_data_sets)
        + ROWS_WEIGHT * log_share(rows, targets.open_data_rows)
        + USABLE_WEIGHT * (usable or ZERO)
    )
    return Measurement(
        value=None if sets is None else as_decimal(min(value, ONE)),
        numerator=None,
        denominator=None,
        coverage=Decimal(1),
        parts={
            "data_sets": None if sets is None else Decimal(len(known)),
            "data_rows": None if sets is None else Decimal(rows),
            "data_usable_share": maybe_decimal(usable),
        },
        inputs=tuple(sorted(entry.key for entry in known)),
        note=PLACEHOLDER_TARGETS if sets is not None and targets.placeholder else "",
        withheld=OPEN_DATA_UNKNOWN if sets is None else "",
    )


def opening(count: int, **figures: Measure) -> UnitFacts:
    """Make a body with so many like data sets."""
    entries = tuple(ListEntry(key=f"数据集{number}", figures=figures) for number in range(count))
    return body_facts([measured_item(1)]).model_copy(update={"lists": {ListKind.OPEN_DATA: entries}})


def passing() -> UnitFacts:
    return opening(50, rows=2000, downloads=True, current=True)


def failing() -> UnitFacts:
    return opening(50, rows=2000, downloads=True, current=False)


indicators.register(
    Indicator(
        id="open-data",
        title="数据开放情况",
        why="能下载、有内容、按时更新的数据，才算真开放。",
        source="methodology.md §3.6 D8、§3.7 数据开放；通知附件2第8项",
        version=1,
        rows=ROWS,
        minimum_coverage=Decimal(1),
        applies=always,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
