"""When an approved letter leaves: after the time to undo, which may be counted in office hours, and never late for it; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from foibot.case.clocks import Clock, ClockName
from foibot.law.dates import LONDON, london_date
from foibot.law.regime import Regime
from foibot.law.working_days import OutsideCalendar, is_working_day

_THEIRS = frozenset({ClockName.CLARIFICATION, ClockName.FEE})
_DAY = timedelta(days=1)
_LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours of a working day, London time, in which somebody is there to stop a letter."""

    opens: time
    closes: time

    def in_words(self) -> str:
        """As in "09:00 to 17:00"."""
        return f"{self.opens:%H:%M} to {self.closes:%H:%M}"


def leaves_at(
    approved: datetime,
    undo: timedelta,
    hours: OfficeHours | None,
    regime: Regime,
    clocks: Iterable[Clock],
) -> datetime:
    """The first moment at which a letter approved now may leave.

    With `hours` the time to undo is counted in them, unless the letter would then miss the last day of a
    clock that runs for us; so it would be minutes by the clock on the wall, and less of them right before midnight
    of that day. Where such a day is past already, nothing is waited for but these minutes.
    """
    plain = approved + undo
    days = [one.due for one in clocks if one.runs and one.name not in _THEIRS]
    last = min(days, default=None)
    today = london_date(approved)
    if not undo or (last is not None and last < today):
        return plain
    counted = _in_hours(approved, undo, hours, regime) if hours else plain
    if last is None or london_date(counted) <= last:
        return counted
    return max(approved, min(plain, _at(last, _LAST_MINUTE)))


def _in_hours(approved: datetime, undo: timedelta, hours: OfficeHours, regime: Regime) -> datetime:
    left, day = undo, london_date(approved)
    try:
        while True:
            if is_working_day(regime, day):
                begins = max(approved, _at(day, hours.opens))
                ends = _at(day, hours.closes)
                if begins + left <= ends:
                    return begins + left
                left -= max(timedelta(0), ends - begins)
            day += _DAY
    except OutsideCalendar:
        return approved + undo


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, LONDON).astimezone(UTC)
