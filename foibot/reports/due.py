"""A last day and its working, as JSON and as lines for people; no I/O."""

from __future__ import annotations

from foibot.law.calendar import Working
from foibot.law.clocks import Day, LastDay, day_by_day
from foibot.law.dates import in_words, with_weekday
from foibot.law.regime import Regime


def due_json(working: Working) -> dict[str, object]:
    """The promised JSON document: every date not counted with its reason, weekends included."""
    return {
        "regime": working.regime,
        "received": working.received.isoformat(),
        "due": working.due.isoformat(),
        "working_days": working.working_days,
        "not_counted": [
            {"date": one.day.isoformat(), "why": one.why} for one in working.not_counted
        ],
        "provisional": working.provisional,
    }


def last_day_json(counted: LastDay, regime: Regime) -> dict[str, object]:
    """The same for any clock: the promised keys, then `clock` and `limit` (null for a bare number of days).

    `received` is the day its period starts. `working_days` is null for a limit in calendar days or months.
    """
    limit = counted.limit
    document: dict[str, object] = {
        "regime": regime.key,
        "received": counted.start.isoformat(),
        "due": counted.last.isoformat(),
        "working_days": None,
        "not_counted": [],
        "provisional": False,
    }
    if counted.working:
        document |= due_json(counted.working) | {"received": counted.start.isoformat()}
    return document | {
        "clock": limit.duty.value if limit else None,
        "limit": (
            {"number": limit.number, "unit": limit.unit.value, "citation": limit.citation}
            if limit
            else None
        ),
    }


def days_json(counted: LastDay) -> list[dict[str, object]]:
    """Every date of the period: its number, null where it is not counted, and then why not."""
    return [day_json(one) for one in day_by_day(counted)]


def day_json(one: Day) -> dict[str, object]:
    """One date of a period."""
    return {"date": one.day.isoformat(), "number": one.number, "why": one.why}


def due_lines(working: Working, regime: Regime) -> list[str]:
    """The same for people: the last day first, then the weekdays that were not counted."""
    return [
        f"Last day to answer: {with_weekday(working.due)}",
        f"Received {with_weekday(working.received)} (day 0).",
        f"Counted: {working.working_days} working days under the {regime.act}.",
        *_skipped(working),
    ]


def last_day_lines(counted: LastDay, regime: Regime) -> list[str]:
    """Any clock for people: what has to be done by when, from which day, under which law."""
    limit, start = counted.limit, with_weekday(counted.start)
    if limit is None:
        first = f"Working day {counted.working.working_days if counted.working else 0}"
        under = f"Counted from {start} (day 0) under the {regime.act}."
    else:
        first = f"Last day to {limit.duty}"
        under = f"That is {limit.number} {limit.unit.value} {start} ({limit.citation})."
    skipped = _skipped(counted.working) if counted.working else [_NOTHING_LEFT_OUT]
    return [f"{first}: {with_weekday(counted.last)}", under, *skipped]


_NOTHING_LEFT_OUT = "Weekends and holidays count like any other day here."


def explained(counted: LastDay) -> list[str]:
    """Every date of the period on a line of its own: its number, or why it is not counted."""
    days = day_by_day(counted)
    if not days:
        return ["Counted in whole months: no day is left out."]
    return [
        "Day by day:",
        *(f"  {_numbered(one)} {with_weekday(one.day)}{_why(one)}" for one in days),
    ]


def _numbered(one: Day) -> str:
    return "   -" if one.number is None else f"{one.number:4}"


def _why(one: Day) -> str:
    return f": {one.why}" if one.why else ""


def _skipped(working: Working) -> list[str]:
    lines = []
    if working.holidays:
        lines.append("Not counted, besides Saturdays and Sundays:")
        lines += [f"  {with_weekday(one.day)}: {one.why}" for one in working.holidays]
    if working.england_and_wales_only != working.due:
        theirs = in_words(working.england_and_wales_only)
        lines.append(
            f"With the bank holidays of England and Wales alone it would be {theirs}: too early."
        )
    if working.provisional:
        lines.append(
            f"Provisional: bank holidays are known until {in_words(working.horizon)} only."
        )
    return lines
