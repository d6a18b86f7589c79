"""`ncnd PROVISIONS`: drafts a letter that neither confirms nor denies that information is held; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.withholding import not_read, of_another_law
from foibot.law.combinations import combination_problems
from foibot.law.provisions import Problem, Provision, read_ncnd
from foibot.officers.roster import Role

EXAMPLE = "ncnd 23(5) 24(2) 31(3)(a)"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter on these provisions; or every problem with them, and a line that works.

    Words under the order go into it only where they name a slot: what stands there is often a signature.
    """
    refused = not_now(order, at, "ncnd")
    if refused is not None:
        return refused
    provisions = read_provisions(order, at, order.rest, "ncnd")
    if isinstance(provisions, Outcome):
        return provisions
    line = f"ncnd {' '.join(one.cited for one in provisions)}"
    return draft(order, at, Asked("ncnd", line, provisions=provisions))


def read_provisions(
    order: Order, at: Situation, cited: str, verb: str
) -> tuple[Provision, ...] | Outcome:
    """The provisions that lift the duty to confirm or deny; or the refusal, with lines that begin with `verb`."""
    elsewhere = of_another_law(order, at, cited)
    if elsewhere is not None:
        return elsewhere
    read = read_ncnd(cited, at.regime, authority_kind=at.rules.authority_kind)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems:
        return not_read(order, problems, verb)
    provisions = tuple(one for one in read if isinstance(one, Provision))
    together = combination_problems(provisions)
    return not_read(order, together, verb) if together else provisions


COMMAND = Command(
    verb="ncnd",
    form="ncnd PROVISIONS",
    does="neither confirms nor denies that you hold it, on these provisions",
    example=EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
