"""Working days as the four access laws count them: the day of receipt is day 0 and the n-th working day is the last.

Past `bank_holidays.HORIZON` a date is provisional: it may move later when a holiday is proclaimed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import assert_never

from foibot.errors import Bug, OfficerMustReword
from foibot.law import bank_holidays
from foibot.law.regime import Duty, Nation, Proclaimed, Regime, Unit

# The laws are in force from 2005; the year before is there for counting backwards only.
FIRST_YEAR, LAST_YEAR = 2004, 2099
_WEEKEND = {5: "Saturday", 6: "Sunday"}
_ENGLAND_AND_WALES = frozenset({Nation.ENGLAND_AND_WALES})


class OutsideCalendar(OfficerMustReword):
    """foibot counts working days from 2004 to 2099 only. Check the year of the date."""


class LimitMustBePositive(Bug):
    """A time limit has to be at least one working day."""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A date that is not a working day; `why` in plain words: "Saturday", "St Andrew's Day (Scotland)"."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class Working:
    """A last day and everything needed to check it by hand.

    `not_counted` holds every date strictly between `received` and `due` that is not a working day,
    weekends included. `provisional` is true when `due` lies past `horizon` (T-15).
    """

    regime: str
    received: date
    due: date
    working_days: int
    not_counted: tuple[NotCounted, ...]
    provisional: bool
    horizon: date
    law: Regime = field(repr=False, compare=False)

    @property
    def holidays(self) -> tuple[NotCounted, ...]:
        """The dates not counted that fall on a weekday: those an officer may have overlooked."""
        return tuple(
            skipped for skipped in self.not_counted if skipped.day.weekday() not in _WEEKEND
        )

    def day_number(self, day: date) -> int:
        """How many working days have been counted by the end of `day`: 0 on receipt, and before.

        Received 2020-12-08 under FOIA, 2021-01-05 is day 16. It counts on past the due date.
        """
        return working_days_between(self.law, self.received, day)

    @property
    def england_and_wales_only(self) -> date:
        """What the England and Wales calendar alone would give: the date many officers expect."""
        theirs = replace(self.law, nations=_ENGLAND_AND_WALES)
        return add_working_days(theirs, self.received, self.working_days)


def count(regime: Regime, received: date, days: int) -> Working:
    """`days` working days after `received`, which may be any day and is never counted (T-17 to T-19).

    `received` is a Europe/London date. FOIA 2000 s.10(1): a request of Tuesday 2020-12-08 is due on
    Monday 2021-01-11, because 25 and 28 December, 1 January and (Scotland) 4 January do not count.
    """
    if days < 1:
        raise LimitMustBePositive
    due = add_working_days(regime, received, days)
    return Working(
        regime=regime.key,
        received=received,
        due=due,
        working_days=days,
        not_counted=_not_counted_between(regime, received, due),
        provisional=due > bank_holidays.HORIZON,
        horizon=bank_holidays.HORIZON,
        law=regime,
    )


def answer_by(regime: Regime, received: date) -> Working:
    """The last lawful day to answer a request received on this Europe/London date (T-32).

    Raises NoLimitInForce for a date before the law came into force.
    """
    return count(regime, received, regime.limit(Duty.ANSWER, received).number)


def last_day(regime: Regime, duty: Duty, start: date) -> date:
    """The last day for `duty` when its period starts on `start` (the notice, the receipt, the decision).

    Three months "beginning with" 2025-11-30 end on 2026-02-28 (FOIA 2000 s.9(2)).
    """
    limit = regime.limit(duty, start)
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


def is_working_day(regime: Regime, day: date) -> bool:
    """Whether `day` counts under `regime`. Office closures do count, whatever the office thinks (T-06)."""
    closed = _year(regime.nations, regime.proclaimed, day.year).closed
    place = bisect_left(closed, day.toordinal())
    return place == len(closed) or closed[place] != day.toordinal()


def working_days_between(regime: Regime, after: date, until: date) -> int:
    """How many working days d there are with after < d <= until; 0 if `until` is not later."""
    if until <= after:
        return 0
    total = 0
    for year in range(after.year, until.year + 1):
        working = _year(regime.nations, regime.proclaimed, year).working
        total += bisect_right(working, until.toordinal()) - bisect_right(working, after.toordinal())
    return total


def add_working_days(regime: Regime, day: date, n: int) -> date:
    """The n-th working day after `day`, or before it if `n` is negative; `day` itself if `n` is 0.

    `day` is never counted, and need not be a working day.
    """
    if n == 0:
        return day
    year = day.year
    working = _year(regime.nations, regime.proclaimed, year).working
    ordinal = day.toordinal()
    # Where the wanted day would stand in this year's list; outside it, it belongs to a neighbour.
    place = bisect_right(working, ordinal) + n - 1 if n > 0 else bisect_left(working, ordinal) + n
    while place >= len(working):
        place -= len(working)
        year += 1
        working = _year(regime.nations, regime.proclaimed, year).working
    while place < 0:
        year -= 1
        working = _year(regime.nations, regime.proclaimed, year).working
        place += len(working)
    return date.fromordinal(working[place])


@dataclass(frozen=True, slots=True)
class _Year:
    working: tuple[int, ...]
    closed: tuple[int, ...]
    not_counted: tuple[NotCounted, ...]


def _not_counted_between(regime: Regime, after: date, before: date) -> tuple[NotCounted, ...]:
    found: tuple[NotCounted, ...] = ()
    for number in range(after.year, before.year + 1):
        year = _year(regime.nations, regime.proclaimed, number)
        start = bisect_right(year.closed, after.toordinal())
        found += year.not_counted[start : bisect_left(year.closed, before.toordinal())]
    return found


# Years are built once and shared, so that counting a case is a few look-ups: sets of nations and of
# proclaimed days are frozen sets because those remember their hash.
@cache
def _year(nations: frozenset[Nation], proclaimed: frozenset[Proclaimed], year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar
    names = _names(nations, proclaimed, year)
    working: list[int] = []
    closed: list[NotCounted] = []
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        why = _WEEKEND.get(day.weekday()) or _why(names.get(day, {}), nations)
        if why:
            closed.append(NotCounted(day, why))
        else:
            working.append(ordinal)
    ordinals = tuple(skipped.day.toordinal() for skipped in closed)
    return _Year(tuple(working), ordinals, tuple(closed))


def _names(
    nations: frozenset[Nation], proclaimed: frozenset[Proclaimed], year: int
) -> dict[date, dict[str, list[Nation]]]:
    """For each holiday of the year, its names and the nations that keep it, in the order of `Nation`."""
    names: dict[date, dict[str, list[Nation]]] = {}
    for nation in (nation for nation in Nation if nation in nations):
        for day, called in bank_holidays.holidays_of(nation, year).items():
            for name in called:
                names.setdefault(day, {}).setdefault(name, []).append(nation)
    for extra in sorted(proclaimed, key=lambda extra: (extra.day, extra.name, extra.nation)):
        if extra.day.year == year and extra.nation in nations:
            names.setdefault(extra.day, {}).setdefault(extra.name, []).append(extra.nation)
    return names


def _why(names: dict[str, list[Nation]], nations: frozenset[Nation]) -> str:
    return "; ".join(f"{name} ({_where(keepers)})" for name, keepers in names.items())


def _where(keepers: list[Nation]) -> str:
    match keepers:
        case [_, _, _]:
            return "all of the UK"
        case [Nation.ENGLAND_AND_WALES, Nation.NORTHERN_IRELAND]:
            return "England, Wales and Northern Ireland"
        case _:
            return " and ".join(keepers)


def _add_months(day: date, months: int) -> date:
    """Clamped to the last day of a shorter month: 30 November and three months is 28 February."""
    carried, month = divmod(day.month - 1 + months, 12)
    year = day.year + carried
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
