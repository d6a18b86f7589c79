"""The law as this office knows it: with the bank holidays an administrator imported, and what they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from foibot.law.regime import Nation, Proclaimed, Regime
from foibot.law.working_days import holidays_known


def with_holidays(regime: Regime, imported: Iterable[Proclaimed]) -> Regime:
    """The same law with imported holidays: in their years they are all there are (T-07, T-16).

    The horizon moves to the last of their years if those follow on the shipped calendar. Without any
    it is the same law.
    """
    days = frozenset(imported)
    if not days:
        return regime
    return replace(
        regime, proclaimed=days, published_years=frozenset(each.day.year for each in days)
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """A weekday that is a holiday somewhere and was not, or the other way round."""

    day: date
    name: str
    nation: Nation
    is_holiday: bool


def moved_days(before: Regime, after: Regime, years: Iterable[int]) -> tuple[Moved, ...]:
    """Every weekday of `years` that the two know differently, in order; other names for one day are no difference."""
    found: list[Moved] = []
    for year in sorted(years):
        was, now = _weekdays(before, year), _weekdays(after, year)
        gone = [Moved(*key, is_holiday=False) for key in _missing(was, now)]
        new = [Moved(*key, is_holiday=True) for key in _missing(now, was)]
        found += sorted([*gone, *new], key=lambda one: (one.day, one.nation))
    return tuple(found)


def _weekdays(regime: Regime, year: int) -> dict[tuple[date, Nation], str]:
    known = holidays_known(regime, year)
    return {(one.day, one.nation): one.name for one in known if one.day.weekday() < 5}


def _missing(
    here: dict[tuple[date, Nation], str], there: dict[tuple[date, Nation], str]
) -> list[tuple[date, str, Nation]]:
    return [
        (day, name, nation) for (day, nation), name in here.items() if (day, nation) not in there
    ]
