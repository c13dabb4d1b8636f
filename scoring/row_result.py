"""One row of one body between its measurement and its score: which of the three states it is in, and why."""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.score import ScoreState
from scoring.applicability import Reading, has_case, is_applicable
from scoring.arithmetic import maybe_decimal
from scoring.catalogue import RowClass, RowKind, TableRow
from scoring.handed_in import list_references
from scoring.imported.completion import complete
from scoring.imported.terms import missing_figures
from scoring.indicator import Indicator, Measurement, Targets
from scoring.maps import MapKind, PointsMap, apply_map
from scoring.notes import (
    COVERAGE_TOO_LOW,
    EXEMPT,
    MAPPED,
    NO_CASE_IN_FIGURES,
    NOT_SHOWN,
    NOTHING_TO_COUNT,
    ROW_NOT_COMPUTED,
    join_notes,
)
from scoring.spreads import bring_to_points

HANDED_IN = (RowClass.IMPORT, RowClass.JUDGEMENT)
NOT_COMPUTED = Measurement(
    value=None, numerator=None, denominator=None, coverage=Decimal(0), measured_share=Decimal(0), note=ROW_NOT_COMPUTED
)


@dataclass(frozen=True, kw_only=True)
class MeasuredRow:
    """One row of one body as measured, alike in every reading."""

    row: TableRow
    indicator: Indicator | None  # None: nobody computes the row
    measurement: Measurement
    minimum_coverage: Decimal


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """One row of one body in one reading, before it becomes a ``Score``; decimals are kept for the total."""

    row: TableRow
    indicator: Indicator | None
    state: ScoreState
    measurement: Measurement
    minimum_coverage: Decimal
    note: str
    caseless: bool  # applies, but the body surely has nothing that the row could count

    @property
    def by_users(self) -> bool:
        """Whether the row belongs to the user-side partial score."""
        return self.row.kind is RowKind.BASE and self.row.row_class not in HANDED_IN and self.indicator is not None

    @property
    def applies(self) -> bool:
        """Whether the row is assessed for the body."""
        return self.state is not ScoreState.NOT_APPLICABLE

    @property
    def scored(self) -> bool:
        return self.state is ScoreState.SCORED

    @property
    def value(self) -> Decimal:
        """Share of the points, 0 where there is none."""
        return self.measurement.value or Decimal(0)


def measure_row(row: TableRow, indicator: Indicator | None, facts: UnitFacts, targets: Targets) -> MeasuredRow:
    """Compute one row: what its indicator saw, completed by imported terms, then brought to points by the row's map."""
    if indicator is None:
        return MeasuredRow(row=row, indicator=None, measurement=NOT_COMPUTED, minimum_coverage=row.minimum_coverage)
    seen = complete(row, facts, targets, indicator.compute(facts, targets))
    seen = replace(seen, inputs=(*seen.inputs, *list_references(facts, row.lists)))
    minimum = indicator.minimum_coverage if seen.minimum_coverage is None else seen.minimum_coverage
    chosen = targets.maps.get(f"{facts.unit.table}{row.no}", row.map)
    return MeasuredRow(row=row, indicator=indicator, measurement=shape_points(seen, chosen), minimum_coverage=minimum)


def shape_points(seen: Measurement, chosen: PointsMap) -> Measurement:
    """Bring the measured ratio to its share of the points; the ratio itself stays among the parts."""
    if chosen.kind is MapKind.SHARE or seen.value is None:
        return seen
    known = seen.numerator is not None and seen.denominator is not None
    problems = Fraction(seen.denominator or 0) - Fraction(seen.numerator or 0) if known else None
    value = apply_map(chosen, Fraction(seen.value), problems=problems)
    return replace(
        seen,
        value=maybe_decimal(value),
        spread=bring_to_points(seen.spread, chosen, value, Fraction(seen.denominator or 0)),
        parts={**seen.parts, "ratio": seen.value},
        note=join_notes(seen.note, MAPPED.format(chosen.kind)),
    )


def judge_row(measured: MeasuredRow, facts: UnitFacts, reading: Reading) -> RowResult:
    """Decide which of the three states a row is in; what the notice exempts is never a gap and never a zero."""
    row, measurement = measured.row, measured.measurement
    caseless = measurement.value is None and is_caseless(row, measurement, facts)
    if not is_applicable(row, facts, reading):
        state, reason = ScoreState.NOT_APPLICABLE, EXEMPT
        measurement = replace(measurement, note="")
    elif measurement.value is None:
        state = ScoreState.INSUFFICIENT
        reason = NO_CASE_IN_FIGURES if caseless else measurement.withheld or NOTHING_TO_COUNT
    elif measurement.coverage < measured.minimum_coverage:
        state, reason = ScoreState.INSUFFICIENT, COVERAGE_TOO_LOW
    else:
        state, reason = ScoreState.SCORED, ""
    if measured.indicator is None:
        reason = ""
    shown = "" if facts.offered or row.row_class in HANDED_IN else NOT_SHOWN
    return RowResult(
        row=row,
        indicator=measured.indicator,
        state=state,
        measurement=measurement,
        minimum_coverage=measured.minimum_coverage,
        note=join_notes(shown, reason, measurement.note),
        caseless=caseless,
    )


def is_caseless(row: TableRow, measurement: Measurement, facts: UnitFacts) -> bool:
    """Say whether a row without a value surely has nothing to count, by figures handed in or by a whole listing."""
    if row.row_class is RowClass.IMPORT:
        return not missing_figures(row, facts) and measurement.coverage == 1
    return row.kind is RowKind.BASE and not has_case(row, facts)
