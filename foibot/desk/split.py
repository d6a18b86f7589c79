"""A message that held two requests: the second becomes a case of its own, with the same requester and receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from foibot.case.approval_events import InterestDeclared
from foibot.case.case import Case
from foibot.case.events import AcknowledgementWithheld, Received
from foibot.case.keeping_events import Linked, Restricted
from foibot.case.lifecycle import apply
from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.case.working import due_in_words
from foibot.commands.grammar import read_back
from foibot.desk.about import About
from foibot.desk.introduce import introduce
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.law.calendar import answer_by
from foibot.law.dates import in_words
from foibot.law.regime import Duty
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.officers.roster import Officer
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction


def split_off(
    tx: Transaction,
    office: Office,
    case: Case,
    officer: Officer,
    text: str,
    cause: Cause,
    now: datetime,
) -> str:
    """Open the second case; its reference. It is linked with the first, which keeps the message.

    The message was acknowledged once, so that nothing goes to the requester until an officer says so.
    """
    whole = case.keeping.split_from or case.reference
    new = _opened(tx, office, case, whole, text, cause, now)
    why = f"its message was dealt with as request {case.reference}; one message has one acknowledgement"
    # Whoever may not read the message does not read half of it either.
    readers = case.keeping.readers
    events = (
        AcknowledgementWithheld("C4", why),
        Linked(case.reference),
        *((Restricted(readers, f"split off {case.reference}"),) if readers else ()),
        *(InterestDeclared(one, f"as on {case.reference}") for one in case.interests),
    )
    new = record(tx, office, new, events, cause, now)
    record(tx, office, tx.cases.lock(case.reference), [Linked(new.reference)], cause, now)
    raw = tx.inbox.raw_of(whole, case.message_sha256)
    mail = parse(raw)
    if isinstance(mail, IncomingMail):
        half = replace(mail, text=text, reply_to=())
        cut = tx.inbox.is_cut(whole, case.message_sha256)
        introduce(tx, office, new, half, raw, now, cut=cut)
    notify(
        tx, office, (_told(office, case, tx.cases.lock(new.reference)),), About(None, now, officer)
    )
    return new.reference


def _told(office: Office, case: Case, new: Case) -> NoticeWanted:
    own = (
        f"Request {new.reference} is a case of its own now, linked with {case.reference}. It was received on "
        f"{in_words(new.received)} like that one; its last day is {due_in_words(new, office.laws.of(new))}."
    )
    rest = (
        f"Nothing was sent to the requester. Request {case.reference} still has the words of both: answer there "
        "what is left of it."
    )
    said = plain_notice(
        Audience.ORDERING_OFFICER,
        "Split off",
        [
            own,
            f"It reads: {read_back(new.request_text)}",
            rest,
        ],
    )
    lines = (
        (f"{new.reference} ack", "sends an acknowledgement with the second reference"),
        (f"{new.reference} not foi: split off in error", "closes it again"),
    )
    return replace(said, lines=lines)


def _opened(
    tx: Transaction, office: Office, case: Case, whole: str, text: str, cause: Cause, now: datetime
) -> Case:
    law = office.laws.of(case)
    year = case.received.year
    number = tx.cases.next_number(office.numbering.series(year), office.numbering.first)
    reference = office.numbering.reference(number, year)
    event = Received(
        reference=reference,
        number=number,
        year=year,
        regime=case.regime,
        received=case.received,
        received_at=case.received_at,
        receipt_basis=f"it came with request {case.reference} ({case.receipt_basis})",
        due=answer_by(law, case.received).due,
        law=law.limit(Duty.ANSWER, case.received).citation,
        message_sha256=case.message_sha256,
        message_id=case.message_id,
        references=case.references,
        requester_address=case.requester.address,
        requester_name=case.requester.name,
        subject=case.subject,
        request_text=text,
        split_from=whole,
    )
    happened = Happened(event, reference, cause.by, cause.why)
    (recorded,) = tx.ledger.append([happened], now, office.clock.secret())
    new = apply(None, recorded)
    tx.cases.add(new)
    return new
