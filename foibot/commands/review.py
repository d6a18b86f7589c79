"""`review`: drafts the letter that acknowledges a request for a review; no I/O."""

from __future__ import annotations

from foibot.case.clocks import ClockName
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import Asked, draft
from foibot.law.dates import in_words, london_date
from foibot.officers.roster import Role


def no_review(order: Order, at: Situation) -> Outcome | None:
    """The refusal of an order about a review where none runs."""
    clocks = at.case.clocks
    if any(clock.name is ClockName.REVIEW and clock.runs for clock in clocks):
        return None
    today = in_words(london_date(at.now))
    start = (f"clock review from {today}", "with the day on which the review was asked for")
    if at.case.answered_at is None:
        why = ["This request has not been answered yet, so that there is nothing to review."]
        return refuse("no-review", order, why, SHOW)
    return refuse("no-review", order, ["No review runs on this case."], start, SHOW)


def decide(order: Order, at: Situation) -> Outcome:
    """A new version that names the day of the request for a review, and the last day for its result."""
    refused = no_review(order, at)
    if refused is not None:
        return refused
    return draft(order, at, Asked("review-acknowledgement", "review", "more", order.rest))


COMMAND = Command(
    verb="review",
    form="review",
    does="acknowledges the request for a review that runs, and names the last day for its result",
    example="review",
    who=frozenset({Role.OFFICER, Role.REVIEWER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.REVIEW,
)
