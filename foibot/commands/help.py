"""`help`: the list of orders; changes nothing; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The list of orders; written with `vN`, never a number, so that no quote of it is one (rule E2)."""
    if order.rest.casefold().startswith("exemption"):
        return Outcome(notices=(_exemptions(at),))
    groups = [{"title": title, "orders": list(lines)} for title, lines in at.orders]
    return Outcome(notices=(NoticeWanted("help", Audience.ORDERING_OFFICER, {"groups": groups}),))


def _exemptions(at: Situation) -> NoticeWanted:
    """Every row of the law's table, with how it is ordered to neither confirm nor deny."""
    rows = [
        f"{one.section} {one.title}: {'absolute' if one.absolute else 'qualified'}, "
        + (
            f"neither confirm nor deny with {one.ncnd.provision}"
            if one.ncnd
            else "cannot be used to neither confirm nor deny"
        )
        for one in at.regime.exemptions
    ]
    return answer(f"Provisions of the {at.regime.act}", [], facts=rows)


COMMAND = Command(
    verb="help",
    form="help",
    does="sends you this list; “help exemptions” lists the provisions of the law",
    example="help",
    who=frozenset(Role),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LOOK,
)
