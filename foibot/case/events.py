"""The facts a case file is made of, in the past tense, each a frozen value that can be stored; no I/O.

A field named in an event's `PRIVATE` may hold a person's data: words of theirs, or a mail server's
answer with their address in it. It is stored beside the hash chain, not in
it: the chain holds its digest, so that it can be erased one day without breaking the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from foibot.case.parts import PartDecided
from foibot.case.questions import Question


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a case, or in the office when `Recorded.case` is empty."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Received(Event):
    """A request arrived and became a case. `received` is the London date on which it arrived.

    `received_at` is the moment that was chosen and `receipt_basis` why; the mailbox's own moment and the
    sender's claim are kept beside it (T-23). `split_from` is the case that the same message has opened.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset(
        {"requester_address", "requester_name", "subject", "request_text"}
    )
    reference: str
    number: int
    year: int
    regime: str
    received: date
    received_at: datetime
    receipt_basis: str
    due: date
    message_sha256: str
    message_id: str
    references: tuple[str, ...]
    law: str = ""
    internaldate: datetime | None = None
    their_date: str = ""
    split_from: str = ""
    requester_address: str = ""
    requester_name: str = ""
    subject: str = ""
    request_text: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgementWritten(Event):
    """The acknowledgement was put in the outbox; there is one per case for ever."""

    message_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AcknowledgementWithheld(Event):
    """No acknowledgement is sent automatically; `rule` and `why` say what caused it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    rule: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgementSent(Event):
    """The requester's server, or ours on its behalf, accepted the acknowledgement."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    message_id: str
    answer: str = ""
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgementFailed(Event):
    """The acknowledgement was refused, or its fate is unknown after the one repeat."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    message_id: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class MailFiled(Event):
    """A message was given its one disposition; `case` of the record is empty if it belongs to none.

    `arrived` is the mailbox's own moment (UTC).
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"evidence"})
    message_sha256: str
    disposition: str
    rule: str
    evidence: str = ""
    arrived: datetime | None = None


@dataclass(frozen=True, slots=True)
class FilingChanged(Event):
    """An officer placed a message anew; this takes back how it was filed, the next filing of it counts."""

    message_sha256: str
    was_disposition: str
    was_rule: str


@dataclass(frozen=True, slots=True)
class MailQueued(Event):
    """Mail to officers was put in the outbox; the digests prove later which it was and what it said.

    Its Message-ID is kept as a digest, because it holds the secret that a reply proves itself with.
    `allows` is a digest of what that secret allows, to whom and until when.
    """

    kind: str
    message_id_sha256: str
    sha256: str
    allows: str = ""


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """An officer added a note to the case; no letter can read it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"text"})
    text: str = ""


@dataclass(frozen=True, slots=True)
class QuestionsNumbered(Event):
    """The questions of the request were told apart, by foibot or by an officer; a letter answers them by number."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"questions"})
    count: int
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class PartsDecided(Event):
    """Officers decided on some of the numbered questions; `parts` are all outcomes there are since."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"parts"})
    count: int
    parts: tuple[PartDecided, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicListed(Event):
    """An officer listed a subject that is always neither confirmed nor denied, and how it is recognised."""

    name: str
    phrases: tuple[str, ...]
    provisions: str


@dataclass(frozen=True, slots=True)
class TopicStruck(Event):
    """An officer took a subject off that register and said why."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class SendingPaused(Event):
    """From here on nothing leaves the office but what is said about the pause."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class SendingResumed(Event):
    """Mail leaves again."""


@dataclass(frozen=True, slots=True)
class OrderRefused(Event):
    """A message that looked like an order changed nothing; `check` names the check that failed."""

    check: str
    message_sha256: str


@dataclass(frozen=True, slots=True)
class ClosedAgain(Event):
    """The last clock that had opened an answered case again was stopped."""


@dataclass(frozen=True, slots=True)
class Withdrawn(Event):
    """The requester took the request back; that is not a refusal."""


@dataclass(frozen=True, slots=True)
class FoundNotFoi(Event):
    """An officer decided that this is not a request under an information law."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenedAgain(Event):
    """An officer took back that the case was closed without an answer; its time runs as if it never had been."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class WaitsAgain(Event):
    """The same, on a case that was closed while it waited for the requester: it waits for them again."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class Lapsed(Event):
    """No clarification or fee came in time; a later one starts the clock again."""


@dataclass(frozen=True, slots=True)
class Reminded(Event):
    """Officers were reminded; `step` names the rung of the ladder, `day` the working day."""

    step: str
    day: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the chain.

    `seq` counts from 1 without a gap over the whole office; `at` is aware UTC; `by` is an officer's
    address, "requester", "holder", "foibot" or "administrator"; `cause` is what caused it (a message digest, a
    rule, an order), never a person's words.
    """

    seq: int
    at: datetime
    case: str
    by: str
    cause: str
    event: Event
    hash: str
