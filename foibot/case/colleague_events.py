"""Events of a case among colleagues: who has it, and who was asked for information; frozen values, no I/O.

What a colleague said about holding anything is in private fields and in the message itself; the sentences
that tell of these events, templates, lists and figures read none of it (N-13, W-05).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class HolderAsked(Event):
    """A colleague was asked for information, without being told who wants it; `number` counts those of the case.

    `words` are the officer's own, `questions` those of the request that were named, each in a line and
    without what tells of the requester. The answer is wanted by the day `until`.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"holder", "words", "questions"})
    number: int
    until: date
    holder: str = ""
    words: str = ""
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HolderAnswered(Event):
    """A colleague has answered; `proven` says whether our own border vouches for the sender.

    Private: what sort of answer it was, the hours named, the day by which more comes.
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"sort", "hours", "more_by"})
    number: int
    message_sha256: str
    proven: bool
    sort: str = ""
    hours: str = ""
    more_by: date | None = None


@dataclass(frozen=True, slots=True)
class HolderChased(Event):
    """A colleague who has not answered was written to again; `step` counts those of the ladder from 1."""

    number: int
    step: int


@dataclass(frozen=True, slots=True)
class EnquiryClosed(Event):
    """An officer has the answer by another way, or needs it no longer; the reason is private."""

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"why"})
    number: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class AnswersShown(Event):
    """The colleagues' answers were sent to the officer who asked to see them."""


@dataclass(frozen=True, slots=True)
class FoundAway(Event):
    """An officer's own automatic reply to a notice says that they are away, and back on this day.

    `instead` is the registered address of whom it names, or "".
    """

    PRIVATE: ClassVar[frozenset[str]] = frozenset({"officer", "instead"})
    back: date
    officer: str = ""
    instead: str = ""
