"""Officers who are away, by their own proven automatic replies: others hear of it, and of the reminders meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from foibot.case.assignment import who_has
from foibot.case.case import Case
from foibot.case.colleague_events import FoundAway
from foibot.case.need_to_know import is_shut_out
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands.taking_on import CASE, not_for
from foibot.desk.about import About
from foibot.desk.instruct import sender_of_order
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.dates import listed as in_a_row
from foibot.law.dates import london_date, with_weekday
from foibot.mail.message import IncomingMail
from foibot.mail.reply_text import new_words
from foibot.officers.absence import Absence, read_absence, stand_in_named, stand_ins
from foibot.officers.authenticate import Identified, Secret
from foibot.officers.delegation import who_stands_in
from foibot.officers.roster import Officer, Role
from foibot.store.absences import Away
from foibot.store.inbox import Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

_LISTED = 20
_RULE = "rule F6"


def note_absence(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    secrets: list[Secret],
    now: datetime,
) -> None:
    """Keep what an officer's automatic reply says of an absence, and tell those who stand in, once for each absence.

    It has to be proven as an order has to be, and even then it orders nothing and uses no secret up.
    """
    who = sender_of_order(office, mail, secrets, now)
    read = read_absence(new_words(mail.text), london_date(one.arrived_at))
    if read is None or not isinstance(who, Identified) or read.back <= london_date(now):
        return
    person = who.officer
    case = tx.cases.lock(who.case) if who.case else None
    away = _as_kept(office, person, read)
    if away not in tx.absences.on(london_date(now)):
        tx.absences.put(away)
        case = _recorded(tx, office, case, away, one.raw_sha256, now)
    readers = _instead_of(tx, office, person, case, london_date(now))
    theirs = [one for one in tx.cases.unfinished() if _has(one, person)] if readers else []
    wanted = [
        _notice(away, [one for one in theirs if not is_shut_out(one, reader)], case, person, reader)
        for reader in readers
    ]
    notify(tx, office, wanted, About(case, now))


def _as_kept(office: Office, person: Officer, read: Absence) -> Away:
    named = stand_in_named(read.instead, person, office.roster)
    return Away(person.address, read.back, named.address if named else "")


def _recorded(
    tx: Transaction, office: Office, case: Case | None, away: Away, sha256: str, now: datetime
) -> Case | None:
    event = FoundAway(away.back, away.officer, away.instead)
    if case is not None:
        return record(tx, office, case, [event], Cause("foibot", _RULE, sha256), now)
    tx.ledger.append([Happened(event, "", "foibot", _RULE)], now, office.clock.secret())
    return None


def _instead_of(
    tx: Transaction, office: Office, person: Officer, case: Case | None, today: date
) -> tuple[Officer, ...]:
    away = {one.officer: one for one in tx.absences.on(today)}
    named = away[person.address].instead if person.address in away else ""
    return stand_ins(person, named, office.roster, away, case)


def _notice(
    away: Away, theirs: list[Case], case: Case | None, person: Officer, reader: Officer
) -> NoticeWanted:
    lines: tuple[tuple[str, str], ...] = (CASE,)
    if case is None:
        lines = tuple((f"{one.reference} {CASE[0]}", CASE[1]) for one in theirs[:3])
    elif _has(case, person) and reader.may(Role.OFFICER) and not not_for(case, reader):
        lines = ((f"assign {reader.address}", "takes it over; the other officer is told"), CASE)
    return NoticeWanted(
        "away",
        Audience.PERSON,
        {
            "who": person.name,
            "back": away.back,
            "about": f"request {case.reference}" if case else "the requests of the day",
            "with_them": [
                f"{one.reference}, due on {with_weekday(one.due)}" for one in theirs[:_LISTED]
            ],
        },
        lines=lines,
        once=f"away:{person.address}:{away.back.isoformat()}",
        person=reader.address,
    )


def _has(case: Case, person: Officer) -> bool:
    return case.assignment is not None and person.is_at(case.assignment.to)


def reminded_as_well(
    tx: Transaction, office: Office, case: Case, reminders: Sequence[NoticeWanted], today: date
) -> list[NoticeWanted]:
    """The reminders of a case; while whoever has it is away they say so, and the first goes to who stands in too."""
    has = case.assignment
    person = office.roster.find(has.to) if has and has.to else None
    if person is None:
        return list(reminders)
    away = next((one for one in tx.absences.on(today) if one.officer == person.address), None)
    appointed = _appointed(person, office)
    if away is None and not appointed:
        return list(reminders)
    so = appointed or ([f"away, back on {with_weekday(away.back)}"] if away else [])
    with_whom = "; ".join((who_has(has, office.roster.name_of), *so))
    said = [replace(notice, facts={**notice.facts, "with_whom": with_whom}) for notice in reminders]
    readers = _instead_of(tx, office, person, case, today)
    return [*said, *(replace(said[0], to=Audience.PERSON, person=one.address) for one in readers)]


def _appointed(person: Officer, office: Office) -> list[str]:
    return [
        f"{one.name} stands in for {what.in_words()}"
        for one, what in who_stands_in(person, office.roster)
        if Role.OFFICER in what.roles
    ]


def away_in_words(tx: Transaction, office: Office, today: date) -> list[str]:
    """A line for the digest on each officer who is away: until when, and who hears of their cases."""
    return [
        _line(tx, office, person, one.back, today)
        for one in tx.absences.on(today)
        if (person := office.roster.find(one.officer)) is not None
    ] + [
        f"{one.name} stands in for {what.in_words()}."
        for one in office.roster
        for what in one.stands_in
    ]


def _line(tx: Transaction, office: Office, person: Officer, back: date, today: date) -> str:
    readers = [one.name for one in _instead_of(tx, office, person, None, today)]
    hear = f"; reminders of their cases go to {in_a_row(readers)} as well" if readers else ""
    return f"{person.name}, back on {with_weekday(back)}{hear}"
