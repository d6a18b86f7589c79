"""Letters that follow the end of a case: about a review, or about a request that lapsed; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType

from foibot.case.case import Case, LetterState, State
from foibot.case.events import ClosedAgain, Event
from foibot.case.letter_events import Drafted, LaterLetterBounced, LetterBounced

INTERIM = frozenset({"clarification", "extension", "fees-notice", "holding"})
"""Kinds of letter that come before the answer."""

REVIEW_OUTCOME = "review-outcome"

LATER: Mapping[str, State] = MappingProxyType(
    {
        "review-acknowledgement": State.REOPENED,
        REVIEW_OUTCOME: State.REOPENED,
        "lapse": State.LAPSED,
    }
)
"""Kinds of letter that leave the answer, or its absence, as it is; the only ones in these states."""

LOOKING_BACK = frozenset({REVIEW_OUTCOME, "lapse"})
"""Kinds whose day promises nothing: it was the last one of something, and may well be over."""


@unique
class ReviewResult(StrEnum):
    """What a review came to, as statistics count it."""

    UPHELD = "upheld"
    IN_PART = "upheld in part"
    OVERTURNED = "overturned"


_UNDECIDED = frozenset({LetterState.DRAFT, LetterState.ON_HOLD})
_ON_ITS_WAY = frozenset({LetterState.APPROVED, LetterState.UNCERTAIN})
_LEFT = frozenset({LetterState.SENT, LetterState.UNCERTAIN, LetterState.REFUSED})

_LETTER_IS: Mapping[str, frozenset[LetterState]] = MappingProxyType(
    {
        "ApprovalGiven": _UNDECIDED,
        "Approved": _UNDECIDED,
        "Rejected": _UNDECIDED,
        "PutOnHold": _UNDECIDED,
        "WarningAccepted": _UNDECIDED,
        "Stopped": frozenset({LetterState.APPROVED}),
        "InterimSent": _ON_ITS_WAY,
        "LetterSent": _ON_ITS_WAY,
        "LetterRefused": frozenset({LetterState.APPROVED}),
        "LetterUncertain": frozenset({LetterState.APPROVED}),
        "LetterQueuedAgain": frozenset({LetterState.UNCERTAIN, LetterState.REFUSED}),
        "LetterBounced": _LEFT,
        "LaterLetterBounced": _LEFT,
    }
)
"""In which state the current letter has to be for an event about it; where the case's own state does
not tell, as while a review runs, this does."""


def suits_the_letter(case: Case, event: Event) -> bool:
    """Whether an event about a letter can happen to the current one, in its state and of its kind."""
    letter = case.current
    if isinstance(event, ClosedAgain):
        return not on_its_way(case)
    if isinstance(event, Drafted):
        later = LATER.get(event.kind, None if case.state in LATER.values() else case.state)
        return later is case.state and (letter is None or letter.state not in _ON_ITS_WAY)
    needed = _LETTER_IS.get(type(event).__name__)
    if needed is None:
        return True
    if letter is None or letter.state not in needed:
        return False
    match event:
        case LetterBounced():
            return letter.kind not in LATER
        case LaterLetterBounced():
            return letter.kind == REVIEW_OUTCOME or LATER.get(letter.kind) is case.state
        case _:
            return True


def on_its_way(case: Case) -> bool:
    """Whether the current letter was approved and has not certainly arrived or failed."""
    return case.current is not None and case.current.state in _ON_ITS_WAY


def decided_by(case: Case) -> frozenset[str]:
    """The addresses of those who drafted or approved the answer that a review looks at again."""
    answers = [
        one
        for one in case.letters
        if one.state is LetterState.SENT and one.kind not in INTERIM and one.kind not in LATER
    ]
    return frozenset(who for one in answers for who in (one.drafter, one.approver, *one.agreed))


def came_back(case: Case, version: int, status: str) -> Event:
    """The event of this version coming back undelivered."""
    kind = next((one.kind for one in case.letters if one.version == version), "")
    return LaterLetterBounced(version, status) if kind in LATER else LetterBounced(version, status)
