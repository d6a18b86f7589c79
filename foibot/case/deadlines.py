"""Which reminders a case wants on a given day: the ladder of the office, then one for each day it is late; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foibot.case.case import Case, State
from foibot.case.working import working_of
from foibot.law.calendar import add_working_days, is_working_day, working_days_between
from foibot.law.regime import Regime

_LAST_DAYS = 3  # working days before the last one


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the reminder ladder: from a day on, say `say` to `to`.

    `day` 1 and up is that working day after receipt; 0 is the last lawful day, -2 two working days before.
    """

    day: int
    say: str
    to: str

    @property
    def name(self) -> str:
        """The day in words: "working day 15", "last day", "last day less 2"."""
        if self.day > 0:
            return f"working day {self.day}"
        return f"last day less {-self.day}" if self.day else "last day"


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that is due: the rung, or None when the case is overdue; `key` makes it happen once.

    `day` is today's working day, counted from receipt; `overdue_days` counts those since the last day.
    """

    key: str
    rung: Rung | None
    day: int
    overdue_days: int


def reminder_due(
    case: Case, regime: Regime, ladder: Sequence[Rung], today: date, overdue_every: int
) -> Due | None:
    """The one reminder that this case wants on this working day; None if it wants none.

    Only the highest rung reached counts, so that a service that slept for a week sends one reminder,
    not four; of two for the same day it is the one counted from the end. Once the last day is over it is one every `overdue_every` working days. Nothing is due on
    a day that is not a working day, nor on a finished case, nor while the requester's answer is waited for.
    """
    if case.finished or case.state is State.WAITING or not is_working_day(regime, today):
        return None
    working = working_of(case, regime)
    day = working.day_number(today)
    if today > case.due:
        late = working_days_late(case, regime, today)
        turn = (late - 1) // max(1, overdue_every)
        return Due(f"overdue:{case.reference}:{case.due}:{turn}", None, day, late)
    if _rests(case, regime, today):
        return None
    if case.state is State.REOPENED:
        return None  # the ladder leads to the answer, which has left
    reached = [rung for rung in ladder if rung_date(case, regime, rung) <= today]
    if not reached:
        return None
    rung = max(reached, key=lambda one: (rung_date(case, regime, one), one.day < 1))
    return Due(f"reminder:{case.reference}:{case.due}:{rung.day}", rung, day, 0)


def last_days_from(case: Case, regime: Regime) -> date:
    """The first of the last days before an answer is due, in which no reminder rests."""
    return add_working_days(regime, case.due, -_LAST_DAYS)


def _rests(case: Case, regime: Regime, today: date) -> bool:
    """Whether an officer let the reminders rest; the last day may have come nearer since."""
    until = case.keeping.rests_until
    return until is not None and today < min(until, last_days_from(case, regime))


def rung_date(case: Case, regime: Regime, rung: Rung) -> date:
    """The date from which a rung of the ladder holds: day -2 of a case due 2021-01-11 is 2021-01-07."""
    start = case.day_zero if rung.day > 0 else case.due
    return add_working_days(regime, start, rung.day)


def working_days_late(case: Case, regime: Regime, today: date) -> int:
    """How many working days have gone by since the last day; 0 until it is over."""
    return working_days_between(regime, case.due, today)
