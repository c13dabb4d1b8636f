"""Registers an indicator for every row that other channels fill alone, out of the tables: none has code of its own."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from domain.facts import UnitFacts
from domain.unit import Table, Unit
from scoring.catalogue import RowClass, TableRow, indicator_table
from scoring.cross_checks import CROSS_CHECKS
from scoring.examples import body_facts, measured_item
from scoring.imported.judgement import JUDGES, measure_judged
from scoring.imported.row_measurement import measure_imported
from scoring.indicator import Compute, Indicator, Measurement, Targets, indicators
from scoring.presence import PRESENCE

HANDED_IN = (RowClass.IMPORT, RowClass.JUDGEMENT)
COUNTY = Unit(id="county-1", name="示例县区", portal_names=("示例县区",), table=Table.COUNTIES)
MANY = Decimal(10**9)


def rows_by_id() -> dict[str, dict[Table, TableRow]]:
    """Return the rows of the two classes by their id and table."""
    found: dict[str, dict[Table, TableRow]] = {}
    for table in Table:
        for row in indicator_table(table).rows:
            if row.row_class in HANDED_IN:
                found.setdefault(row.id, {})[table] = row
    return found


def compute_of(rows: Mapping[Table, TableRow]) -> Compute:
    """Build the function that measures a body by the row of its own table."""

    def compute(facts: UnitFacts, targets: Targets) -> Measurement:
        row = rows[facts.unit.table]
        measure = measure_judged if row.row_class is RowClass.JUDGEMENT else measure_imported
        measured = measure(row, facts, targets)
        beside = CROSS_CHECKS.get(row.id)
        return measured if beside is None else replace(measured, parts={**measured.parts, **beside(facts)})

    return compute


def example(rows: Mapping[Table, TableRow], *, good: bool) -> UnitFacts:
    """Return a body whose figures give the row full marks, or less."""
    table = next(iter(rows))
    row = rows[table]
    above = {name for term in row.terms for name in (term.numerator, *term.checklist) if name} | set(JUDGES)
    falling = {term.numerator for term in row.terms if term.complement}
    figures: dict[str, Decimal] = {}
    for figure in row.figures:
        full = figure.max if figure.max is not None else MANY
        figures[figure.id] = full if figure.id not in above or (figure.id not in falling) is good else Decimal(0)
    facts = (
        body_facts([measured_item(1)]) if table is Table.DEPARTMENTS else body_facts([measured_item(1)], unit=COUNTY)
    )
    return facts.model_copy(update={"imported": {row.no: figures}})


for row_id, found_rows in rows_by_id().items():
    first = next(iter(found_rows.values()))
    indicators.register(
        Indicator(
            id=row_id,
            title=first.level3,
            why="用户看不到的数，按其他渠道交来的数和公开的公式计算，来源、版本、交件人都留下。",
            source="methodology.md §3.6；通知" + "、".join(f"{t}{r.no}" for t, r in found_rows.items()),
            version=1,
            rows={table: row.no for table, row in found_rows.items()},
            minimum_coverage=first.minimum_coverage,
            applies=PRESENCE[first.applies_if],
            compute=compute_of(found_rows),
            passing=lambda rows=found_rows: example(rows, good=True),  # type: ignore[misc]  # a default binds the row
            failing=lambda rows=found_rows: example(rows, good=False),  # type: ignore[misc]  # likewise
            docs="docs/imports.md",
        )
    )
