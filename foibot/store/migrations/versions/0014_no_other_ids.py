"""The table of Message-IDs that a provider put in the place of ours goes: nothing ever wrote to it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take it away."""
    op.drop_table("other_ids")


def downgrade() -> None:
    """Make it again, empty as it was."""
    op.create_table(
        "other_ids",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("mail", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_other_ids")),
    )
