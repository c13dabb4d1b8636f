"""Published addresses on disk: every look at each of them, and what the fetched files amount to."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select

from domain.address_visit import AddressVisit
from domain.file_report import FileReport
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.tables import AddressVisitRow, FileReportRow

VISITS = table_of(AddressVisitRow)
REPORTS = table_of(FileReportRow)


class AddressRepository:
    """Keeps the looks of every run, because a dead link needs more than one, and one report per file and inspector."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save_visits(self, visits: Iterable[AddressVisit]) -> None:
        """Keep looks, all of them or none; a later look of the same run overwrites."""
        with self._database.write() as connection:
            upsert(connection, AddressVisitRow, to_rows(visits, AddressVisitRow))

    def save_reports(self, reports: Iterable[FileReport]) -> None:
        """Keep reports, all of them or none."""
        rows = (
            {"sha256": report.sha256, "inspector": report.inspector, "report": report.model_dump(mode="json")}
            for report in reports
        )
        with self._database.write() as connection:
            upsert(connection, FileReportRow, rows)

    def visits(self, run: str) -> Iterator[AddressVisit]:
        """Yield a run's looks, by address."""
        statement = narrow(select(VISITS), VISITS, run=run).order_by(VISITS.c.url)
        return (from_row(AddressVisit, row) for row in self._database.stream(statement))

    def reports(self, inspector: str) -> Iterator[FileReport]:
        """Yield every report of one inspector, by file."""
        statement = narrow(select(REPORTS), REPORTS, inspector=inspector).order_by(REPORTS.c.sha256)
        return (FileReport.model_validate(row["report"]) for row in self._database.stream(statement))
