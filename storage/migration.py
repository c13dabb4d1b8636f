"""Brings a store to the schema of this version, one process at a time, and refuses a store that it does not know."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from domain.errors import MachineError
from storage.database import Database

SCRIPTS = "storage:migrations"


def migrate(database: Database) -> None:
    """Upgrade to the newest revision; raise ``MachineError`` on a store of an unknown revision or of something else."""
    with database.read() as connection:
        if _is_current(connection):
            return
    # The whole upgrade is one exclusive transaction: a second process waits here and then finds nothing to do.
    with database.write() as connection:
        if not _is_current(connection):
            config = Config()
            config.set_main_option("script_location", SCRIPTS)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def known_revisions() -> tuple[str, ...]:
    """Return the revisions that this version can read, oldest first."""
    return tuple(script.revision for script in _scripts().walk_revisions())[::-1]


def _is_current(connection: Connection) -> bool:
    found = MigrationContext.configure(connection).get_current_heads()
    known = known_revisions()
    unknown = [revision for revision in found if revision not in known]
    if unknown:
        raise MachineError(
            f"the store {connection.engine.url.database} has revision {', '.join(unknown)}, which this version does "
            f"not know; known revisions: {', '.join(known)}; use the version of Yuece that wrote it, or a newer one"
        )
    if not found and inspect(connection).get_table_names():
        raise MachineError(f"{connection.engine.url.database} is a database of something else than Yuece")
    return found == (known[-1],)


def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    return ScriptDirectory.from_config(config)
