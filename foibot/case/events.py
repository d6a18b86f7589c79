"""The facts a case file is made of, in the past tense, each a frozen value that can be stored; no I/O.

A field named in an event's `PRIVATE` may hold a person's data: words of theirs, or a mail server's
answer with their address in it. It is stored beside the hash chain, not in
it: the chain holds its digest, so that it can be erased one day without breaking the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from foibot.case.enclosure import Enclosure
from foibot.case.parts import PartDecided
from foibot.case.questions import Question
from foibot.case.remarks import Remark


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
class Drafted(Event):
    """A version of a letter exists; `fingerprint` binds recipient, subject, text, HTML, PDF and files.

    `until` is the day the letter names: when a question lapses, an extension ends, a fee is due.
    `remarks` are what the checks found in it, `result` is what a review came to.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset(
        {"recipient", "slots", "remarks", "files", "parts"}
    )
    version: int
    kind: str
    fingerprint: str
    mail_sha256: str
    provisions: tuple[str, ...]
    recipient: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    until: date | None = None
    fee_pence: int = 0
    remarks: tuple[Remark, ...] = ()
    files: tuple[Enclosure, ...] = ()
    parts: tuple[PartDecided, ...] = ()
    result: str = ""


@dataclass(frozen=True, slots=True)
class WarningAccepted(Event):
    """Somebody said why the warnings of these rules may stand in the version."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    version: int
    rules: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Approved(Event):
    """Another person approved exactly this fingerprint; it leaves after `send_after` (UTC)."""

    version: int
    fingerprint: str
    send_after: datetime


@dataclass(frozen=True, slots=True)
class Rejected(Event):
    """An approver rejected the version and said why."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    version: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class PutOnHold(Event):
    """An approver holds the version; only that person can approve it, or a new version ends it."""

    version: int


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """An approved letter was stopped before it left; it needs approval again."""

    version: int


@dataclass(frozen=True, slots=True)
class LetterSent(Event):
    """The letter was accepted for the requester; `answer` is the server's own line, kept as evidence.

    `dated` is the date that the mail carries, which its approved bytes do not hold.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    version: int
    message_id: str
    answer: str = ""
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class InterimSent(Event):
    """A letter that does not answer the request was accepted: a question, an extension, one about a review."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    version: int
    message_id: str
    answer: str = ""
    dated: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClarificationAsked(Event):
    """The requester was asked what they mean; nothing is owed until they say (FOIA 2000 s.1(3))."""

    asked: date
    lapse: date
    law: str


@dataclass(frozen=True, slots=True)
class Clarified(Event):
    """The requester said what they mean: a fresh period begins on that day (s.10(6))."""

    received: date
    due: date
    law: str
    message_sha256: str


@dataclass(frozen=True, slots=True)
class PartClarified(Event):
    """The requester answered a question about a part: it has a period of its own beside the rest (T-46)."""

    received: date
    due: date
    law: str
    message_sha256: str


@dataclass(frozen=True, slots=True)
class FeeAsked(Event):
    """A fees notice was given; the period pauses until it is paid (s.9, s.10(2))."""

    asked: date
    pay_by: date
    law: str
    pence: int


@dataclass(frozen=True, slots=True)
class FeePaid(Event):
    """The fee was paid; the days from notice to payment are not counted.

    `until` is the new end of an extension that the fees notice had stopped.
    """

    asked: date
    paid: date
    due: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """The requester was told that the answer takes longer, and until when."""

    told: date
    until: date
    law: str


@dataclass(frozen=True, slots=True)
class ReceiptCorrected(Event):
    """The date of receipt was wrong; `was` and `was_due` keep what stood there before."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    was: date
    was_due: date
    received: date
    due: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class RegimeChanged(Event):
    """The request is answered under another law than the one it was opened under."""

    was: str
    regime: str
    law: str
    was_due: date
    due: date


@dataclass(frozen=True, slots=True)
class Recounted(Event):
    """A bank holiday was added or taken away while the clock ran; the old date stays here."""

    clock: str
    was_due: date
    due: date


@dataclass(frozen=True, slots=True)
class ClockStarted(Event):
    """After the answer, somebody else's decision runs against a date: a review, the regulator, a tribunal."""

    clock: str
    law: str
    started: date
    due: date


@dataclass(frozen=True, slots=True)
class ClockStopped(Event):
    """What that clock waited for was done; `by` says what did it, where it was no officer's order."""

    clock: str
    on: date
    by: str = ""


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
class Lapsed(Event):
    """No clarification or fee came in time; a later one starts the clock again."""


@dataclass(frozen=True, slots=True)
class LetterRefused(Event):
    """The letter was refused for good by the server's answer; the requester does not have it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    version: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class LetterUncertain(Event):
    """The letter may or may not have been accepted; only a person decides what follows."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"answer"})
    version: int
    answer: str = ""


@dataclass(frozen=True, slots=True)
class LetterQueuedAgain(Event):
    """A person decided that a refused or uncertain letter is to be sent again, unchanged."""

    version: int


@dataclass(frozen=True, slots=True)
class LetterBounced(Event):
    """The letter came back after it was accepted; the requester does not have it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"status"})
    version: int
    status: str = ""


@dataclass(frozen=True, slots=True)
class LaterLetterBounced(Event):
    """A letter about a review, or about a request that lapsed, came back; the answer itself stands."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"status"})
    version: int
    status: str = ""


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
