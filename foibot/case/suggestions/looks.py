"""What the notice of a new request says about what it looks like, in lines for an officer; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.suggestions.origin import (
    round_robin,
    through_platform,
)
from foibot.case.suggestions.route import ADVICE, Route
from foibot.case.suggestions.suggest import Suggestion, suggest
from foibot.case.suggestions.validity import Asked, checklist
from foibot.mail.message import Address, IncomingMail

_NOBODY: Final = Address("")
_SHOWN: Final = 4
_LAST: Final = 99
_PROBABLY, _PERHAPS = "Probably", "Perhaps"
_ENVIRONMENTAL: Final = ("eir", "eisr")
_APART: Final = frozenset({Route.EIR, Route.SUBJECT_ACCESS})


@dataclass(frozen=True, slots=True)
class Looks:
    """Lines to show, all empty for an ordinary request.

    `orders` would carry out what is probable; what is only possible is named in its line, never offered.
    """

    suggestions: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    origin: tuple[str, ...] = ()
    orders: tuple[tuple[str, str], ...] = ()


def looks(
    mail: IncomingMail, law: str, laws: Sequence[str], own: Sequence[str], earlier: str = ""
) -> Looks:
    """What a new message looks like, opened under `law`; `laws` are those the authority answers under.

    `own` are the authority's own domains, `earlier` is a case that was asked in the same words. Nothing
    here decides anything, and nothing of it is ever told to the public.
    """
    sender = mail.sender or _NOBODY
    text = mail.text
    files = tuple(one.name for one in mail.attachments)
    found = _worth_saying(suggest(mail.subject, text, files), law)
    checked = checklist(Asked(sender.name, sender.addr, text, files, law))
    orders = [
        (order, ADVICE[one.route].does)
        for one, likely in found
        if likely == _PROBABLY and (order := _order(one, law, laws))
    ]
    if any('"clarify"' in line for line in checked):
        orders.append(("clarify", "asks the requester, in your words on the lines below"))
    others = round_robin(text, (*mail.to, *mail.cc), own)
    return Looks(
        suggestions=(
            *(_line(one, likely, _order(one, law, laws)) for one, likely in found),
            *_mixed(one.route for one, likely in found if likely == _PROBABLY),
        ),
        checklist=checked,
        origin=(*_platform(sender.addr), *_others(others, earlier)),
        orders=tuple(orders),
    )


def _worth_saying(ranked: Sequence[Suggestion], law: str) -> list[tuple[Suggestion, str]]:
    """Each suggestion besides the usual one, with how likely it is: it stands before or after that one."""
    usual = next((place for place, one in enumerate(ranked) if one.route is Route.FOI), _LAST)
    return [
        (one, _PROBABLY if place < usual else _PERHAPS)
        for place, one in enumerate(ranked)
        if one.route is not Route.FOI and not (one.route is Route.EIR and law in _ENVIRONMENTAL)
    ]


def _order(one: Suggestion, law: str, laws: Sequence[str]) -> str:
    if one.route is not Route.EIR:
        return ADVICE[one.route].order
    return next((f"regime {key}" for key in laws if key in _ENVIRONMENTAL and key != law), "")


def _line(one: Suggestion, likely: str, order: str) -> str:
    words = ", ".join(f"“{signal.words}”" for signal in one.signals[:_SHOWN])
    advice = ADVICE[one.route]
    said = f"{likely} {advice.name}: {words}. {advice.what}"
    return f'{said} If so, the order is "{order}".' if order else said


def _mixed(likely: Iterable[Route]) -> Iterator[str]:
    if set(likely) >= _APART:
        yield "It may be of more than one kind: each part then has a time of its own."


def _platform(sender: str) -> Iterator[str]:
    if through_platform(sender):
        yield (
            "It comes through WhatDoTheyKnow: whatever is sent there is published at once, with "
            "signatures and files, and cannot be taken back. Look for hidden data in every file yourself."
        )
        yield "Its address stands for this one request, not for a person who asks often."


def _others(signs: Sequence[str], earlier: str) -> Iterator[str]:
    if signs:
        yield (
            f"Other authorities may have been asked the same: {'; '.join(signs)}. "
            "That is no ground to refuse; answer it for yourselves."
        )
    if earlier:
        yield f"Case {earlier} was asked in the same words. See what was answered there."
