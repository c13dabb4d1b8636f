"""Probes at full depth: rows, visits, inputs and manifest of an observation, and people's grades of single rows.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_probes_at_full_depth"
down_revision = "0003_full_depth"
branch_labels = None
depends_on = None

JSON_COLUMNS = (("rows", "[]"), ("visits", "[]"), ("inputs", "{}"))
RUN_COLUMNS = ("manifest", "time_stamp")
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
    for name in RUN_COLUMNS:
        op.add_column("run", sa.Column(name, sa.String(), nullable=True))
    add_row_grades()


def add_row_grades() -> None:
    """Make the table of people's grades."""
    op.create_table(
        "row_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("observation", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("row_hash", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("grade", sa.Float(), nullable=False),
        sa.Column("machine", sa.Float(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_row_grade"),
    )
    op.create_index("ix_row_grade_observation", "row_grade", ["observation"])


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("row_grade")
    for name in RUN_COLUMNS:
        op.drop_column("run", name)
    for name in ("manifest", *(name for name, _ in (*TEXT_COLUMNS, *JSON_COLUMNS))):
        op.drop_column("observation", name)
