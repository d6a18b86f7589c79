"""`link REFERENCE`: notes on two cases that they belong together, or takes that back; no I/O."""

from __future__ import annotations

from typing import Final

from foibot.case.keeping_events import Linked, Unlinked
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.officers.roster import Role

EXAMPLE: Final = "link 000043/20"
_MOST: Final = 50


def decide(order: Order, at: Situation) -> Outcome:
    """Linked both ways, or taken back with `link off REFERENCE`; refused where there is no such other case."""
    words = order.rest.split()
    off = bool(words) and words[0].casefold() == "off"
    words = words[1:] if off else words
    words = words[1:] if words and words[0].casefold() in {"to", "with", "and"} else words
    named = " ".join(words).strip(" []:.,")
    line = ("link REFERENCE", "with the reference of the other case")
    if not named:
        return refuse("no-reference", order, ["It does not say with which case."], line)
    if named not in at.others:
        return refuse(
            "no-reference",
            order,
            [f"There is no other case {named[:60]} that is open to you."],
            line,
        )
    links = at.case.keeping.links
    if off:
        return _off(order, at, named)
    if named in links:
        said = answer("Linked before", [f"This case is linked with {named}; nothing has changed."])
        return Outcome(notices=(said,))
    if len(links) >= _MOST:
        return refuse("links", order, [f"A case is linked with {_MOST} others at most."])
    done = answer(
        "Linked",
        [
            f"This case and {named} are linked, both ways. Each keeps its own time and its own letter."
        ],
        (f"find {named}", "finds the other case, so that you can have it shown"),
        (f"link off {named}", "takes the link back"),
    )
    events = (Linked(named),)
    return Outcome(events=events, elsewhere=((named, Linked(at.case.reference)),), notices=(done,))


def _off(order: Order, at: Situation, named: str) -> Outcome:
    if named not in at.case.keeping.links:
        return refuse("links", order, [f"This case is not linked with {named}."])
    done = answer("Link taken back", [f"This case and {named} are no longer linked."])
    return Outcome(
        events=(Unlinked(named),),
        elsewhere=((named, Unlinked(at.case.reference)),),
        notices=(done,),
    )


COMMAND = Command(
    verb="link",
    form="link REFERENCE",
    does="notes on both cases that they belong together; “link off REFERENCE” takes it back",
    example=EXAMPLE,
    who=frozenset({Role.OFFICER, Role.APPROVER, Role.REVIEWER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
