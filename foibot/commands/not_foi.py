"""`not foi: why`: closes the case because no information law applies to it; no I/O."""

from __future__ import annotations

from foibot.case.events import FoundNotFoi
from foibot.case.outcome import Outcome
from foibot.commands.closing import closed
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.grammar import own_words
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Closed, because an officer found that no information law applies, with a reason if one is given."""
    why = "\n".join(part for part in (order.rest, own_words(order.text, at.officer.name)) if part)
    return closed(order, at, FoundNotFoi(why), "set aside as not a request under the law", why)


COMMAND = Command(
    verb="not foi",
    form="not foi: REASON",
    does="closes the case because no information law applies to it; a reason after a colon is kept on record",
    example="not foi: a job application",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
