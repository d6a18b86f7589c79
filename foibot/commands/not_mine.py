"""`not mine: why`: gives an assigned case back to whoever assigned it; no I/O."""

from __future__ import annotations

from foibot.case.assignment import who_has
from foibot.case.colleague_events import AssignmentDeclined
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words, read_back
from foibot.commands.taking_on import ACCEPT, CASE, finished, is_mine, to_assign
from foibot.officers.roster import Role

_EXAMPLE = "not mine: the licensing team keeps these files"


def decide(order: Order, at: Situation) -> Outcome:
    """Given back with a reason, so that somebody can give it to the right person; or why it is not theirs to give."""
    closed = finished(order, at)
    if closed is not None:
        return closed
    if not is_mine(at.case, at.officer):
        has = who_has(at.case.assignment, at.roster.name_of)
        why = f"The case is with {has}." if has else "Nobody has the case."
        return refuse("assigned", order, ["The case was not assigned to you.", why], CASE)
    why = "\n".join(part for part in (order.rest, own_words(order.text, at.officer.name)) if part)
    if not why or why == "your reason":
        line = (_EXAMPLE, "with your reason, or with who should have it")
        return refuse("no-reason", order, ["A case is only given back with a reason."], line, ACCEPT)  # fmt: skip
    return Outcome(events=(AssignmentDeclined(why),), notices=_heard(at, why))


def _heard(at: Situation, why: str) -> tuple[NoticeWanted, ...]:
    """Whoever assigned it hears; all officers, if that was the same person or has left."""
    has = at.case.assignment
    by = at.roster.find(has.by) if has else None
    facts = {"by": at.officer.name, "why": why}
    lines = (*to_assign(at, by), ("accept", "alone on its line, takes it on yourself"), CASE)
    if by is None or by == at.officer:
        return (NoticeWanted("given-back", Audience.OFFICERS, facts, lines=lines),)
    back = NoticeWanted("given-back", Audience.PERSON, facts, lines=lines, person=by.address)
    said = f"{by.name} was told, with your reason: {read_back(why)}"
    done = answer("Given back", [said, "Nobody has the case now."])
    return (back, done)


COMMAND = Command(
    verb="not mine",
    form="not mine: REASON",
    does="gives back a case that was assigned to you",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
