"""Where an officer can say that a message belongs: on a case, on one of its own, or nowhere; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from foibot.case.registration import Registration
from foibot.mail.addresses import AddressCannotBeUsed, outgoing


@unique
class Place(StrEnum):
    """Where a message belongs."""

    JOIN = "join"
    NEW = "new"
    NOT_FOI = "not foi"
    THANKS = "thanks"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Placing:
    """An answer as it was read. `guess` counts from 1; `address` is whom a new case is for ("": the sender),
    `case` the one to which a message is moved, `registration` what an officer wrote down of it.

    `by_number` is False when the line named no message, so that it is about the one of the notice.
    """

    place: Place
    messages: tuple[int, ...]
    line: str
    guess: int = 0
    why: str = ""
    address: str = ""
    by_number: bool = True
    registration: Registration | None = None
    case: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of a message when its answer comes."""

    number: int
    disposition: str
    rule: str
    case: str
    guesses: Sequence[str]


BY_OFFICER: Final = "A8"
"""The rule of a filing that an officer decided."""


def refusal(placing: Placing, message: Message | None) -> str:
    """Why this message cannot be placed so, in a sentence; "" if it can."""
    if message is None:
        return "There is no such message."
    name = f"m{message.number}"
    if message.disposition in _SETTLED:
        what = f"request {message.case}" if message.case else "an order"
        linked = f"; “link {placing.case}” notes that they belong together" if placing.case else ""
        return f"{name} is {what} already{linked}."
    match placing.place:
        case Place.MOVE if placing.case == message.case and message.rule != IN_DOUBT:
            return f"{name} is with request {message.case} already."
        case Place.MOVE if message.disposition in {"holder", "own-copy"}:
            return f"{name} is a reply or a copy that belongs to {message.case or 'no case'}, and cannot be moved."
        case Place.JOIN if placing.guess > len(message.guesses):
            return f"No case was suggested for {name} under the number {placing.guess}."
        case Place.THANKS if not message.case:
            return f"{name} belongs to no case, so there is nothing it could give thanks for."
        case Place.NOT_FOI if message.case and message.disposition == "followup":
            return f"{name} is a further message on case {message.case}; the answers are thanks and new."
        case Place.NEW if placing.address and not _usable(placing.address):
            return f"{placing.address} is not an address that can be written to."
        case _:
            return ""


IN_DOUBT: Final = "T-30"
"""The rule of a further message of which only an officer can say that it is the answer to our question."""

_SETTLED: Final = frozenset({"request", "command"})


def _usable(address: str) -> bool:
    try:
        outgoing(address)
    except AddressCannotBeUsed:
        return False
    return True


def choices(message: Message, *, answered: bool = False) -> tuple[tuple[str, str], ...]:
    """The answers that a message can be given, each with what it does; without the message's number.

    `answered` tells that it came on a case whose answer has left.
    """
    if message.case and message.rule == IN_DOUBT:
        begins = "takes it for the answer to our question: the time begins again on the day it came"
        return (
            (f"move {message.case}", begins),
            ("new", "makes it a new request, with a time of its own from the day it came"),
        )
    if message.case:
        thanks = ("thanks", "says that it needs no answer")
        new = ("new", "makes it a new request, with a time of its own from the day it came")
        return (new, thanks) if answered else (new,)
    joins = tuple(
        (str(place), f"puts it with request {reference}")
        for place, reference in enumerate(message.guesses, start=1)
    )
    return (
        *joins,
        ("new", "makes it a request, counted from the day it came"),
        ("not foi", "sets it aside: it asks for nothing under the law"),
    )
