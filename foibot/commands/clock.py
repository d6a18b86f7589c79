"""`clock`: starts or stops the clock of a review, the regulator or a tribunal on an answered case; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.clock_events import ClockStarted, ClockStopped
from foibot.case.clocks import NAMED_DAY, Clock, ClockName
from foibot.case.events import ClosedAgain, Event
from foibot.case.later_letters import on_its_way
from foibot.case.lifecycle import allows
from foibot.case.outcome import Outcome
from foibot.commands.after_answer import REVIEW_LINES
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.dates import HOW_WRITTEN, far_off, read_date, read_past_date
from foibot.commands.decisions import SHOW
from foibot.commands.review import before_the_answer
from foibot.law.calendar import count
from foibot.law.clocks import UnknownClock, last_day_of, limit_of
from foibot.law.dates import in_words, london_date
from foibot.law.horizon import provisional_mark
from foibot.officers.roster import Role

_LIMITS = {"review": "review", "regulator": "regulator", "tribunal": "appeal"}
_ORDERS = frozenset(
    {(name, word) for name in _LIMITS for word in ("from", "until", "stopped")}
    | {(ClockName.PART.value, "stopped")}
)
_TWO_WEEKS = 10


def _lines(at: Situation) -> tuple[tuple[str, str], ...]:
    """What would work today: a clock of each kind, and the end of each that runs."""
    today = london_date(at.now)
    ahead = in_words(count(at.regime, today, _TWO_WEEKS).due)
    return (
        (f"clock review from {in_words(today)}", "from the day on which the review was asked for"),
        (f"clock regulator until {ahead}", "until the day the regulator names"),
        (f"clock tribunal from {in_words(today)}", "from the day of the decision notice"),
        *(
            (f"clock {one.name} stopped", f"when the {one.name} clock has nothing more to run for")
            for one in _others(at)
        ),
    )


def _others(at: Situation) -> list[Clock]:
    """The clocks that run after the answer."""
    return [one for one in at.case.clocks if one.runs and (one.name, "stopped") in _ORDERS]


def decide(order: Order, at: Situation) -> Outcome:
    """The clock started or stopped; or how the order is written."""
    if not allows(at.case.state, ClockStarted):
        return _too_early(order, at)
    name, _, rest = order.rest.casefold().partition(" ")
    word, _, when = rest.partition(" ")
    if (name, word) not in _ORDERS:
        return refuse(
            "clock", order, ["This clock, or what is to happen to it, cannot be read."], *_lines(at)
        )
    if word == "stopped":
        return _stopped(order, at, name)
    read = read_date(when) if word == "until" else read_past_date(when, london_date(at.now))
    if read is None:
        why = [f"The date is missing, or cannot be read. {HOW_WRITTEN}"]
        return refuse("no-date", order, why, *_lines(at))
    return _started(order, at, name, read[0], until=word == "until")


def _too_early(order: Order, at: Situation) -> Outcome:
    if at.case.finished or not order.rest.casefold().startswith(ClockName.REVIEW):
        return refuse("state", order, ["This clock runs on a case that has been answered."], SHOW)
    why, lines = before_the_answer(at)
    return refuse("state", order, [why], *lines, SHOW)


def _started(order: Order, at: Situation, name: str, day: date, *, until: bool) -> Outcome:
    today = london_date(at.now)
    try:
        limit = limit_of(_LIMITS[name], at.regime, today)
    except UnknownClock:
        # The Scottish Commissioner names the day in the letter; no law and no practice counts it.
        limit = None
    if until:
        start, due = today, day
        wrong = "That day is past." if day < today else far_off(day, today)
    elif limit is None:
        return refuse("clock", order, ["This body names its own last day."], _lines(at)[1])
    else:
        wrong = _not_yet_or_no_more(at, day)
        start, due = day, day if wrong else last_day_of(at.regime, limit, day).last
    if wrong:
        return refuse("date", order, [wrong], *_lines(at))
    event = ClockStarted(name, limit.citation if limit and not until else NAMED_DAY, start, due)
    mark = "" if until else provisional_mark(due, at.regime)
    last = f"{in_words(due)}{mark}"
    told = answer(
        "Clock started",
        [f"The {name} clock runs until {last} ({event.law})."],
        *(REVIEW_LINES if name == ClockName.REVIEW else ()),
    )
    return Outcome(events=(event,), notices=(told,))


def _not_yet_or_no_more(at: Situation, day: date) -> str:
    if day > london_date(at.now):
        return "That day is still to come."
    if day < at.case.received:
        return f"The request itself came later, on {in_words(at.case.received)}."
    return ""


def _stopped(order: Order, at: Situation, name: str) -> Outcome:
    others = _others(at)
    stopping = [clock for clock in others if clock.name == ClockName(name)]
    if not stopping:
        return refuse("clock", order, [f"No {name} clock runs on this case."], *_lines(at))
    events: list[Event] = [ClockStopped(name, london_date(at.now))]
    if others == stopping:
        if on_its_way(at.case):
            why = ["A letter on this case is about to leave. Stop it first."]
            return refuse("state", order, why, ("stop", "stops a letter that has not left"), SHOW)
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
    group=Group.REVIEW,
)
