"""The calendar entry of a deadline, read by a library for calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Alarm, Calendar

from foibot import law
from foibot.letters.calendar_file import deadline_entry
from tests.letters.test_notices import CASE

_NOW = datetime(2020, 12, 8, 9, 11, tzinfo=UTC)
_AUTHORITIES = (
    "Exampleshire Police",
    "Police, Fire; and Crime \\ Exampleshire",
    "Heddlu Swydd Enghraifft " + "ŵ" * 70,
    "漢" * 60,
    *("x" * length for length in range(45, 65)),
)


def entry(authority: str, now: datetime) -> bytes:
    return deadline_entry(CASE, law.regime("foia"), authority, "foi@exampleshire.example", now)


@pytest.mark.parametrize("authority", _AUTHORITIES)
def test_an_entry_says_the_day_and_the_reference_whatever_the_authority_is_called(
    authority: str,
) -> None:
    written = entry(authority, _NOW)

    calendar = Calendar.from_ical(written.decode())
    (event,) = calendar.events
    assert calendar.prodid == f"-//{authority}//foibot//EN"
    assert calendar["METHOD"] == "PUBLISH"
    assert (event.start, event.end) == (date(2021, 1, 11), date(2021, 1, 12))
    assert event["SUMMARY"] == "FOI 004078/20: last day to answer"
    assert event["UID"] == "foi-004078-20-due@exampleshire.example"
    assert event.DTSTAMP == _NOW
    (alarm,) = event.walk("VALARM")
    assert isinstance(alarm, Alarm)
    assert alarm["TRIGGER"].dt == timedelta(days=-2)
    lines = written.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(line.decode() for line in lines)


def test_a_summer_morning_is_stamped_in_utc() -> None:
    noon = datetime.fromisoformat("2021-07-01T12:00:00+01:00")

    written = entry("Exampleshire Police", noon)

    assert b"DTSTAMP:20210701T110000Z\r\n" in written
