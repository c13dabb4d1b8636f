"""Observations on disk: one row per portal, probe and item of a run."""

from collections.abc import Iterator

from sqlalchemy import select

from domain.errors import UsageError
from domain.observation import Observation, Visit
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.tables import ObservationRow

OBSERVATIONS = table_of(ObservationRow)
KEY = ("run", "portal", "probe_id", "item_id")


class ObservationRepository:
    """Keeps observations with their steps and refusals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, observation: Observation) -> None:
        """Keep an observation; a repeat of the same key overwrites."""
        with self._database.write() as connection:
            upsert(connection, ObservationRow, to_rows([observation], ObservationRow))

    def get(self, id: str) -> Observation:
        """Return the observation of a permanent id; raise ``UsageError`` when there is none."""
        parts = dict(zip(KEY, id.split("/", 3), strict=False))
        if len(parts) < len(KEY):
            raise UsageError(f"unknown observation {id!r}; allowed: an id of the form run/portal/probe/item")
        row = self._database.first(narrow(select(OBSERVATIONS), OBSERVATIONS, **parts))
        if row is None:
            known = len(self.keys(parts["run"]))
            raise UsageError(f"unknown observation {id!r}; run {parts['run']!r} has {known} others")
        return from_row(Observation, row)

    def of_run(
        self, run: str, portal: str | None = None, unit: str | None = None, probe: str | None = None
    ) -> Iterator[Observation]:
        """Yield the observations of a run, by portal, probe and item."""
        statement = narrow(select(OBSERVATIONS), OBSERVATIONS, run=run, portal=portal, unit=unit, probe_id=probe)
        rows = self._database.stream(statement.order_by(*OBSERVATIONS.primary_key.columns))
        return (from_row(Observation, row) for row in rows)

    def visits_of(self, run: str) -> Iterator[tuple[str, tuple[Visit, ...]]]:
        """Yield the keys of a run's observations, each with the visits that it was concluded from."""
        columns = (OBSERVATIONS.c[name] for name in (*KEY[1:], "visits"))
        for row in self._database.stream(select(*columns).where(OBSERVATIONS.c.run == run)):
            key = "/".join(row[name] for name in KEY[1:])
            yield key, tuple(Visit.model_validate(visit) for visit in row["visits"])

    def keys(self, run: str) -> frozenset[str]:
        """Return the keys (``Observation.key``) that a run has already."""
        columns = (OBSERVATIONS.c[name] for name in KEY[1:])
        rows = self._database.stream(select(*columns).where(OBSERVATIONS.c.run == run))
        return frozenset("/".join(row[name] for name in KEY[1:]) for row in rows)
