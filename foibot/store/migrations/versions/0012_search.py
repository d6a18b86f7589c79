"""The words under which cases are searched, and which cases are restricted."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make them; the service keeps the cases there are under their words when it next runs."""
    op.create_table(
        "terms",
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("term", "year", "number", name=op.f("pk_terms")),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "cases",
        sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_cases_restricted", "cases", ["restricted", "year", "number"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_cases_restricted", "cases")
    with op.batch_alter_table("cases") as cases:
        cases.drop_column("restricted")
    op.drop_table("terms")
