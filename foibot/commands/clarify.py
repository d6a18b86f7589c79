"""`clarify`: drafts a question to the requester; nothing is owed until they answer it; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter with this question; or why not, and what would work."""
    return draft(order, at, Asked("clarification", "clarify", "question", order.rest))


COMMAND = Command(
    verb="clarify",
    form="clarify",
    does="drafts a question to the requester from the lines under it; the time to answer begins afresh "
    "when they reply",
    example="clarify",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
