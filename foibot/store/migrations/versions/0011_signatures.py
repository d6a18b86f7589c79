"""The signatures that orders were signed with, so that none is used twice."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "signatures",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("message_sha256", sa.String(64), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_signatures")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("signatures")
