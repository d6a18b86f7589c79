"""Reads a file of bank holidays in the format of GOV.UK, whole years only, and names everything wrong with it at once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from foibot.law.bank_holidays import holidays_of
from foibot.law.regime import Nation, Proclaimed
from foibot.law.working_days import FIRST_YEAR, LAST_YEAR

DIVISIONS: Final = {
    "england-and-wales": Nation.ENGLAND_AND_WALES,
    "scotland": Nation.SCOTLAND,
    "northern-ireland": Nation.NORTHERN_IRELAND,
}
_NAMES: Final = {nation: name for name, nation in DIVISIONS.items()}
# England and Wales have eight in every year; the others have more. Fewer means that the file was cut.
_FEWEST: Final = 8
# The most that one nation had in a year was twelve, weekends counted. More means that the file is something else.
_MOST: Final = 20
_LONGEST: Final = 100
_SUBSTITUTE: Final = "substitute day"
_ONE: Final = "Keep the right one and delete the other"
_WHOLE: Final = "A file replaces whole years: begin with the one GOV.UK publishes, then change it"


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong with the file: where, what, and how to mend it."""

    where: str
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """The days of a file that can be used, in order; in its `years` they are all there are."""

    days: tuple[Proclaimed, ...]
    years: frozenset[int]


def read_holiday_file(text: str) -> HolidayFile | tuple[FileProblem, ...]:
    """The holidays in the JSON document `text`, or every problem with it. Never raises.

    The format is that of https://www.gov.uk/bank-holidays.json: for each division a list of events
    with "title" and "date". A weekday that is missing there becomes a working day, so that every year
    has to be complete in all three divisions.
    """
    document = _document(text)
    if isinstance(document, FileProblem):
        return (document,)
    problems: list[FileProblem] = []
    days: list[Proclaimed] = []
    for name in document:
        if name not in DIVISIONS:
            known = ", ".join(DIVISIONS)
            problems.append(
                FileProblem(name[:_LONGEST], "is no division", f"Use these names: {known}")
            )
    for name, nation in DIVISIONS.items():
        for found in _division(name, nation, document.get(name)):
            if isinstance(found, FileProblem):
                problems.append(found)
            else:
                days.append(found)
    # Of a file with unreadable days nobody knows which years are whole.
    problems = problems or list(_of_years(days))
    if problems:
        return tuple(problems)
    order = list(Nation)
    days.sort(key=lambda one: (one.day, order.index(one.nation), one.name))
    return HolidayFile(tuple(days), frozenset(one.day.year for one in days))


class _Twice(ValueError):
    """A name stands twice in one object: the reader would silently keep the second."""


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise _Twice(name)
    return dict(pairs)


def _document(text: str) -> dict[str, object] | FileProblem:
    try:
        document = json.loads(text, object_pairs_hook=_once_each)
    except json.JSONDecodeError as problem:
        return FileProblem(f"line {problem.lineno}", f"is not JSON: {problem.msg}", _WHOLE)
    except _Twice as twice:
        return FileProblem(f"“{str(twice)[:_LONGEST]}”", "stands twice in one object", _ONE)
    except (ValueError, RecursionError):
        return FileProblem("the file", "is not a list of holidays", _WHOLE)
    if not isinstance(document, dict):
        return FileProblem("the file", "is not an object with the three divisions", _WHOLE)
    return document


def _division(name: str, nation: Nation, content: object) -> Iterator[Proclaimed | FileProblem]:
    events = content.get("events") if isinstance(content, dict) else None
    if not isinstance(events, list) or not events:
        yield FileProblem(name, "has no list of events", _WHOLE)
        return
    seen: Counter[tuple[date, str]] = Counter()
    for number, event in enumerate(events, start=1):
        found = _event(f"{name}, event {number}", nation, event)
        if isinstance(found, Proclaimed):
            seen[found.day, found.name] += 1
            if seen[found.day, found.name] > 1:
                where = f"{name}, event {number}"
                yield FileProblem(where, "is there twice", "Delete one of them")
                continue
        yield found


def _event(where: str, nation: Nation, event: object) -> Proclaimed | FileProblem:
    if not isinstance(event, dict):
        return FileProblem(
            where, "is not an object", 'Write {"title": "...", "date": "2026-06-15"}'
        )
    title, notes = event.get("title"), event.get("notes")
    name = " ".join(title.split()) if isinstance(title, str) else ""
    if not 0 < len(name) <= _LONGEST or not name.isprintable():
        return FileProblem(
            where, "has no usable title", f'Write "title" with 1 to {_LONGEST} letters'
        )
    day = _day(event.get("date"))
    if day is None:
        return FileProblem(where, "has no readable date", 'Write "date" as 2026-06-15')
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return FileProblem(
            where, f"lies in {day.year}", f"Use years from {FIRST_YEAR} to {LAST_YEAR}"
        )
    if isinstance(notes, str) and notes.strip().lower() == _SUBSTITUTE:
        name = f"{name}, {_SUBSTITUTE}"
    return Proclaimed(day, name, nation)


def _day(text: object) -> date | None:
    # `fromisoformat` takes 20260615 and week dates too, which nobody writes on purpose here.
    if not isinstance(text, str) or len(text) != len("2026-06-15") or text[4] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_years(days: list[Proclaimed]) -> Iterator[FileProblem]:
    for year in sorted({one.day.year for one in days}):
        for nation in Nation:
            here = {one.day for one in days if one.day.year == year and one.nation is nation}
            where = f"{_NAMES[nation]}, {year}"
            if len(here) < _FEWEST:
                what = f"has {len(here)} holidays, which is less than a whole year has"
                yield FileProblem(where, what, _WHOLE)
            elif len(here) > _MOST:
                what = f"has {len(here)} holidays, which is more than any year has"
                yield FileProblem(where, what, _WHOLE)
            else:
                yield from _by_name(where, year, here)


def _by_name(where: str, year: int, here: set[date]) -> Iterator[FileProblem]:
    """Good Friday and Christmas Day are no working days whatever is proclaimed (FOIA 2000 s.10(6))."""
    friday = next(
        day
        for day, names in holidays_of(Nation.ENGLAND_AND_WALES, year).items()
        if "Good Friday" in names
    )
    for name, day in (("Good Friday", friday), ("Christmas Day", date(year, 12, 25))):
        if day not in here and day.weekday() < 5:
            yield FileProblem(where, f"lacks {name}", f"Add {day.isoformat()}: the law names it")
