"""Runs on disk: the provenance that every other row points to."""

from sqlalchemy import insert, select, update

from domain.errors import unknown
from domain.run import Run, RunKind, RunState
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_row
from storage.surrogates import encodable
from storage.tables import RunRow

RUNS = table_of(RunRow)
NEWEST_FIRST = (RUNS.c.started_at.desc(), RUNS.c.id.desc())


class RunRepository:
    """Keeps every run; "latest" is a query."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, run: Run) -> None:
        """Keep a new run; raise ``UsageError`` when its id is taken."""
        with self._database.write() as connection:
            connection.execute(insert(RUNS), encodable(to_row(run, RunRow)))

    def update(self, run: Run) -> None:
        """Replace what is known about a run; raise ``UsageError`` when there is none of that id."""
        with self._database.write() as connection:
            change = update(RUNS).where(RUNS.c.id == run.id).values(encodable(to_row(run, RunRow)))
            found = connection.execute(change).rowcount
        if not found:
            raise unknown("run", run.id, self._ids())

    def get(self, id: str) -> Run:
        """Return one run; raise ``UsageError`` with the known ids otherwise."""
        row = self._database.first(select(RUNS).where(RUNS.c.id == id))
        if row is None:
            raise unknown("run", id, self._ids())
        return from_row(Run, row)

    def latest(
        self, kind: RunKind | None = None, target: str | None = None, state: RunState | None = None
    ) -> Run | None:
        """Return the run that started last among those asked for; ``None`` when there is none."""
        statement = narrow(select(RUNS), RUNS, kind=kind and kind.value, target=target, state=state and state.value)
        row = self._database.first(statement.order_by(*NEWEST_FIRST))
        return None if row is None else from_row(Run, row)

    def last_closed(self) -> Run | None:
        """Return the run whose evidence was closed last; ``None`` when none was."""
        closed = select(RUNS).where(RUNS.c.manifest.is_not(None))
        row = self._database.first(closed.order_by(RUNS.c.finished_at.desc(), *NEWEST_FIRST))
        return None if row is None else from_row(Run, row)

    def all(self) -> tuple[Run, ...]:
        """Return every run, newest first."""
        return tuple(from_row(Run, row) for row in self._database.stream(select(RUNS).order_by(*NEWEST_FIRST)))

    def _ids(self) -> tuple[str, ...]:
        return tuple(row["id"] for row in self._database.stream(select(RUNS.c.id).order_by(*NEWEST_FIRST)))
