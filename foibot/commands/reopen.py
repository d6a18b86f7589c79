"""`reopen: why`: takes back `withdrawn` or `not foi`; the time of the request has run on; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from foibot.case.case import Case, LetterState, State
from foibot.case.clocks import before_it_was_closed, due_now, waited_when_closed
from foibot.case.events import OpenedAgain, WaitsAgain
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, Outcome, plain_notice
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import Lines
from foibot.commands.grammar import own_words, read_back
from foibot.commands.taking_on import CASE
from foibot.law.dates import in_words, london_date
from foibot.law.horizon import provisional_mark
from foibot.officers.roster import Role

_EXAMPLE = "reopen: the requester wants it after all"


def decide(order: Order, at: Situation) -> Outcome:
    """Open again with its own dates, and told to everybody; or why there is nothing to take back."""
    why = "\n".join(part for part in (order.rest, own_words(order.text, at.officer.name)) if part)
    event = WaitsAgain(why) if waited_when_closed(at.case.clocks) else OpenedAgain(why)
    if not can_happen(at.case, event):
        return refuse("state", order, [_nothing_to_take_back(at.case)], *_instead(at), CASE)
    if not why:
        needed = "A request is only opened again with a reason, for the record."
        return refuse("no-reason", order, [needed], (_EXAMPLE, "with your reason"))
    told = plain_notice(
        Audience.OFFICERS_AND_APPROVERS,
        f"Request {at.case.reference} is open again",
        [f"{at.officer.name} opened it again: {read_back(why)}", *_where_it_stands(at)],
    )
    lines = (CASE, ("when", "shows how the last day was counted"))
    return Outcome(events=(event,), notices=(replace(told, lines=lines),))


def _where_it_stands(at: Situation) -> Iterator[str]:
    case, today = at.case, london_date(at.now)
    due = due_now(before_it_was_closed(case.clocks), case.due)
    last = f"{in_words(due)}{provisional_mark(due, at.regime)}"
    yield f"It was received on {in_words(case.received)}. Its time has run on while it was closed."
    if waited_when_closed(case.clocks):
        yield f"It waits for the requester again, until {last}."
    elif today > due:
        yield f"The last day to answer was {last}. That day is past: the answer is late."
    else:
        yield f"The last day to answer is {last}."
    if case.current and case.current.state is LetterState.SUPERSEDED:
        yield "The letter that was drafted before it was closed is no draft any more. Order it again."
    yield "Nothing was sent to the requester."


def _nothing_to_take_back(case: Case) -> str:
    match case.state:
        case State.ANSWERED | State.REOPENED:
            return "This request was answered, and an answer is not taken back."
        case State.LAPSED:
            return "This request lapsed. It opens again when the requester answers, or when the fee is noted."
        case _:
            return "This request is not closed."


def _instead(at: Situation) -> Lines:
    if at.case.state is not State.ANSWERED:
        return ()
    day = in_words(london_date(at.now))
    return ((f"clock review from {day}", "if the requester is not content with the answer"),)


COMMAND = Command(
    verb="reopen",
    form="reopen: REASON",
    does="opens a case again that was closed by “withdrawn” or “not foi”, with its own last day",
    example=_EXAMPLE,
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
