"""The index by which the bytes of a message are found again."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.create_index("ix_inbox_raw_sha256", "inbox", ["raw_sha256"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_inbox_raw_sha256", "inbox")
