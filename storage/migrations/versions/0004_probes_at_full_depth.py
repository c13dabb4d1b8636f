"""Probes at full depth: what was looked at row by row, every visit behind a verdict, the inputs, the manifest.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_probes_at_full_depth"
down_revision = "0003_full_depth"
branch_labels = None
depends_on = None

JSON_COLUMNS = (("rows", "[]"), ("visits", "[]"), ("inputs", "{}"))
TEXT_COLUMNS = (("channel", "program"), ("recorded_by", ""))


def upgrade() -> None:
    """Add the columns; rows of an older store get empty values and the program as their channel."""
    for name, default in JSON_COLUMNS:
        op.add_column("observation", sa.Column(name, sa.JSON(), nullable=False, server_default=default))
    for name, default in TEXT_COLUMNS:
        op.add_column(
            "observation", sa.Column(name, sa.String(), nullable=False, server_default=sa.text(f"'{default}'"))
        )
    op.add_column("observation", sa.Column("manifest", sa.String(), nullable=True))


def downgrade() -> None:
    """Drop what was added."""
    for name in ("manifest", *(name for name, _ in (*TEXT_COLUMNS, *JSON_COLUMNS))):
        op.drop_column("observation", name)
