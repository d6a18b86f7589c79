"""`received DATE: why`: corrects the date of receipt, and shows what that moves; no I/O."""

from __future__ import annotations

from foibot.case.events import ReceiptCorrected
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Order, Situation, Text, refuse
from foibot.commands.dates import EXAMPLE, read_date
from foibot.commands.decisions import SHOW
from foibot.commands.grammar import own_words
from foibot.law.calendar import answer_by
from foibot.law.dates import london_date
from foibot.law.regime import NoLimitInForce
from foibot.officers.roster import Role

_LINE = (f"received {EXAMPLE}: stamped by the post room", "with your reason")


def decide(order: Order, at: Situation) -> Outcome:
    """The corrected date with the last day it gives; or why it cannot be the date of receipt."""
    read = read_date(order.rest)
    if read is None:
        return refuse(
            "no-date", order, ["The date of receipt is missing, or cannot be read."], _LINE
        )
    day, on_line = read
    why = "\n".join(part for part in (on_line, own_words(order.text, at.officer.name)) if part)
    if not why:
        return refuse(
            "no-reason", order, ["A corrected date needs a reason, for the record."], _LINE
        )
    if day > london_date(at.now):
        return refuse("date", order, ["That day is still to come."], _LINE)
    try:
        due = answer_by(at.regime, day).due
    except NoLimitInForce:
        return refuse("date", order, ["The law was not in force on that day."], _LINE)
    event = ReceiptCorrected(at.case.received, at.case.due, day, due, why)
    if len([c for c in at.case.clocks if c.name == "answer"]) > 1 or not can_happen(at.case, event):
        why_not = "The period that runs now does not begin with the receipt, or no period runs."
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
            "now_due": due,
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
)
