"""A last day and its working, as JSON and as lines for people; no I/O."""

from __future__ import annotations

from foibot.law.calendar import Working
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


def due_lines(working: Working, regime: Regime) -> list[str]:
    """The same for people: the last day first, then the weekdays that were not counted."""
    lines = [
        f"Last day to answer: {with_weekday(working.due)}",
        f"Received {with_weekday(working.received)} (day 0).",
        f"Counted: {working.working_days} working days under the {regime.act}.",
    ]
    if working.holidays:
        lines.append("Not counted, besides Saturdays and Sundays:")
        lines += [f"  {with_weekday(one.day)}: {one.why}" for one in working.holidays]
    if working.england_and_wales_only != working.due and regime.key in {"foia", "eir"}:
        theirs = in_words(working.england_and_wales_only)
        lines.append(
            f"With the bank holidays of England and Wales alone it would be {theirs}: too early."
        )
    if working.provisional:
        lines.append(
            f"Provisional: bank holidays are known until {in_words(working.horizon)} only."
        )
    return lines
