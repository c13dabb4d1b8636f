"""Coverage of fields on disk: the measure by which the next crawl's instrument is checked."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from domain.field_coverage import FieldCoverage
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.tables import FieldCoverageRow

COVERAGE = table_of(FieldCoverageRow)


class CoverageRepository:
    """Keeps how much of each field every crawl saw."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace(self, run: str, portal: str, coverage: Iterable[FieldCoverage]) -> None:
        """Keep a portal's figures in place of all that the run had of it."""
        with self._database.write() as connection:
            connection.execute(delete(COVERAGE).where(COVERAGE.c.run == run, COVERAGE.c.portal == portal))
            upsert(connection, FieldCoverageRow, to_rows(coverage, FieldCoverageRow))

    def save(self, coverage: Iterable[FieldCoverage]) -> None:
        """Keep a run's figures, all of them or none."""
        with self._database.write() as connection:
            upsert(connection, FieldCoverageRow, to_rows(coverage, FieldCoverageRow))

    def of_run(self, run: str, portal: str | None = None) -> tuple[FieldCoverage, ...]:
        """Return a run's figures, by portal and field."""
        statement = narrow(select(COVERAGE), COVERAGE, run=run, portal=portal)
        ordered = statement.order_by(COVERAGE.c.portal, COVERAGE.c.field)
        return tuple(from_row(FieldCoverage, row) for row in self._database.stream(ordered))
