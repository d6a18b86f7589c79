"""Reads the dates officers write, day before month and in words, so that nobody can misread one; no I/O."""

from __future__ import annotations

import re
from datetime import date, timedelta

from foibot.law.dates import in_words

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_IN_WORDS = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+([0-9]{4})"
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")

_WITHOUT_YEAR = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?![a-z0-9])"
)
_AGO = {"today": 0, "yesterday": 1}

EXAMPLE = "3 Dec 2020"
HOW_WRITTEN = f"Write the month as a word, as in {EXAMPLE}."
"""Said where a date cannot be read, as mostly it was in figures, which mean another day to some readers."""
_YEARS_AHEAD = 5
_LEAP = 9  # years within which there is a 29 February


def read_date(text: str) -> tuple[date, str] | None:
    """The date at the start of a text and what follows it; None if it does not begin with one.

    "3 Dec 2020: stamped" gives (2020-12-03, "stamped"). Figures alone are not read: 03/12/2020 is
    March to some readers.
    """
    lowered = text.casefold().lstrip()
    for pattern, order in ((_IN_WORDS, (3, 2, 1)), (_ISO, (1, 2, 3))):
        found = pattern.match(lowered)
        if found is None:
            continue
        year, month, day = (found.group(place) for place in order)
        number = _month(month)
        try:
            read = date(int(year), number, int(day))
        except ValueError:
            return None
        rest = text.lstrip()[found.end() :]
        return read, rest.lstrip(" :,;-.")
    return None


def read_past_date(text: str, today: date) -> tuple[date, str] | None:
    """As `read_date`, but "3 Dec" is the last such day up to today; "today" and "yesterday" are read too."""
    read = read_date(text)
    if read is not None:
        return read
    lowered = text.casefold().lstrip()
    word = re.match(r"[a-z]*", lowered)
    if word and word[0] in _AGO:
        return today - timedelta(days=_AGO[word[0]]), lowered[word.end() :].lstrip(" :,;-.")
    found = _WITHOUT_YEAR.match(lowered)
    day = _last_such_day(int(found[1]), _month(found[2]), today) if found else None
    if found is None or day is None:
        return None
    return day, text.lstrip()[found.end() :].lstrip(" :,;-.")


def _last_such_day(day: int, month: int, today: date) -> date | None:
    """The last day with this number in this month that is not after today; None if there is none."""
    for year in range(today.year, today.year - _LEAP, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None


def far_off(day: date, today: date) -> str:
    """Why a last day so far ahead is taken for a slip of the pen; "" if it is not that far."""
    if day.year - today.year <= _YEARS_AHEAD:
        return ""
    return f"{in_words(day)} is more than {_YEARS_AHEAD} years ahead. Check the year."


def _month(word: str) -> int:
    """1 to 12, or 0 for a word that is no month; "sept" is September, "ma" is nothing."""
    if word.isdigit():
        return int(word)
    fitting = [place for place, month in enumerate(_MONTHS, start=1) if month.startswith(word)]
    return fitting[0] if len(fitting) == 1 and len(word) >= 3 else 0
