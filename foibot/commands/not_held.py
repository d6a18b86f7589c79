"""`not held`: drafts the letter that says the authority does not hold the information; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft
from foibot.officers.roster import Role

LINE = ("not held", "with how you looked for it on the lines under it")


def decide(order: Order, at: Situation) -> Outcome:
    """A new version that says how the information was looked for (L-32)."""
    return draft(order, at, Asked("not-held", "not held", "searched", order.rest))


COMMAND = Command(
    verb="not held",
    form="not held",
    does="says that you do not hold it, and in the lines under it how you looked",
    example="not held",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
