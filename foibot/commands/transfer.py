"""`transfer to NAME`: drafts the letter that names the authority which may hold the information; no I/O."""

from __future__ import annotations

from dataclasses import replace

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import Asked, draft, not_now
from foibot.commands.grammar import own_words
from foibot.officers.roster import Role

_EXAMPLE = "transfer to Exampleton Council"
_HOW = (_EXAMPLE, "with its own name, and its postal and email address on the lines under it")


def decide(order: Order, at: Situation) -> Outcome:
    """A new version that says who may hold it; nothing is passed on before the requester agrees (L-33)."""
    refused = not_now(order, at, "transfer")
    if refused is not None:
        return refused
    to, _, name = order.rest.partition(" ")
    if to.casefold() != "to" or not name:
        return refuse(
            "no-name", order, ["The name of the other authority is missing after “to”."], _HOW
        )
    if not own_words(order.text, at.officer.name):
        why = ["The requester needs its address: write it on the lines under the order."]
        return refuse("no-text", order, why, _HOW)
    addressed = replace(order, text=f"{name}\n{order.text}")  # the name is the address's first line
    return draft(addressed, at, Asked("transfer", f"transfer to {name}", "to"))


COMMAND = Command(
    verb="transfer",
    form="transfer to NAME",
    does="says that you do not hold it and who may, with the address under it; passes nothing on",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.ANSWER,
)
