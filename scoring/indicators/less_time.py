"""减时间 (D36/C33): how far the promised limits lie below the legal ones, and how long they are."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import ItemFact, UnitFacts
from domain.time_limit import LimitUnit, TimeLimit
from scoring.arithmetic import ONE, ZERO, as_decimal, linear, maybe_decimal, mean, recount, total
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.consistency import check_row
from scoring.examples import body_facts, measured_item, working_days
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import NO_LEGAL_LIMIT, PLACEHOLDER_TARGETS, join_notes
from scoring.presence import has_items
from scoring.spreads import spread_of

ROWS = {"D": 36, "C": 33}
SAVING_WEIGHT = Fraction("0.7")
PROMISE_WEIGHT = Fraction("0.3")
WORKING_PER_CALENDAR = Fraction(5, 7)


Limit = tuple[Decimal, LimitUnit]
"""Days and how they are counted, as the guide says them; ``None`` beside it where the guide names no limit."""
Limits = Counter[tuple[Limit, Limit | None]]
"""How many guides name which (promised, legal) limits."""
Pairs = Counter[tuple[Fraction, Fraction]]
"""How many guides have which (promised, legal) working days."""


def stated(limit: TimeLimit | None) -> Limit | None:
    return None if limit is None else (limit.days, limit.unit)


def exact_days(limit: Limit) -> Fraction:
    """Return a limit in working days without rounding the 5/7 of calendar days."""
    days, unit = Fraction(limit[0]), limit[1]
    return days if unit is LimitUnit.WORKING else days * WORKING_PER_CALENDAR


def count_limits(items: tuple[ItemFact, ...]) -> Limits:
    """Count what the guides state, so that each distinct pair is computed once."""
    pairs = ((stated(item.promise), stated(item.legal)) for item in items)
    return Counter((promise, legal) for promise, legal in pairs if promise is not None)


def comparable(limits: Limits) -> Pairs:
    """Keep the guides with a legal limit above zero days: without one there is nothing to be cut."""
    pairs: Pairs = Counter()
    for (promise, legal), times in limits.items():
        if legal is not None and legal[0] > 0:
            pairs[exact_days(promise), exact_days(legal)] += times
    return pairs


def mean_saving(pairs: Pairs) -> Fraction | None:
    """Mean of 1 − P/L; a guide that promises more than the law allows counts below zero."""
    return mean(recount(pairs, lambda pair: 1 - pair[0] / pair[1]))


def total_saving(pairs: Pairs) -> Fraction | None:
    """1 − ΣP/ΣL, shown beside the mean of ratios since long items rule it."""
    promised = sum((promise * times for (promise, _), times in pairs.items()), ZERO)
    allowed = sum((legal * times for (_, legal), times in pairs.items()), ZERO)
    return 1 - promised / allowed if allowed else None


def combine(saving: Fraction | None, promise: Fraction | None, targets: Targets) -> Fraction | None:
    """0.7·lin(saving; 0, c*) + 0.3·(1 − lin(promise; 0, p*)); without a legal limit the second term alone."""
    if promise is None:
        return None
    shortness = ONE - linear(promise, ZERO, Fraction(targets.promise_days))
    if saving is None:
        return shortness
    return SAVING_WEIGHT * linear(saving, ZERO, Fraction(targets.time_saving)) + PROMISE_WEIGHT * shortness


def limit_parts(pairs: Pairs, promises: Counter[Fraction]) -> dict[str, Decimal | None]:
    """The means and counts that the score is made of."""
    return {
        "mean_time_saving": maybe_decimal(mean_saving(pairs)),
        "total_time_saving": maybe_decimal(total_saving(pairs)),
        "mean_promise_days": maybe_decimal(mean(promises)),
        "items_with_legal_limit": Decimal(pairs.total()),
        "items_over_legal_limit": Decimal(sum(n for (promise, legal), n in pairs.items() if promise > legal)),
    }


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = (0.7·lin(mean(1 − P/L); 0, c*) + 0.3·(1 − lin(mean P; 0, p*)))·k (methodology.md §3.6, §3.7)."""
    census = take_census(facts, known=lambda item: item.promise is not None, needs=("promise",))
    limits = count_limits(census.seen)
    promises = recount(limits, lambda stated_limits: exact_days(stated_limits[0]))
    pairs = comparable(limits)
    saving = mean_saving(pairs)
    no_limit = saving is None and bool(promises)
    consistency = check_row(facts, ROWS, sum(n for (promise, legal), n in pairs.items() if promise < legal))
    value = combine(saving, mean(promises), targets)
    return Measurement(
        value=maybe_decimal(None if value is None else value * consistency.factor),
        numerator=as_decimal(total(promises)),
        denominator=Decimal(promises.total()),
        coverage=census.coverage,
        measured_share=as_decimal(PROMISE_WEIGHT) if no_limit else Decimal(1),
        spread=spread_of(value, consistency.factors),
        parts={**limit_parts(pairs, promises), **census.parts, **consistency.parts},
        inputs=census.inputs + consistency.inputs,
        excluded=census.excluded,
        note=join_notes(
            consistency.note,
            NO_LEGAL_LIMIT if no_limit else "",
            PLACEHOLDER_TARGETS if targets.placeholder else "",
        ),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, promise=working_days(30), legal=working_days(20))])


indicators.register(
    Indicator(
        id="less-time",
        title="减时间",
        why="承诺时限越短，群众等得越少；超过法定时限的承诺是违规。",
        source="methodology.md §3.6 D36/C33、§3.7；通知附件2第36项、附件3第33项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
