"""Scores on disk: the last reckoning of a run, whole."""

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, delete, select

from domain.score import Score, UnitTotal
from domain.scoring_basis import ScoringBasis
from domain.standing import Standing
from storage.database import Database
from storage.rows import from_row, narrow, table_of, to_rows, upsert
from storage.score_tables import ScoreRow, UnitTotalRow
from storage.standing_repository import drop_ranking, replace_ranking

SCORES = table_of(ScoreRow)
TOTALS = table_of(UnitTotalRow)


class ScoreRepository:
    """Keeps scores and partial totals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, run: str, scores: Iterable[Score], totals: Iterable[UnitTotal]) -> None:
        """Replace all scores and totals of a run in one step; raise ``ValueError`` on one that belongs to another."""
        with self._database.write() as connection:
            _replace(connection, run, scores, totals)

    def save_ranked(
        self,
        run: str,
        scores: Iterable[Score],
        totals: Iterable[UnitTotal],
        basis: ScoringBasis,
        standings: Iterable[Standing],
    ) -> None:
        """Replace a run's scores, totals, standings and their basis in one step: they are always of one scoring."""
        kept = tuple(standings)
        with self._database.write() as connection:
            _replace(connection, run, scores, totals)
            replace_ranking(connection, run, basis, kept)

    def drop(self, run: str) -> None:
        """Drop all that was reckoned of a run, with its rankings: it does not stand."""
        with self._database.write() as connection:
            _replace(connection, run, (), ())
            drop_ranking(connection, run)

    def of_run(self, run: str, unit: str | None = None) -> Iterator[Score]:
        """Yield the scores of a run, by unit and row of the notice's table."""
        order = (SCORES.c.unit, SCORES.c.table, SCORES.c.row, SCORES.c.indicator)
        statement = narrow(select(SCORES), SCORES, run=run, unit=unit).order_by(*order)
        return (from_row(Score, row) for row in self._database.stream(statement))

    def totals(self, run: str) -> tuple[UnitTotal, ...]:
        """Return the partial totals of a run, by unit."""
        statement = select(TOTALS).where(TOTALS.c.run == run).order_by(TOTALS.c.unit)
        return tuple(from_row(UnitTotal, row) for row in self._database.stream(statement))


def _replace(connection: Connection, run: str, scores: Iterable[Score], totals: Iterable[UnitTotal]) -> None:
    connection.execute(delete(SCORES).where(SCORES.c.run == run))
    connection.execute(delete(TOTALS).where(TOTALS.c.run == run))
    upsert(connection, ScoreRow, to_rows(_only_of(run, scores), ScoreRow))
    upsert(connection, UnitTotalRow, to_rows(_only_of(run, totals), UnitTotalRow))


def _only_of(run: str, reckoned: Iterable[Score] | Iterable[UnitTotal]) -> Iterator[Score | UnitTotal]:
    for one in reckoned:
        if one.run != run:
            raise ValueError(f"a score of run {one.run!r} cannot be saved with run {run!r}")
        yield one
