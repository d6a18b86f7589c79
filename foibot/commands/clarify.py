"""`clarify`: drafts a question to the requester, if there is time for it; nothing is owed until they answer; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.interim import too_late_to_ask
from foibot.case.outcome import Outcome
from foibot.commands import holding
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import Asked, draft, not_now
from foibot.law.dates import in_words, london_date
from foibot.officers.roster import Role

_ANSWER = ("disclose", "gives what the request asks for, as well as it can be understood")


def decide(order: Order, at: Situation) -> Outcome:
    """A new version of the letter with this question; or why not, and what would work."""
    refused = not_now(order, at, "clarification")
    if refused is not None:
        return refused
    asked_by = too_late_to_ask(at.case, at.regime, london_date(at.now))
    if asked_by is not None:
        return refuse("too-late", order, [too_late(asked_by)], holding.line(at), _ANSWER)
    return draft(
        order, at, Asked("clarification", "clarify", "question", order.rest, with_text=True)
    )


def too_late(asked_by: date) -> str:
    """Why a question under the Regulations can no longer be put: its last day is over."""
    return (
        f"Under this law the requester had to be asked by {in_words(asked_by)}, within 20 working days. "
        "A question after that gives no new time; the last day stays as it is."
    )


COMMAND = Command(
    verb="clarify",
    form="clarify",
    does="drafts a question to the requester from the lines under it; the time to answer begins afresh "
    "when they reply",
    example="clarify",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
