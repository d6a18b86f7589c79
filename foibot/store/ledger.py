"""The hash chain of everything that happened: numbered without a gap, each entry bound to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, String, bindparam, func, insert, select, type_coerce, update

from foibot.case.events import Event, Recorded
from foibot.case.stored import join, split
from foibot.store.database import insert_if_absent
from foibot.store.moment import as_stored, in_utc
from foibot.store.tables import chain, events
from foibot.store.words import storable

_OFFICE = "office"
_BEGIN = "0" * 64


@dataclass(frozen=True, slots=True)
class Happened:
    """An event about to be recorded, with the case it belongs to ("" for none), who and why."""

    event: Event
    case: str
    by: str
    cause: str


# Made once: `json.dumps` would make one for each event.
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _link(previous: str, *parts: object) -> str:
    return _digest(_canonical([previous, *parts]))


# What is asked for every message is built once: to build it takes longer than to ask.
_APPEND = insert(events)
_OF_CASE = select(events).where(events.c.case_ref == bindparam("of_case")).order_by(events.c.seq)
_HEAD = select(chain.c.seq, chain.c.hash).where(chain.c.name == _OFFICE).with_for_update()
_MOVE_HEAD = update(chain).where(chain.c.name == _OFFICE)


class Ledger:
    """The chain inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """The head is read at the first append and stays locked until the transaction ends."""
        self._writing = connection
        self._head: tuple[int, str] | None = None
        self._unwritten: list[dict[str, object]] = []

    @property
    def _connection(self) -> Connection:
        """To read with: what was appended is there."""
        self.write()
        return self._writing

    def write(self) -> None:
        """Write the entries that were appended, all at once; every look at them and every end does so first."""
        if self._unwritten and self._head:
            self._writing.execute(_APPEND, self._unwritten)
            seq, last = self._head
            self._writing.execute(_MOVE_HEAD, {"seq": seq, "hash": last})
            self._unwritten = []

    def _locked_head(self) -> tuple[int, str]:
        if self._head is None:
            row = self._writing.execute(_HEAD).first()
            if row is None:
                insert_if_absent(self._writing, chain, name=_OFFICE, seq=0, hash=_BEGIN)
                row = self._writing.execute(_HEAD).one()
            self._head = (row.seq, row.hash)
        return self._head

    def append(self, happened: Sequence[Happened], at: datetime, nonce: str) -> list[Recorded]:
        """Record these events at this moment (aware); their entries in the chain.

        `nonce` is random; it keeps a private part from being guessed from its digest. The entries
        given back hold what was kept: without the characters that no database keeps.
        """
        if not happened:
            return []
        seq, previous = self._locked_head()
        recorded = []
        at = in_utc(at)
        for one in map(_storable, happened):
            seq += 1
            public, private = split(one.event)
            public_text = _canonical(public)
            private_text = _canonical({**private, "nonce": f"{nonce}{seq}"}) if private else None
            private_sha256 = _digest(private_text) if private_text else ""
            kind = type(one.event).__name__
            previous = _link(
                previous,
                seq,
                as_stored(at),
                one.case,
                kind,
                one.by,
                one.cause,
                public_text,
                private_sha256,
            )
            self._unwritten.append(
                {
                    "seq": seq,
                    "at": at,
                    "case_ref": one.case,
                    "kind": kind,
                    "by": one.by,
                    "cause": one.cause,
                    "public": public_text,
                    "private": private_text,
                    "private_sha256": private_sha256,
                    "hash": previous,
                }
            )
            recorded.append(Recorded(seq, at, one.case, one.by, one.cause, one.event, previous))
        self._head = (seq, previous)
        return recorded

    def of_case(self, reference: str) -> list[Recorded]:
        """Everything that happened on a case, in order."""
        rows = self._connection.execute(_OF_CASE, {"of_case": reference})
        return [_recorded(row) for row in rows]

    def references(self) -> list[str]:
        """Every case on which something happened, in the order of what happened first."""
        query = select(events.c.case_ref).where(events.c.case_ref != "").group_by(events.c.case_ref)
        rows = self._connection.execute(query.order_by(func.min(events.c.seq)))
        return list(rows.scalars())

    def all(self) -> Iterator[Recorded]:
        """Everything that happened in the office, in order, read in bites."""
        query = select(events).order_by(events.c.seq)
        for row in self._connection.execute(query).yield_per(1000):
            yield _recorded(row)

    def breaks(self) -> Iterator[str]:
        """Every place where the chain does not hold, in words; nothing if it is whole.

        A changed, missing, added or reordered entry, a changed private part and a cut tail are all found.
        """
        expected, previous = 0, _BEGIN
        query = select(*_AS_STORED).order_by(events.c.seq)
        for row in self._connection.execute(query).yield_per(1000):
            expected += 1
            if row.seq != expected:
                yield f"event {expected} is missing: the next one is numbered {row.seq}"
                expected = row.seq
            if _expected_hash(previous, row) != row.hash:
                yield f"event {row.seq} ({row.kind} on {row.case_ref or 'no case'}) does not match its hash"
            if row.private is not None and _digest(row.private) != row.private_sha256:
                yield f"the private part of event {row.seq} ({row.case_ref or 'no case'}) was changed"
            previous = row.hash
        head = self._connection.execute(select(chain.c.seq, chain.c.hash)).first()
        if (head.seq, head.hash) != (expected, previous) if head else expected != 0:
            yield f"the chain ends at event {expected}, its head says {head.seq if head else 'nothing'}"


# The moment as its text: one that was made unreadable is a broken entry like any other.
_AS_STORED = [
    type_coerce(column, String).label("at") if column is events.c.at else column
    for column in events.c
]


def _storable(happened: Happened) -> Happened:
    event = happened.event
    given = {field.name: getattr(event, field.name) for field in fields(event)}
    kept = {name: _kept(value) for name, value in given.items()}
    return Happened(
        event if kept == given else replace(event, **kept),
        storable(happened.case),
        storable(happened.by),
        storable(happened.cause),
    )


def _kept(value: object) -> Any:
    match value:
        case str() if not isinstance(value, Enum):
            return storable(value)
        case tuple():
            return tuple(_kept(item) for item in value)
        case _:
            return value


def _expected_hash(previous: str, row: Row[Any]) -> str:
    return _link(
        previous,
        row.seq,
        row.at,
        row.case_ref,
        row.kind,
        row.by,
        row.cause,
        row.public,
        row.private_sha256,
    )


def _recorded(row: Row[Any]) -> Recorded:
    private = json.loads(row.private) if row.private else {}
    private.pop("nonce", None)
    event = join(row.kind, json.loads(row.public), private)
    return Recorded(row.seq, row.at, row.case_ref, row.by, row.cause, event, row.hash)
