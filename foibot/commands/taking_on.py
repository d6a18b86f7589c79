"""What `assign`, `accept` alone and `not mine` have in common: who has a case, and who hears of a change; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foibot.case.assignment import who_has
from foibot.case.case import Case
from foibot.case.colleague_events import Assigned, AssignmentAccepted
from foibot.case.events import Event
from foibot.case.interests import keeps_out, under_review
from foibot.case.later_letters import decided_by
from foibot.case.need_to_know import is_off_the_list
from foibot.case.outcome import Audience, NoticeWanted, Outcome, plain_notice
from foibot.commands.command import Order, Situation, answer, refuse
from foibot.commands.decisions import Lines, reason_lines
from foibot.commands.people import others_who_may
from foibot.officers.roster import Officer, Role

ACCEPT = ("accept", "alone on its line, takes the case on")
DECLINE = ("not mine: your reason", "gives it back")
CASE = ("show", "sends you the case and its letter")
_MOST = 4


def is_mine(case: Case, me: Officer) -> bool:
    """Whether the case was given to this officer, accepted or not."""
    return case.assignment is not None and me.is_at(case.assignment.to)


def is_offered(case: Case, me: Officer) -> bool:
    """Whether this officer was given the case and has not answered yet."""
    has = case.assignment
    return has is not None and me.is_at(has.to) and not has.accepted


def to_assign(at: Situation, reader: Officer | None = None) -> Lines:
    """The order that gives the case to somebody else, one for each who may have it; `reader` may take it on."""
    others = [
        one
        for one in others_who_may(at.roster, at.officer, Role.OFFICER)
        if one != reader and not not_for(at.case, one)
    ]
    return tuple(
        (f"assign {one.address}", f"gives the case to {one.name}") for one in others[:_MOST]
    )


def finished(order: Order, at: Situation) -> Outcome | None:
    """The refusal on a case that nobody has to work on any more; None while somebody does."""
    if not at.case.finished:
        return None
    state = at.case.state.value.replace("-", " ")
    return refuse("state", order, [f"The case is {state}: there is nothing left to assign."], CASE)


def not_for(case: Case, person: Officer) -> str:
    """Why somebody cannot be given the case, by who they are; "" if they can."""
    if keeps_out(case, person):
        return f"{person.name} keeps out of this case, because of an interest in it."
    if is_off_the_list(case, person):
        return f"{person.name} is not among the people to whom this case is restricted."
    if under_review(case) and any(person.is_at(one) for one in decided_by(case)):
        return f"{person.name} drafted or approved the answer that is reviewed. Somebody else has to review it."
    return ""


def told(person: str, title: str, *sentences: str, lines: Lines = (CASE,)) -> NoticeWanted:
    """A plain notice to one person of the roster."""
    return replace(plain_notice(Audience.PERSON, title, sentences), lines=lines, person=person)


def take_on(order: Order, at: Situation, also: Sequence[str] = ()) -> Outcome:
    """The case becomes the officer's who wrote `accept`; or why not, with the line that would work.

    They are told what else there is to say as well.
    """
    closed = finished(order, at)
    if closed is not None:
        return closed
    problem = not_for(at.case, at.officer)
    if problem:
        return refuse("person", order, [problem], *to_assign(at), CASE)
    if not is_mine(at.case, at.officer):
        return _take_what_is_not_mine(order, at, also)
    if not is_offered(at.case, at.officer):
        return Outcome(notices=(answer("The case is yours", ["You had taken it on before; nothing has changed.", *also], *_next()),))  # fmt: skip
    return _taken(at, (AssignmentAccepted(),), also)


def _take_what_is_not_mine(order: Order, at: Situation, also: Sequence[str]) -> Outcome:
    letter, has = at.case.current, at.case.assignment
    if letter and letter.rules_open:
        why = [
            "The case was not assigned to you, and the checks have warnings on its letter.",
            "If you meant one of those, write its rule, the version and your reason.",
        ]
        mine = (f"assign {at.officer.address}", "takes the case on, if you meant that")
        return refuse("accept", order, why, *reason_lines(letter), mine)
    if not at.officer.may(Role.OFFICER):
        why = [
            "Only somebody with the role officer can take a case on; you do not have it.",
            "For a warning of the checks the order also needs the rule, the version and your reason.",
        ]
        return refuse("role", order, why, *to_assign(at), CASE)
    if has is not None and has.to:
        why = [f"The case is with {who_has(has, at.roster.name_of)}."]
        mine = (f"assign {at.officer.address}", "takes it over; the other officer is told")
        return refuse("assigned", order, why, mine, CASE)
    return _taken(at, (Assigned(at.officer.address), AssignmentAccepted()), also)


def _taken(at: Situation, events: tuple[Event, ...], also: Sequence[str]) -> Outcome:
    me, has = at.officer, at.case.assignment
    mine = answer(
        "The case is yours",
        ["Reminders about it now come to you. Everybody hears if it runs late.", *also],
        *_next(),
    )
    notices = [mine]
    if has is not None and has.to and not me.is_at(has.by):
        notices.append(told(has.by, "Assignment accepted", f"{me.name} has taken the case on."))
    return Outcome(events=events, notices=tuple(notices))


def _next() -> Lines:
    return (CASE, ("help", "lists every order"), DECLINE)
