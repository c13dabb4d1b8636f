"""Rankings on disk: the places of a run's bodies, what they rest on, and how they bear other choices."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select

from domain.frozen import Frozen
from domain.scoring_basis import ScoringBasis
from domain.sensitivity import Sensitivity
from domain.standing import Standing
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.standing_tables import ScoringBasisRow, SensitivityRow, StandingRow

STANDINGS = table_of(StandingRow)
BASES = table_of(ScoringBasisRow)
SENSITIVITIES = table_of(SensitivityRow)
YEAR_DIGITS = 4
"""A year is 2021, a half-year 2021H1."""


class StandingRepository:
    """Keeps the last ranking of a run, whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run: str, basis: ScoringBasis, standings: Iterable[Standing]) -> None:
        """Replace a run's standings and their basis in one step.

        What other choices made of the earlier standings is dropped, and so are the places of the run's year, whichever
        run they are kept with: they speak of another ranking. Raises ``ValueError`` for what belongs to another run.
        """
        kept = tuple(standings)
        with self._database.write() as connection:
            replace_ranking(connection, run, basis, kept)

    def save_year(self, year: int, standings: Iterable[Standing]) -> None:
        """Replace the places of a year; each is kept with the run of its second half.

        Raises ``ValueError`` for a place of another period.
        """
        kept = tuple(standings)
        other = next((one.period for one in kept if one.period != str(year)), None)
        if other is not None:
            raise ValueError(f"a ranking of {other!r} cannot be saved as that of the year {year}")
        with self._database.write() as connection:
            connection.execute(delete(STANDINGS).where(STANDINGS.c.period == str(year)))
            upsert(connection, StandingRow, to_rows(kept, StandingRow))

    def save_sensitivities(self, run: str, results: Iterable[Sensitivity]) -> None:
        """Replace what other choices make of a run's rankings."""
        kept = tuple(results)
        refuse_others(run, kept)
        with self._database.write() as connection:
            connection.execute(delete(SENSITIVITIES).where(SENSITIVITIES.c.run == run))
            upsert(connection, SensitivityRow, to_rows(kept, SensitivityRow))

    def of_run(self, run: str, reading: str | None = None) -> tuple[Standing, ...]:
        """Return the standings of a run's half-year, ranking by ranking and best first."""
        statement = narrow(select(STANDINGS), STANDINGS, run=run, reading=reading)
        return self._in_order(statement.where(func.length(STANDINGS.c.period) > YEAR_DIGITS))

    def of_year(self, run: str) -> tuple[Standing, ...]:
        """Return the standings of the year whose second half a run is; nothing while nobody put the year together."""
        statement = narrow(select(STANDINGS), STANDINGS, run=run)
        return self._in_order(statement.where(func.length(STANDINGS.c.period) == YEAR_DIGITS))

    def _in_order(self, statement: Select[Any]) -> tuple[Standing, ...]:
        order = (STANDINGS.c.reading, STANDINGS.c.table, STANDINGS.c.in_list, STANDINGS.c.kind, STANDINGS.c.rank)
        ordered = statement.order_by(*order, STANDINGS.c.unit)
        return tuple(from_row(Standing, row) for row in self._database.stream(ordered))

    def basis(self, run: str) -> ScoringBasis | None:
        """Return the definitions with which a run was scored; ``None`` for a run that never was, or by an old tool."""
        statement = select(BASES).where(BASES.c.run == run)
        return next((from_row(ScoringBasis, row) for row in self._database.stream(statement)), None)

    def sensitivities(self, run: str) -> tuple[Sensitivity, ...]:
        """Return what other choices make of a run's rankings; nothing where nobody asked."""
        order = (SENSITIVITIES.c.reading, SENSITIVITIES.c.table, SENSITIVITIES.c.in_list, SENSITIVITIES.c.kind)
        statement = narrow(select(SENSITIVITIES), SENSITIVITIES, run=run).order_by(*order)
        return tuple(from_row(Sensitivity, row) for row in self._database.stream(statement))


def replace_ranking(connection: Connection, run: str, basis: ScoringBasis, standings: Sequence[Standing]) -> None:
    """Replace a run's standings and their basis within a transaction."""
    refuse_others(run, (basis, *standings))
    drop_ranking(connection, run)
    drop_year(connection, basis.period)
    upsert(connection, ScoringBasisRow, to_rows((basis,), ScoringBasisRow))
    upsert(connection, StandingRow, to_rows(standings, StandingRow))


def drop_ranking(connection: Connection, run: str) -> None:
    """Drop a run's rankings, what they rest on and the places of its year within a transaction."""
    for period in connection.execute(select(BASES.c.period).where(BASES.c.run == run)).scalars().all():
        drop_year(connection, period)
    for table in (STANDINGS, BASES, SENSITIVITIES):
        connection.execute(delete(table).where(table.c.run == run))


def drop_year(connection: Connection, period: str) -> None:
    """Drop the places of the year that a half-year belongs to, whichever run they are kept with."""
    connection.execute(delete(STANDINGS).where(STANDINGS.c.period == period[:YEAR_DIGITS]))


def refuse_others(run: str, things: Sequence[Frozen]) -> None:
    """Raise ``ValueError`` when one of them names another run."""
    for thing in things:
        other = getattr(thing, "run", run)
        if other != run:
            raise ValueError(f"a ranking of run {other!r} cannot be saved with run {run!r}")
