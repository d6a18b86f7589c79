"""`clarify`: drafts a question to the requester; nothing is owed until they answer it; no I/O."""

from __future__ import annotations

from foibot.case.outcome import LetterWanted, Outcome
from foibot.commands.command import Command, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.grammar import own_words, slots_in
from foibot.commands.ncnd import may_draft
from foibot.officers.roster import Role

EXAMPLE = ("clarify", "with the question on the lines under it")


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter with this question; or why not, and what would work."""
    stands_against = may_draft(at.case)
    if stands_against:
        return refuse("state", order, [stands_against], SHOW)
    question = "\n".join(
        part for part in (order.rest, own_words(order.text, at.officer.name)) if part
    )
    if not question:
        why = ["The question to the requester is missing."]
        return refuse("no-text", order, why, EXAMPLE)
    slots = slots_in(question, "question", ("help", "rest"))
    return Outcome(letter=LetterWanted("clarification", "", slots, order.line))


COMMAND = Command(
    verb="clarify",
    form="clarify",
    does="drafts a question to the requester from the lines under it; the time to answer begins afresh "
    "when they reply",
    example="clarify",
    who=frozenset({Role.OFFICER}),
    text=Text.NEEDED,
    decide=decide,
)
