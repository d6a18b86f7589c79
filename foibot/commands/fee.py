"""`fee`: drafts a fees notice, or notes that the fee was paid and lets the clock run on; no I/O."""

from __future__ import annotations

import re
from datetime import date

from foibot.case.case import LetterState
from foibot.case.clock_events import FeePaid
from foibot.case.clocks import ClockName, extension_before_fee, last_of
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.dates import HOW_WRITTEN, read_past_date
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import STOP, Asked, draft, not_now
from foibot.law.dates import in_words, london_date
from foibot.law.horizon import provisional_mark
from foibot.law.pauses import Pause, add_unpaused_days
from foibot.law.regime import Duty, Regime
from foibot.law.working_days import working_days_between
from foibot.officers.roster import Role

_HOW = (
    "fee 12.50",
    "with the calculation on the lines under it, then a line “payment:” and under that how to pay",
)
_AMOUNT = re.compile(r"£?\s*([0-9]{1,6})(?:\.([0-9]{2}))?")


def decide(order: Order, at: Situation) -> Outcome:
    """The fees notice as a draft, or the payment noted; or what is missing."""
    if order.rest.casefold().startswith("paid"):
        return _paid(order, at)
    refused = not_now(order, at, "fees-notice")
    if refused is not None:
        return refused
    amount = _AMOUNT.fullmatch(order.rest)
    if amount is None:
        why = ["The amount is missing, or cannot be read."]
        return refuse("no-amount", order, why, _HOW)
    pence = int(amount.group(1)) * 100 + int(amount.group(2) or 0)
    line = f"fee {order.rest}"
    asked = Asked("fees-notice", line, "calculation", fee_pence=pence, with_text=True)
    return draft(order, at, asked)


def _paid(order: Order, at: Situation) -> Outcome:
    fee = next((one for one in reversed(at.case.clocks) if one.name is ClockName.FEE), None)
    if fee is None:
        why = ["No fee was asked for on this case."]
        return refuse("no-fee", order, why, _HOW, SHOW)
    today = london_date(at.now)
    line = (f"fee paid {in_words(max(today, fee.started))}", "with the day on which it was paid")
    read = read_past_date(order.rest[4:], today)
    if read is None:
        why = [f"The day of the payment is missing, or cannot be read. {HOW_WRITTEN}"]
        return refuse("no-date", order, why, line)
    paid = read[0]
    if not fee.started <= paid <= today:
        asked = in_words(fee.started)
        why = [f"The fee was asked for on {asked}: it was paid on a day from then until today."]
        return refuse("no-fee", order, why, line)
    event = _pause(at, fee.started, paid)
    if not can_happen(at.case, event):
        return refuse("state", order, ["This case is not waiting for a fee."], SHOW)
    if at.case.current and at.case.current.state is LetterState.APPROVED:
        why = [
            "A letter that closes this request is about to leave. Stop it first, then note the payment."
        ]
        return refuse("state", order, why, STOP)
    due = event.until or event.due
    last = in_words(due) + provisional_mark(due, at.regime)
    told = answer("Fee noted", [f"The clock runs again. The last day to answer is {last}."])
    return Outcome(events=(event,), notices=(told,))


def _pause(at: Situation, asked: date, paid: date) -> FeePaid:
    """The working days from the notice to the payment are left out, both days included (T-35)."""
    clock = last_of(at.case.clocks, ClockName.ANSWER)
    spans = (*clock.pauses, (asked, paid))
    days = at.regime.limit(Duty.ANSWER, clock.started).number
    pauses = [Pause(first, last, "the fee") for first, last in spans]
    due = add_unpaused_days(at.regime, clock.started, days, pauses)
    longer = extension_before_fee(at.case.clocks)
    until = _moved(at.regime, clock.started, longer.due, pauses) if longer else None
    return FeePaid(asked, paid, due, until)


def _moved(law: Regime, start: date, until: date, pauses: list[Pause]) -> date:
    """An extension's last day with the pause left out: as many working days after receipt as before."""
    return add_unpaused_days(law, start, working_days_between(law, start, until), pauses)


COMMAND = Command(
    verb="fee",
    form="fee AMOUNT",
    does="drafts a fees notice with the calculation under it; “fee paid DATE” notes the payment",
    example="fee 12.50",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
