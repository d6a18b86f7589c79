"""Which worker has a mail in its hands, or had it last."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: what is there belongs to nobody by name."""
    op.add_column(
        "outbox", sa.Column("worker", sa.BigInteger(), nullable=False, server_default="0")
    )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("worker")
