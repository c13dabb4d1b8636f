"""What the rows of the notice mean tonight, as values that are kept with the scores they led to."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal

from domain.scoring_basis import RowDefinition
from domain.unit import Table
from scoring.catalogue import TableRow
from scoring.expressions import expressions_of
from scoring.indicator import Indicator, Targets
from scoring.maps import MapKind, PointsMap
from scoring.score_units import rows_of
from scoring.spreads import curve_of
from scoring.total_rules import TotalRules


def define_rows(targets: Targets) -> tuple[RowDefinition, ...]:
    """Return the definition of every computed row of both tables."""
    return tuple(_define_rows(targets))


def _define_rows(targets: Targets) -> Iterator[RowDefinition]:
    for table in Table:
        for row, plug_in in rows_of(table):
            if plug_in is not None:
                yield define_row(table, row, plug_in, targets.maps.get(f"{table}{row.no}", row.map))


def define_row(table: Table, row: TableRow, plug_in: Indicator, chosen: PointsMap) -> RowDefinition:
    """Put the notice's text and our formula of one row side by side."""
    return RowDefinition(
        table=table,
        row=row.no,
        indicator=plug_in.id,
        version=plug_in.version,
        level1=row.level1,
        level2=row.level2,
        level3=row.level3,
        weight=float(row.weight),
        unit=row.unit,
        description=row.description,
        row_class=row.row_class,
        channels=row.channels,
        formula=row.formula,
        points_map=write_map(chosen),
        curve=curve_of(chosen, None),
        targets=row.targets,
        expressions=expressions_of(plug_in.id, row.row_class),
        terms={term.name: float(term.weight) for term in row.terms},
        why=plug_in.why,
        source=plug_in.source,
        minimum_coverage=float(plug_in.minimum_coverage),
    )


def write_map(chosen: PointsMap) -> str:
    """Write a map as the methodology does: share, lin(x;lo,hi), steps(…), deduct(…) (§3.4)."""
    if chosen.kind is MapKind.LIN:
        return f"lin(x; {chosen.low or 0}, {1 if chosen.high is None else chosen.high})"
    if chosen.kind is MapKind.STEPS:
        return f"steps({', '.join(f'≥{step.at}→{step.share}' for step in chosen.steps)})"
    if chosen.kind is MapKind.DEDUCT:
        return f"deduct({chosen.per_problem} each)"
    return chosen.kind


def write_values(targets: Targets, rules: TotalRules) -> dict[str, str]:
    """Return target values and the rules of the totals by name, exact, as text."""
    named = {field.name: getattr(targets, field.name) for field in fields(targets)}
    values = {name: str(value) for name, value in named.items() if isinstance(value, Decimal)}
    return values | {f"totals.{name}": str(value) for name, value in rules.model_dump(mode="json").items()}
