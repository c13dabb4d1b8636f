"""What Alembic runs: the revisions, on the connection and inside the transaction of ``storage.migration``."""

from alembic import context
from sqlmodel import SQLModel

import storage.fact_tables
import storage.handed_list_tables
import storage.sample_tables
import storage.score_tables
import storage.standing_tables
import storage.tables  # noqa: F401 -- fills the metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
