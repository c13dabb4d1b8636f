"""Lists of other channels on disk: entries are only ever added, the newest version of each list counts."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, func, insert, select

from domain.frozen import Frozen
from domain.handed_list import HandedEntry, ListKind
from storage.database import Database
from storage.handed_list_tables import HandedEntryRow
from storage.rows import batches, from_row, narrow, table_of, to_rows
from storage.surrogates import encodable

ENTRIES = table_of(HandedEntryRow)
LIST = ("period", "kind")


class ListHandIn(Frozen):
    """One version of one list, as the history shows it."""

    period: str
    kind: ListKind
    version: int
    entries: int
    units: int
    recorded_by: str
    imported_at: datetime
    file_sha256: str


def insert_entries(connection: Connection, entries: Iterable[HandedEntry]) -> None:
    """Add entries within a transaction; a version that is there already raises."""
    for batch in batches(to_rows(entries, HandedEntryRow)):
        connection.execute(insert(ENTRIES), [encodable(row) for row in batch])


class HandedListRepository:
    """Keeps every version of every list; nothing is changed or deleted."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entries: Iterable[HandedEntry]) -> None:
        """Add a hand-in in one transaction: all of it or nothing; a version that is there already raises."""
        with self._database.write() as connection:
            insert_entries(connection, entries)

    def current(self, period: str) -> Iterator[HandedEntry]:
        """Yield the entries of the newest version of each list of a period, by list, body and key."""
        key = [ENTRIES.c[name] for name in LIST]
        newest = select(*key, func.max(ENTRIES.c.version).label("version")).group_by(*key).subquery()
        statement = (
            narrow(select(ENTRIES), ENTRIES, period=period)
            .join(newest, and_(*(ENTRIES.c[name] == newest.c[name] for name in (*LIST, "version"))))
            .order_by(ENTRIES.c.kind, ENTRIES.c.unit, ENTRIES.c.key)
        )
        return (from_row(HandedEntry, row) for row in self._database.stream(statement))

    def count(self, period: str) -> int:
        """Count the entries of every version of every list of a period."""
        statement = narrow(select(func.count().label("entries")), ENTRIES, period=period)
        return int((self._database.first(statement) or {"entries": 0})["entries"])

    def all(self, period: str | None = None) -> Iterator[HandedEntry]:
        """Yield every version of every list, oldest first."""
        statement = narrow(select(ENTRIES), ENTRIES, period=period).order_by(*ENTRIES.primary_key.columns)
        return (from_row(HandedEntry, row) for row in self._database.stream(statement))

    def history(self, period: str | None = None) -> tuple[ListHandIn, ...]:
        """Return every version of every list, the oldest first."""
        columns = ENTRIES.c
        statement = (
            narrow(
                select(
                    columns.period,
                    columns.kind,
                    columns.version,
                    func.count().label("entries"),
                    func.count(columns.unit.distinct()).label("units"),
                    func.min(columns.recorded_by).label("recorded_by"),
                    func.min(columns.imported_at).label("imported_at"),
                    func.min(columns.file_sha256).label("file_sha256"),
                ),
                ENTRIES,
                period=period,
            )
            .group_by(columns.period, columns.kind, columns.version)
            .order_by(columns.period, columns.kind, columns.version)
        )
        return tuple(from_row(ListHandIn, row) for row in self._database.stream(statement))
