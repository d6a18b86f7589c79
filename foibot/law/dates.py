"""Dates as the law counts them, in London, and as people in Britain write them; no I/O and no locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def london_date(moment: datetime) -> date:
    """The date in London at an aware moment: 2026-06-16T23:15Z is 2026-06-17 there (T-23)."""
    return moment.astimezone(LONDON).date()


def london_moment(day: date, at: time) -> datetime:
    """The aware moment at which a clock in London shows this time on this day."""
    return datetime.combine(day, at, tzinfo=LONDON)


def in_words(day: date) -> str:
    """A date nobody can misread: 2020-12-08 is "8 December 2020"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """A date with its weekday: 2021-01-11 is "Monday 11 January 2021"."""
    return f"{_DAYS[day.weekday()]} {in_words(day)}"


def moment_in_words(moment: datetime) -> str:
    """A moment in London: "Tuesday 5 January 2021 at 14:32"."""
    there = moment.astimezone(LONDON)
    return f"{with_weekday(there.date())} at {there:%H:%M}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
