"""What was decided for each numbered question of a request, and what the whole answer counts as; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final, Protocol

from foibot.case.questions import Question

IN_PARTS: Final = "in-parts"
"""The kind of the one letter that answers every question by its number."""


@unique
class PartOutcome(StrEnum):
    """How one question is answered; the value is the word of the order."""

    DISCLOSE = "disclose"
    SOME = "part"
    REFUSE = "refuse"
    NCND = "ncnd"
    NOT_HELD = "not held"

    @property
    def withholds(self) -> bool:
        """Whether it keeps something back on an exemption or exception."""
        return self in {PartOutcome.SOME, PartOutcome.REFUSE}

    @property
    def gives(self) -> bool:
        """Whether it gives something."""
        return self in {PartOutcome.DISCLOSE, PartOutcome.SOME}

    @property
    def cites(self) -> bool:
        """Whether it rests on provisions."""
        return self.withholds or self is PartOutcome.NCND


@dataclass(frozen=True, slots=True)
class PartDecided:
    """One question's outcome: its number, the provisions as they are cited, the officer's words for it."""

    number: str
    outcome: PartOutcome
    provisions: tuple[str, ...] = ()
    words: str = ""

    @property
    def line(self) -> str:
        """The outcome as an order of an officer would write it: "2 refuse 40(2)"."""
        return " ".join((self.number, self.outcome.value, *self.provisions))


def slot_of(number: str) -> str:
    """The name of the slot that holds the words for a question: "question 1(a)"."""
    return f"question {number}"


def undecided(questions: Sequence[Question], parts: Collection[PartDecided]) -> list[Question]:
    """The questions that have no outcome yet, in their order."""
    decided = {one.number for one in parts}
    return [one for one in questions if one.number not in decided]


def in_order(
    questions: Sequence[Question], parts: Collection[PartDecided]
) -> tuple[PartDecided, ...]:
    """The outcomes in the order of the questions, one for each that has one; others are left out."""
    by_number = {one.number: one for one in parts}
    return tuple(by_number[one.number] for one in questions if one.number in by_number)


class Answered(Protocol):
    """Whatever has the outcome of one question."""

    @property
    def outcome(self) -> PartOutcome:
        """How it is answered."""


_WHOLE: Final = {
    PartOutcome.DISCLOSE: "disclosure",
    PartOutcome.REFUSE: "refusal",
    PartOutcome.NOT_HELD: "not-held",
}


def counts_as(kind: str, parts: Iterable[Answered]) -> str:
    """The kind of letter that an answer counts as: that of an answer in parts follows from its outcomes.

    One question that is neither confirmed nor denied puts the whole into that category, which is told
    apart from no other (N-38); so no count tells what became of its neighbours.
    """
    if kind != IN_PARTS:
        return kind
    outcomes = {one.outcome for one in parts}
    if PartOutcome.NCND in outcomes:
        return "ncnd-part"
    return _WHOLE.get(next(iter(outcomes)), "part") if len(outcomes) == 1 else "part"
