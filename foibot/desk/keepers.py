"""What keepers hear of restricted cases they may not read: the reference, that it is late, and who reads it; no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from foibot.case.case import Case
from foibot.case.need_to_know import is_restricted, is_shut_out
from foibot.case.outcome import Audience, NoticeWanted
from foibot.case.suggestions.guesses import Guess
from foibot.desk.office import Office
from foibot.law.dates import listed, london_date, with_weekday
from foibot.officers.privileged import keepers_off_the_list, nobody_reads
from foibot.officers.roster import Officer, Role
from foibot.reports.digest import NotOpen
from foibot.store.transaction import Transaction

_HEARD = "; all who read it hear so"
OPENS = ("restrict NAME: your reason", f"opens it to somebody else{_HEARD}")


def told_of_lateness(office: Office, case: Case, today: date, once: str) -> list[NoticeWanted]:
    """A bare notice to each keeper off the list of a case that is due today or late; none of any other case."""
    if today < case.due:
        return []
    day = with_weekday(case.due)
    what = f"Its answer is due today, {day}." if today == case.due else f"Its answer was due on {day}."  # fmt: skip
    return bare(office, case, what, once)


def told_that_nobody_reads(office: Office, case: Case, now: datetime) -> list[NoticeWanted]:
    """Once a day, to each keeper: something came on a case whose readers have all left; none of any other case."""
    if not is_restricted(case) or not nobody_reads(case, office.roster):
        return []
    what = "Something has happened on it of which nobody could be told."
    return bare(office, case, what, f"nobody-reads:{case.reference}:{london_date(now)}")


def bare(office: Office, case: Case, what: str, once: str) -> list[NoticeWanted]:
    """The sentence `what`, which must tell nothing of the case, to each keeper who may not read it."""
    readers = [one.name for one in _readers(office, case)]
    return [
        NoticeWanted(
            "restricted",
            Audience.PERSON,
            {"about": case.reference, "what": what, "readers": listed(readers)},
            lines=((f"restrict {one.address}: your reason", f"opens it to you{_HEARD}"), OPENS),
            once=once,
            person=one.address,
            to_who_keeps_out=True,
        )
        for one in keepers_off_the_list(case, office.roster, office.rules.keepers)
    ]


def not_open_to(officer: Officer, cases: Iterable[Case], office: Office) -> NotOpen:
    """Those of the cases that the officer may not read; a keeper hears of those that nobody reads any more."""
    shut = [one for one in cases if is_shut_out(one, officer)]
    rules, people = office.rules, office.roster
    orphaned = [
        one.reference
        for one in shut
        if not one.finished
        and officer in keepers_off_the_list(one, people, rules.keepers)
        and nobody_reads(one, people)
    ]
    return NotOpen(frozenset(one.reference for one in shut), tuple(dict.fromkeys(orphaned)))


def for_who_may_read(
    tx: Transaction, office: Office, guessed: Sequence[Guess], notice: NoticeWanted
) -> list[NoticeWanted]:
    """A notice of an unplaced message, to those alone who may read the restricted case it may belong to.

    As it is, if it may belong to none, or nobody is left who reads that one: no message may be overlooked.
    """
    found = tx.cases.found([one.reference for one in guessed])
    restricted = [one for one in found if is_restricted(one)]
    people = [
        one
        for one in office.roster.with_role(Role.OFFICER, Role.APPROVER)
        if not any(is_shut_out(case, one) for case in restricted)
    ]
    if not restricted or not people:
        return [notice]
    return [replace(notice, to=Audience.PERSON, person=one.address) for one in people]


def _readers(office: Office, case: Case) -> list[Officer]:
    found = (office.roster.find(one) for one in case.keeping.readers)
    return [one for one in found if one is not None and not is_shut_out(case, one)]
