"""`second notice PROVISIONS`: drafts the refusal that follows an extension for the public interest; no I/O."""

from __future__ import annotations

from foibot.case.clocks import ClockName
from foibot.case.interim import extended_in_silence
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.withholding import read_provisions
from foibot.law.provisions import Problem, Provision, names_ncnd, read_ncnd
from foibot.officers.roster import Role

_EXAMPLE = "second notice 31(1)(a)"


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the notice under FOIA 2000 s.17(3), which names the day of the first (L-25)."""
    does = "refuses under this law, on these provisions"
    refused = not_now(order, at, "second-notice", (f"refuse {at.regime.withheld_example}", does))
    if refused is not None:
        return refused
    neither = _neither(order, at)
    if neither is not None:
        return neither
    provisions = read_provisions(order, at, order.rest, "second notice")
    if isinstance(provisions, Outcome):
        return provisions
    cited = " ".join(one.cited for one in provisions)
    if all(clock.name is not ClockName.EXTENSION for clock in at.case.clocks):
        why = [
            "No extension notice has been sent on this case, so that this would be the first notice."
        ]
        return refuse("no-extension", order, why, (f"refuse {cited}", "drafts the refusal"))
    asked = Asked("second-notice", f"second notice {cited}", "reasons", provisions=provisions)
    return draft(order, at, asked)


def _neither(order: Order, at: Situation) -> Outcome | None:
    """The refusal where the answer is to neither confirm nor deny: this notice would say that it is held (N-16)."""
    before = extended_in_silence(at.case, at.regime)
    typed = names_ncnd(order.rest, at.regime)
    if not (before or typed):
        return None
    cited = order.rest if typed else before
    read = read_ncnd(cited, at.regime, authority_kind=at.rules.authority_kind)
    problems = [one for one in read if isinstance(one, Problem)]
    relied_on = " ".join(one.cited for one in read if isinstance(one, Provision))
    line = problems[0].line_that_works if problems else f"ncnd {relied_on}"
    does = "neither confirms nor denies that you hold it"
    return refuse("provisions", order, [_HELD, *(one.in_words for one in problems)], (line, does))


_HELD = (
    "A second notice says that the information is held. The letter that neither confirms nor denies "
    "is another, and after an extension it gives the decision on the public interest too."
)


COMMAND = Command(
    verb="second notice",
    form="second notice PROVISIONS",
    does="refuses after an extension, when the public interest has been weighed",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
