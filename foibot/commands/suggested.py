"""What an order comes to, and of the lines that a refusal suggests those that would work on this case; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from foibot.case.outcome import NoticeWanted, Outcome
from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order, Situation, Text, refuse
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
        "role",
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
        Refusal.UNFINISHED,
    }
)


def decided(order: Order, at: Situation) -> Outcome:
    """What an order comes to. A refusal has no line that would be refused in turn, as things stand.

    Where such a line has the order's own verb, what stands in its way is said as well, with what would work
    instead: whoever writes `approve` without a version learns at once that the letter was sent.
    """
    outcome = _by_role(order, at)
    if not outcome.refusal or outcome.notices[0].kind != "order-refused":
        return outcome
    told, *others = outcome.notices
    why, lines, instead = [*_why(told)], dict[str, str](), dict[str, str]()
    for line, does, suggested in _orders(told):
        in_the_way = _in_the_way(suggested, at)
        if in_the_way is None:
            lines[line] = does
        elif suggested.verb == order.verb:
            why += [one for one in _why(in_the_way) if one not in why]
            instead |= {
                line: does
                for line, does, other in _orders(in_the_way)
                if not _in_the_way(other, at)
            }
    works = lines | instead or dict([_LOOK])
    if at.case.current is None and _LOOK[0] in works:
        works |= dict([_LOOK])  # the orders speak of a letter, and there is none to be sent again
    told = replace(told, facts={**told.facts, "why": why}, lines=tuple(works.items()))
    return replace(outcome, notices=(told, *others))


def _by_role(order: Order, at: Situation) -> Outcome:
    command = VERBS[order.verb]
    if not at.officer.may(*command.who):
        roles = " or ".join(sorted(role.value for role in command.who))
        why = [f"`{order.verb}` is for people with the role {roles}; you do not have it."]
        return refuse("role", order, why, ("help", "lists the orders"))
    return command.decide(order, at)


def _orders(told: NoticeWanted) -> Iterator[tuple[str, str, Order]]:
    """The lines that a refusal suggests, with what each does; one that is no order is not for an officer to send."""
    read = ((line, does, read_order(line, "", VERBS, ALONE)) for line, does in told.lines)
    return ((line, does, order) for line, does, order in read if isinstance(order, Order))


def _in_the_way(order: Order, at: Situation) -> NoticeWanted | None:
    """What an officer who sent this would be told, if it cannot be carried out as things stand."""
    if VERBS[order.verb].text is Text.NEEDED:
        order = replace(order, text=_WORDS)
    outcome = _by_role(order, at)
    return outcome.notices[0] if outcome.refusal in _AS_THINGS_STAND else None


def hindered(order: Order, at: Situation) -> bool:
    """Whether an order cannot be carried out as things stand, however it is written."""
    return _in_the_way(order, at) is not None


def _why(told: NoticeWanted) -> list[str]:
    why = told.facts.get("why", ())
    return [str(one) for one in why] if isinstance(why, list) else []
