"""Events about who has to let a letter go besides the last approver: frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from foibot.case.enclosure import Enclosure
from foibot.case.events import Event


@dataclass(frozen=True, slots=True)
class ApprovalGiven(Event):
    """One of several people approved exactly this fingerprint; the letter waits for the others."""

    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class InPlaceOf(Event):
    """The approval beside this was given in place of the officer at a registered address, who handed theirs on until a day."""

    officer: str
    until: date


@dataclass(frozen=True, slots=True)
class OrderSigned(Event):
    """A mail with an order was signed, verified; `mark` is of this one signature, `certificate` its SHA-256."""

    mark: str
    certificate: str
    message_sha256: str


@dataclass(frozen=True, slots=True)
class SensitiveFrom(Event):
    """An officer marked the case as sensitive: its letters may need more approvals. Nothing in a letter shows it."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class SensitiveNoLonger(Event):
    """An approver took that mark off."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpinionRecorded(Event):
    """A qualified person's opinion on these limbs is on file (FOIA 2000 s.36(2)); the files are in the order's mail."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"by_whom", "files"})
    limbs: tuple[str, ...]
    on: date
    by_whom: str = ""
    files: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class OpinionNotNeeded(Event):
    """An officer said why these limbs need no opinion here: statistical information (FOIA 2000 s.36(4))."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    limbs: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class InterestDeclared(Event):
    """The officer at this registered address has an interest in the case and keeps out of it (W-08)."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    officer: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class InterestEnded(Event):
    """Another person found that there is no such interest, or none any more."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    officer: str
    why: str = ""
