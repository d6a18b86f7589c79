"""The deadline of a case as a calendar entry that an officer can keep; no I/O."""

from __future__ import annotations

from datetime import datetime, timedelta

from foibot.case.case import Case
from foibot.case.working import provisional
from foibot.law.regime import Regime


def deadline_entry(
    case: Case, regime: Regime, authority: str, mailbox: str, now: datetime
) -> bytes:
    """An all-day entry on the last lawful day, with an alarm two days before.

    The entry names the reference alone: calendars are shared, and a subject is a stranger's words.
    """
    # Loaded by the first notice: it is a twentieth of what a start would have to wait for.
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415

    mark = " (provisional)" if provisional(case, regime) else ""
    entry = Event()
    entry.add("uid", f"foi-{case.reference.replace('/', '-')}-due@{mailbox.rpartition('@')[2]}")
    entry.add("dtstamp", now)
    entry.add("dtstart", case.due)
    entry.add("dtend", case.due + timedelta(days=1))
    entry.add("summary", f"FOI {case.reference}: last day to answer{mark}")
    entry.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"FOI {case.reference} is due in two days")
    alarm.add("trigger", timedelta(days=-2))
    entry.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", f"-//{authority}//foibot//EN")
    calendar.add("version", "2.0")
    # PUBLISH: an entry to keep. REQUEST would make every client ask for an answer.
    calendar.add("method", "PUBLISH")
    calendar.add_component(entry)
    return bytes(calendar.to_ical())
