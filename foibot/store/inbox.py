"""Every message the server has ever shown: its raw bytes first, then its one disposition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from foibot.store.asked_of_inbox import (
    BYTES,
    IDS,
    KEEP,
    NEWEST_WITH_TEXT,
    NOT_DONE,
    NOT_TOLD,
    OF_MESSAGE,
    SAME_BYTES,
    SAME_TEXT,
    SENDERS,
    THERE,
    TWINS,
    UNTOLD,
    WAITING,
)
from foibot.store.kept_back import KeptBack
from foibot.store.tables import inbox, marks
from foibot.store.unheard_of import UnheardOf


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as the server gave it; `arrived_at` is INTERNALDATE in UTC."""

    folder: str
    uidvalidity: int
    uid: int
    arrived_at: datetime
    truncated: bool
    raw: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored message that has no disposition yet."""

    id: int
    folder: str
    arrived_at: datetime
    truncated: bool
    attempts: int
    raw_sha256: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Settled:
    """The one disposition of a message, and what of it is needed to recognise others by.

    `topic` is a digest of the subject without prefixes, `conversation` the identity in Outlook's
    Thread-Index; `guesses` are references of cases it may belong to, the likeliest first.
    """

    id: int
    disposition: str
    rule: str
    evidence: str
    case_ref: str = ""
    message_id: str = ""
    body_hash: str = ""
    sender: str = ""
    subject: str = ""
    topic: str = ""
    conversation: str = ""
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FolderMark:
    """How far a folder has been read."""

    uidvalidity: int
    next_uid: int


SETTLED = [inbox.c[name] for name in Settled.__dataclass_fields__]
_RECOGNISED = ("message_id", "body_hash", "sender", "subject", "topic", "conversation")

_NEWEST = 50  # messages that are looked at to tell a thread's cases

_MARK = update(marks).where(marks.c.folder == bindparam("of_folder"))


class Inbox:
    """The messages inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._dispositions = KeptBack(connection, OF_MESSAGE)
        self._alike_in_nothing: frozenset[str] = frozenset()
        self._new_bytes = UnheardOf(connection, BYTES)
        self._new_ids = UnheardOf(connection, IDS)
        self._new_senders = UnheardOf(connection, SENDERS)

    @property
    def _connection(self) -> Connection:
        """To read and write with: every disposition is there."""
        return self._dispositions.write()

    def write(self) -> None:
        """Write the dispositions that were given, all at once; whoever looks for one of them does so first."""
        self._dispositions.write()

    def mark(self, folder: str) -> FolderMark | None:
        """How far the folder was read; None if never."""
        row = self._connection.execute(select(marks).where(marks.c.folder == folder)).first()
        return FolderMark(row.uidvalidity, row.next_uid) if row else None

    def set_mark(self, folder: str, mark: FolderMark) -> None:
        """Remember how far the folder was read."""
        values = {"uidvalidity": mark.uidvalidity, "next_uid": mark.next_uid}
        if self._connection.execute(_MARK, {"of_folder": folder, **values}).rowcount == 0:
            self._connection.execute(insert(marks).values(folder=folder, **values))

    def keep(self, mails: Sequence[Arrived], now: datetime) -> int:
        """Store messages not stored before; how many were new."""
        shown = {(mail.folder, mail.uidvalidity, mail.uid): mail for mail in mails}
        fresh = [mail for mail in shown.values() if not self._has(mail)]
        if fresh:
            self._connection.execute(KEEP, [_fresh_row(mail, now) for mail in fresh])
        return len(fresh)

    def uids(self, folder: str, uidvalidity: int, first: int) -> set[int]:
        """The UIDs from `first` on that are stored of this epoch of a folder."""
        query = select(inbox.c.uid).where(
            inbox.c.folder == folder, inbox.c.uidvalidity == uidvalidity, inbox.c.uid >= first
        )
        return set(self._connection.execute(query).scalars())

    def _has(self, mail: Arrived) -> bool:
        place = {"in_folder": mail.folder, "of_epoch": mail.uidvalidity, "with_uid": mail.uid}
        return self._connection.execute(THERE, place).first() is not None

    def waiting(self, limit: int, max_bytes: int) -> list[Waiting]:
        """The oldest messages without a disposition: up to `limit`, and about `max_bytes` in all.

        On PostgreSQL they are kept from others until the transaction ends: of two workers each settles
        messages of its own, and none is settled twice.
        """
        found = [_waiting(row) for row in self._oldest(WAITING, limit, max_bytes)]
        times = Counter(one.raw_sha256 for one in found)
        self._alike_in_nothing = frozenset(digest for digest, many in times.items() if many == 1)
        self._new_bytes.look(self._alike_in_nothing)
        return found

    def look_for(self, message_ids: Collection[str], senders: Collection[str]) -> None:
        """Find out at once which of these Message-IDs and senders (lower case) no message has had before."""
        self._new_ids.look(message_ids)
        self._new_senders.look(senders)

    def _oldest(self, query: Select[Any], limit: int, max_bytes: int) -> Iterator[Row[Any]]:
        size = 0
        # Two at a time: each may be as large as a mail can be, and is held until the next are read.
        with self._connection.execute(query, {"most": limit}).yield_per(2) as rows:
            for row in rows:
                yield row
                size += len(row.raw)
                if size >= max_bytes:
                    break

    def backlog(self) -> tuple[int, datetime | None]:
        """How many messages nobody has been shown yet, and when the oldest of them was fetched."""
        looked = [self._connection.execute(query).one() for query in (NOT_DONE, NOT_TOLD)]
        since = [oldest for _, oldest in looked if oldest is not None]
        return sum(many for many, _ in looked), min(since, default=None)

    def waiting_since(self) -> datetime | None:
        """When the oldest message without a disposition was fetched, one that another worker has in hand as well."""
        since: datetime | None = self._connection.execute(NOT_DONE).one()[1]
        return since

    def count_attempt(self, message: int, times: int = 1) -> None:
        """Remember that handling this message has failed once more, or so many times."""
        step = update(inbox).where(inbox.c.id == message)
        step = step.values(attempts=inbox.c.attempts + times)
        self._connection.execute(step)

    def untold(self, limit: int, max_bytes: int) -> list[tuple[Waiting, str]]:
        """The oldest requests whose case the officers have not been shown, with its reference; as `waiting`."""
        rows = self._oldest(UNTOLD, limit, max_bytes)
        return [(_waiting(row), row.case_ref) for row in rows]

    def mark_told(self, message: int) -> None:
        """Remember that the officers were shown the case of a request."""
        self._connection.execute(OF_MESSAGE, {"message": message, "told": True})

    def settle(self, settled: Settled, *, told: bool = True) -> None:
        """Give a message its disposition; it is not `told` if the officers are still to be shown its case."""
        values = {name: getattr(settled, name) for name in _RECOGNISED}
        values |= _filed(settled)
        row = {"message": settled.id, "done": True, "told": told, "attempts": 0}
        self._dispositions.add(row | values)
        self._new_ids.heard(settled.message_id)
        self._new_senders.heard(settled.sender)

    def refile(self, settled: Settled) -> None:
        """Give a settled message another disposition, rule and case: an officer looked at it."""
        step = update(inbox).where(inbox.c.id == settled.id, inbox.c.done)
        self._connection.execute(step.values(**_filed(settled)))

    def find(self, message: int) -> tuple[Waiting, Settled] | None:
        """A settled message by its number, with its bytes; None if there is no such message."""
        query = select(inbox).where(inbox.c.id == message, inbox.c.done)
        row = self._connection.execute(query).first()
        return (_waiting(row), settled_from(row)) if row else None

    def twins(
        self, message: int, message_id: str, body_hash: str, sender: str, *, but: str = ""
    ) -> list[tuple[str, str]]:
        """The dispositions and subjects of other settled messages with this Message-ID, text and sender (mail rules D1, D2).

        Messages that were filed by the rule `but` do not count.
        """
        if not message_id or message_id in self._new_ids:
            return []
        other = {"with_id": message_id, "with_text": body_hash, "from_sender": sender}
        look = self._dispositions.for_a_look_at("message_id", message_id)
        rows = look.execute(TWINS, {**other, "message": message, "but": but})
        return [(row.disposition, row.subject) for row in rows]

    def read_before(self, one: Waiting, *, but: str = "") -> bool:
        """Whether these very bytes were settled before, as when a server renumbers a folder (rules C4, G7).

        Messages that were filed by the rule `but` do not count.
        """
        alone = one.raw_sha256 in self._alike_in_nothing
        if alone and one.raw_sha256 in self._new_bytes:
            return False
        other = {"digest": one.raw_sha256, "message": one.id, "but": but}
        look = self._dispositions.for_a_look_at("message", one.id) if alone else self._connection
        return look.execute(SAME_BYTES, other).first() is not None

    def request_of_copy(self, settled: Settled) -> str:
        """The case that another copy of this message has opened; "" if none."""
        if not settled.message_id:
            return ""
        query = select(inbox.c.case_ref).where(
            inbox.c.message_id == settled.message_id,
            inbox.c.body_hash == settled.body_hash,
            inbox.c.sender == settled.sender,
            inbox.c.disposition == "request",
            inbox.c.id != settled.id,
        )
        return str(self._connection.execute(query.limit(1)).scalar() or "")

    def same_text(self, sender: str, body_hash: str, since: datetime) -> str:
        """The case that the same sender's same text opened since a moment; "" if none (rule D3)."""
        if sender in self._new_senders:
            return ""
        other = {"from_sender": sender, "with_text": body_hash, "since": since}
        look = self._dispositions.for_a_look_at("sender", sender)
        return str(look.execute(SAME_TEXT, other).scalar() or "")

    def newest_with_text(self, sender: str, body_hash: str) -> str:
        """The case of the newest message of this sender with this text, however old; "" if none."""
        if sender in self._new_senders:
            return ""
        other = {"from_sender": sender, "with_text": body_hash}
        look = self._dispositions.for_a_look_at("sender", sender)
        return str(look.execute(NEWEST_WITH_TEXT, other).scalar() or "")

    def cases_of(self, message_ids: Sequence[str]) -> list[str]:
        """The cases of the newest message with one of these Message-IDs, and of others with the same one; mostly one."""
        if not message_ids:
            return []
        query = select(inbox.c.message_id, inbox.c.case_ref).where(
            inbox.c.message_id.in_(message_ids), inbox.c.case_ref != ""
        )
        look = self._dispositions.for_a_look_at("message_id", *message_ids)
        rows = look.execute(query.order_by(inbox.c.id.desc()).limit(_NEWEST)).all()
        same = [row.case_ref for row in rows if row.message_id == rows[0].message_id]
        return list(dict.fromkeys(same))

    def as_it_came(self, message: int) -> Waiting:
        """A message by its number, whether or not it is settled."""
        return _waiting(self._connection.execute(select(inbox).where(inbox.c.id == message)).one())

    def raw(self, message: int) -> tuple[bytes, str] | None:
        """The bytes of one message and their digest; None if there is no such message."""
        query = select(inbox.c.raw, inbox.c.raw_sha256).where(inbox.c.id == message)
        row = self._connection.execute(query).first()
        return (bytes(row.raw), row.raw_sha256) if row else None

    def cases_of_conversation(self, conversation: str) -> list[str]:
        """The cases to which the newest messages of an Outlook conversation belong, the newest first."""
        if not conversation:
            return []
        query = select(inbox.c.case_ref).where(
            inbox.c.conversation == conversation, inbox.c.case_ref != ""
        )
        newest = query.order_by(inbox.c.id.desc()).limit(_NEWEST)
        look = self._dispositions.for_a_look_at("conversation", conversation)
        return list(dict.fromkeys(look.execute(newest).scalars()))

    def cases_on(self, topic: str, limit: int) -> list[str]:
        """The cases with a message of this topic, up to `limit`, in no special order."""
        query = select(inbox.c.case_ref).where(inbox.c.topic == topic, inbox.c.case_ref != "")
        return list(self._connection.execute(query.distinct().limit(limit)).scalars())

    def raw_of(self, reference: str, raw_sha256: str) -> bytes:
        """The bytes of the message of a case that has this digest; b"" if there is none."""
        query = select(inbox.c.raw).where(
            inbox.c.case_ref == reference, inbox.c.raw_sha256 == raw_sha256
        )
        return bytes(self._connection.execute(query.limit(1)).scalar() or b"")

    def is_cut(self, reference: str, raw_sha256: str) -> bool:
        """Whether these bytes of a message of a case are only its beginning."""
        query = select(inbox.c.truncated).where(
            inbox.c.case_ref == reference, inbox.c.raw_sha256 == raw_sha256
        )
        return bool(self._connection.execute(query.limit(1)).scalar())

    def raws_of(self, reference: str) -> Iterator[bytes]:
        """The raw messages that belong to a case, in the order in which they came."""
        query = select(inbox.c.raw).where(inbox.c.case_ref == reference).order_by(inbox.c.id)
        for raw in self._connection.execute(query).scalars():
            yield bytes(raw)

    def listed_since(self, since: datetime, dispositions: Sequence[str]) -> list[Settled]:
        """Messages of these dispositions that were fetched since a moment, oldest first."""
        query = (
            select(*SETTLED)
            .where(inbox.c.fetched_at >= since, inbox.c.disposition.in_(dispositions))
            .order_by(inbox.c.fetched_at, inbox.c.id)
        )
        return [settled_from(row) for row in self._connection.execute(query)]

    def damaged(self) -> Iterator[str]:
        """Every message whose raw bytes no longer match their digest, in words."""
        query = select(inbox.c.id, inbox.c.raw_sha256, inbox.c.raw).order_by(inbox.c.id)
        for row in self._connection.execute(query).yield_per(50):
            if sha256(row.raw).hexdigest() != row.raw_sha256:
                yield f"message {row.id} in the inbox was changed: its bytes do not match its digest"

    def settled(self) -> Iterator[tuple[str, datetime, Settled]]:
        """Every settled message with the digest of its bytes and its arrival, to compare with the chain."""
        query = select(inbox.c.raw_sha256, inbox.c.arrived_at, *SETTLED)
        query = query.where(inbox.c.done).order_by(inbox.c.id)
        for row in self._connection.execute(query).yield_per(1000):
            yield row.raw_sha256, row.arrived_at, settled_from(row)


def _filed(settled: Settled) -> dict[str, str]:
    return {
        "disposition": settled.disposition,
        "rule": settled.rule,
        "evidence": settled.evidence,
        "case_ref": settled.case_ref,
        "guesses": " ".join(settled.guesses),
    }


def settled_from(row: Row[Any]) -> Settled:
    """The disposition in a row of `SETTLED`."""
    values = {name: getattr(row, name) for name in Settled.__dataclass_fields__}
    return Settled(**{**values, "guesses": tuple(values["guesses"].split())})


def _fresh_row(mail: Arrived, now: datetime) -> dict[str, object]:
    return {
        "folder": mail.folder,
        "uidvalidity": mail.uidvalidity,
        "uid": mail.uid,
        "arrived_at": mail.arrived_at,
        "fetched_at": now,
        "truncated": mail.truncated,
        "raw_sha256": sha256(mail.raw).hexdigest(),
        "done": False,
        "told": True,
        "attempts": 0,
        "disposition": "",
        "rule": "",
        "evidence": "",
        "case_ref": "",
        "message_id": "",
        "body_hash": "",
        "sender": "",
        "subject": "",
        "topic": "",
        "conversation": "",
        "guesses": "",
        "raw": mail.raw,
    }


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(
        id=row.id,
        folder=row.folder,
        arrived_at=row.arrived_at,
        truncated=row.truncated,
        attempts=row.attempts,
        raw_sha256=row.raw_sha256,
        raw=bytes(row.raw),
    )
