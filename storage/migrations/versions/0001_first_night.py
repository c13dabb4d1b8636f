"""The first schema: runs, crawls, guides, judgements, observations, scores, reviews and evidence.

Column types are written out, not imported, so that this revision stays what it was when the tables move on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001_first_night"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create all tables."""
    _create_run()
    _create_listing()
    _create_listed_guide()
    _create_guide_visit()
    _create_guide()
    _create_rule_set()
    _create_audit()
    _create_finding()
    _create_observation()
    _create_score()
    _create_unit_total()
    _create_review()
    _create_evidence()


def downgrade() -> None:
    """Drop all tables."""
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "evidence",
    "review",
    "unit_total",
    "score",
    "observation",
    "finding",
    "audit",
    "rule_set",
    "guide",
    "guide_visit",
    "listed_guide",
    "listing",
    "run",
)
"""In the order in which they can be dropped."""


def _create_run() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("portals", sa.JSON(), nullable=False),
        sa.Column("tool_version", sa.String(), nullable=False),
        sa.Column("tool_commit", sa.String(), nullable=False),
        sa.Column("packages", sa.JSON(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("settings_hash", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("vantage", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_index("ix_run_started_at_id", "run", ["started_at", "id"])


def _create_listing() -> None:
    op.create_table(
        "listing",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("guides", sa.Integer(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_listing_run_run"),
        sa.PrimaryKeyConstraint("run", "portal", "unit", name="pk_listing"),
    )


def _create_listed_guide() -> None:
    op.create_table(
        "listed_guide",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_listed_guide_run_run"),
        sa.PrimaryKeyConstraint("run", "portal", "unit", "item_id", name="pk_listed_guide"),
    )


def _create_guide_visit() -> None:
    op.create_table(
        "guide_visit",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_guide_visit_run_run"),
        sa.PrimaryKeyConstraint("run", "portal", "unit", "item_id", name="pk_guide_visit"),
    )


def _create_guide() -> None:
    op.create_table(
        "guide",
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("parser", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parsed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("portal", "item_id", "document", "parser", name="pk_guide"),
    )


def _create_rule_set() -> None:
    op.create_table(
        "rule_set",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_set"),
    )


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("rule_set", sa.String(), nullable=False),
        sa.Column("outcomes", sa.String(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_audit_run_run"),
        sa.ForeignKeyConstraint(["rule_set"], ["rule_set.id"], name="fk_audit_rule_set_rule_set"),
        sa.PrimaryKeyConstraint("run", "portal", "item_id", name="pk_audit"),
    )
    op.create_index("ix_audit_run_unit_portal_item_id", "audit", ["run", "unit", "portal", "item_id"])


def _create_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("rule_id", sa.String(), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("excerpt", sa.String(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_finding_run_run"),
        sa.PrimaryKeyConstraint("run", "portal", "item_id", "rule_id", name="pk_finding"),
    )
    op.create_index("ix_finding_run_rule_id_portal_item_id", "finding", ["run", "rule_id", "portal", "item_id"])
    op.create_index("ix_finding_run_subject", "finding", ["run", "subject"])
    op.create_index(
        "ix_finding_run_unit_portal_item_id_rule_id", "finding", ["run", "unit", "portal", "item_id", "rule_id"]
    )


def _create_observation() -> None:
    op.create_table(
        "observation",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("portal", sa.String(), nullable=False),
        sa.Column("probe_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("probe_version", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("unit_of_value", sa.String(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("refusals", sa.JSON(), nullable=False),
        sa.Column("trace", sa.String(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_observation_run_run"),
        sa.PrimaryKeyConstraint("run", "portal", "probe_id", "item_id", name="pk_observation"),
    )
    op.create_index("ix_observation_run_unit", "observation", ["run", "unit"])


def _create_score() -> None:
    op.create_table(
        "score",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("points", sa.Float(), nullable=True),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column("coverage", sa.Float(), nullable=False),
        sa.Column("minimum_coverage", sa.Float(), nullable=False),
        sa.Column("measured_share", sa.Float(), nullable=False),
        sa.Column("interval", sa.JSON(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(), nullable=False),
        sa.Column("excluded", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_score_run_run"),
        sa.PrimaryKeyConstraint("run", "period", "unit", "table", "row", "indicator", name="pk_score"),
    )


def _create_unit_total() -> None:
    op.create_table(
        "unit_total",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("weight_scored", sa.Float(), nullable=False),
        sa.Column("weight_applicable", sa.Float(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_unit_total_run_run"),
        sa.PrimaryKeyConstraint("run", "period", "unit", name="pk_unit_total"),
    )


def _create_review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_about", "review", ["about"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_evidence_run_run"),
        sa.PrimaryKeyConstraint("run", "sha256", "kind", "url", name="pk_evidence"),
    )
    op.create_index("ix_evidence_sha256", "evidence", ["sha256"])
