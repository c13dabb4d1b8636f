"""政务服务流程优化 (D15/C9): like items alike, situations in guides of their own, words that are read."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from scoring.arithmetic import as_decimal, maybe_decimal, mean, recount, share
from scoring.census import CENSUS_COVERAGE, Census, take_census
from scoring.examples import body_facts, measured_item
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.item_groups import group_by_item, has_own_guides, has_several
from scoring.notes import (
    NO_LIKE_ITEMS,
    NO_SITUATIONS,
    READABILITY_UNCALIBRATED,
    SITUATIONS_BY_GUIDE,
    join_notes,
)
from scoring.presence import has_items
from scoring.weighted_terms import Term, join_terms

ROWS = {"D": 15, "C": 9}
STANDARD_WEIGHT = Fraction("0.3")
SITUATION_WEIGHT = Fraction("0.3")
READABLE_WEIGHT = Fraction("0.4")


def standard_of(census: Census) -> Fraction | None:
    """Mean over items of (name, conditions, materials as at most bodies with the code) / compared."""
    cases = Counter(item.standard for item in census.seen if item.standard is not None and item.standard[1])
    return mean(recount(cases, lambda pair: Fraction(*pair)))


def own_guides_of(census: Census) -> tuple[Fraction | None, int]:
    """Return items with a guide for each situation / items with situations, and how many of the latter there are."""
    several = [item for item in group_by_item(census.seen) if has_several(item)]
    return share(sum(map(has_own_guides, several)), len(several)), len(several)


def readable_of(census: Census) -> Fraction | None:
    """Mean of R over the guides with enough text."""
    scores = Counter(item.readability for item in census.seen if item.readability is not None)
    return mean(recount(scores, Fraction))


def compute(facts: UnitFacts, targets: Targets) -> Measurement:
    """s = 0.3·standardised + 0.3·situations with own guides + 0.4·R (methodology.md §3.6 D15/C9, §6).

    A term of which the body has no case, and R before its calibration, lower ``measured_share``.
    """
    alike = take_census(facts, known=lambda item: item.standard is not None, needs=("standard",))
    split = take_census(facts, known=lambda item: item.handling_item is not None, needs=("handling_item",))
    read = take_census(facts, known=lambda item: item.readability is not None, needs=("readability",))
    own_guides, several = own_guides_of(split)
    terms = {
        "standardised": Term(weight=STANDARD_WEIGHT, value=standard_of(alike)),
        "situations_with_guides": Term(weight=SITUATION_WEIGHT, value=own_guides),
        "mean_readability": Term(
            weight=READABLE_WEIGHT, value=readable_of(read) if targets.readability_calibrated else None
        ),
    }
    value, measured = join_terms(terms.values())
    entered = [census for census, term in zip((alike, split, read), terms.values(), strict=True) if term.measured]
    least = min(entered or [read], key=lambda census: census.coverage)
    used = {id for census in entered for id in census.inputs}
    return Measurement(
        value=maybe_decimal(value),
        numerator=None,
        denominator=Decimal(len(used)),
        coverage=least.coverage,
        measured_share=as_decimal(measured),
        parts={
            **{name: maybe_decimal(term.value) for name, term in terms.items()},
            "items_with_situations": Decimal(several),
            **least.parts,
        },
        inputs=tuple(item.item_id for item in facts.items if item.item_id in used),
        excluded=tuple(id for id in least.excluded if id not in used),
        note=join_notes(
            "" if terms["standardised"].measured else NO_LIKE_ITEMS,
            SITUATIONS_BY_GUIDE if several else NO_SITUATIONS,
            "" if targets.readability_calibrated else READABILITY_UNCALIBRATED,
        ),
    )


def passing() -> UnitFacts:
    return body_facts([measured_item(1, task_code="T"), measured_item(2, task_code="T")])


def failing() -> UnitFacts:
    return body_facts([measured_item(1), measured_item(2, readability=Decimal("0.35"), standard=(2, 3))])


indicators.register(
    Indicator(
        id="guide-readability",
        title="政务服务流程优化",
        why="同一件事各处一个样、按情形写清楚、看得懂，群众才不用打电话或跑窗口问。",
        source="methodology.md §3.6 D15/C9、§6；通知附件2第15项、附件3第9项",
        version=2,
        rows=ROWS,
        minimum_coverage=CENSUS_COVERAGE,
        applies=has_items,
        compute=compute,
        passing=passing,
        failing=failing,
        docs="docs/readability.md",
    )
)
