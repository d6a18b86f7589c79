"""`lapse`: drafts the letter that says a request is closed, because nothing came; no I/O."""

from __future__ import annotations

from foibot.case.case import State
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import Asked, draft
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """A new version, once the question or the fee has lapsed (T-47)."""
    if at.case.state is not State.LAPSED:
        why = [
            "This request has not lapsed. It does by itself, when no answer or fee has come by the day named."
        ]
        return refuse("state", order, why, ("when", "tells you which day that is"), SHOW)
    return draft(order, at, Asked("lapse", "lapse", "advice", order.rest))


COMMAND = Command(
    verb="lapse",
    form="lapse",
    does="says that the request is closed, because your question or the fee was not answered",
    example="lapse",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
