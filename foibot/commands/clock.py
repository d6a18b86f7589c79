"""`clock`: starts or stops the clock of a review, the regulator or a tribunal on an answered case; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.clocks import OURS, ClockName
from foibot.case.events import ClockStarted, ClockStopped, ClosedAgain, Event
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.dates import read_date
from foibot.commands.decisions import SHOW
from foibot.law.clocks import UnknownClock, last_day_of, limit_of
from foibot.law.dates import in_words, london_date
from foibot.officers.roster import Role

_LIMITS = {"review": "review", "regulator": "regulator", "tribunal": "appeal"}
_LINES = (
    ("clock review from 6 Jul 2026", "from the day on which the review was asked for"),
    ("clock regulator until 20 Jul 2026", "until the day the regulator names"),
    ("clock tribunal from 1 Oct 2026", "from the day of the decision notice"),
    ("clock review stopped", "when the review has been answered"),
)


def decide(order: Order, at: Situation) -> Outcome:
    """The clock started or stopped; or how the order is written."""
    name, _, rest = order.rest.casefold().partition(" ")
    word, _, when = rest.partition(" ")
    if name not in _LIMITS or word not in {"from", "until", "stopped"}:
        return refuse(
            "clock", order, ["This clock, or what is to happen to it, cannot be read."], *_LINES
        )
    if word == "stopped":
        return _stopped(order, at, name)
    read = read_date(when)
    if read is None:
        return refuse("no-date", order, ["The date is missing, or cannot be read."], *_LINES)
    return _started(order, at, name, read[0], until=word == "until")


def _started(order: Order, at: Situation, name: str, day: date, *, until: bool) -> Outcome:
    today = london_date(at.now)
    try:
        limit = limit_of(_LIMITS[name], at.regime, today)
    except UnknownClock:
        # The Scottish Commissioner names the day in the letter; no law and no practice counts it.
        limit = None
    if until:
        start, due = today, day
        wrong = "That day is past." if day < today else ""
    elif limit is None:
        return refuse("clock", order, ["This body names its own last day."], *_LINES[1:2])
    else:
        start, due = day, last_day_of(at.regime, limit, day).last
        wrong = "That day is still to come." if day > today else ""
    if wrong:
        return refuse("date", order, [wrong], *_LINES)
    event = ClockStarted(name, limit.citation if limit else "a day named by letter", start, due)
    if not can_happen(at.case, event):
        return refuse("state", order, ["This clock runs on a case that has been answered."], SHOW)
    told = answer("Clock started", [f"The {name} clock runs until {in_words(due)} ({event.law})."])
    return Outcome(events=(event,), notices=(told,))


def _stopped(order: Order, at: Situation, name: str) -> Outcome:
    others = [clock for clock in at.case.clocks if clock.runs and clock.name not in OURS]
    stopping = [clock for clock in others if clock.name == ClockName(name)]
    if not stopping:
        return refuse("clock", order, [f"No {name} clock runs on this case."], *_LINES)
    events: list[Event] = [ClockStopped(name, london_date(at.now))]
    if others == stopping:
        events.append(ClosedAgain())
    return Outcome(
        events=tuple(events), notices=(answer("Clock stopped", [f"The {name} clock has stopped."]),)
    )


COMMAND = Command(
    verb="clock",
    form="clock NAME from DATE",
    does="starts the clock of a review, the regulator or a tribunal on an answered case; "
    "“until DATE” names its last day, “clock NAME stopped” stops it",
    example="clock review from 6 Jul 2026",
    who=frozenset({Role.OFFICER, Role.REVIEWER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
