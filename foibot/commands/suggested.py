"""Of the lines that a refusal suggests, those that would work on this case; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from foibot.case.outcome import NoticeWanted, Outcome
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order, Situation, Text
from foibot.commands.grammar import read_order
from foibot.outbox.approval import Refusal

_WORDS: Final = "Some words."
_LOOK: Final = ("show", "sends you the case and its letter")
# Why an order cannot be carried out as things stand, however it is written. Every other refusal asks for
# something that only the officer can add to the line: words, a file, a name, a day.
_AS_THINGS_STAND: Final = frozenset(
    {
        "acknowledged",
        "as-it-is",
        "assigned",
        "no-extension",
        "no-fee",
        "no-review",
        "nobody-asked",
        "nobody-left",
        "nothing-to-confirm",
        "nothing-to-stop",
        "restricted",
        "state",
        "too-late",
        Refusal.ALREADY_DECIDED,
        Refusal.CONFLICT,
        Refusal.GIVEN,
        Refusal.HELD_BY_ANOTHER,
        Refusal.NO_LETTER,
        Refusal.NOT_APPROVER,
        Refusal.NOT_CURRENT,
        Refusal.OWN_DRAFT,
        Refusal.TOOK_PART,
    }
)


def only_what_works(outcome: Outcome, order: Order, at: Situation) -> Outcome:
    """The same refusal without lines that would be refused in turn, as things stand.

    Where such a line has the order's own verb, what stands in its way is said as well, with what would work
    instead: whoever writes `approve` without a version learns at once that the letter was sent.
    """
    if not outcome.refusal or outcome.notices[0].kind != "order-refused":
        return outcome
    told, *others = outcome.notices
    why, lines = [*_why(told)], dict(_working(told, at))
    for line, _ in told.lines:
        in_the_way = _in_the_way(line, at)
        if in_the_way is not None and _verb(line) == order.verb:
            why += [one for one in _why(in_the_way) if one not in why]
            lines |= dict(_working(in_the_way, at))
    told = replace(
        told, facts={**told.facts, "why": why}, lines=tuple((lines or dict([_LOOK])).items())
    )
    return replace(outcome, notices=(told, *others))


def _working(told: NoticeWanted, at: Situation) -> Iterator[tuple[str, str]]:
    return (
        (line, does) for line, does in told.lines if _may(line, at) and not _in_the_way(line, at)
    )


def _in_the_way(line: str, at: Situation) -> NoticeWanted | None:
    """What an officer who sent this line would be told, if it cannot be carried out as things stand."""
    order = read_order(line, "", VERBS, ALONE)
    if not isinstance(order, Order) or not _may(line, at):
        return None
    command = VERBS[order.verb]
    if command.text is Text.NEEDED:  # nobody decides on such an order without
        order = replace(order, text=_WORDS)
    outcome = command.decide(order, at)
    return outcome.notices[0] if outcome.refusal in _AS_THINGS_STAND else None


def _may(line: str, at: Situation) -> bool:
    """Whether the officer has a role that may give this order; what is no order is for everybody."""
    verb = _verb(line)
    return not verb or at.officer.may(*VERBS[verb].who)


def _verb(line: str) -> str:
    order = read_order(line, "", VERBS, ALONE)
    return order.verb if isinstance(order, Order) else ""


def _why(told: NoticeWanted) -> list[str]:
    why = told.facts.get("why", ())
    return [str(one) for one in why] if isinstance(why, list) else []
