"""Events that move a clock of the case: asked back, paid, extended, corrected, counted again; frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from foibot.case.events import Event


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
