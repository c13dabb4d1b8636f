"""Connections to the store's database: short exclusive writes, readers that never wait, errors in one sentence."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, Select, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError, IntegrityError

from domain.errors import MachineError, UsageError

BUSY_TIMEOUT_MS = 10_000
PRAGMAS = (
    f"busy_timeout={BUSY_TIMEOUT_MS}",  # first, so that the others wait as well
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "cache_size=-65536",
)
ROWS_PER_FETCH = 1_000


class Database:
    """An engine with one way to read and one way to write."""

    def __init__(self, url: URL | str) -> None:
        self.url = make_url(url)
        self.engine = open_engine(self.url)
        self._writer = self.engine.execution_options(writes=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state of the store."""
        with self._plain_errors(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together or not at all."""
        with self._plain_errors(), self._writer.begin() as connection:
            yield connection

    def stream(self, statement: Select[Any]) -> Iterator[RowMapping]:
        """Yield rows one after another without holding them all."""
        with self.read() as connection:
            yield from connection.execution_options(yield_per=ROWS_PER_FETCH).execute(statement).mappings()

    def first(self, statement: Select[Any]) -> RowMapping | None:
        """Return the first row, if there is one."""
        with self.read() as connection:
            return connection.execute(statement.limit(1)).mappings().first()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError as error:
            raise UsageError(f"the store {self._name} refuses a row: {error.orig}; {INTEGRITY_HINT}") from error
        except DatabaseError as error:
            raise MachineError(f"the store {self._name} cannot be used: {error.orig}") from error

    @property
    def _name(self) -> str:
        return self.url.database or self.url.render_as_string()


INTEGRITY_HINT = "the run (and the rule set of an audit) must be in the store first, and a run's id only once"


def open_engine(url: URL) -> Engine:
    """Make an engine that shows no row values in errors; on SQLite, with this project's PRAGMAs and transactions."""
    engine = create_engine(url, hide_parameters=True, json_serializer=_as_json)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    return engine


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # Chinese stays readable and half as long


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, also around DDL
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A reader that turns writer half-way gets SQLITE_BUSY at once, whatever the timeout; so writers say so beforehand.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
