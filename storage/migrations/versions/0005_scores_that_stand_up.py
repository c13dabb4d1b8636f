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
    op.add_column("score", sa.Column("rule_set", sa.String(), nullable=False, server_default=sa.text("''")))
    op.add_column("score", sa.Column("weight_entered", sa.Float(), nullable=False, server_default="0"))
    add_imported_figures()
    add_handed_lists()
    add_samples()
    add_sample_checks()
    widen_unit_totals()
    add_standings()
    add_facts()


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


def add_handed_lists() -> None:
    """Make the table of lists that other channels hand in entry by entry."""
    op.create_table(
        "handed_entry",
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("period", "kind", "version", "unit", "key", name="pk_handed_entry"),
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


def add_samples() -> None:
    """Make the tables of commitments, draws, drawn items and revealed salts."""
    op.create_table(
        "sample_commitment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("salt_sha256", sa.String(), nullable=False),
        sa.Column("frame_sha256", sa.String(), nullable=False),
        sa.Column("frame_items", sa.Integer(), nullable=False),
        sa.Column("size", sa.JSON(), nullable=False),
        sa.Column("beacon", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("frame", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sample_commitment"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_sample_commitment_run_run"),
    )
    op.create_table(
        "sample_draw",
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("beacon_value", sa.String(), nullable=False),
        sa.Column("populations", sa.JSON(), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name="pk_sample_draw"),
        of_commitment("sample_draw"),
    )
    op.create_table(
        "sampled_item",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("commitment", "unit", "code", "item_id", "title")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("url", "stratum", "order")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("checks", "spare", "watched")),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", "unit", "code", name="pk_sampled_item"),
        of_commitment("sampled_item"),
    )
    op.create_table(
        "salt_reveal",
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("commitment", name="pk_salt_reveal"),
        of_commitment("salt_reveal"),
    )


def add_sample_checks() -> None:
    """Make the table of what observers found."""
    key = ("commitment", "unit", "code", "aspect", "observer", "observation")
    op.create_table(
        "sample_check",
        *(sa.Column(name, sa.String(), nullable=False) for name in key),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("verdict", "seen", "source", "note")),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*key, "observed_at", name="pk_sample_check"),
        of_commitment("sample_check"),
    )
    op.create_index("ix_sample_check_commitment_recorded_at", "sample_check", ["commitment", "recorded_at"])


def of_commitment(table: str) -> sa.ForeignKeyConstraint:
    """Tie a table to the commitment that its rows belong to."""
    name = f"fk_{table}_commitment_sample_commitment"
    return sa.ForeignKeyConstraint(["commitment"], ["sample_commitment.id"], name=name)


def add_standings() -> None:
    """Make the tables of rankings, of the definitions behind them, and of what other choices make of them."""

    def of_run(table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint(["run"], ["run.id"], name=f"fk_{table}_run_run")

    op.create_table(
        "standing",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("run", "period", "unit", "reading")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("table", "in_list", "kind")),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("interval", sa.JSON(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("rank", "rank_low", "rank_high")),
        sa.Column("above_next", sa.Float(), nullable=True),
        sa.Column("p_top3", sa.Float(), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("level", sa.Float(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("draws", "seed")),
        sa.PrimaryKeyConstraint("run", "period", "unit", "reading", name="pk_standing"),
        of_run("standing"),
    )
    op.create_table(
        "scoring_basis",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("run", "period", "tool_version", "reading")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("rule_sets", "targets")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("targets_placeholder", "readability_calibrated")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seed", "draws")),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_scoring_basis"),
        of_run("scoring_basis"),
    )
    key = ("run", "period", "table", "in_list", "reading", "kind")
    op.create_table(
        "sensitivity",
        *(sa.Column(name, sa.String(), nullable=False) for name in key),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seed", "draws")),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("variations", "movers")),
        sa.PrimaryKeyConstraint(*key, name="pk_sensitivity"),
        of_run("sensitivity"),
    )


def add_facts() -> None:
    """Make the tables of what scoring reads of a run."""
    op.create_table(
        "item_facts",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("run", "unit", "version")),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("columns", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run", "unit", name="pk_item_facts"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_item_facts_run_run"),
    )
    op.create_table(
        "planned_probes",
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("run", name="pk_planned_probes"),
        sa.ForeignKeyConstraint(["run"], ["run.id"], name="fk_planned_probes_run_run"),
    )


def downgrade() -> None:
    """Drop what was added."""
    for table in ("planned_probes", "item_facts"):
        op.drop_table(table)
    for table in ("sensitivity", "scoring_basis", "standing"):
        op.drop_table(table)
    for table in ("sample_check", "salt_reveal", "sampled_item", "sample_draw", "sample_commitment"):
        op.drop_table(table)
    for column in reversed(total_columns()):
        op.drop_column("unit_total", column.name)
    op.drop_table("handed_entry")
    op.drop_table("imported_figure")
    op.drop_column("score", "weight_entered")
    op.drop_column("score", "rule_set")
    op.drop_column("score", "spread")
