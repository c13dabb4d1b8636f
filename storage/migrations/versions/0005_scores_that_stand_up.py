"""Scores that stand up: what of a score rests on chance, and the figures that other channels hand in.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005_scores_that_stand_up"
down_revision = "0004_probes_at_full_depth"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the tables; scores of an older store rest on nothing that was drawn."""
    op.add_column("score", sa.Column("spread", sa.JSON(), nullable=False, server_default="{}"))
    add_imported_figures()
    widen_unit_totals()


def add_imported_figures() -> None:
    """Make the table of figures that other channels hand in."""
    op.create_table(
        "imported_figure",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("figure", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("period", "unit", "table", "row", "figure", "version", name="pk_imported_figure"),
    )


def total_columns() -> tuple[sa.Column[Any], ...]:
    """Make the columns anew: one column cannot be added twice."""
    return (
        sa.Column("kind", sa.String(), nullable=False, server_default="partial"),
        sa.Column("reading", sa.String(), nullable=False, server_default="narrow"),
        sa.Column("in_list", sa.String(), nullable=False, server_default="A"),
        sa.Column("published", sa.String(), nullable=True),
        sa.Column("base", sa.Float(), nullable=True),
        sa.Column("bonus", sa.String(), nullable=True),
        sa.Column("penalty", sa.String(), nullable=True),
        sa.Column("applicable_points", sa.String(), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("readings", sa.JSON(), nullable=False, server_default="[]"),
    )


def widen_unit_totals() -> None:
    """Add what a total says of itself; totals of an older store were user-side partial scores."""
    for column in total_columns():
        op.add_column("unit_total", column)


def downgrade() -> None:
    """Drop what was added."""
    for column in reversed(total_columns()):
        op.drop_column("unit_total", column.name)
    op.drop_table("imported_figure")
    op.drop_column("score", "spread")
