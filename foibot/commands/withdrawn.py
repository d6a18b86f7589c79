"""`withdrawn`: closes the case because the requester took the request back; no I/O."""

from __future__ import annotations

from foibot.case.events import Withdrawn
from foibot.case.outcome import Outcome
from foibot.commands.closing import closed
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Closed, because the requester took the request back (T-50)."""
    return closed(order, at, Withdrawn(), "withdrawn by the requester", "")


COMMAND = Command(
    verb="withdrawn",
    form="withdrawn",
    does="closes the case because the requester took the request back",
    example="withdrawn",
    who=frozenset({Role.OFFICER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
