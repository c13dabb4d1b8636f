"""依申请事项办事指南完备度、准确性 (D13/C7): a guide that is empty or wrong sends the citizen home again."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import ItemFact, UnitFacts
from domain.item_type import is_application
from domain.spread import SampledShare, Spread, SpreadTerm
from scoring.arithmetic import ONE, as_decimal, maybe_decimal, mean, recount
from scoring.census import CENSUS_COVERAGE, take_census
from scoring.consistency import check_row
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import TRUTH_UNCHECKED, join_notes
from scoring.presence import has_application_items
from scoring.spreads import certain, sum_up_terms

ROWS = {"D": 13, "C": 7}
HALF = Fraction(1, 2)


def is_audited(item: ItemFact) -> bool:
    return item.completeness is not None and item.accuracy is not None


def completeness_of(items: tuple[ItemFact, ...]) -> Fraction | None:
    """Mean over guides of filled / applicable checkpoints; a guide without applicable checkpoints is no case."""
    filled = Counter(item.completeness for item in items if item.completeness is not None and item.completeness[1])
    return mean(recount(filled, lambda pair: Fraction(pair[0]) / pair[1]))


def accuracy_of(items: tuple[ItemFact, ...]) -> Fraction | None:
    """Mean over guides of passed / judged accuracy rules; a guide without judged rules is no case."""
    judged = Counter(item.accuracy for item in items if item.accuracy is not None and item.accuracy[1])
    return mean(recount(judged, lambda pair: Fraction(*pair)))


def truth_spread(filled: Fraction | None, passed: Fraction | None, factors: tuple[SampledShare, ...]) -> Spread:
    """Return C, which is certain, and A with the drawn share that corrects it; empty while nobody looked."""
    if passed is None or not factors:
        return Spread()
    half = HALF if filled is not None else ONE
    drawn = SpreadTerm(name="truth", weight=float(half * passed), value=factors[0].share, drawn=factors[0])
    return sum_up_terms((None if filled is None else certain("completeness", filled, half), drawn))


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.5·C + 0.5·A·p_true; a half without a case lowers ``measured_share`` (methodology.md §3.6, §3.7).

    p_true is the share of the drawn guides whose place, time, telephone and materials people confirmed; 1 without them.
    """
    census = take_census(facts, member=is_application, known=is_audited, needs=("completeness", "accuracy"))
    halves = {"completeness": completeness_of(census.seen), "accuracy": accuracy_of(census.seen)}
    truth = check_row(facts, ROWS, len(census.seen))
    proved = None if halves["accuracy"] is None else halves["accuracy"] * truth.factor
    observed = [half for half in (halves["completeness"], proved) if half is not None]
    return Measurement(
        value=as_decimal(sum(observed, Fraction(0)) / len(observed)) if observed else None,
        numerator=None,
        denominator=Decimal(len(census.seen)),
        coverage=census.coverage,
        measured_share=as_decimal(HALF * len(observed)) if observed else Decimal(1),
        spread=truth_spread(halves["completeness"], halves["accuracy"], truth.factors),
        parts={**{name: maybe_decimal(half) for name, half in halves.items()}, **census.parts, **truth.parts},
        inputs=census.inputs + truth.inputs,
        excluded=census.excluded,
        note=truth.note if truth.checked else join_notes(TRUTH_UNCHECKED, truth.remark),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2)])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, completeness=(Decimal("8.5"), 17), accuracy=(6, 10))])


indicators.register(
    Indicator(
        id="guide-completeness-accuracy",
        title="依申请事项办事指南完备度、准确性",
        why="指南缺项或写错，群众就要多跑一趟或被退件。",
        source="methodology.md §3.6 D13/C7、§3.7；通知附件2第13项、附件3第7项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_application_items,
        compute=compute,
        passing=passing,
        failing=failing,
    )
)
