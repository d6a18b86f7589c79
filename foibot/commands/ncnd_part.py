"""`ncnd part PROVISIONS`: answers one part of a request and neither confirms nor denies for another; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.ncnd import read_provisions
from foibot.officers.roster import Role

_EXAMPLE = "ncnd part 23(5) 24(2)"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version with what is answered, and on these provisions for the part named under `concerns:` (N-10)."""
    whole = (f"ncnd {at.regime.ncnd_example}", "neither confirms nor denies for the whole request")
    refused = not_now(order, at, "ncnd-part", whole)
    if refused is not None:
        return refused
    provisions = read_provisions(order, at, order.rest, "ncnd part")
    if isinstance(provisions, Outcome):
        return provisions
    line = f"ncnd part {' '.join(one.cited for one in provisions)}"
    return draft(order, at, Asked("ncnd-part", line, provisions=provisions))


COMMAND = Command(
    verb="ncnd part",
    form="ncnd part PROVISIONS",
    does="answers one part and neither confirms nor denies for another; under it a line “answer:” with what "
    "is answered, and a line “concerns:” with the part that is not",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
