"""A last day and its working: the day of receipt is day 0 and the n-th working day after it is the last."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import assert_never

from foibot.errors import Bug
from foibot.law.pauses import (
    Pause,
    add_unpaused_days,
    paused_between,
    unpaused_days_between,
)
from foibot.law.regime import Duty, Nation, Regime, TimeLimit, Unit
from foibot.law.working_days import (
    FIRST_YEAR,
    LAST_YEAR,
    WEEKEND,
    NotCounted,
    OutsideCalendar,
    add_working_days,
    horizon,
    is_working_day,
    not_counted_between,
    working_days_between,
)

__all__ = [
    "LimitMustBePositive",
    "NotCounted",
    "OutsideCalendar",
    "Working",
    "add_working_days",
    "answer_by",
    "count",
    "end_of",
    "is_working_day",
    "last_day",
    "working_days_between",
]

_ENGLAND_AND_WALES = frozenset({Nation.ENGLAND_AND_WALES})


class LimitMustBePositive(Bug):
    """A time limit has to be at least one working day."""


@dataclass(frozen=True, slots=True)
class Working:
    """A last day and everything needed to check it by hand.

    `not_counted` holds every date strictly between `received` and `due` that is not counted: weekends,
    holidays, and the working days of a pause. `provisional` is true when `due` lies past `horizon` (T-15).
    """

    regime: str
    received: date
    due: date
    working_days: int
    not_counted: tuple[NotCounted, ...]
    provisional: bool
    horizon: date
    law: Regime = field(repr=False, compare=False)
    pauses: tuple[Pause, ...] = ()

    @property
    def holidays(self) -> tuple[NotCounted, ...]:
        """The bank holidays on weekdays: those an officer may have overlooked."""
        return tuple(
            skipped
            for skipped in self.not_counted
            if skipped.day.weekday() not in WEEKEND and not is_working_day(self.law, skipped.day)
        )

    def day_number(self, day: date) -> int:
        """How many working days have been counted by the end of `day`: 0 on receipt, and before.

        Received 2020-12-08 under FOIA, 2021-01-05 is day 16. It counts on past the due date.
        """
        return unpaused_days_between(self.law, self.received, day, self.pauses)

    @property
    def england_and_wales_only(self) -> date:
        """What the England and Wales calendar alone would give: the date many officers expect.

        `due` itself under the Scottish laws, where nobody expects another.
        """
        if Nation.ENGLAND_AND_WALES not in self.law.nations:
            return self.due
        theirs = replace(self.law, nations=_ENGLAND_AND_WALES)
        return add_unpaused_days(theirs, self.received, self.working_days, self.pauses)


def count(regime: Regime, received: date, days: int, pauses: tuple[Pause, ...] = ()) -> Working:
    """`days` working days after `received`, which may be any day and is never counted (T-17 to T-19).

    `received` is a Europe/London date. FOIA 2000 s.10(1): a request of Tuesday 2020-12-08 is due on
    Monday 2021-01-11, because 25 and 28 December, 1 January and (Scotland) 4 January do not count.
    Days in `pauses` are left out as well (T-35).
    """
    if days < 1:
        raise LimitMustBePositive
    due = add_unpaused_days(regime, received, days, pauses)
    closed = not_counted_between(regime, received, due)
    if pauses:
        waited = paused_between(regime, received, due, pauses)
        closed = tuple(sorted((*closed, *waited), key=lambda one: one.day))
    until = horizon(regime)
    return Working(
        regime=regime.key,
        received=received,
        due=due,
        working_days=days,
        not_counted=closed,
        provisional=due > until,
        horizon=until,
        law=regime,
        pauses=pauses,
    )


def answer_by(regime: Regime, received: date, pauses: tuple[Pause, ...] = ()) -> Working:
    """The last lawful day to answer a request received on this Europe/London date (T-32).

    Raises NoLimitInForce for a date before the law came into force.
    """
    return count(regime, received, regime.limit(Duty.ANSWER, received).number, pauses)


def last_day(regime: Regime, duty: Duty, start: date) -> date:
    """The last day for `duty` when its period starts on `start` (the notice, the receipt, the decision).

    Three months "beginning with" 2025-11-30 end on 2026-02-28 (FOIA 2000 s.9(2)).
    """
    return end_of(regime, regime.limit(duty, start), start)


def end_of(regime: Regime, limit: TimeLimit, start: date) -> date:
    """The last day of one limit's period that starts on `start`."""
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        raise OutsideCalendar
    match limit.unit:
        case Unit.WORKING_DAYS:
            return add_working_days(regime, start, limit.number)
        case Unit.WORKING_DAYS_BEGINNING_WITH:
            return add_working_days(regime, start - timedelta(days=1), limit.number)
        case Unit.CALENDAR_DAYS:
            return start + timedelta(days=limit.number)
        case Unit.MONTHS:
            return _add_months(start, limit.number)
        case Unit.MONTHS_BEGINNING_WITH:
            return _add_months(start - timedelta(days=1), limit.number)
        case _:
            assert_never(limit.unit)


def _add_months(day: date, months: int) -> date:
    """Clamped to the last day of a shorter month: 30 November and three months is 28 February."""
    carried, month = divmod(day.month - 1 + months, 12)
    year = day.year + carried
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
