"""Reads the days that somebody names in passing, as in "back on Monday 4 January"; no I/O.

For showing, and for asking again; never for a date of the law, which officers write in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # fmt: skip
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH: Final = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE: Final = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH}\.?(?:,? (?P<year>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4}|\d{2}))(?!\w)",
    re.IGNORECASE,
)
_MONTH_FIRST: Final = re.compile(rf"\b{_MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.IGNORECASE)  # fmt: skip
_WEEKDAY: Final = re.compile(rf"\b({'|'.join(_DAYS)})\b", re.IGNORECASE)
_LONGEST: Final = 5_000
_YEAR: Final = timedelta(days=366)


def dates_said(text: str, today: date) -> list[date]:
    """The days after today, a year ahead at the most, that a text names, in its order.

    A day without a year is the next such day; figures are read day first, as in Britain. A weekday
    alone counts only where no date is named.
    """
    line = " ".join(text[:_LONGEST].split())
    found = [day for day in _dates(line, today) if today < day <= today + _YEAR]
    if found:
        return found
    return [_next(_DAYS.index(one[1].casefold()), today) for one in _WEEKDAY.finditer(line)]


def day_written(text: str) -> date | None:
    """The first day with its year in a line such as "Tuesday, December 1, 2020 10:00 AM"; None if none is.

    Figures are read day first.
    """
    line = " ".join(text[:_LONGEST].split())
    turned = _MONTH_FIRST.sub(r"\2 \1 \3", line)
    try:
        return next(
            (_date(one, date.min) for one in _DATE.finditer(turned) if _has_year(one)), None
        )
    except ValueError:
        return None


def _has_year(found: re.Match[str]) -> bool:
    return bool(found["year"] or found["iso"] or found["d"])


def _dates(line: str, today: date) -> Iterator[date]:
    for found in _DATE.finditer(line):
        try:
            yield _date(found, today)
        except ValueError:
            continue


def _date(found: re.Match[str], today: date) -> date:
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["d"]:
        year = int(found["y"])
        return date(year if year > 99 else 2000 + year, int(found["m"]), int(found["d"]))
    month = _MONTHS.index(found[2].casefold()) + 1
    if found["year"]:
        return date(int(found["year"]), month, int(found["day"]))
    this_year = date(today.year, month, int(found["day"]))
    return this_year if this_year > today else this_year.replace(year=today.year + 1)


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
