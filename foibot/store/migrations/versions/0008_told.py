"""Whether the officers were shown the case that a message opened; those that are there have been."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and an index of the few that are still to be shown."""
    op.add_column(
        "inbox", sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.create_index(
        "ix_inbox_untold",
        "inbox",
        ["id"],
        sqlite_where=sa.text("told = 0"),
        postgresql_where=sa.text("NOT told"),
    )


def downgrade() -> None:
    """Take both away again."""
    op.drop_index("ix_inbox_untold", "inbox")
    with op.batch_alter_table("inbox") as inbox:
        inbox.drop_column("told")
