"""`help`: the list of orders; changes nothing; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Order, Situation, Text, answer
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The list of orders; written with `vN`, never a number, so that no quote of it is one (rule E2)."""
    return Outcome(
        notices=(
            answer(
                "What you can order",
                [
                    "Reply to any notice about the case. The order is the first line of your reply.",
                    "For some orders, the lines under it belong to it.",
                ],
                facts=at.orders,
            ),
        )
    )


COMMAND = Command(
    verb="help",
    form="help",
    does="sends you this list",
    example="help",
    who=frozenset(Role),
    text=Text.NOT_READ,
    decide=decide,
)
