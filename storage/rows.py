"""The one mapping between frozen domain values and rows, so that no repository invents its own."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, RowMapping, Select, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from domain.frozen import Frozen
from storage.surrogates import encodable

Row = dict[str, Any]
Thing = TypeVar("Thing", bound=Frozen)
Value = TypeVar("Value")
Upsert = sqlite.Insert | postgresql.Insert

BATCH_ROWS = 5_000
"""Rows per executemany: beyond this the rate no longer grows, below 500 it falls."""


@cache
def table_of(row_type: type[SQLModel]) -> Table:
    """Return the Core table of a row class; Core inserts twice as fast as the ORM."""
    return SQLModel.metadata.tables[str(row_type.__tablename__)]


@cache
def times_of(kind: type[Frozen], row_type: type[SQLModel]) -> tuple[str, ...]:
    """Name the columns that hold a moment, which a JSON dump would turn into text."""
    columns = table_of(row_type).c
    return tuple(name for name in kind.model_fields if isinstance(columns[name].type, UTCDateTime))


def to_row(thing: Frozen, row_type: type[SQLModel], **more: str) -> Row:
    """Dump a domain value for its table; a value that does not fit its type raises ``PydanticSerializationError``."""
    row = thing.model_dump(mode="json", warnings="error")
    for name in times_of(type(thing), row_type):
        row[name] = getattr(thing, name)
    row.update(more)
    return row


def to_rows(things: Iterable[Frozen], row_type: type[SQLModel], **more: str) -> Iterator[Row]:
    """Dump many values, lazily."""
    return (to_row(thing, row_type, **more) for thing in things)


def from_row(kind: type[Thing], row: RowMapping) -> Thing:
    """Build and validate a domain value; columns that the type does not know are left out."""
    return kind.model_validate({name: row[name] for name in kind.model_fields})


def batches(values: Iterable[Value], size: int = BATCH_ROWS) -> Iterator[list[Value]]:
    """Cut a stream into lists, so that memory stays flat."""
    stream = iter(values)
    while batch := list(islice(stream, size)):
        yield batch


def upsert(connection: Connection, row_type: type[SQLModel], rows: Iterable[Row]) -> None:
    """Insert rows by their natural key; a row whose key exists takes the new values."""
    statement = upsert_statement(table_of(row_type), connection.dialect.name)
    for batch in batches(rows):
        try:
            connection.execute(statement, batch)
        except UnicodeEncodeError:  # half a surrogate pair from a portal's JSON must not cost the night
            connection.execute(statement, [encodable(row) for row in batch])


def insert_new(connection: Connection, row_type: type[SQLModel], columns: Sequence[str], rows: Select[Any]) -> None:
    """Insert what a query yields inside the database; a row whose key exists stays as it is."""
    table = table_of(row_type)
    insert: Upsert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    connection.execute(insert.from_select(list(columns), rows).on_conflict_do_nothing())


@cache
def upsert_statement(table: Table, dialect: str) -> Upsert:
    """Build the statement in the dialect of SQLite or PostgreSQL."""
    insert: Upsert = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    rest = {column.name: insert.excluded[column.name] for column in table.columns if not column.primary_key}
    return insert.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=rest)


def narrow(statement: Select[Any], table: Table, /, **wanted: str | None) -> Select[Any]:
    """Ask for the given values of named columns; ``None`` means "any"."""
    return statement.where(*(table.c[name] == value for name, value in wanted.items() if value is not None))
