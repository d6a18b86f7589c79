"""Writes again to colleagues who have not answered: to the colleague, then to the deputy too, then the officer hears."""

from __future__ import annotations

from datetime import date, datetime

from foibot.case.case import Case
from foibot.case.colleague_events import HolderAsked, HolderChased
from foibot.case.enquiries import Enquiry, chase_due
from foibot.case.need_to_know import is_shut_out
from foibot.case.outcome import Audience, NoticeWanted
from foibot.commands.taking_on import CASE
from foibot.desk.about import About
from foibot.desk.commission import write_question
from foibot.desk.office import Office
from foibot.desk.record import Cause, keep, notify, record
from foibot.law.dates import london_date
from foibot.officers.roster import Role
from foibot.store.transaction import Transaction

_WITH_DEPUTY, _WITH_OFFICER = 2, 3


def chase(tx: Transaction, office: Office, case: Case, today: date, now: datetime) -> int:
    """Take the step of the ladder that is due for each colleague of a case, once; how many were written to."""
    chased = 0
    for enquiry in case.enquiries:
        step = chase_due(enquiry, office.holders.chase, office.laws.of(case), today)
        if step:
            case = _chase_one(tx, office, case, enquiry, step, now)
            chased += 1
    return chased


def _chase_one(
    tx: Transaction, office: Office, case: Case, enquiry: Enquiry, step: int, now: datetime
) -> Case:
    asked = next(
        one.event
        for one in tx.ledger.of_case(case.reference)
        if isinstance(one.event, HolderAsked) and one.event.number == enquiry.number
    )
    person = office.roster.find(enquiry.holder)
    readers = [enquiry.holder]
    if step >= _WITH_DEPUTY and person and person.deputy:
        readers.append(person.deputy)
    chased = HolderChased(enquiry.number, step)
    case = record(tx, office, case, [chased], Cause("foibot", "rule F4"), now)
    written = [
        write_question(tx, office, case, asked, to, step, now)
        for to in readers
        if not tx.outbox.has(f"ask:{case.reference}:{enquiry.number}:{enquiry.until}:{step}:{to}")
    ]
    case = keep(tx, office, case, written, now)
    if step < _WITH_OFFICER:
        return case
    notice = _silent(office, case, enquiry, readers)
    return notify(tx, office, (notice,), About(case, now)) or case


def _silent(office: Office, case: Case, enquiry: Enquiry, readers: list[str]) -> NoticeWanted:
    person = office.roster.find(enquiry.by)
    there = person is not None and person.may(Role.OFFICER, Role.APPROVER)
    there = there and person is not None and not is_shut_out(case, person)
    return NoticeWanted(
        "holder-silent",
        Audience.PERSON if there else Audience.OFFICERS,
        {
            "holder": office.roster.name_of(enquiry.holder),
            "asked_on": london_date(enquiry.asked_at),
            "until": enquiry.until,
            "deputy": office.roster.name_of(readers[-1]) if len(readers) > 1 else "",
        },
        lines=(
            (
                f"answered {enquiry.holder}",
                "ends the asking, if you have the answer by another way",
            ),
            CASE,
        ),
        person=enquiry.by,
    )
