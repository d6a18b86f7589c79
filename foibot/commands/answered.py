"""`answered ADDRESS`: a colleague need not answer any more, because the officer has it by another way; no I/O."""

from __future__ import annotations

from foibot.case.colleague_events import EnquiryClosed
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words, read_back
from foibot.commands.people import address_in, person_in
from foibot.commands.taking_on import CASE
from foibot.officers.roster import Role

_EXAMPLE = "answered harry.holder@exampleshire.example"


def decide(order: Order, at: Situation) -> Outcome:
    """The asking ended for this colleague; or whom the case still waits for."""
    named = address_in(order.rest)
    name, _, said = order.rest.partition(":")
    address, on_line = (named.address, named.rest) if named else (name, said.strip())
    if named is None:
        person = person_in(name, at.roster)
        address = name if isinstance(person, str) else person.address
    waiting = [one for one in at.case.enquiries if one.open]
    theirs = [one for one in waiting if one.is_to(address)]
    if not theirs:
        lines = tuple((f"answered {one.holder}", "ends the asking") for one in waiting)
        why = "No reply of that colleague is waited for." if waiting else "No reply of anybody is waited for."  # fmt: skip
        return refuse("person", order, [why], *lines, CASE)
    why = "\n".join(part for part in (on_line, own_words(order.text, at.officer.name)) if part)
    done = answer(
        "No longer asked",
        [
            f"foibot does not write to {at.roster.name_of(theirs[0].holder)} about this any more.",
            *([f"Your reason is in the record: {read_back(why)}"] if why else []),
        ],
        ("answers", "sends you what colleagues have answered"),
        CASE,
    )
    return Outcome(events=tuple(EnquiryClosed(one.number, why) for one in theirs), notices=(done,))


COMMAND = Command(
    verb="answered",
    form="answered ADDRESS",
    does="ends the asking of a colleague, if you have the answer by another way or need it no longer",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
