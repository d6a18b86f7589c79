"""`split`: a message held two requests; the one written under the order becomes a case of its own; no I/O."""

from __future__ import annotations

from typing import Final

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.grammar import own_words
from foibot.officers.roster import Role

_LONGEST: Final = 20_000


def decide(order: Order, at: Situation) -> Outcome:
    """A second case with the same requester and receipt; refused without the words of its request."""
    text = own_words(order.text, at.officer.name)
    if not text:
        why = ["It does not say what the second request is."]
        line = (
            "split",
            "with the words of the second request on the lines below, copied from the first",
        )
        return refuse("no-text", order, why, line)
    return Outcome(split=text[:_LONGEST])


COMMAND = Command(
    verb="split",
    form="split",
    does=(
        "with the words of a second request below: makes that a case of its own, from the same requester "
        "and with the same day of receipt"
    ),
    example="split",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
    alone=True,
)
