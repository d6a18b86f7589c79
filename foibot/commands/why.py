"""`why`: what happened on the case and what caused it, from the record; changes nothing; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.case.story import story
from foibot.commands.command import Command, Group, Order, Situation, Text, answer
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Everything on record about this case, oldest first."""
    lines = [f"{when}: {what}" for when, what in story(at.history)]
    return Outcome(notices=(answer("What happened, and why", [], facts=lines),))


COMMAND = Command(
    verb="why",
    form="why",
    does="tells what was done on the case, by whom, and what caused it",
    example="why",
    who=frozenset(Role) - {Role.HOLDER},
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LOOK,
)
