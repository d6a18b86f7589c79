"""Which case a message that could not be placed may belong to, with the reasons; never more than a suggestion; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from foibot.case.case import Case
from foibot.case.need_to_know import is_restricted

_MOST: Final = 3
_OPEN: Final = 1


@dataclass(frozen=True, slots=True)
class Guess:
    """A case and why it may be the one; of a restricted case nothing is said ("")."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case, and each thing that speaks for it with its weight."""

    case: Case
    reasons: tuple[tuple[int, str], ...]


def candidate(
    case: Case,
    *,
    in_subject: Collection[str],
    in_text: Collection[str],
    sender: str,
    name: str,
    same_topic: Collection[str],
    in_thread: Collection[str] = (),
) -> Candidate:
    """What speaks for one case: its reference, its requester's address or name, its subject."""
    theirs = case.requester
    named = theirs.name.casefold()
    known = (
        (4, "its subject names the case", case.reference in in_subject),
        (
            3,
            "it comes from the requester's address",
            sender.lower() == theirs.address.lower() != "",
        ),
        (
            3,
            "a mail of it has the Message-ID that this one answers",
            case.reference in in_thread,
        ),
        (2, "its text names the case", case.reference in in_text),
        (2, "it has the same subject", case.reference in same_topic),
        (2, "the sender has the requester's name", named == name.casefold() != ""),
    )
    return Candidate(case, tuple((weight, why) for weight, why, holds in known if holds))


def guesses(candidates: Iterable[Candidate]) -> tuple[Guess, ...]:
    """Up to three cases, the likeliest first; an open case goes before a closed one."""
    likely = [one for one in candidates if one.reasons]
    likely.sort(key=lambda one: (-_score(one), -one.case.year, -one.case.number))
    return tuple(Guess(one.case.reference, _why(one)) for one in likely[:_MOST])


def _why(one: Candidate) -> str:
    # Who asked, and about what, is not for everybody who reads of the message.
    return "" if is_restricted(one.case) else ", ".join(why for _, why in one.reasons)


def _score(one: Candidate) -> int:
    return sum(weight for weight, _ in one.reasons) + (0 if one.case.finished else _OPEN)
