"""`review outcome RESULT`: drafts the letter with the result of a review; its clock stops when it leaves; no I/O."""

from __future__ import annotations

from foibot.case.later_letters import ReviewResult
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import Asked, draft
from foibot.commands.review import no_review
from foibot.officers.roster import Role

_UNDER = (
    "with the decision on the lines under it, then a line “grounds:” and the answer to each point"
)
_LINES = tuple((f"review outcome {result}", _UNDER) for result in ReviewResult)


def decide(order: Order, at: Situation) -> Outcome:
    """A new version with what the review came to (L-36, L-40).

    Who may decide a review besides having the role is settled where it is approved.
    """
    refused = no_review(order, at)
    if refused is not None:
        return refused
    said = " ".join(order.rest.casefold().strip(" .:").split())
    result = next((one for one in ReviewResult if said == one), None)
    if result is None:
        why = ["What the review came to is missing, or is none of the three results there are."]
        return refuse("no-result", order, why, *_LINES)
    line = f"review outcome {result}"
    asked = Asked("review-outcome", line, "decision", result=result.value, with_text=True)
    return draft(order, at, asked)


COMMAND = Command(
    verb="review outcome",
    form="review outcome RESULT",
    does="gives the result, “upheld”, “upheld in part” or “overturned”; under it the decision, then a line "
    "“grounds:” with the answer to each point",
    example="review outcome upheld in part",
    who=frozenset({Role.OFFICER, Role.REVIEWER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.REVIEW,
)
