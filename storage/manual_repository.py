"""What people recorded by hand, on disk: one run per hand-in, kept whole or not at all."""

from collections.abc import Iterable, Iterator

from sqlalchemy import insert, select

from domain.evidence import Evidence
from domain.handed_list import HandedEntry
from domain.imported_figure import ImportedFigure
from domain.observation import Observation
from domain.run import Run, RunKind, RunState
from domain.sample import SampleCheck
from storage.database import Database
from storage.handed_list_repository import insert_entries
from storage.imported_figure_repository import insert_figures
from storage.rows import from_row, table_of, to_row, to_rows, upsert
from storage.sample_tables import SampleCheckRow
from storage.surrogates import encodable
from storage.tables import EvidenceRow, ObservationRow, RunRow

RUNS, OBSERVATIONS, CHECKS = table_of(RunRow), table_of(ObservationRow), table_of(SampleCheckRow)


class ManualRepository:
    """Keeps manual observations together with the run that says who handed them in, when and from where."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(
        self,
        run: Run,
        evidence: Iterable[Evidence],
        observations: Iterable[Observation],
        checks: Iterable[SampleCheck] = (),
        *,
        figures: Iterable[ImportedFigure] = (),
        entries: Iterable[HandedEntry] = (),
    ) -> None:
        """Keep a hand-in in one transaction; raise ``UsageError`` when its run is there already."""
        with self._database.write() as connection:
            connection.execute(insert(RUNS), encodable(to_row(run, RunRow)))
            upsert(connection, EvidenceRow, to_rows(evidence, EvidenceRow))
            upsert(connection, ObservationRow, to_rows(observations, ObservationRow))
            for check in checks:
                connection.execute(insert(CHECKS), encodable(to_row(check, SampleCheckRow)))
            insert_figures(connection, figures)
            insert_entries(connection, entries)

    def of_period(self, period: str, target: str) -> Iterator[Observation]:
        """Yield a period's manual observations, the oldest hand-in first."""
        statement = (
            select(OBSERVATIONS)
            .join(RUNS, RUNS.c.id == OBSERVATIONS.c.run)
            .where(RUNS.c.kind == RunKind.MANUAL.value, RUNS.c.state == RunState.FINISHED.value)
            .where(RUNS.c.period == period, RUNS.c.target == target)
            .order_by(RUNS.c.started_at, *OBSERVATIONS.primary_key.columns)
        )
        return (from_row(Observation, row) for row in self._database.stream(statement))

    def of_files(self) -> tuple[Run, ...]:
        """Return the runs by which a file was handed in, the oldest first."""
        statement = select(RUNS).where(RUNS.c.kind == RunKind.MANUAL.value).order_by(RUNS.c.started_at, RUNS.c.id)
        runs = (from_row(Run, row) for row in self._database.stream(statement))
        return tuple(run for run in runs if run.settings.get("file_sha256"))

    def run_of_file(self, sha256: str) -> str | None:
        """Return the run by which a file of these bytes was handed in; ``None``: never."""
        statement = select(RUNS.c.id, RUNS.c.settings).where(RUNS.c.kind == RunKind.MANUAL.value)
        rows = self._database.stream(statement)
        return next((str(row["id"]) for row in rows if row["settings"].get("file_sha256") == sha256), None)
