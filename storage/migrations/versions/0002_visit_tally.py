"""An index over which a run's visits are tallied by portal, unit and outcome without reading a single row."""

from alembic import op

revision = "0002_visit_tally"
down_revision = "0001_first_night"
branch_labels = None
depends_on = None
INDEX = "ix_guide_visit_run_portal_unit_outcome"


def upgrade() -> None:
    """Add the index."""
    op.create_index(INDEX, "guide_visit", ["run", "portal", "unit", "outcome"])


def downgrade() -> None:
    """Drop the index."""
    op.drop_index(INDEX, table_name="guide_visit")
