"""What `withdrawn` and `not foi` have in common: they end a case that needs no answer; no I/O."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.events import Event, Withdrawn
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.case.suggestions.withdrawal import withdrawal_words
from foibot.commands.command import Order, Situation, refuse
from foibot.commands.decisions import SHOW

REOPEN = (
    "reopen: your reason",
    "opens it again, if it was closed by mistake or they want it after all",
)


def taking_back(case: Case, words: str) -> tuple[tuple[str, str], ...]:
    """The order that closes a case, where plain words of its requester take the request back (T-50)."""
    found = withdrawal_words(words) if can_happen(case, Withdrawn()) else ()
    does = f"closes the case, if they take the request back: they write “{'”, “'.join(found)}”"
    return (("withdrawn", does),) if found else ()


def closed(order: Order, at: Situation, event: Event, what: str, why: str) -> Outcome:
    """The case closed by this event, told to everybody; or why it cannot be closed now."""
    if not can_happen(at.case, event):
        state = at.case.state.value.replace("-", " ")
        return refuse(
            "state", order, [f"The case is {state}; it cannot be closed like this now."], SHOW
        )
    told = NoticeWanted(
        "closed",
        Audience.OFFICERS_AND_APPROVERS,
        {"by": at.officer.name, "what": what, "why": why},
        lines=(REOPEN,),
    )
    version = at.case.current.version if at.case.current else 0
    return Outcome(events=(event,), notices=(told,), revoke=(version,) if version else ())
