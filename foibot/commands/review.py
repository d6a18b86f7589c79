"""`review`: drafts the letter that acknowledges a request for a review; no I/O."""

from __future__ import annotations

from foibot.case.clocks import ClockName
from foibot.case.outcome import Outcome
from foibot.commands.closing import REOPEN
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW, Lines
from foibot.commands.drafting import Asked, draft
from foibot.law.clocks import last_day_of, limit_of
from foibot.law.dates import in_words, london_date
from foibot.officers.roster import Role


def before_the_answer(at: Situation) -> tuple[str, Lines]:
    """What to do with a complaint about delay, an extension or a question while the request itself is open.

    Such a letter offers a review, and the law lets them ask; but only one time to answer can be run on an
    open case, and that of the request is the one that must not be missed.
    """
    today = london_date(at.now)
    last = in_words(last_day_of(at.regime, limit_of("review", at.regime, today), today).last)
    why = (
        "This request has not been answered yet, so that no review clock runs on it: its own last day goes on. "
        "If they complain of delay, of an extension or of a question, that is a request for a review all the same. "
        f"Asked for today, it has to be answered by {last}. Note it, have somebody look at it who took no part, "
        "and answer the request. Their reply to the complaint is written by hand. "
        f"Once the answer has left, `clock review from {in_words(today)}` runs the clock from that day."
    )
    noted = f"note: review asked for on {in_words(today)}, to be answered by {last}"
    return why, ((noted, "keeps it on the case, with the day on which they asked"),)


def no_review(order: Order, at: Situation) -> Outcome | None:
    """The refusal of an order about a review where none runs."""
    clocks = at.case.clocks
    if any(clock.name is ClockName.REVIEW and clock.runs for clock in clocks):
        return None
    today = in_words(london_date(at.now))
    start = (f"clock review from {today}", "with the day on which the review was asked for")
    if at.case.answered_at is None and at.case.finished:
        why = ["This request was closed without an answer, so that there is nothing to review."]
        return refuse("no-review", order, why, REOPEN, SHOW)
    if at.case.answered_at is None:
        open_yet, lines = before_the_answer(at)
        return refuse("no-review", order, [open_yet], *lines, SHOW)
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
