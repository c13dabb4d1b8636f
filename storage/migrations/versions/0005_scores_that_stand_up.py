"""Scores that stand up: what of a score rests on chance, and the figures that other channels hand in.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

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


def downgrade() -> None:
    """Drop what was added."""
    op.drop_table("imported_figure")
    op.drop_column("score", "spread")
