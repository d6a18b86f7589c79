"""Dates and lists as people write them in a British letter; no I/O and no locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

_MONTHS: Final = [
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
]
_DAYS: Final = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def in_words(day: date) -> str:
    """Give a date nobody can misread: 2020-12-08 is "8 December 2020"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """Give a date with its weekday: 2021-01-11 is "Monday 11 January 2021"."""
    return f"{_DAYS[day.weekday()]} {in_words(day)}"


def listed(items: Sequence[str]) -> str:
    """Give "a", "a and b" or "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
