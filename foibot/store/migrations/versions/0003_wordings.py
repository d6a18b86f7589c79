"""The words that cases were asked in, as digests."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; what was asked before stays unknown to it."""
    op.create_table(
        "wordings",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("digest", "case_ref", name=op.f("pk_wordings")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("wordings")
