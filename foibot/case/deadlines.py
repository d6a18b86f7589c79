"""Which reminders a case wants on a given day: the ladder of the office, then one for each day it is late; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from foibot.case.case import Case, State
from foibot.case.clocks import ClockName, running
from foibot.case.steps import say_later, say_now
from foibot.case.working import working_of
from foibot.law.calendar import add_working_days, is_working_day, working_days_between
from foibot.law.regime import Regime

_LAST_DAYS = 3  # working days before the last one
_BEFORE_LATER_DAYS = (
    -5,
    -2,
    0,
)  # steps to the last day of a review, or of another clock after the answer


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the reminder ladder: from a day on, say `say` to `to`.

    `day` 1 and up is that working day after receipt, or as many before the last one where that has moved;
    0 is the last lawful day, -2 two working days before.
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
    day = working_of(case, regime).day_number(today)
    if today > case.due:
        late = working_days_late(case, regime, today)
        turn = (late - 1) // max(1, overdue_every)
        return Due(f"overdue:{case.reference}:{case.due}:{turn}", None, day, late)
    if _rests(case, regime, today):
        return None
    reached = [step for step in steps(case, regime, ladder) if step[0] <= today]
    if not reached:
        return None
    _, rung = max(reached, key=lambda step: (step[0], step[1].day < 1, step[1].day))
    told = replace(rung, say=say_now(rung.say, case))
    return Due(f"reminder:{case.reference}:{case.due}:{rung.day}", told, day, 0)


def steps(case: Case, regime: Regime, ladder: Sequence[Rung]) -> list[tuple[date, Rung]]:
    """The rungs that lead to the last day of a case, each with the day from which it holds.

    None leads to a day that the requester has. After the answer they lead to the end of what came later.
    An extension lets those rest that would hold by the day it was told: of what they say the officers have
    just heard, or they come again nearer to the new last day.
    """
    if case.finished or case.state is State.WAITING:
        return []
    if case.state is State.REOPENED:
        ladder = [Rung(day, say_later(case), "officers") for day in _BEFORE_LATER_DAYS]
    clock = running(case.clocks)
    told = clock.started if clock and clock.name is ClockName.EXTENSION else date.min
    dated = [(rung_date(case, regime, rung), rung) for rung in ladder]
    return [(day, rung) for day, rung in dated if day > told]


def last_days_from(case: Case, regime: Regime) -> date:
    """The first of the last days before an answer is due, in which no reminder rests."""
    return add_working_days(regime, case.due, -_LAST_DAYS)


def _rests(case: Case, regime: Regime, today: date) -> bool:
    """Whether an officer let the reminders rest; the last day may have come nearer since."""
    until = case.keeping.rests_until
    return until is not None and today < min(until, last_days_from(case, regime))


def rung_date(case: Case, regime: Regime, rung: Rung) -> date:
    """The date from which a rung of the ladder holds: day -2 of a case due 2021-01-11 is 2021-01-07.

    Day 18 of 20 is two working days before the last one, wherever that has moved to: counted from receipt,
    "send the answer" would come weeks before the end of an extension, and nothing near it.
    """
    working = working_of(case, regime)
    if rung.day > working.working_days:
        return add_working_days(regime, case.day_zero, rung.day)
    back = rung.day - working.working_days if rung.day > 0 else rung.day
    if back == 0:
        # Nobody is reminded on a Sunday that a letter named: the last working day speaks for it.
        return add_working_days(regime, case.due + timedelta(days=1), -1)
    return add_working_days(regime, case.due, back)


def working_days_late(case: Case, regime: Regime, today: date) -> int:
    """How many working days have gone by since the last day; 0 until it is over."""
    return working_days_between(regime, case.due, today)
