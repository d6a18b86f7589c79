"""Every table of the office's database."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
    true,
)
from sqlalchemy.event import listen

from foibot.store.moment import Moment
from foibot.store.words import Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_NOTHING = text("''")
# SQLite numbers rows by itself only in a column declared INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")

marks = Table(
    "marks",
    metadata,
    Column("folder", Words, primary_key=True),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("next_uid", BigInteger, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("folder", Words, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("truncated", Boolean, nullable=False),
    Column("raw_sha256", String(64), nullable=False),
    Column("done", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("disposition", String(20), nullable=False),
    Column("rule", Words, nullable=False),
    Column("evidence", Words, nullable=False),
    Column("case_ref", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("body_hash", String(64), nullable=False),
    Column("sender", Words, nullable=False),
    Column("subject", Words, nullable=False, server_default=_NOTHING),
    Column("topic", String(64), nullable=False, server_default=_NOTHING),
    Column("conversation", Words, nullable=False, server_default=_NOTHING),
    Column("guesses", Words, nullable=False, server_default=_NOTHING),
    Column("told", Boolean, nullable=False, server_default=true()),
    # Last, so that reading the columns before it never pages through the mail itself.
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("folder", "uidvalidity", "uid"),
)
# Two ways to say the same: the argument for PostgreSQL would load its seven drivers, 7 MB, on SQLite too.
Index("ix_inbox_waiting", inbox.c.id, sqlite_where=~inbox.c.done).ddl_if(dialect="sqlite")
_WAITING = DDL(  # type: ignore[no-untyped-call]
    "CREATE INDEX ix_inbox_waiting ON inbox (id) WHERE NOT done"
)
listen(inbox, "after_create", _WAITING.execute_if(dialect="postgresql"))
Index("ix_inbox_untold", inbox.c.id, sqlite_where=~inbox.c.told).ddl_if(dialect="sqlite")
_UNTOLD = DDL(  # type: ignore[no-untyped-call]
    "CREATE INDEX ix_inbox_untold ON inbox (id) WHERE NOT told"
)
listen(inbox, "after_create", _UNTOLD.execute_if(dialect="postgresql"))
Index("ix_inbox_message_id", inbox.c.message_id)
Index("ix_inbox_sender_body", inbox.c.sender, inbox.c.body_hash, inbox.c.arrived_at)
Index("ix_inbox_case_ref", inbox.c.case_ref)
Index("ix_inbox_topic", inbox.c.topic)
Index("ix_inbox_conversation", inbox.c.conversation)
Index("ix_inbox_fetched_at", inbox.c.fetched_at)
Index("ix_inbox_raw_sha256", inbox.c.raw_sha256)

cases = Table(
    "cases",
    metadata,
    Column("reference", Words, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("state", String(30), nullable=False),
    Column("due", Date, nullable=False),
    Column("requester", Words, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("restricted", Boolean, nullable=False, server_default=false()),
    Column("folded", Words, nullable=False),
    UniqueConstraint("year", "number"),
)
Index("ix_cases_state_due", cases.c.state, cases.c.due)
Index("ix_cases_requester", cases.c.requester)
Index("ix_cases_restricted", cases.c.restricted, cases.c.year, cases.c.number)

counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("case_ref", Words, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("by", Words, nullable=False),
    Column("cause", Words, nullable=False),
    Column("public", Words, nullable=False),
    Column("private", Words, nullable=True),
    Column("private_sha256", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
Index("ix_events_case_ref_seq", events.c.case_ref, events.c.seq)

letters = Table(
    "letters",
    metadata,
    Column("case_ref", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("subject", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("html", Words, nullable=False),
    Column("pdf_name", Words, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
)

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

letter_files = Table(
    "letter_files",
    metadata,
    Column("case_ref", Words, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", Words, nullable=False),
    Column("content_type", Words, nullable=False),
    Column("sha256", String(64), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowNumber, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("place", Integer, nullable=False),
    Column("case_ref", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("once", Words, nullable=False),
    Column("envelope_from", Words, nullable=False),
    Column("recipient", Words, nullable=False),
    Column("subject_key", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("bounce_token", Words, nullable=False),
    Column("state", String(20), nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("repeats", Integer, nullable=False),
    Column("code", Integer, nullable=False),
    Column("answer", Words, nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("dated_at", Moment, nullable=True),
    Column("tried_at", Moment, nullable=True),
    Column("settled_at", Moment, nullable=True),
    Column("in_sent", Boolean, nullable=False),
    Column("raw_sha256", String(64), nullable=False),
    # Whose hands the mail is in, or was last: the number of a worker, 0 for the only one.
    Column("worker", BigInteger, nullable=False, server_default="0"),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("once"),
    UniqueConstraint("message_id"),
)
Index("ix_outbox_state_place", outbox.c.state, outbox.c.place, outbox.c.id)
Index("ix_outbox_recipient", outbox.c.recipient, outbox.c.kind, outbox.c.written_at)
Index("ix_outbox_case_ref", outbox.c.case_ref, outbox.c.version)
Index("ix_outbox_tried_at", outbox.c.tried_at)
Index("ix_outbox_bounce_token", outbox.c.bounce_token)
Index("ix_outbox_settled", outbox.c.kind, outbox.c.in_sent, outbox.c.settled_at)

secrets = Table(
    "secrets",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("subject_digest", String(64), nullable=False),
    Column("officer", Words, nullable=False),
    Column("case_ref", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("confirms", BigInteger, nullable=False),
    Column("message", BigInteger, nullable=False, server_default="0"),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=True),
    Column("revoked_at", Moment, nullable=True),
)
Index("ix_secrets_subject_digest", secrets.c.subject_digest)
Index("ix_secrets_case_ref", secrets.c.case_ref, secrets.c.version)

switches = Table(
    "switches",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("nation", String(20), primary_key=True),
    Column("name", Words, primary_key=True),
    Column("source", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

wordings = Table(
    "wordings",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("case_ref", Words, primary_key=True),
    Column("at", Moment, nullable=False),
)

likenesses = Table(
    "likenesses",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Moment, primary_key=True),
    Column("case_ref", Words, primary_key=True),
)

terms = Table(
    "terms",
    metadata,
    Column("term", Words, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,  # the rows are their key, a hundred for a case: kept once, not twice
)

topics = Table(
    "topics",
    metadata,
    Column("name", Words, primary_key=True),
    Column("phrases", Words, nullable=False),
    Column("provisions", Words, nullable=False),
    Column("case_ref", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("officer", Words, primary_key=True),
    Column("back", Date, nullable=False),
    Column("instead", Words, nullable=False),
)

undecided = Table(
    "undecided",
    metadata,
    Column("message", BigInteger, primary_key=True, autoincrement=False),
)

signatures = Table(
    "signatures",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("message_sha256", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
