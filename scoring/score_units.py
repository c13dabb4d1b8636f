"""From the facts of every body to its scores and its totals in both readings, the one door of this package."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.facts import UnitFacts
from domain.period import Period
from domain.score import Score, UnitTotal
from domain.spread import Spread
from domain.unit import Table, Unit
from scoring.applicability import Reading
from scoring.arithmetic import as_decimal
from scoring.catalogue import RowKind, TableRow, indicator_table
from scoring.gaps import find_gaps
from scoring.indicator import Indicator, Targets, indicators
from scoring.ranking import published, rank
from scoring.row_result import MeasuredRow, RowResult, judge_row, measure_row
from scoring.total_rules import TotalRules
from scoring.totals import BodyTotal, entered_weight, sum_up

Totals = Mapping[Reading, BodyTotal]
Ranks = Mapping[Reading, Sequence[int | None]]


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """One body's results of the chosen reading and its totals in both, before they are ranked."""

    unit: Unit
    results: tuple[RowResult, ...]
    totals: Totals


def score_units(
    facts: Iterable[UnitFacts],
    *,
    run: str,
    period: Period | str,
    targets: Targets,
    reading: Reading = Reading.NARROW,
    rules: TotalRules | None = None,
) -> tuple[tuple[Score, ...], tuple[UnitTotal, ...]]:
    """Score every computed row of every body and rank the bodies within table, list and kind of total.

    Rows that no indicator computes are not listed: a zero for them would be a lie; they stand in ``UnitTotal.missing``.
    Both readings are computed; scores and a total's headline follow ``reading``. Totals keep the order of ``facts``.
    """
    chosen = rules or TotalRules()
    scores: list[Score] = []
    totals: list[tuple[Unit, Totals]] = []
    for body in facts:
        reckoned = reckon_body(body, targets, reading, chosen)
        scores.extend(
            as_score(result, body, reckoned.totals[reading], run=run, period=str(period))
            for result in reckoned.results
            if result.indicator is not None
        )
        totals.append((body.unit, reckoned.totals))
    return tuple(scores), as_totals(totals, reading, run=run, period=str(period))


def reckon_body(facts: UnitFacts, targets: Targets, reading: Reading, rules: TotalRules) -> Reckoned:
    """Measure every row of a body once, and judge and sum up in both readings."""
    measured = [measure_row(row, plug_in, facts, targets) for row, plug_in in rows_of(facts.unit.table)]
    judged = {one: judge_rows(measured, facts, one) for one in Reading}
    totals = {one: sum_up(results, find_gaps(results, facts, rules), one, rules) for one, results in judged.items()}
    return Reckoned(unit=facts.unit, results=judged[reading], totals=totals)


def judge_rows(measured: Sequence[MeasuredRow], facts: UnitFacts, reading: Reading) -> tuple[RowResult, ...]:
    """Judge every row of a body in one reading."""
    return tuple(judge_row(row, facts, reading) for row in measured)


def rows_of(table: Table) -> list[tuple[TableRow, Indicator | None]]:
    """Return every row of a table with the indicator that computes it, in the table's order."""
    computed = {plug_in.rows[table]: plug_in for plug_in in indicators.all() if table in plug_in.rows}
    return [(row, computed.get(row.no)) for row in indicator_table(table).rows]


def as_score(result: RowResult, facts: UnitFacts, total: BodyTotal, *, run: str, period: str) -> Score:
    """Turn a row's result into the stored form; this is where decimals become floats."""
    assert result.indicator is not None
    measurement = result.measurement
    value = measurement.value if result.scored else None
    sign = -1 if result.row.kind is RowKind.PENALTY else 1
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
        weight_entered=float(as_decimal(entered_weight(result, total.kind))),
        state=result.state,
        value=maybe_float(value),
        points=maybe_float(None if value is None else sign * value * result.row.weight),
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


def rank_bodies(bodies: Sequence[tuple[Unit, Totals]], reading: Reading) -> list[int | None]:
    """Rank within table, list and kind of total: a partial score is never ranked against a full one."""
    places: list[int | None] = [None] * len(bodies)
    groups: dict[tuple[str, str, str], list[int]] = {}
    for index, (unit, totals) in enumerate(bodies):
        total = totals[reading]
        groups.setdefault((unit.table, total.in_list, total.kind), []).append(index)
    for members in groups.values():
        for index, place in zip(members, rank([bodies[i][1][reading].value for i in members]), strict=True):
            places[index] = place
    return places


def as_totals(
    bodies: Sequence[tuple[Unit, Totals]], reading: Reading, *, run: str, period: str
) -> tuple[UnitTotal, ...]:
    """Rank the totals in both readings and turn them into the stored form."""
    ranks = {one: rank_bodies(bodies, one) for one in Reading}
    return tuple(
        as_total(unit, totals, reading, {one: places[index] for one, places in ranks.items()}, run=run, period=period)
        for index, (unit, totals) in enumerate(bodies)
    )


def as_total(
    unit: Unit, totals: Totals, reading: Reading, places: Mapping[Reading, int | None], *, run: str, period: str
) -> UnitTotal:
    """Turn one body's totals into the stored form; the headline is that of the chosen reading."""
    total = totals[reading]
    return UnitTotal(
        run=run,
        period=period,
        unit=unit.id,
        table=unit.table,
        kind=total.kind,
        reading=reading.value,
        value=maybe_float(total.value),
        published=None if total.value is None else published(total.value),
        base=maybe_float(total.base),
        bonus=total.bonus,
        penalty=total.penalty,
        weight_scored=float(total.weight_scored),
        weight_applicable=float(total.weight_applicable),
        applicable_points=total.applicable_points,
        in_list=total.in_list,
        rank=places[reading],
        missing=total.missing,
        readings=tuple(totals[one].as_reading(places[one]) for one in Reading),
    )


def maybe_float(value: Decimal | None) -> float | None:
    """Return a float, letting "not known" through."""
    return None if value is None else float(value)
