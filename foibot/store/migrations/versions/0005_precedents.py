"""The marks under which requests like a new one are found, and the register of topics."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; the service marks the cases there are when it next runs."""
    op.create_table(
        "likenesses",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", "at", "case_ref", name=op.f("pk_likenesses")),
    )
    op.create_table(
        "topics",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phrases", sa.Text(), nullable=False),
        sa.Column("provisions", sa.Text(), nullable=False),
        sa.Column("case_ref", sa.Text(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_topics")),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("topics")
    op.drop_table("likenesses")
