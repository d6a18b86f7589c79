"""`part PROVISIONS`: drafts the letter that gives some and withholds the rest; `part 2 refuse 40(2)`: answers by number; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.answer import begins_with_outcome, decide_on
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.grammar import own_words
from foibot.commands.withholding import read_provisions
from foibot.officers.roster import Role

_EXAMPLE = "part 40(2) 31(1)(a)"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version on these provisions; or every problem with them, and a line that works (L-21).

    Behind the number of a question an outcome is meant for that question alone (L-05).
    """
    if begins_with_outcome(order.rest):
        under = own_words(order.text, at.officer.name).splitlines()
        return decide_on(order, at, [order.rest, *under])
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
