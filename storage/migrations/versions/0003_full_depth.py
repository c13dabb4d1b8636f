"""The audit at full depth: published addresses and files, faces of a guide, coverage of fields, readability.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_full_depth"
down_revision = "0002_visit_tally"
branch_labels = None
depends_on = None

TABLES = ("address_visit", "file_report", "field_coverage", "readability")
TEXT_COLUMNS = (
    ("run", "note"),
    ("listed_guide", "version"),
    ("guide_visit", "version"),
    ("guide_visit", "etag"),
    ("guide_visit", "last_modified"),
    ("audit", "basis"),
)
LOSSES = ("held_before", "lost", "lost_bodies", "gained")
AUDIT_INDEX = "ix_audit_document_rule_set_basis"


def upgrade() -> None:
    """Create the tables and add the columns; rows of an older store get empty values."""
    for table, column in TEXT_COLUMNS:
        op.add_column(table, sa.Column(column, sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("guide_visit", sa.Column("unchanged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("finding", sa.Column("picture", sa.String(), nullable=True))
    op.add_column("observation", sa.Column("faces", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index(AUDIT_INDEX, "audit", ["document", "rule_set", "basis"])
    _create_address_visit()
    _create_file_report()
    _create_field_coverage()
    _create_readability()


def downgrade() -> None:
    """Drop what was added."""
    for table in TABLES:
        op.drop_table(table)
    op.drop_index(AUDIT_INDEX, table_name="audit")
    op.drop_column("observation", "faces")
    op.drop_column("finding", "picture")
    op.drop_column("guide_visit", "unchanged")
    for table, column in TEXT_COLUMNS:
        op.drop_column(table, column)


def _of_run(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    key = sa.ForeignKeyConstraint(["run"], ["run.id"], name=f"fk_{table}_run_run")
    return sa.Column("run", sa.String(), nullable=False), key


def _create_address_visit() -> None:
    op.create_table(
        "address_visit",
        *_of_run("address_visit"),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("final_url", sa.String(), nullable=False),
        sa.Column("reached_login", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("bytes", sa.Integer(), nullable=True),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("last_modified", sa.String(), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("too_large", sa.Boolean(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("run", "url", name="pk_address_visit"),
    )
    op.create_index("ix_address_visit_url_visited_at", "address_visit", ["url", "visited_at"])


def _create_file_report() -> None:
    op.create_table(
        "file_report",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "inspector", name="pk_file_report"),
    )


def _create_field_coverage() -> None:
    counts = (sa.Column(name, sa.Integer(), nullable=False) for name in ("guides", "filled", "blank", "unseen"))
    losses = (
        sa.Column(name, sa.Integer(), nullable=False) for name in ("held_before", "lost", "lost_bodies", "gained")
    )
    op.create_table(
        "field_coverage",
        *_of_run("field_coverage"),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        *counts,
        sa.Column("filled_example", sa.String(), nullable=False),
        sa.Column("blank_example", sa.String(), nullable=False),
        sa.Column("compared_with", sa.String(), nullable=False),
        *losses,
        sa.Column("vanished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("run", "portal", "field", name="pk_field_coverage"),
    )


def _create_readability() -> None:
    op.create_table(
        "readability",
        *_of_run("readability"),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", "portal", "item_id", name="pk_readability"),
    )
    op.create_index("ix_readability_run_unit", "readability", ["run", "unit"])
