"""Measures bonus and penalty rows: points that two judges gave, within the bounds of the notice."""

from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from scoring.arithmetic import as_decimal
from scoring.catalogue import TableRow
from scoring.imported.row_measurement import figure_id
from scoring.imported.terms import imported_figures, missing_figures
from scoring.indicator import Measurement, Targets
from scoring.notes import JUDGES_DISAGREE, WAITS_FOR

JUDGES = ("judge_1", "judge_2")
DIFFERENCE_MAX = Fraction(1, 5)
"""Two judges further apart than this share of the bound have not agreed, and neither counts (own proposal)."""


def measure_judged(row: TableRow, facts: UnitFacts, targets: Targets) -> Measurement:
    """s = mean of the two judges' points / bound; the row's points are s · bound, outside the 100."""
    given = imported_figures(facts, row.no)
    missing = missing_figures(row, facts)
    marks = [Fraction(given[name]) for name in JUDGES if name in given]
    bound = Fraction(row.weight)
    apart = bool(marks) and max(marks) - min(marks) > DIFFERENCE_MAX * bound
    mean = sum(marks, Fraction(0)) / len(marks) if marks and not missing and not apart else None
    withheld = WAITS_FOR.format("、".join(figure.name for figure in missing)) if missing else ""
    return Measurement(
        value=None if mean is None else as_decimal(mean / bound),
        numerator=None if mean is None else as_decimal(mean),
        denominator=row.weight,
        coverage=as_decimal(Fraction(len(marks), len(JUDGES))),
        parts={name: given.get(name) for name in JUDGES},
        inputs=tuple(figure_id(row, facts, name) for name in given),
        withheld=withheld or (JUDGES_DISAGREE if apart else ""),
    )


def judged_points(value: Decimal, row: TableRow) -> Decimal:
    """Return the points of a judged row: 0 up to its bound."""
    return value * row.weight
