"""Messages that wait for an officer to say what they are."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what came before was listed once, and is not listed again."""
    op.create_table(
        "undecided",
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_undecided")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("undecided")
