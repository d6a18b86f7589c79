"""`received DATE: why`: corrects the date of receipt, and shows what that moves; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.clock_events import ReceiptCorrected
from foibot.case.clocks import pauses_of, running, was_questioned
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import EXAMPLE, HOW_WRITTEN, read_past_date
from foibot.commands.decisions import SHOW
from foibot.commands.grammar import own_words
from foibot.law.calendar import answer_by
from foibot.law.dates import in_words, london_date, with_weekday
from foibot.law.horizon import provisional_mark
from foibot.law.regime import NoLimitInForce
from foibot.officers.roster import Role


def _line(at: Situation, day: date | None = None) -> tuple[str, str]:
    """The order with a day that would do: the officer's own, else the day of receipt as it stands."""
    shown = f"received {in_words(day or at.case.received)}: stamped by the post room"
    return (
        shown,
        "with your reason" if day else "with the day on which it came in, and your reason",
    )


def decide(order: Order, at: Situation) -> Outcome:
    """The corrected date with the last day it gives; or why it cannot be the date of receipt."""
    read = read_past_date(order.rest, london_date(at.now))
    if read is None:
        why_not = f"The date of receipt is missing, or cannot be read. {HOW_WRITTEN}"
        return refuse("no-date", order, [why_not], _line(at))
    day, on_line = read
    why = "\n".join(part for part in (on_line, own_words(order.text, at.officer.name)) if part)
    if day > london_date(at.now):
        return refuse("date", order, ["That day is still to come."], _line(at))
    first = at.case.clocks[0]
    try:
        due = answer_by(at.regime, day, pauses_of(first)).due
    except NoLimitInForce:
        return refuse("date", order, ["The law was not in force on that day."], _line(at))
    if not why:
        return refuse(
            "no-reason", order, ["A corrected date needs a reason, for the record."], _line(at, day)
        )
    # A later period, begun by a clarification or told as an extension, keeps its own last day.
    due_now = due if running(at.case.clocks) == first else at.case.due
    dates = (due_now, due_now) if was_questioned(first) else (first.due, due)
    event = ReceiptCorrected(at.case.received, dates[0], day, dates[1], why)
    if not can_happen(at.case, event):
        why_not = "No period to answer runs on this case."
        return refuse("state", order, [why_not], SHOW)
    told = NoticeWanted(
        "date-moved",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "by": at.officer.name,
            "why": why,
            "was": at.case.received,
            "was_due": at.case.due,
            "now_received": day,
            "now_due": with_weekday(due_now) + provisional_mark(due_now, at.regime),
        },
        lines=(("when", "shows how the last day was counted"),),
    )
    return Outcome(events=(event,), notices=(told,))


COMMAND = Command(
    verb="received",
    form="received DATE: REASON",
    does="corrects the date of receipt and shows the last day before and after",
    example=f"received {EXAMPLE}: stamped by the post room",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
