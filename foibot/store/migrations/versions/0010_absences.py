"""Who of the office is away, by their own automatic replies."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "absences",
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("back", sa.Date(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("officer", name=op.f("pk_absences")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("absences")
