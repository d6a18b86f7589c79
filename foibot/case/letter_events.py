"""Events of a letter: drafted, decided on, on its way, and what the mail servers made of it; frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from foibot.case.enclosure import Enclosure
from foibot.case.events import Event
from foibot.case.parts import PartDecided
from foibot.case.remarks import Remark


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
