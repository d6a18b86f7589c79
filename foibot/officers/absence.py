"""Reads an automatic reply for the day its writer is back and who stands in, and finds who hears instead; no I/O.

What such a mail says is never trusted: it gives nobody a right and changes no approval. It only decides who
else is told of what they may read anyway.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from foibot.case.case import Case
from foibot.case.need_to_know import is_shut_out
from foibot.law.dates_said import dates_said, day_written
from foibot.officers.delegation import who_stands_in
from foibot.officers.roster import Officer, Role, Roster

_LONGEST: Final = 5_000  # characters that are looked at
_SENTENCE: Final = 120  # characters in which a cue's date or name is looked for
_YEAR: Final = timedelta(days=366)
# A day without its year that seems farther off has passed: the reply is an old one.
_HALF_A_YEAR: Final = timedelta(days=183)
_DAY: Final = timedelta(days=1)

_AWAY: Final = re.compile(
    r"\b(?:out of (?:the |my )?office|o\.?o\.?o\b|away|leave|holidays?|vacation|absen(?:ce|t)|unavailable|off (?:sick|work)"
    r"|not (?:be )?(?:in|at|available|working|checking|reading)\b|offices? (?:is|are|will be) (?:now )?closed"
    r"|travelling|be back|back (?:in|at|on|to)\b|i (?:will |shall )?return|returning|secondment)",
    re.IGNORECASE,
)
# "I will get back to you by" promises an answer and tells of no absence.
_BACK: Final = re.compile(
    r"\b(?:back(?! to (?!work|the office|my desk))|return(?:s|ing)?|resum(?:e|ing)|available again)\b",
    re.IGNORECASE,
)
_UNTIL: Final = re.compile(r"\b(?:until|till|’?til|up to)\b", re.IGNORECASE)
_TO: Final = re.compile(
    r"\b(?:from|between|starting(?: on)?)\b[^!?;]{1,40}?\s(?:to|and|through|thru|–|—|-)\s"
    r"|\b\d{1,4}(?:st|nd|rd|th)?(?: [a-z]{3,9})?(?: \d{4})?\s?(?:–|—|-|\bto\b|\bthrough\b)\s?(?=(?:[a-z]{6,9} )?\d)",
    re.IGNORECASE,
)
_INCLUSIVE: Final = re.compile(r"\binclu(?:sive|ding)\b|\bend of\b|\bclose of\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"[!?;]|\.\s+(?=[A-Z])")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip
_MONTH_FIRST: Final = re.compile(
    r"\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2})(?:st|nd|rd|th)?(?!\d|:\d)\b",
    re.IGNORECASE,
)
_WITH_DASHES: Final = re.compile(r"\b(\d{1,2})-(\d{1,2})-(\d{4})\b")
_DAY_AND_MONTH: Final = re.compile(r"(?<![\d/])(\d{1,2})/(1[0-2]|0?[1-9])(?![\d/])")
_DAY_ALONE: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)

_CONTACT: Final = re.compile(
    r"\b(?:contact|e-?mail|write to|speak (?:to|with)|refer to|in touch with|direct(?:ed)? to|forwarded to|call|phone"
    r"|ask|liaise with|approach|covered by|(?:deputy|cover|colleague)(?: is)?)\b[:,]?\s{1,3}",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"[\w.+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,6}", re.IGNORECASE)  # fmt: skip
_PERSON: Final = re.compile(
    r"(?:my (?:line )?(?:colleague|deputy|manager|assistant),? )?([A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,3})"
)


@dataclass(frozen=True, slots=True)
class Absence:
    """What an automatic reply says: the first day its writer is there again, and whom it names instead.

    `instead` is an address or a name as it was written, or "": anybody may stand there.
    """

    back: date
    instead: str = ""


def read_absence(text: str, today: date) -> Absence | None:
    """The absence of which the writer's own words tell; None if they name no day within a year after today.

    A day to return is that day; "until" a day means that day too, unless that day is included; what lasts
    "from" one day "to" another ends with it. A day without a year is the next such day, figures are read
    day first.
    """
    line = " ".join(text[:_LONGEST].split())
    if not _AWAY.search(line):
        return None
    back = next(_days_back(line, today), None)
    return Absence(back, _instead(line)) if back else None


def _days_back(line: str, today: date) -> Iterator[date]:
    for cue, inclusive in ((_BACK, False), (_UNTIL, False), (_TO, True)):
        for found in cue.finditer(line):
            said = _sentence_from(line, found.end())
            day = _day(said, today)
            if day:
                with_it = inclusive or (cue is _UNTIL and _INCLUSIVE.search(said))
                yield day + _DAY if with_it else day


def _sentence_from(line: str, start: int) -> str:
    return _ENDS.split(line[start : start + _SENTENCE], maxsplit=1)[0]


def _day(said: str, today: date) -> date | None:
    written = _WITH_DASHES.sub(r"\1/\2/\3", _MONTH_FIRST.sub(r"\2 \1", said))
    written = _DAY_AND_MONTH.sub(lambda one: f"{one[1]} {_MONTHS[int(one[2]) - 1]}", written)
    whole = day_written(written)
    if whole is not None:
        return whole if today < whole <= today + _YEAR else None
    if re.match(r"\s?tomorrow\b", said, re.IGNORECASE):
        return today + _DAY
    alone = None if _has_month(written) else _DAY_ALONE.search(written)
    if alone:
        return _next_numbered(int(alone[1]), today)
    day = next(iter(dates_said(written, today)), None)
    return day if day and day - today <= _HALF_A_YEAR else None


def _has_month(said: str) -> bool:
    return any(re.search(rf"\d(?:st|nd|rd|th)?(?: of)? {month}", said, re.IGNORECASE) for month in _MONTHS)  # fmt: skip


def _next_numbered(number: int, today: date) -> date | None:
    """The next day with this number in its month, a month ahead at the most."""
    ahead = (today + _DAY * step for step in range(1, 32))
    return next((day for day in ahead if day.day == number), None)


def _instead(line: str) -> str:
    for found in _CONTACT.finditer(line):
        said = _sentence_from(line, found.end())
        address = _ADDRESS.search(said)
        if address:
            # Whose name stands before a stranger's address is of no account.
            return address[0].rstrip(".")
        name = _PERSON.match(said)
        if name:
            return name[1]
    return ""


def stand_in_named(instead: str, person: Officer, roster: Roster) -> Officer | None:
    """Whom an automatic reply names, if that is one other person of the roster who works on cases."""
    found = roster.named(instead)
    return found[0] if len(found) == 1 and _can_stand_in(found[0], person) else None


def _can_stand_in(one: Officer, person: Officer) -> bool:
    return one != person and one.may(Role.OFFICER, Role.APPROVER)


def stand_ins(
    person: Officer, named: str, roster: Roster, away: Collection[str], case: Case | None
) -> tuple[Officer, ...]:
    """Who hears of a case as well while somebody is away: who stands in for them today, else the deputy, else `named`, else others.

    `named` is the registered address of whom the automatic reply names, or ""; `away` are the registered
    addresses of all who are away. Nobody who keeps out of the case is among them, and nobody who is away too.
    """

    def there(one: Officer) -> bool:
        return one.address not in away and not (case is not None and is_shut_out(case, one))

    appointed = tuple(
        one
        for one, what in who_stands_in(person, roster)
        if Role.OFFICER in what.roles and there(one)
    )
    if appointed:
        return appointed
    for address in (person.deputy, named):
        one = roster.find(address) if address else None
        if one is not None and _can_stand_in(one, person) and there(one):
            return (one,)
    for roles in ((Role.OFFICER,), (Role.APPROVER, Role.ADMINISTRATOR)):
        others = tuple(one for one in roster.with_role(*roles) if one != person and there(one))
        if others:
            return others
    return ()
