"""Events of a case among colleagues: who has it, and who was asked for information; frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foibot.case.events import Event


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    """The case was given to the officer at this registered address, who has to accept it."""

    to: str


@dataclass(frozen=True, slots=True)
class AssignmentAccepted(Event):
    """The officer to whom the case was given took it on."""


@dataclass(frozen=True, slots=True)
class AssignmentDeclined(Event):
    """That officer gave it back, and said why."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    why: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentEnded(Event):
    """The case was taken back: nobody has it."""
