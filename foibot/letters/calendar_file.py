"""The deadline of a case as a calendar entry that an officer can keep; no I/O."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from foibot.case.case import Case
from foibot.case.working import provisional
from foibot.law.regime import Regime

_LINE_BYTES: Final = 74  # with the blank before what goes on it makes 75 octets (RFC 5545 s.3.1)
_ESCAPED: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def deadline_entry(
    case: Case, regime: Regime, authority: str, mailbox: str, now: datetime
) -> bytes:
    """An all-day entry on the last lawful day, with an alarm two days before (RFC 5545).

    The entry names the reference alone: calendars are shared, and a subject is a stranger's words.
    """
    mark = " (provisional)" if provisional(case, regime) else ""
    entry = (
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", _text(f"-//{authority}//foibot//EN")),
        # PUBLISH: an entry to keep. REQUEST would make every client ask for an answer.
        ("METHOD", "PUBLISH"),
        ("BEGIN", "VEVENT"),
        ("SUMMARY", _text(f"FOI {case.reference}: last day to answer{mark}")),
        ("DTSTART;VALUE=DATE", f"{case.due:%Y%m%d}"),
        ("DTEND;VALUE=DATE", f"{case.due + timedelta(days=1):%Y%m%d}"),
        ("DTSTAMP", f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"),
        ("UID", _text(f"foi-{case.reference.replace('/', '-')}-due@{mailbox.rpartition('@')[2]}")),
        ("TRANSP", "TRANSPARENT"),
        ("BEGIN", "VALARM"),
        ("ACTION", "DISPLAY"),
        ("DESCRIPTION", _text(f"FOI {case.reference} is due in two days")),
        ("TRIGGER", "-P2D"),
        ("END", "VALARM"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    )
    return b"".join(_line(f"{name}:{value}") for name, value in entry)


def _text(value: str) -> str:
    return value.replace("\r\n", "\n").translate(_ESCAPED)


def _line(line: str) -> bytes:
    """A line with its end; a long one is cut between characters, and goes on after a blank."""
    octets = line.encode()
    pieces = []
    while len(octets) > _LINE_BYTES:
        end = _LINE_BYTES
        while octets[end] & 0b1100_0000 == 0b1000_0000:  # not the first octet of a character
            end -= 1
        pieces.append(octets[:end])
        octets = octets[end:]
    return b"\r\n ".join([*pieces, octets]) + b"\r\n"
