"""`assign ADDRESS`: gives a case to an officer, who accepts it or gives it back; no I/O."""

from __future__ import annotations

from dataclasses import replace

from foibot.case.assignment import who_has
from foibot.case.colleague_events import Assigned, AssignmentEnded
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words, read_back
from foibot.commands.people import person_in
from foibot.commands.taking_on import (
    ACCEPT,
    CASE,
    DECLINE,
    finished,
    not_for,
    take_on,
    to_assign,
    told,
)
from foibot.officers.roster import Officer, Role

_NOBODY = ("assign nobody", "takes the case back from whoever has it")


def decide(order: Order, at: Situation) -> Outcome:
    """Given, or taken back with `assign nobody`; or why it cannot be given to that person."""
    closed = finished(order, at)
    if closed is not None:
        return closed
    wanted = order.rest.strip(" :.,;-")
    wanted = wanted[3:] if wanted.casefold().startswith("to ") else wanted
    if wanted.casefold() in {"nobody", "no one", "no-one", "none"}:
        return _take_back(order, at)
    person = at.officer if wanted.casefold() == "me" else person_in(wanted, at.roster)
    if isinstance(person, str):
        return refuse("person", order, [person], *to_assign(at), _NOBODY)
    if not person.may(Role.OFFICER):
        why = [f"{person.name} is on the list, but not with the role officer, and so could not draft an answer."]  # fmt: skip
        return refuse("person", order, why, *to_assign(at), _NOBODY)
    problem = not_for(at.case, person)
    if problem:
        return refuse("person", order, [problem], *to_assign(at), _NOBODY)
    return _give(order, at, person)


def _give(order: Order, at: Situation, person: Officer) -> Outcome:
    has = at.case.assignment
    if has is not None and person.is_at(has.to):
        if person == at.officer:
            return take_on(order, at)
        said = f"The case is with {who_has(has, at.roster.name_of)}; nothing has changed."
        return Outcome(notices=(answer("Assigned before", [said], *to_assign(at), _NOBODY),))
    before = _told_to_others(at, person)
    if person == at.officer:
        # Whoever has it already hears that it was taken over.
        taken = take_on(order, _without_anybody(at))
        return Outcome(events=taken.events, notices=(*taken.notices, *before))
    note = own_words(order.text, at.officer.name)
    asked = NoticeWanted(
        "assigned",
        Audience.PERSON,
        {"by": at.officer.name, "note": note},
        lines=(ACCEPT, DECLINE, CASE, ("help", "lists every order")),
        person=person.address,
    )
    done = answer(
        "Assigned",
        [
            f"{person.name} was asked to take the case on, and to say so.",
            *([f"Your note went with it: {read_back(note)}"] if note else []),
            "Until then reminders go to all officers, as before.",
        ],
        _NOBODY,
    )
    return Outcome(events=(Assigned(person.address),), notices=(asked, done, *before))


def _without_anybody(at: Situation) -> Situation:
    return replace(at, case=replace(at.case, assignment=None, letters=()))


def _told_to_others(at: Situation, to: Officer | None) -> tuple[NoticeWanted, ...]:
    has = at.case.assignment
    if has is None or not has.to or at.officer.is_at(has.to):
        return ()
    now = f"given to {to.name}" if to else "taken back from you"
    sentence = f"{at.officer.name} has changed who has the case: it was {now}. You need do nothing."
    return (told(has.to, "No longer with you", sentence),)


def _take_back(order: Order, at: Situation) -> Outcome:
    has = at.case.assignment
    if has is None or not has.to:
        return refuse("assigned", order, ["Nobody has the case."], *to_assign(at), CASE)
    done = answer(
        "Taken back", ["Nobody has the case now. Reminders go to all officers."], *to_assign(at)
    )
    return Outcome(events=(AssignmentEnded(),), notices=(done, *_told_to_others(at, None)))


COMMAND = Command(
    verb="assign",
    form="assign ADDRESS",
    does="gives the case to an officer, by address or name, with a note under it if you like; “assign nobody” takes it back",
    example="assign jane.orange@exampleshire.example",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
