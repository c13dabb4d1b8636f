"""The schema that migrations make is the one the code expects; what this version does not know it does not touch."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from domain.errors import MachineError, UsageError
from storage.migration import SCRIPTS, known_revisions
from storage.rows import upsert_statement
from storage.store import DATABASE_FILE, Store


def _file(home: Path) -> Path:
    return home / DATABASE_FILE


def _execute(home: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(_file(home))
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_migrated_schema_equals_the_tables(store: Store) -> None:
    with store._database.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
        expected = {table.name: {i.name for i in table.indexes} for table in SQLModel.metadata.sorted_tables}
        found = inspect(connection)
        indexes = {name: {str(i["name"]) for i in found.get_indexes(name)} for name in expected}
        keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in expected}
        assert indexes == expected
        for table in SQLModel.metadata.sorted_tables:  # compare_metadata does not look at keys
            assert keys[table.name] == [column.name for column in table.primary_key.columns]
            assert {key["name"] for key in found.get_foreign_keys(table.name)} == {
                key.name for key in table.foreign_key_constraints
            }


def test_downgrade_leaves_nothing_behind(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    with store._database.write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    with store._database.read() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_pragmas_are_set_on_every_connection(store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 10_000, "foreign_keys": 1}
    with store._database.read() as one, store._database.read() as two:
        for connection in (one, two):
            found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
            assert found == wanted


def test_a_store_opens_again_with_what_it_held(store: Store) -> None:
    store.close()
    with Store.open(store.home, create=False) as again:
        assert [run.id for run in again.runs.all()] == ["run-1"]


def test_a_store_of_a_newer_version_is_refused_by_name_and_left_alone(store: Store) -> None:
    store.close()
    _execute(store.home, "UPDATE alembic_version SET version_num = '0099_future'")
    before = _execute(store.home, "SELECT sql FROM sqlite_master ORDER BY name")
    with pytest.raises(MachineError) as caught:
        Store.open(store.home)
    message = str(caught.value)
    assert "0099_future" in message
    assert all(revision in message for revision in known_revisions())
    assert "\n" not in message
    assert _execute(store.home, "SELECT sql FROM sqlite_master ORDER BY name") == before


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    _execute(tmp_path, "CREATE TABLE run (x)")
    with pytest.raises(MachineError, match="something else"):
        Store.open(tmp_path)
    assert _execute(tmp_path, "SELECT name FROM sqlite_master") == [("run",)]


@pytest.mark.parametrize(
    "content", [b"this is no database, but long enough to be read as one" * 40, b"SQLite format 3\0"]
)
def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    _file(tmp_path).write_bytes(content)
    with pytest.raises(MachineError, match=r"yuece\.db cannot be used: file is not a database"):
        Store.open(tmp_path)


def test_no_store_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no store"):
        Store.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_home_that_is_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x")
    with pytest.raises(MachineError, match="cannot be made"):
        Store.open(tmp_path / "home")


def test_damaged_pages_are_one_sentence(store: Store) -> None:
    store.close()
    data = bytearray(_file(store.home).read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)  # the first page, which names the tables' roots, stays
    _file(store.home).write_bytes(bytes(data))
    with pytest.raises(MachineError, match="malformed"), Store.open(store.home) as again:
        again.runs.all()


@pytest.mark.parametrize("name", [table.name for table in SQLModel.metadata.sorted_tables])
def test_upserts_are_written_in_both_dialects(name: str) -> None:
    table = SQLModel.metadata.tables[name]
    for module, dialect in ((sqlite, sqlite.dialect()), (postgresql, postgresql.dialect())):  # type: ignore[no-untyped-call]
        statement = upsert_statement(table, dialect.name)
        assert isinstance(statement, module.Insert)
        assert "ON CONFLICT (" in str(statement.compile(dialect=dialect))
