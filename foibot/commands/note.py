"""`note`: keeps the officer's words on the case, where no letter can read them; no I/O."""

from __future__ import annotations

from foibot.case.events import Noted
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.grammar import own_words, read_back
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Kept; or refused when there is nothing to keep."""
    text = "\n".join(part for part in (order.rest, own_words(order.text, at.officer.name)) if part)
    if not text:
        why = ["The note is empty."]
        return refuse("no-text", order, why, ("note: your words", "keeps them on the case"))
    notice = answer(
        "Note kept",
        [
            f"Your note is on the case. It reads: {read_back(text)}",
            "Notes are part of the record, and may be disclosed if somebody asks for it.",
        ],
    )
    return Outcome(events=(Noted(text),), notices=(notice,))


COMMAND = Command(
    verb="note",
    form="note",
    does="with your words after a colon or on the lines under it: keeps them on the case; no letter can read them",
    example="note: rang the requester, no change",
    who=frozenset({Role.OFFICER, Role.APPROVER, Role.REVIEWER, Role.ADMINISTRATOR}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
