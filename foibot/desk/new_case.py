"""A request becomes a case: numbered, dated, and acknowledged once for ever."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import Event, Received, Recorded
from foibot.case.lifecycle import apply
from foibot.desk.about import about_message
from foibot.desk.acknowledge import acknowledge, why_not
from foibot.desk.asked import asked_in
from foibot.desk.introduce import introduce
from foibot.desk.office import Office
from foibot.desk.receipt import Receipt, arrived
from foibot.desk.record import Cause, record
from foibot.desk.urgent import tell_at_once
from foibot.law.calendar import answer_by
from foibot.law.dates import london_date
from foibot.law.regime import Duty
from foibot.mail.message import Address, IncomingMail
from foibot.mail.triage import Triage
from foibot.store.inbox import Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction


def open_case(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    now: datetime,
    receipt: Receipt | None = None,
) -> str:
    """Open the case of a request and tell the officers; its reference.

    `receipt` is given where the request did not come by itself in this message.
    """
    case = take_in(tx, office, one, mail, decided, now, receipt)
    introduce(tx, office, case, mail, one.raw, now, receipt, cut=one.truncated)
    return case.reference


def take_in(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    now: datetime,
    receipt: Receipt | None = None,
) -> Case:
    """Open the case of a request, acknowledged if a machine may; the officers are still to be told.

    Everything happens in the caller's transaction.
    """
    case = _received(tx, office, one, mail, receipt or arrived(office, one, mail), now)
    withheld = why_not(tx, office, mail, decided, now)
    event: Event = withheld or acknowledge(tx, office, case, now)
    case = record(tx, office, case, [event], Cause("foibot", f"rule {decided.rule}"), now)
    return tell_at_once(tx, office, mail, decided, about_message(case, one, now)) or case


def _received(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    receipt: Receipt,
    now: datetime,
) -> Case:
    day, law = london_date(receipt.moment), office.laws.usual
    number = tx.cases.next_number(office.numbering.series(day.year), office.numbering.first)
    reference = office.numbering.reference(number, day.year)
    sender = mail.sender or Address("")
    event = Received(
        reference=reference,
        number=number,
        year=day.year,
        regime=law.key,
        received=day,
        received_at=receipt.moment,
        receipt_basis=receipt.basis,
        due=answer_by(law, day).due,
        internaldate=one.arrived_at,
        their_date=mail.date[:100],
        law=law.limit(Duty.ANSWER, day).citation,
        message_sha256=one.raw_sha256,
        message_id=mail.message_id,
        references=mail.references,
        requester_address=sender.addr,
        requester_name=sender.name,
        subject=mail.subject,
        request_text=asked_in(office, mail),
    )
    happened = [Happened(event, reference, receipt.by, receipt.cause)]
    recorded: list[Recorded] = tx.ledger.append(happened, now, office.clock.secret())
    case = apply(None, recorded[0])
    tx.cases.add(case)
    return case
