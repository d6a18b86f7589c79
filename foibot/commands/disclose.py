"""`disclose`: drafts the letter that gives everything that was asked for; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """A new version with the answer in the text, in the files, or in both."""
    return draft(order, at, Asked("disclosure", "disclose", "answer", order.rest))


COMMAND = Command(
    verb="disclose",
    form="disclose",
    does="gives everything that was asked for: in the lines under it, in the files you attach, or in both",
    example="disclose",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
