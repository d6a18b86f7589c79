"""`confirm`: carries out an order that waited for its officer's confirmation; any other is refused; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.officers.roster import Role

NOTHING_WAITS = "There is no order of yours that waits for this confirmation."


def decide(order: Order, at: Situation) -> Outcome:
    """Refused: whoever answers a mail that asks for a confirmation is not asked here what it means."""
    del at
    why = [
        NOTHING_WAITS,
        "Only the reply to the mail that asked you to confirm an order does that.",
    ]
    return refuse("nothing-to-confirm", order, why, SHOW)


COMMAND = Command(
    verb="confirm",
    form="confirm",
    does="carries out the order that foibot asked you about",
    example="confirm",
    who=frozenset(Role),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
