"""Published addresses on disk: every look at each of them, and what the fetched files amount to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Join, RowMapping, Select, Subquery, and_, func, select, update

from domain.address_visit import AddressOutcome, AddressVisit
from domain.dossier import AddressRecord
from domain.file_report import FileReport, report_too_large
from storage.database import Database
from storage.rows import batches, from_row, narrow, table_of, to_rows, upsert
from storage.tables import AddressVisitRow, FileReportRow, RunRow

VISITS = table_of(AddressVisitRow)
REPORTS = table_of(FileReportRow)
RUNS = table_of(RunRow)
URLS_PER_QUERY = 500
LOOKS_PER_ADDRESS = 12
"""Newest looks that are read for one address: enough for three occasions where some were none of their own."""

LOOK_VALID = timedelta(days=60)
"""Older looks say nothing about today."""

OCCASIONS = 3
SEEN = frozenset({AddressOutcome.WORKS, AddressOutcome.DEAD})


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

    def visited(self, run: str) -> Iterator[str]:
        """Yield the addresses that a run has looked at."""
        statement = narrow(select(VISITS.c.url), VISITS, run=run)
        return (str(row["url"]) for row in self._database.stream(statement))

    def looks(
        self, run: str, urls: Iterable[str], *, newest: int = LOOKS_PER_ADDRESS
    ) -> Iterator[tuple[str, tuple[AddressVisit, ...]]]:
        """Yield the newest looks at each address by this run and by earlier ones of the same target, newest first.

        An address that nobody has looked at within ``LOOK_VALID`` is left out.
        """
        known = self._database.first(narrow(select(RUNS), RUNS, id=run))
        for batch in batches(urls, URLS_PER_QUERY):
            rows = () if known is None else self._database.stream(newest_looks(known, batch, newest))
            visits = (from_row(AddressVisit, row) for row in rows)
            yield from ((url, tuple(found)) for url, found in groupby(visits, key=lambda visit: visit.url))

    def records(self, run: str, urls: Iterable[str], *, inspector: str, gap_h: float) -> dict[str, AddressRecord]:
        """Return what this run and earlier ones know about some addresses, by address.

        ``visits`` begins with the newest look; where that one saw nothing that works, it is followed by those that saw
        something on different occasions: other runs, at least ``gap_h`` hours apart; three at most. ``report`` is that
        of ``inspector``. Ask for the addresses of some hundred guides at a time. One that nobody has looked at is left
        out.
        """
        newest = dict(self.looks(run, urls, newest=1))
        doubtful = [url for url, looks in newest.items() if looks[0].outcome is not AddressOutcome.WORKS]
        chosen = newest | {url: on_occasions(looks, gap_h) for url, looks in self.looks(run, doubtful)}
        files = {visits[0].sha256 for visits in chosen.values() if visits[0].sha256 is not None}
        reports = self.reports_of(files, inspector)
        return {
            url: AddressRecord(url=url, visits=visits, report=report_for(visits[0], reports, inspector))
            for url, visits in chosen.items()
        }

    def reports(self, inspector: str) -> Iterator[FileReport]:
        """Yield every report of one inspector, by file."""
        statement = narrow(select(REPORTS), REPORTS, inspector=inspector).order_by(REPORTS.c.sha256)
        return (FileReport.model_validate(row["report"]) for row in self._database.stream(statement))

    def reports_of(self, files: Iterable[str], inspector: str) -> dict[str, FileReport]:
        """Return the reports of one inspector on some files, by file."""
        found: dict[str, FileReport] = {}
        for batch in batches(files, URLS_PER_QUERY):
            statement = narrow(select(REPORTS), REPORTS, inspector=inspector).where(REPORTS.c.sha256.in_(batch))
            for row in self._database.stream(statement):
                found[row["sha256"]] = FileReport.model_validate(row["report"])
        return found

    def uninspected(self, run: str, inspector: str) -> Iterator[str]:
        """Yield the files of a run that this inspector has not looked into, each once."""
        files = files_of(run)
        statement = select(files.c.sha256).select_from(with_reports(files, inspector))
        statement = statement.where(REPORTS.c.sha256.is_(None)).order_by(files.c.sha256)
        return (str(row["sha256"]) for row in self._database.stream(statement))

    def withdraw_silence(self, run: str) -> int:
        """Turn a run's looks that reached no server at all into "not measured", and return how many they were."""
        silent = and_(VISITS.c.outcome == AddressOutcome.DEAD.value, VISITS.c.status.is_(None))
        change = update(VISITS).where(VISITS.c.run == run, silent)
        with self._database.write() as connection:
            return connection.execute(change.values(outcome=AddressOutcome.NOT_MEASURED.value)).rowcount

    def answered(self, run: str) -> bool:
        """Say whether any server answered a run."""
        statement = narrow(select(VISITS.c.url), VISITS, run=run).where(VISITS.c.status.is_not(None))
        return self._database.first(statement) is not None

    def tally(self, run: str, inspector: str) -> dict[str, int]:
        """Count a run's addresses by outcome, its different files, and those of them that nobody can use."""
        grouped = narrow(select(VISITS.c.outcome, func.count().label("n")), VISITS, run=run).group_by(VISITS.c.outcome)
        outcomes = Counter({row["outcome"]: row["n"] for row in self._database.stream(grouped)})
        large = narrow(select(func.count().label("n")), VISITS, run=run).where(VISITS.c.too_large)
        return {
            "addresses": outcomes.total(),
            **{outcome.value: outcomes[outcome.value] for outcome in AddressOutcome},
            "files": self._count(select(func.count().label("n")).select_from(files_of(run))),
            "unusable_files": self._count(large) + sum(1 for _ in self._unusable(run, inspector)),
        }

    def _unusable(self, run: str, inspector: str) -> Iterator[str]:
        files = files_of(run)
        statement = select(files.c.sha256, REPORTS.c.report).select_from(with_reports(files, inspector))
        rows = self._database.stream(statement)
        return (str(row["sha256"]) for row in rows if (row["report"] or {}).get("problems"))

    def _count(self, statement: Select[Any]) -> int:
        first = self._database.first(statement)
        return 0 if first is None else int(first["n"])


def newest_looks(run: RowMapping, urls: list[str], newest: int) -> Select[Any]:
    """Ask for the newest looks at some addresses by a run and by those of the same target that began before it."""
    earlier = select(RUNS.c.id).where(RUNS.c.target == run["target"], RUNS.c.started_at <= run["started_at"])
    recent = VISITS.c.visited_at >= run["started_at"] - LOOK_VALID
    place = func.row_number().over(partition_by=VISITS.c.url, order_by=VISITS.c.visited_at.desc()).label("place")
    placed = select(VISITS, place).where(VISITS.c.url.in_(urls), VISITS.c.run.in_(earlier), recent).subquery()
    return select(placed).where(placed.c.place <= newest).order_by(placed.c.url, placed.c.place)


def files_of(run: str) -> Subquery:
    """Ask for the different files that a run's working addresses gave; what a dead one answered is no file."""
    works = and_(VISITS.c.outcome == AddressOutcome.WORKS.value, VISITS.c.sha256.is_not(None))
    return narrow(select(VISITS.c.sha256), VISITS, run=run).where(works).distinct().subquery()


def with_reports(files: Subquery, inspector: str) -> Join:
    """Put one inspector's reports beside files, also beside those that have none."""
    return files.outerjoin(REPORTS, and_(REPORTS.c.sha256 == files.c.sha256, REPORTS.c.inspector == inspector))


def on_occasions(looks: Sequence[AddressVisit], gap_h: float) -> tuple[AddressVisit, ...]:
    """Choose the newest look and those before it that saw something and are occasions of their own."""
    chosen = [looks[0]]
    for look in looks[1:]:
        apart = chosen[-1].visited_at - look.visited_at >= timedelta(hours=gap_h) and look.run != chosen[-1].run
        if look.outcome in SEEN and apart and len(chosen) < OCCASIONS:
            chosen.append(look)
    return tuple(chosen)


def report_for(visit: AddressVisit, reports: Mapping[str, FileReport], inspector: str) -> FileReport | None:
    """Return the report on the file that a look gave; ``None`` for a page, a dead address and an uninspected file."""
    if visit.too_large:
        return report_too_large(visit.bytes or 0, inspector)
    works = visit.outcome is AddressOutcome.WORKS and visit.sha256 is not None
    return reports.get(visit.sha256 or "") if works else None
