"""Figures of other channels on disk: rows are only ever added, the newest version of each figure counts."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, select

from domain.frozen import Frozen
from domain.imported_figure import ImportedFigure
from storage.database import Database
from storage.rows import batches, from_row, narrow, table_of, to_rows
from storage.score_tables import ImportedFigureRow
from storage.surrogates import encodable

FIGURES = table_of(ImportedFigureRow)
KEY = ("period", "unit", "table", "row", "figure")


class FigureHandIn(Frozen):
    """One hand-in of figures, as the history lists it."""

    period: str
    version: int
    figures: int
    units: int
    recorded_by: str
    imported_at: datetime
    file_sha256: str


def insert_figures(connection: Connection, figures: Iterable[ImportedFigure]) -> None:
    """Add figures within a transaction; a version that is there already raises."""
    for batch in batches(to_rows(figures, ImportedFigureRow)):
        connection.execute(insert(FIGURES), [encodable(row) for row in batch])


class ImportedFigureRepository:
    """Keeps every version of every figure; nothing is changed or deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, figures: Iterable[ImportedFigure]) -> None:
        """Add a hand-in in one transaction: all of it or nothing; a version that is there already raises."""
        with self._database.write() as connection:
            insert_figures(connection, figures)

    def current(self, period: str, unit: str | None = None) -> Iterator[ImportedFigure]:
        """Yield the newest version of each figure of a period, by body, row and figure."""
        key = [FIGURES.c[name] for name in KEY]
        newest = select(*key, func.max(FIGURES.c.version).label("version")).group_by(*key).subquery()
        statement = (
            narrow(select(FIGURES), FIGURES, period=period, unit=unit)
            .join(newest, and_(*(FIGURES.c[name] == newest.c[name] for name in (*KEY, "version"))))
            .order_by(*key)
        )
        return (from_row(ImportedFigure, row) for row in self._database.stream(statement))

    def all(self, period: str | None = None, unit: str | None = None) -> Iterator[ImportedFigure]:
        """Yield every version of every figure, oldest first."""
        statement = narrow(select(FIGURES), FIGURES, period=period, unit=unit).order_by(*FIGURES.primary_key.columns)
        return (from_row(ImportedFigure, row) for row in self._database.stream(statement))

    def latest_version(self, period: str) -> int:
        """Return the version of a period's last hand-in, 0 before the first."""
        return max((one.version for one in self.history(period)), default=0)

    def history(self, period: str | None = None) -> tuple[FigureHandIn, ...]:
        """Return every hand-in, the oldest first."""
        columns = FIGURES.c
        statement = (
            narrow(
                select(
                    columns.period,
                    columns.version,
                    func.count().label("figures"),
                    func.count(columns.unit.distinct()).label("units"),
                    func.min(columns.recorded_by).label("recorded_by"),
                    func.min(columns.imported_at).label("imported_at"),
                    func.min(columns.file_sha256).label("file_sha256"),
                ),
                FIGURES,
                period=period,
            )
            .group_by(columns.period, columns.version)
            .order_by(columns.period, columns.version)
        )
        return tuple(from_row(FigureHandIn, row) for row in self._database.stream(statement))
