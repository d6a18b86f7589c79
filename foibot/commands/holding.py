"""`holding until DATE`: drafts the letter that says the answer will be late, and until when; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.dates import EXAMPLE, HOW_WRITTEN, far_off, read_date
from foibot.commands.drafting import Asked, draft, not_now
from foibot.law.calendar import count
from foibot.law.dates import in_words, london_date
from foibot.officers.roster import Role

_TWO_WEEKS = 10


def line(at: Situation) -> tuple[str, str]:
    """The order with a day that would do, ten working days after the last day or today."""
    latest = max(at.case.due, london_date(at.now))
    day = count(at.regime, latest, _TWO_WEEKS).due
    does = "says that the answer will be late and when it is expected; it gives you no more time"
    return f"holding until {in_words(day)}", does


def decide(order: Order, at: Situation) -> Outcome:
    """A new version with that day; it moves no clock (H1)."""
    refused = not_now(order, at, "holding")
    if refused is not None:
        return refused
    until, _, wanted = order.rest.partition(" ")
    read = read_date(wanted) if until.casefold() == "until" else None
    if read is None:
        why = [
            f"The day by which the answer is expected is missing, or cannot be read. {HOW_WRITTEN}"
        ]
        return refuse("no-date", order, why, line(at))
    day, words = read
    if day <= max(at.case.due, london_date(at.now)):
        why = [
            f"{in_words(day)} is not after the last day, {in_words(at.case.due)}, and after today."
        ]
        return refuse("date", order, why, line(at))
    slip = far_off(day, london_date(at.now))
    if slip:
        return refuse("date", order, [slip], line(at))
    asked = Asked("holding", f"holding until {in_words(day)}", "reasons", words, until=day)
    return draft(order, at, asked)


COMMAND = Command(
    verb="holding",
    form="holding until DATE",
    does="says that the answer will be late and by which day it is expected; it moves no date",
    example=f"holding until {EXAMPLE}",
    who=frozenset({Role.OFFICER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.TIME,
)
