"""From the facts of every body to its scores and its user-side partial score, the one door of this package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.facts import UnitFacts
from domain.period import Period
from domain.score import Score, ScoreState, UnitTotal
from domain.spread import Spread
from domain.unit import Table
from scoring.applicability import Reading, is_applicable
from scoring.catalogue import TableRow, indicator_table
from scoring.indicator import Indicator, Measurement, Targets, indicators
from scoring.notes import COVERAGE_TOO_LOW, EXEMPT, NOT_SHOWN, NOTHING_TO_COUNT, join_notes
from scoring.ranking import rank

MINIMUM_SCORED_SHARE = Decimal("0.8")
"""Below this share of the applicable weight a body gets no partial score: its rank would rest on chance."""


@dataclass(frozen=True, kw_only=True)
class RowResult:
    """One row of one body before it becomes a ``Score``; decimals are kept for the total."""

    row: TableRow
    indicator: Indicator
    state: ScoreState
    measurement: Measurement
    minimum_coverage: Decimal
    note: str

    @property
    def weight_entered(self) -> Decimal:
        """Weight with which the row enters the total: the share of it that was measured."""
        return self.row.weight * self.measurement.measured_share if self.state is ScoreState.SCORED else Decimal(0)

    @property
    def applicable(self) -> bool:
        """Whether the row's weight counts as applicable; a row that is withheld stands as if nobody computed it."""
        return self.state is not ScoreState.NOT_APPLICABLE and not self.measurement.withheld


@dataclass(frozen=True, kw_only=True)
class Partial:
    """A body's partial score before it is ranked."""

    facts: UnitFacts
    value: Decimal | None
    weight_scored: Decimal
    weight_applicable: Decimal


def score_units(
    facts: Iterable[UnitFacts],
    *,
    run: str,
    period: Period | str,
    targets: Targets,
    reading: Reading = Reading.NARROW,
) -> tuple[tuple[Score, ...], tuple[UnitTotal, ...]]:
    """Score every computed row of every body and rank the bodies within their table.

    Rows that no indicator computes are not listed: a zero for them would be a lie. Totals keep the order of ``facts``.
    """
    scores: list[Score] = []
    partials: list[Partial] = []
    for body in facts:
        results = [judge_row(row, plug_in, body, targets, reading) for row, plug_in in computed_rows(body.unit.table)]
        scores.extend(as_score(result, body, run=run, period=str(period)) for result in results)
        partials.append(sum_up(body, results))
    return tuple(scores), as_totals(partials, run=run, period=str(period))


def computed_rows(table: Table) -> list[tuple[TableRow, Indicator]]:
    """Return the rows of a table that an indicator computes, in the table's order."""
    catalogue = indicator_table(table)
    pairs = [(catalogue.row(plug_in.rows[table]), plug_in) for plug_in in indicators.all() if table in plug_in.rows]
    return sorted(pairs, key=lambda pair: pair[0].no)


def judge_row(row: TableRow, indicator: Indicator, facts: UnitFacts, targets: Targets, reading: Reading) -> RowResult:
    """Compute one row and decide which of the three states it is in."""
    measurement = indicator.compute(facts, targets)
    minimum = indicator.minimum_coverage if measurement.minimum_coverage is None else measurement.minimum_coverage
    if not is_applicable(row, indicator, facts, reading):
        state, reason = ScoreState.NOT_APPLICABLE, EXEMPT
        measurement = replace(measurement, note="")
    elif measurement.value is None:
        state, reason = ScoreState.INSUFFICIENT, measurement.withheld or NOTHING_TO_COUNT
    elif measurement.coverage < minimum:
        state, reason = ScoreState.INSUFFICIENT, COVERAGE_TOO_LOW
    else:
        state, reason = ScoreState.SCORED, ""
    shown = "" if facts.offered else NOT_SHOWN
    return RowResult(
        row=row,
        indicator=indicator,
        state=state,
        measurement=measurement,
        minimum_coverage=minimum,
        note=join_notes(shown, reason, measurement.note),
    )


def as_score(result: RowResult, facts: UnitFacts, *, run: str, period: str) -> Score:
    """Turn a row's result into the stored form; this is where decimals become floats."""
    measurement = result.measurement
    value = measurement.value if result.state is ScoreState.SCORED else None
    return Score(
        run=run,
        period=period,
        unit=facts.unit.id,
        table=facts.unit.table,
        row=result.row.no,
        indicator=result.indicator.id,
        version=result.indicator.version,
        title=result.row.level3,
        weight=float(result.row.weight),
        state=result.state,
        value=maybe_float(value),
        points=maybe_float(None if value is None else value * result.row.weight),
        numerator=maybe_float(measurement.numerator),
        denominator=maybe_float(measurement.denominator),
        coverage=float(measurement.coverage),
        minimum_coverage=float(result.minimum_coverage),
        measured_share=float(measurement.measured_share),
        spread=measurement.spread if value is not None else Spread(),
        parts={name: maybe_float(part) for name, part in measurement.parts.items()},
        note=result.note,
        inputs=measurement.inputs,
        excluded=measurement.excluded,
    )


def sum_up(facts: UnitFacts, results: Sequence[RowResult]) -> Partial:
    """Σ w·s / Σ w × 100 over scored rows, w = weight × measured share; no value below the minimum scored share."""
    entered = sum((result.weight_entered for result in results), Decimal(0))
    applicable = sum((result.row.weight for result in results if result.applicable), Decimal(0))
    earned = sum((result.weight_entered * (result.measurement.value or 0) for result in results), Decimal(0))
    enough = entered > 0 and entered >= MINIMUM_SCORED_SHARE * applicable
    return Partial(
        facts=facts,
        value=earned / entered * 100 if enough else None,
        weight_scored=entered,
        weight_applicable=applicable,
    )


def as_totals(partials: Sequence[Partial], *, run: str, period: str) -> tuple[UnitTotal, ...]:
    """Rank the partial scores within each table and turn them into the stored form."""
    places: dict[int, int | None] = {}
    for table in Table:
        members = [index for index, partial in enumerate(partials) if partial.facts.unit.table is table]
        places.update(zip(members, rank([partials[index].value for index in members]), strict=True))
    return tuple(
        UnitTotal(
            run=run,
            period=period,
            unit=partial.facts.unit.id,
            table=partial.facts.unit.table,
            value=maybe_float(partial.value),
            weight_scored=float(partial.weight_scored),
            weight_applicable=float(partial.weight_applicable),
            rank=places[index],
        )
        for index, partial in enumerate(partials)
    )


def maybe_float(value: Decimal | None) -> float | None:
    """Return a float, letting "not known" through."""
    return None if value is None else float(value)
