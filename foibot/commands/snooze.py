"""`snooze DATE`: reminders of a case rest until that day, never into the last days before its answer is due; no I/O."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from foibot.case.case import State
from foibot.case.deadlines import last_days_from
from foibot.case.keeping_events import Snoozed, SnoozeEnded
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.dates import read_date
from foibot.law.calendar import add_working_days
from foibot.law.dates import in_words, london_date, with_weekday
from foibot.law.dates_said import dates_said
from foibot.officers.roster import Role

_DAYS: Final = re.compile(r"(\d{1,2})(?: (?:working )?days?)?", re.IGNORECASE)
_OFF: Final = ("snooze off", "lets them come again")


def decide(order: Order, at: Situation) -> Outcome:
    """Resting until the day that was named, or awake again; or why not, with the latest day that would do."""
    words = order.rest.strip(" .,;:")
    if words.casefold() == "off":
        return _off(order, at)
    if at.case.state is State.REOPENED:
        return refuse(
            "state",
            order,
            ["After the answer reminders come in the last days alone, and those do not rest."],
        )
    if at.case.finished or at.case.state is State.WAITING:
        return refuse("state", order, ["No reminders of this case are on their way."])
    today, latest = london_date(at.now), last_days_from(at.case, at.regime)
    if latest <= today:
        why = f"The answer is due on {with_weekday(at.case.due)}: in the last days reminders do not rest."
        return refuse("too-late", order, [why])
    line = (f"snooze {in_words(latest)}", "the latest day: the last days before the answer is due are not slept through")  # fmt: skip
    day = _day(words, at, today)
    if day is None:
        return refuse("no-date", order, ["The day is missing, or cannot be read."], line)
    if not today < day <= latest:
        why = (
            "That day is over."
            if day <= today
            else "That day is too close to the last day, or after it."
        )
        return refuse("date", order, [why], line)
    done = answer(
        "Reminders rest",
        [
            f"Reminders of this case rest until {with_weekday(day)}.",
            f"The time to answer runs on: the last day is {with_weekday(at.case.due)}. The digest still lists the case.",
        ],
        _OFF,
    )
    return Outcome(events=(Snoozed(day),), notices=(done,))


def _day(words: str, at: Situation, today: date) -> date | None:
    """A date in full, one without its year, a weekday, or a number of working days."""
    bare = words[6:] if words.casefold().startswith("until ") else words
    count = _DAYS.fullmatch(bare)
    if count is not None:
        return add_working_days(at.regime, today, int(count[1]))
    whole = read_date(bare)
    said = [whole[0]] if whole else dates_said(bare, today)
    return said[0] if len(said) == 1 else None


def _off(order: Order, at: Situation) -> Outcome:
    if at.case.keeping.rests_until is None:
        return refuse("state", order, ["The reminders of this case do not rest."])
    done = answer("Reminders come again", ["Reminders of this case come as before."])
    return Outcome(events=(SnoozeEnded(),), notices=(done,))


COMMAND = Command(
    verb="snooze",
    form="snooze DATE",
    does="lets the reminders of the case rest until that day, but not into the last days; “snooze off” ends it. The time to answer runs on",
    example="snooze 2",
    who=frozenset({Role.OFFICER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
