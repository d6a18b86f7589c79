"""What a secret was sent for, and the order it may confirm."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Those that name a version may decide on it, as before; there were no confirmations yet."""
    with op.batch_alter_table("secrets") as table:
        table.add_column(
            sa.Column("purpose", sa.String(10), nullable=False, server_default="order")
        )
        table.add_column(sa.Column("confirms", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute("UPDATE secrets SET purpose = 'decide' WHERE version > 0")
    with op.batch_alter_table("secrets") as table:
        table.alter_column("purpose", server_default=None, existing_type=sa.String(10))
        table.alter_column("confirms", server_default=None, existing_type=sa.BigInteger())


def downgrade() -> None:
    """Take both away; a secret for a confirmation would then be one for any order."""
    op.execute("DELETE FROM secrets WHERE purpose = 'confirm'")
    with op.batch_alter_table("secrets") as table:
        table.drop_column("confirms")
        table.drop_column("purpose")
