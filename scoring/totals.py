"""From the rows of one body to its total in one reading: Σ w·s / Σ w × 100, then bonus and penalty, exact."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.total import MissingPart, ReadingTotal, TotalKind, TotalList
from scoring.applicability import Reading
from scoring.arithmetic import ZERO, as_decimal, maybe_decimal
from scoring.catalogue import RowKind
from scoring.ranking import published
from scoring.row_result import RowResult
from scoring.total_rules import BonusOrder, TotalRules

MINIMUM_SCORED_SHARE = Decimal("0.8")
"""Where rows of less than this share of the applicable weight are scored, no partial score: it would rest on chance."""


@dataclass(frozen=True, kw_only=True)
class BodyTotal:
    """A body's total in one reading before it is ranked."""

    reading: Reading
    kind: TotalKind
    base: Decimal | None
    bonus: Decimal | None
    penalty: Decimal | None
    value: Decimal | None
    weight_scored: Decimal
    weight_applicable: Decimal
    applicable_points: Decimal
    in_list: TotalList
    missing: tuple[MissingPart, ...]

    def as_reading(self, rank: int | None) -> ReadingTotal:
        """Return the stored form."""
        return ReadingTotal(
            reading=self.reading.value,
            kind=self.kind,
            base=None if self.base is None else float(self.base),
            value=None if self.value is None else float(self.value),
            published=None if self.value is None else published(self.value),
            weight_scored=float(self.weight_scored),
            weight_applicable=float(self.weight_applicable),
            applicable_points=self.applicable_points,
            in_list=self.in_list,
            rank=rank,
        )


def sum_up(
    results: Sequence[RowResult], missing: tuple[MissingPart, ...], reading: Reading, rules: TotalRules
) -> BodyTotal:
    """Sum a body's rows up: the full total where nothing blocks it, else the user-side partial score."""
    kind = TotalKind.PARTIAL if any(gap.blocking for gap in missing) else TotalKind.FULL
    applicable = [result for result in results if counts_as_applicable(result, kind)]
    weights = [(entered_weight(result, kind), Fraction(result.value)) for result in applicable]
    entered = sum((weight for weight, _ in weights), ZERO)
    earned = sum((weight * value for weight, value in weights), ZERO)
    whole = sum((Fraction(result.row.weight) for result in applicable), ZERO)
    scored = sum((Fraction(result.row.weight) for result in applicable if result.scored), ZERO)
    enough = entered > 0 and (kind is TotalKind.FULL or scored >= Fraction(MINIMUM_SCORED_SHARE) * whole)
    bonus, penalty = outside(results, RowKind.BONUS), outside(results, RowKind.PENALTY)
    base = earned / entered * 100 if enough else None
    value = base
    if kind is TotalKind.FULL and enough:
        value = put_together(earned, entered, Fraction(bonus or 0), Fraction(penalty or 0), rules)
    points = sum((r.row.weight for r in results if r.row.kind is RowKind.BASE and r.applies), Decimal(0))
    return BodyTotal(
        reading=reading,
        kind=kind,
        base=maybe_decimal(base),
        bonus=bonus,
        penalty=penalty,
        value=maybe_decimal(value),
        weight_scored=as_decimal(entered),
        weight_applicable=as_decimal(whole),
        applicable_points=points,
        in_list=TotalList.A if points >= rules.list_a_points else TotalList.B,
        missing=missing,
    )


def counts_as_applicable(result: RowResult, kind: TotalKind) -> bool:
    """Say whether a row's weight stands below the line of a total; a partial one knows the user-side rows alone."""
    if result.row.kind is not RowKind.BASE or not result.applies:
        return False
    if kind is TotalKind.FULL:
        return True
    return result.by_users and not result.measurement.withheld


def entered_weight(result: RowResult, kind: TotalKind) -> Fraction:
    """Return the weight with which a row enters a total: whole in a full one, its measured share in a partial one."""
    if not result.scored or not counts_as_applicable(result, kind):
        return ZERO
    weight = Fraction(result.row.weight)
    return weight if kind is TotalKind.FULL else weight * Fraction(result.measurement.measured_share)


def outside(results: Sequence[RowResult], kind: RowKind) -> Decimal | None:
    """Return the points outside the 100, both penalties together; ``None`` until every row of the kind is judged."""
    rows = [result for result in results if result.row.kind is kind]
    if not rows or not all(result.scored for result in rows):
        return None
    return sum((result.value * result.row.weight for result in rows), Decimal(0))


def put_together(
    earned: Fraction, entered: Fraction, bonus: Fraction, penalty: Fraction, rules: TotalRules
) -> Fraction:
    """Add the bonus and take off the penalty in the configured order, then hold cap and floor."""
    if rules.bonus_order is BonusOrder.BEFORE:
        value = (earned + bonus - penalty) / entered * 100
    else:
        value = earned / entered * 100 + bonus - penalty
    if rules.cap is not None:
        value = min(value, Fraction(rules.cap))
    return max(value, Fraction(rules.floor))
