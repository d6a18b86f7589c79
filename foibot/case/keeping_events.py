"""Events of how a case is kept: linked with others, put to rest, restricted, and what was filed on it in error; frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from foibot.case.events import Event


@dataclass(frozen=True, slots=True)
class Linked(Event):
    """An officer noted that this case belongs with another; the other one has the same entry."""

    other: str


@dataclass(frozen=True, slots=True)
class Unlinked(Event):
    """That note was taken back."""

    other: str


@dataclass(frozen=True, slots=True)
class ClarifiedInError(Event):
    """The message that was taken for the answer to our question belongs to another case: we still wait."""

    message_sha256: str


@dataclass(frozen=True, slots=True)
class Snoozed(Event):
    """Reminders of the case rest until this day; its clocks run on."""

    until: date


@dataclass(frozen=True, slots=True)
class SnoozeEnded(Event):
    """Reminders come again."""


@dataclass(frozen=True, slots=True)
class Restricted(Event):
    """From now on the case is open to the people at these registered addresses alone; the reason is private."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    to: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class RestrictionEnded(Event):
    """The case is open to the whole office again; the reason is private."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""
