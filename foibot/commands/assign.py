"""`assign ADDRESS`: gives a case to an officer, who accepts it or gives it back; no I/O."""

from __future__ import annotations

from dataclasses import replace

from foibot.case.assignment import who_has
from foibot.case.colleague_events import Assigned, AssignmentEnded
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import Lines
from foibot.commands.grammar import own_words, read_back
from foibot.commands.people import person_in
from foibot.commands.taking_on import (
    ACCEPT,
    CASE,
    DECLINE,
    finished,
    is_mine,
    not_for,
    take_on,
    to_assign,
    told,
)
from foibot.officers.roster import Officer, Role

_NOBODY = ("assign nobody", "takes the case back from whoever has it")
_ME = ("assign me", "gives it to you")


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
        return refuse("person", order, [person], *_would_work(at))
    if not person.may(Role.OFFICER):
        why = [f"{person.name} is on the list, but not with the role officer, and so could not draft an answer."]  # fmt: skip
        return refuse("person", order, why, *_would_work(at))
    problem = not_for(at.case, person)
    if problem:
        return refuse("person", order, [problem], *_would_work(at))
    return _give(order, at, person)


def _would_work(at: Situation) -> Lines:
    """Whom the case could be given to instead, the reader first; back from somebody only where somebody has it."""
    me, has = at.officer, at.case.assignment
    could_take = me.may(Role.OFFICER) and not is_mine(at.case, me) and not not_for(at.case, me)
    somebody_has = has is not None and has.to
    return (*((_ME,) if could_take else ()), *to_assign(at), *((_NOBODY,) if somebody_has else ()))


def _give(order: Order, at: Situation, person: Officer) -> Outcome:
    has, note = at.case.assignment, own_words(order.text, at.officer.name)
    if has is not None and person.is_at(has.to):
        if person == at.officer:
            return take_on(order, at, _note_went(note, to=False))
        said = f"The case is with {who_has(has, at.roster.name_of)}; nothing has changed."
        words = [said, *_note_went(note, to=False)]
        return Outcome(notices=(answer("Assigned before", words, *to_assign(at), _NOBODY),))
    if person == at.officer:
        # Whoever has it already hears that it was taken over.
        before = _told_to_others(at, person, note)
        taken = take_on(order, _without_anybody(at), _note_went(note, to=bool(before)))
        return Outcome(events=taken.events, notices=(*taken.notices, *before))
    before = _told_to_others(at, person)
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
            *_note_went(note, to=True),
            "Until then reminders go to all officers, as before.",
        ],
        _NOBODY,
    )
    return Outcome(events=(Assigned(person.address),), notices=(asked, done, *before))


def _without_anybody(at: Situation) -> Situation:
    return replace(at, case=replace(at.case, assignment=None, letters=()))


def _note_went(note: str, *, to: bool) -> list[str]:
    """What became of words under the order: they went `to` somebody, or there was nobody to send them to."""
    if not note:
        return []
    if to:
        return [f"Your note went with it: {read_back(note)}"]
    return [
        f"What you wrote under it went to nobody: {read_back(note)}",
        "Reply “note:” with these words to keep them on the case.",
    ]


def _told_to_others(at: Situation, to: Officer | None, note: str = "") -> tuple[NoticeWanted, ...]:
    has = at.case.assignment
    if has is None or not has.to or at.officer.is_at(has.to):
        return ()
    now = f"given to {to.name}" if to else "taken back from you"
    said = [f"{at.officer.name} has changed who has the case: it was {now}. You need do nothing."]
    if note:
        said.append(f"{at.officer.name} wrote: {note}")
    return (told(has.to, "No longer with you", *said),)


def _take_back(order: Order, at: Situation) -> Outcome:
    has = at.case.assignment
    if has is None or not has.to:
        return refuse("assigned", order, ["Nobody has the case."], *to_assign(at), CASE)
    note = own_words(order.text, at.officer.name)
    before = _told_to_others(at, None, note)
    said = ["Nobody has the case now. Reminders go to all officers."]
    done = answer("Taken back", [*said, *_note_went(note, to=bool(before))], *to_assign(at))
    return Outcome(events=(AssignmentEnded(),), notices=(done, *before))


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
