"""A mail in the outbox: its kind, its states, and what follows from the server's answer; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import assert_never


@unique
class Kind(StrEnum):
    """What a mail is; an enquiry is a question to a colleague, a pause what is said about one. Only a letter needs approval; it is also the only one never repeated by machine."""

    ACKNOWLEDGEMENT = "acknowledgement"
    LETTER = "letter"
    NOTICE = "notice"
    REMINDER = "reminder"
    DIGEST = "digest"
    ENQUIRY = "enquiry"
    PAUSE = "pause"


NO_APPROVAL_NEEDED = frozenset(
    {Kind.ACKNOWLEDGEMENT, Kind.NOTICE, Kind.REMINDER, Kind.DIGEST, Kind.ENQUIRY, Kind.PAUSE}
)
"""Closed list: whatever is not on it leaves only after an approval. No setting changes it."""

EVEN_WHILE_PAUSED = frozenset({Kind.PAUSE, Kind.DIGEST})
"""What leaves while the office is paused: the answer to whoever paused it, and the digest that says so every morning."""

FIRST = {
    Kind.ACKNOWLEDGEMENT: 0,
    Kind.LETTER: 1,
    Kind.NOTICE: 2,
    Kind.REMINDER: 3,
    Kind.DIGEST: 4,
    Kind.ENQUIRY: 5,
    Kind.PAUSE: 6,
}
"""The order in which waiting mail leaves: what the public waits for comes first."""


@unique
class ItemState(StrEnum):
    """The life of an outgoing mail: draft, approved, queued, sending, then exactly one end.

    `held` is the administrator's hold; `dropped` a reminder that was no longer true when its turn came.
    """

    DRAFT = "draft"
    APPROVED = "approved"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    HELD = "held"
    DROPPED = "dropped"


@unique
class Answer(StrEnum):
    """What one attempt to hand a mail to the server came to.

    Accepted: the server took responsibility for it. Refused: it never will. Retry: it certainly does
    not have it. Uncertain: it may have it, so that a letter must never be repeated by machine.
    """

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RETRY = "retry"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to send: how often it was tried before, and what happened now.

    `tries` counts attempts including this one, but not those that reached no server; `repeats` counts
    repeats after an uncertain end.
    `reached` is False when no server could be reached at all, which is nobody's fault but the line's.
    """

    kind: Kind
    tries: int
    repeats: int
    answer: Answer
    reached: bool


@dataclass(frozen=True, slots=True)
class Next:
    """What becomes of the mail: its state, and when it may be tried again (queued only).

    `counts` is False for an attempt that reached no server: it uses up none of the mail's tries.
    """

    state: ItemState
    not_before: datetime | None = None
    repeat: bool = False
    counts: bool = True


_DELAYS = tuple(timedelta(minutes=m) for m in (5, 15, 60, 120, 240, 480, 960, 1440))


def after(attempt: Attempt, now: datetime) -> Next:
    """What follows from an attempt.

    Accepted ends as sent, refused as refused. An uncertain letter stays uncertain; any other uncertain
    mail is repeated once, with the same Message-ID, whoever was to blame for the doubt. A temporary answer is tried again after 5, 15, 60
    minutes and so on for three days, then counts as refused; a line that is down costs no waiting
    time, so that mail leaves as soon as the server is back.
    """
    match attempt.answer:
        case Answer.ACCEPTED:
            return Next(ItemState.SENT)
        case Answer.REFUSED:
            return Next(ItemState.REFUSED)
        case Answer.UNCERTAIN:
            return _after_doubt(attempt, now)
        case Answer.RETRY if not attempt.reached:
            return Next(ItemState.QUEUED, now, counts=False)
        case Answer.RETRY:
            if attempt.tries > len(_DELAYS):
                return Next(ItemState.REFUSED)
            return Next(ItemState.QUEUED, now + _DELAYS[attempt.tries - 1])
        case _:
            assert_never(attempt.answer)


def leaves_alone(kind: Kind, repeats: int) -> bool:
    """Whether a mail is claimed by itself, just before the server is offered it.

    Of mails claimed together, a kill puts all in doubt that had no answer yet, even those that nobody had
    begun to send. For a letter, and for a mail that was repeated, doubt is the end: no other may put it there.
    """
    return kind is Kind.LETTER or repeats > 0


def _after_doubt(attempt: Attempt, now: datetime) -> Next:
    if attempt.kind is Kind.LETTER or attempt.repeats:
        return Next(ItemState.UNCERTAIN)
    return Next(ItemState.QUEUED, now, repeat=True)
