"""`ncnd PROVISIONS`: drafts a letter that neither confirms nor denies that information is held; no I/O."""

from __future__ import annotations

from foibot.case.case import Case, State
from foibot.case.events import Drafted
from foibot.case.lifecycle import allows
from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.command import Command, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.law.provisions import Problem, Provision, read_ncnd
from foibot.officers.roster import Role

EXAMPLE = "ncnd 23(5) 24(2) 31(3)(a)"


def may_draft(case: Case) -> str:
    """Why no letter can be drafted now; "" if it can."""
    if allows(case.state, Drafted):
        return ""
    match case.state:
        case State.APPROVED:
            return "A letter on this case is approved and about to leave. Stop it first."
        case State.DELIVERY_UNCERTAIN:
            return "Nobody knows yet whether the last letter arrived. The administrator has to settle that first."
        case State.WAITING:
            return "The case waits for the requester; the clock runs again when they answer."
        case State.ANSWERED:
            return "This case has been answered."
        case State.REOPENED:
            return "This case has been answered; what runs now is a review, a complaint or an appeal, and its letter is written by hand."
        case _:
            return f"This case is closed: {case.outcome.replace('-', ' ')}."


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter on these provisions; or every problem with them, and a line that works."""
    stands_against = may_draft(at.case)
    if stands_against:
        return refuse(
            "state", order, [stands_against], ("stop", "stops a letter that has not left"), SHOW
        )
    read = read_ncnd(order.rest, at.regime, authority_kind=at.rules.authority_kind)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems:
        return _not_read(order, problems)
    provisions = [one for one in read if isinstance(one, Provision)]
    kept = at.case.current.slots if at.case.current and at.case.current.kind == "ncnd" else ()
    return Outcome(
        letter=LetterWanted(
            kind="ncnd",
            provisions=" ".join(one.cited for one in provisions),
            slots=kept,
            said=order.line,
        )
    )


def _not_read(order: Order, problems: list[Problem]) -> Outcome:
    why = [f"{one.text_read}: {one.why}" if one.text_read else one.why for one in problems]
    lines = {one.line_that_works: None for one in problems if one.line_that_works}
    return refuse("provisions", order, why, *((line, "would work") for line in lines))


COMMAND = Command(
    verb="ncnd",
    form="ncnd PROVISIONS",
    does="drafts a letter that neither confirms nor denies, on these provisions",
    example=EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.NOT_READ,
    decide=decide,
)
