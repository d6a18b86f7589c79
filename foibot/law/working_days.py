"""Which days are working days under each of the four laws, and counting them forwards and backwards.

Past `horizon` a day is provisional: a holiday may still be proclaimed on it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from foibot.errors import OfficerMustReword
from foibot.law import bank_holidays
from foibot.law.regime import Nation, Proclaimed, Regime

# The laws are in force from 2005; the year before is there for counting backwards only.
FIRST_YEAR, LAST_YEAR = 2004, 2099
WEEKEND = {5: "Saturday", 6: "Sunday"}


class OutsideCalendar(OfficerMustReword):
    """foibot counts working days from 2004 to 2099 only. Check the year of the date."""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A date that is not a working day; `why` in plain words: "Saturday", "St Andrew's Day (Scotland)"."""

    day: date
    why: str


def horizon(regime: Regime) -> date:
    """The last day whose holidays are known: that of the package, or of imported years that follow on it."""
    year = bank_holidays.HORIZON.year
    while year + 1 in regime.published_years:
        year += 1
    return date(year, 12, 31)


def is_working_day(regime: Regime, day: date) -> bool:
    """Whether `day` counts under `regime`. Office closures do count, whatever the office thinks (T-06)."""
    closed = _of(regime, day.year).closed
    place = bisect_left(closed, day.toordinal())
    return place == len(closed) or closed[place] != day.toordinal()


def working_days_between(regime: Regime, after: date, until: date) -> int:
    """How many working days d there are with after < d <= until; 0 if `until` is not later."""
    if until <= after:
        return 0
    total = 0
    for year in range(after.year, until.year + 1):
        working = _of(regime, year).working
        total += bisect_right(working, until.toordinal()) - bisect_right(working, after.toordinal())
    return total


def add_working_days(regime: Regime, day: date, n: int) -> date:
    """The n-th working day after `day`, or before it if `n` is negative; `day` itself if `n` is 0.

    `day` is never counted, and need not be a working day.
    """
    if n == 0:
        return day
    year = day.year
    working = _of(regime, year).working
    ordinal = day.toordinal()
    # Where the wanted day would stand in this year's list; outside it, it belongs to a neighbour.
    place = bisect_right(working, ordinal) + n - 1 if n > 0 else bisect_left(working, ordinal) + n
    while place >= len(working):
        place -= len(working)
        year += 1
        working = _of(regime, year).working
    while place < 0:
        year -= 1
        working = _of(regime, year).working
        place += len(working)
    return date.fromordinal(working[place])


def not_counted_between(regime: Regime, after: date, before: date) -> tuple[NotCounted, ...]:
    """Every date d with after < d < before that is not a working day, and why."""
    found: tuple[NotCounted, ...] = ()
    for number in range(after.year, before.year + 1):
        year = _of(regime, number)
        start = bisect_right(year.closed, after.toordinal())
        found += year.not_counted[start : bisect_left(year.closed, before.toordinal())]
    return found


def holidays_known(regime: Regime, year: int) -> Iterator[Proclaimed]:
    """Every holiday of one year that stops this law's clock, those at a weekend too, in order of days."""
    names = _names(regime.nations, regime.proclaimed, year, year in regime.published_years)
    for day in sorted(names):
        for name, keepers in names[day].items():
            yield from (Proclaimed(day, name, nation) for nation in keepers)


@dataclass(frozen=True, slots=True)
class _Year:
    working: tuple[int, ...]
    closed: tuple[int, ...]
    not_counted: tuple[NotCounted, ...]


def _of(regime: Regime, year: int) -> _Year:
    return _year(regime.nations, regime.proclaimed, year, year in regime.published_years)


# Years are built once and shared, so that counting a case is a few look-ups: sets of nations and of
# proclaimed days are frozen sets because those remember their hash.
@cache
def _year(
    nations: frozenset[Nation],
    proclaimed: frozenset[Proclaimed],
    year: int,
    published: bool,  # noqa: FBT001 - a part of the key
) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise OutsideCalendar
    names = _names(nations, proclaimed, year, published)
    working: list[int] = []
    closed: list[NotCounted] = []
    for ordinal in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
        day = date.fromordinal(ordinal)
        why = WEEKEND.get(day.weekday()) or _why(names.get(day, {}))
        if why:
            closed.append(NotCounted(day, why))
        else:
            working.append(ordinal)
    ordinals = tuple(skipped.day.toordinal() for skipped in closed)
    return _Year(tuple(working), ordinals, tuple(closed))


def _names(
    nations: frozenset[Nation],
    proclaimed: frozenset[Proclaimed],
    year: int,
    published: bool,  # noqa: FBT001 - a fact, passed through
) -> dict[date, dict[str, list[Nation]]]:
    """For each holiday of the year, its names and the nations that keep it, in the order of `Nation`."""
    names: dict[date, dict[str, list[Nation]]] = {}
    shipped = () if published else [nation for nation in Nation if nation in nations]
    for nation in shipped:
        for day, called in bank_holidays.holidays_of(nation, year).items():
            for name in called:
                names.setdefault(day, {}).setdefault(name, []).append(nation)
    order = list(Nation)
    for extra in sorted(
        proclaimed, key=lambda extra: (extra.day, extra.name, order.index(extra.nation))
    ):
        if extra.day.year == year and extra.nation in nations:
            keepers = names.setdefault(extra.day, {}).setdefault(extra.name, [])
            if extra.nation not in keepers:
                keepers.append(extra.nation)
    return names


def _why(names: dict[str, list[Nation]]) -> str:
    return "; ".join(f"{name} ({where(keepers)})" for name, keepers in names.items())


def where(keepers: list[Nation]) -> str:
    """Who keeps a holiday, in the order of `Nation`: "England, Wales and Northern Ireland"."""
    match keepers:
        case [_, _, _]:
            return "all of the UK"
        case [Nation.ENGLAND_AND_WALES, Nation.NORTHERN_IRELAND]:
            return "England, Wales and Northern Ireland"
        case _:
            return " and ".join(keepers)
