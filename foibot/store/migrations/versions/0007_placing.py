"""What a message is recognised and placed by, and what our mails were renamed to."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty for what came before, and the table."""
    for name, kind in (
        ("subject", sa.Text()),
        ("topic", sa.String(length=64)),
        ("conversation", sa.Text()),
        ("guesses", sa.Text()),
    ):
        op.add_column("inbox", sa.Column(name, kind, nullable=False, server_default=sa.text("''")))
    op.create_index("ix_inbox_topic", "inbox", ["topic"])
    op.create_index("ix_inbox_conversation", "inbox", ["conversation"])
    op.create_index("ix_cases_requester", "cases", ["requester"])
    op.add_column(
        "secrets", sa.Column("message", sa.BigInteger(), nullable=False, server_default="0")
    )
    op.create_table(
        "other_ids",
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("mail", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_other_ids")),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("other_ids")
    with op.batch_alter_table("secrets") as secrets:
        secrets.drop_column("message")
    op.drop_index("ix_cases_requester", "cases")
    op.drop_index("ix_inbox_conversation", "inbox")
    op.drop_index("ix_inbox_topic", "inbox")
    with op.batch_alter_table("inbox") as inbox:
        for name in ("guesses", "conversation", "topic", "subject"):
            inbox.drop_column(name)
