"""Every outgoing mail: a row first, claimed before it is sent, ending in exactly one state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select, text, update

from foibot.outbox.item import FIRST, ItemState, Kind
from foibot.store.asked_of_outbox import (
    ACKNOWLEDGED,
    ACKNOWLEDGEMENT_LEAVES,
    ADD,
    BACKLOG,
    BY_MESSAGE_ID,
    CHANGE,
    CLAIM,
    EACH,
    FOUND,
    FROZEN,
    LETTER,
    NEXT,
    NEXT_IN,
    OF_CASE,
    OF_MAIL,
    ONCE,
    PROMOTE,
    RAW,
    RECIPIENTS,
    TRIED,
    in_state,
)
from foibot.store.kept_back import KeptBack
from foibot.store.outgoing import COLUMNS, Outgoing, read_outgoing
from foibot.store.tables import outbox
from foibot.store.unheard_of import UnheardOf


@dataclass(frozen=True, slots=True)
class NewMail:
    """A mail for the outbox. `raw` holds all of it but Date and Message-ID.

    `once` is the key under which it exists one time only, for ever; `version` is a letter's, else 0.
    """

    kind: Kind
    state: ItemState
    case_ref: str
    once: str
    envelope_from: str
    recipient: str
    message_id: str
    raw: bytes
    version: int = 0
    subject_key: str = ""
    bounce_token: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail this process is about to send, with the date it carries at every try."""

    mail: Outgoing
    dated_at: datetime
    raw: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to, as it is to be kept; one that does not count leaves `tries` as it was."""

    id: int
    state: ItemState
    not_before: datetime | None
    repeat: bool
    code: int
    answer: str
    counts: bool = True


CHANNEL = "foibot_mail"
"""Where PostgreSQL calls every worker when mail for at once is committed."""

_CALL = text(f"NOTIFY {CHANNEL}")
_ENDED = {ItemState.SENT, ItemState.REFUSED, ItemState.UNCERTAIN, ItemState.DROPPED}


class Outbox:
    """The outgoing mail inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._new = KeptBack(connection, ADD)
        self._new_recipients = UnheardOf(connection, RECIPIENTS)
        self._bare = connection
        self._called = False

    def _call(self) -> None:
        """Wake every worker when this is committed, once for each transaction; on SQLite there is only one."""
        if not self._called and self._bare.dialect.name != "sqlite":
            self._called = True
            self._bare.execute(_CALL)

    @property
    def _connection(self) -> Connection:
        """To read and write with: every new mail is there."""
        return self._new.write()

    def write(self) -> None:
        """Write the new mails, all at once; whoever looks for one of them does so first."""
        self._new.write()

    def has(self, once: str) -> bool:
        """Whether a mail with this key was ever written."""
        connection = self._new.for_a_look_at("once", once)
        return connection.execute(ONCE, {"key": once}).first() is not None

    def add(self, mails: Sequence[NewMail], now: datetime) -> None:
        """Write mails; the database refuses a second one with the same `once` or Message-ID, at the latest at the end."""
        for mail in mails:
            self._new.add(_new_row(mail, now))
            self._new_recipients.heard(mail.recipient)
        if any(mail.state is ItemState.QUEUED for mail in mails):
            self._call()

    def promote(self, now: datetime) -> int:
        """Queue every approved mail whose undo window is over; how many."""
        return self._connection.execute(PROMOTE, {"now": now}).rowcount

    def next_batch(
        self, now: datetime, limit: int, only: Collection[Kind] = frozenset(Kind)
    ) -> list[Outgoing]:
        """The mails whose turn it is, what the public waits for first; locked, nothing changed yet."""
        wanted: dict[str, object] = {"now": now, "most": limit}
        if len(only) < len(Kind):
            rows = self._connection.execute(
                NEXT_IN, {**wanted, "places": [FIRST[kind] for kind in only]}
            )
        else:
            rows = self._connection.execute(NEXT, wanted)
        return [read_outgoing(row) for row in rows]

    def intact(self, mails: Sequence[int]) -> dict[int, bytes]:
        """The frozen bytes of those mails that still have the digest which was kept when they were written."""
        rows = self._connection.execute(FROZEN, {"mails": mails})
        return {row.id: row.raw for row in rows if sha256(row.raw).hexdigest() == row.raw_sha256}

    def claim(self, frozen: Mapping[int, bytes], now: datetime, worker: int = 0) -> list[Claimed]:
        """Mark queued mails as being sent by a worker (the "about to write" mark), given with their frozen bytes.

        A mail among them that is no longer queued is left alone: it is never sent by two.
        """
        claimed = self._connection.execute(CLAIM, {"mails": list(frozen), "now": now, "by": worker})
        ours = list(claimed.scalars())
        if not ours:
            return []
        query = EACH
        mails = map(read_outgoing, self._connection.execute(query, {"mails": ours}))
        return [Claimed(mail, mail.dated_at or now, bytes(frozen[mail.id])) for mail in mails]

    def settle(self, results: Sequence[Result], now: datetime) -> None:
        """Keep what attempts came to, those of a kind in one statement."""
        alike: dict[tuple[bool, bool, tuple[str, ...]], list[dict[str, object]]] = defaultdict(list)
        for result in results:
            row: dict[str, object] = {
                "mail": result.id,
                "state": result.state.value,
                "code": result.code,
                "answer": result.answer,
            }
            if result.state in _ENDED:
                row["settled_at"] = now
            if result.not_before is not None:
                row["not_before"] = result.not_before
            alike[result.repeat, result.counts, tuple(row)].append(row)
        for (repeat, counts, _), rows in alike.items():
            step = OF_MAIL.values(repeats=outbox.c.repeats + 1) if repeat else OF_MAIL
            step = step if counts else step.values(tries=outbox.c.tries - 1)
            self._connection.execute(step, rows)

    def in_hands(self) -> set[int]:
        """The numbers of the workers that have mails in their hands."""
        query = select(outbox.c.worker).where(outbox.c.state == ItemState.SENDING).distinct()
        return set(self._connection.execute(query).scalars())

    def left_with(self, worker: int, mails: Sequence[int]) -> dict[int, ItemState]:
        """The states of those mails that no other worker, and no administrator, has touched since; locked."""
        query = select(outbox.c.id, outbox.c.state).where(
            outbox.c.id.in_(mails), outbox.c.worker == worker
        )
        rows = self._connection.execute(query.with_for_update(skip_locked=True))
        return {row.id: ItemState(row.state) for row in rows}

    def change(
        self,
        mail: int,
        was: Sequence[ItemState],
        becomes: ItemState,
        not_before: datetime | None = None,
    ) -> bool:
        """Compare-and-set of one mail's state; False if it was in none of the states given."""
        step: dict[str, object] = {"mail": mail, "was": [one.value for one in was]}
        step |= {"state": becomes.value, "worker": 0}
        if not_before is not None:
            step["not_before"] = not_before
        changed = self._connection.execute(CHANGE, step).rowcount == 1
        if changed and becomes is ItemState.QUEUED:
            self._call()
        return changed

    def letter(self, reference: str, version: int) -> Outgoing | None:
        """The mail of one version of a case's letter."""
        which = {"of_case": reference, "of_version": version}
        row = self._connection.execute(LETTER, which).first()
        return read_outgoing(row) if row else None

    def find(self, mail: int) -> Outgoing | None:
        """One mail by its number."""
        row = self._connection.execute(FOUND, {"mail": mail}).first()
        return read_outgoing(row) if row else None

    def raw_of(self, mail: int) -> bytes:
        """The frozen bytes of a mail: all but Date and Message-ID."""
        return bytes(self._connection.execute(RAW, {"mail": mail}).scalar_one())

    def in_state(
        self, *states: ItemState, worker: int | None = None, kind: Kind | None = None
    ) -> list[Outgoing]:
        """Every mail in these states, or of them those of one worker or one kind, in the order in which they leave."""
        wanted: dict[str, object] = {"states": [state.value for state in states]}
        wanted |= {} if kind is None else {"of_place": FIRST[kind]}
        wanted |= {} if worker is None else {"of_worker": worker}
        query = in_state(of_kind=kind is not None, of_worker=worker is not None)
        return [read_outgoing(row) for row in self._connection.execute(query, wanted)]

    def backlog(self, now: datetime) -> tuple[int, datetime | None]:
        """How many mails may leave now and have not, and since when the oldest may."""
        many, oldest = self._connection.execute(BACKLOG, {"now": now}).one()
        return int(many), oldest

    def of_case(self, reference: str) -> list[Outgoing]:
        """Every mail of a case, in the order of writing."""
        rows = self._connection.execute(OF_CASE, {"of_case": reference})
        return [read_outgoing(row) for row in rows]

    def not_in_sent(self, before: datetime) -> list[Outgoing]:
        """Letters settled as sent before a moment that have no copy in the Sent folder yet."""
        query = select(*COLUMNS).where(
            outbox.c.kind == Kind.LETTER,
            outbox.c.state == ItemState.SENT,
            ~outbox.c.in_sent,
            outbox.c.settled_at <= before,
        )
        return [read_outgoing(row) for row in self._connection.execute(query.order_by(outbox.c.id))]

    def mark_in_sent(self, mail: int) -> None:
        """Remember that the Sent folder has this mail."""
        self._connection.execute(update(outbox).where(outbox.c.id == mail).values(in_sent=True))

    def every(self) -> Iterator[Outgoing]:
        """Every mail, oldest first, read in bites."""
        query = select(*COLUMNS).order_by(outbox.c.id)
        for row in self._connection.execute(query).yield_per(1000):
            yield read_outgoing(row)

    def frozen(self) -> Iterator[tuple[Outgoing, str, bytes]]:
        """Every mail with its bounce token and its frozen bytes, oldest first, read in bites."""
        query = select(*COLUMNS, outbox.c.bounce_token, outbox.c.raw).order_by(outbox.c.id)
        for row in self._connection.execute(query).yield_per(50):
            yield read_outgoing(row), row.bounce_token, bytes(row.raw)

    def acknowledges(self, now: datetime) -> bool:
        """Whether an acknowledgement may leave now, or is being sent, and has not left."""
        return self._connection.execute(ACKNOWLEDGEMENT_LEAVES, {"now": now}).first() is not None

    def by_message_ids(self, message_ids: Sequence[str]) -> list[Outgoing]:
        """Our own mails among these Message-IDs."""
        if not message_ids:
            return []
        rows = self._connection.execute(BY_MESSAGE_ID, {"message_ids": message_ids})
        return [read_outgoing(row) for row in rows]

    def by_bounce_tokens(self, tokens: Sequence[str]) -> list[Outgoing]:
        """Our own mails whose envelope sender carried one of these tokens."""
        if not tokens:
            return []
        query = select(*COLUMNS).where(
            outbox.c.bounce_token.in_(tokens), outbox.c.bounce_token != ""
        )
        return [read_outgoing(row) for row in self._connection.execute(query)]

    def acknowledged_since(self, recipient: str, since: datetime) -> tuple[int, set[str]]:
        """How many acknowledgements an address was written since a moment, and their subjects' keys."""
        if recipient in self._new_recipients:
            return 0, set()
        look = self._new.for_a_look_at("recipient", recipient)
        found = look.execute(ACKNOWLEDGED, {"to_whom": recipient, "since": since})
        keys = list(found.scalars())
        return len(keys), set(keys)

    def look_for(self, recipients: Collection[str]) -> None:
        """Find out at once to which of these addresses (lower case) no mail was ever written."""
        self._new_recipients.look(recipients)

    def tried_since(self, since: datetime) -> int:
        """How many mails were given to the server since a moment."""
        return int(self._connection.execute(TRIED, {"since": since}).scalar_one())

    def damaged(self) -> Iterator[str]:
        """Every mail whose bytes no longer match their digest, in words."""
        query = select(outbox.c.id, outbox.c.raw_sha256, outbox.c.raw).order_by(outbox.c.id)
        for row in self._connection.execute(query).yield_per(50):
            if sha256(row.raw).hexdigest() != row.raw_sha256:
                yield f"mail {row.id} in the outbox was changed: its bytes do not match its digest"


def _new_row(mail: NewMail, now: datetime) -> dict[str, object]:
    return {
        "kind": mail.kind.value,
        "place": FIRST[mail.kind],
        "case_ref": mail.case_ref,
        "version": mail.version,
        "once": mail.once,
        "envelope_from": mail.envelope_from,
        "recipient": mail.recipient,
        "subject_key": mail.subject_key,
        "message_id": mail.message_id,
        "bounce_token": mail.bounce_token,
        "state": mail.state.value,
        "not_before": mail.not_before or now,
        "tries": 0,
        "repeats": 0,
        "code": 0,
        "answer": "",
        "in_sent": False,
        "written_at": now,
        "raw_sha256": sha256(mail.raw).hexdigest(),
        "raw": mail.raw,
    }
