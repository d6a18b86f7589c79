"""`part PROVISIONS`: drafts the letter that gives some of the information and withholds the rest; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.withholding import read_provisions
from foibot.officers.roster import Role

_EXAMPLE = "part 40(2) 31(1)(a)"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version on these provisions; or every problem with them, and a line that works (L-21)."""
    refused = not_now(order, at, "part")
    if refused is not None:
        return refused
    provisions = read_provisions(order, at, order.rest, "part")
    if isinstance(provisions, Outcome):
        return provisions
    line = f"part {' '.join(one.cited for one in provisions)}"
    return draft(order, at, Asked("part", line, "answer", provisions=provisions))


COMMAND = Command(
    verb="part",
    form="part PROVISIONS",
    does="gives some of it and withholds the rest on these provisions; under it the answer, then a line "
    "“withheld:” and what is left out",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
