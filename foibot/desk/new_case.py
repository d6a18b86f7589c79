"""A request becomes a case: numbered, dated, acknowledged once for ever, and shown to the officers."""

from __future__ import annotations

from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import (
    Event,
    QuestionsNumbered,
    Received,
    Recorded,
)
from foibot.case.lifecycle import apply
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.precedents import seen_before
from foibot.case.questions import recognised
from foibot.case.suggestions.looks import looks
from foibot.case.suggestions.origin import without_footer, wording_digest
from foibot.case.suggestions.transmission import presumed
from foibot.commands.likely import by_number, likely_orders
from foibot.commands.questions import EXAMPLE as QUESTIONS
from foibot.commands.taking_on import ACCEPT
from foibot.desk.acknowledge import acknowledge, why_not
from foibot.desk.notify import About
from foibot.desk.office import Office
from foibot.desk.precedent import known_about, remember
from foibot.desk.record import Cause, notify, record
from foibot.desk.urgent import tell_at_once
from foibot.law.calendar import answer_by
from foibot.law.dates import london_date
from foibot.law.regime import Duty
from foibot.mail.message import Address, IncomingMail
from foibot.mail.received_at import moment_of, received_at
from foibot.mail.triage import Triage
from foibot.officers.roster import Role
from foibot.store.inbox import Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Transaction

_LONGEST_REQUEST = 50_000
_ALL = ("help", "lists every order")
_ACK = (("ack", "sends the acknowledgement"),)


def open_case(
    tx: Transaction,
    office: Office,
    one: Waiting,
    mail: IncomingMail,
    decided: Triage,
    now: datetime,
) -> str:
    """Open the case of a request; its reference. Everything happens in the caller's transaction."""
    case = _received(tx, office, one, mail, now)
    withheld = why_not(tx, office, mail, decided, now)
    if withheld is None:
        event: Event = acknowledge(tx, office, case, now)
    else:
        event = withheld
    case = record(tx, office, case, [event], Cause("foibot", f"rule {decided.rule}"), now)
    numbered = recognised(case.request_text)
    if numbered.questions:
        read = QuestionsNumbered(len(numbered.questions), numbered.questions)
        case = record(tx, office, case, [read], Cause("foibot", "rule L-05"), now)
    told = tell_at_once(tx, office, mail, decided, About(case, now, raw=one.raw)) or case
    known = known_about(tx, case)
    remember(tx, case)
    earlier = _asked_before(tx, case, now)
    before = seen_before(case, known)
    if any(earlier in line for line in before):
        earlier = ""
    seen = looks(mail, case.regime, office.laws.keys, office.border.own_domains, earlier)
    other_day = presumed(moment_of(mail.date), case.received, case.regime)
    notice = NoticeWanted(
        "new-case",
        Audience.OFFICERS,
        {
            "acknowledged": withheld is None,
            "withheld": withheld.why if withheld else "",
            "flags": list(mail.flags),
            "files": [attachment.name for attachment in mail.attachments],
            "reply_to": _other_reply_to(mail),
            "suggestions": list(seen.suggestions),
            "checklist": list(seen.checklist),
            "questions": [one.in_a_line for one in numbered.questions],
            "numbered": numbered.why,
            "origin": [*seen.origin, *before, *(other_day[:1] if other_day else ())],
        },
        lines=(
            *(_ACK if withheld and case.requester.address else ()),
            *seen.orders,
            *(other_day[1:] if other_day else ()),
            *((by_number(office.laws.of(case)),) if numbered.questions else ()),
            *((QUESTIONS,) if numbered.why else ()),
            *likely_orders(office.laws.of(case)),
            *_takers(office),
            _ALL,
        ),
        enclosed=Enclosed.DEADLINE,
    )
    notify(tx, office, (notice,), About(told, now, raw=one.raw))
    return case.reference


def _takers(office: Office) -> tuple[tuple[str, str], ...]:
    """What an officer may order who is not the only one."""
    return (ACCEPT,) if len(office.roster.with_role(Role.OFFICER)) > 1 else ()


def _asked_before(tx: Transaction, case: Case, now: datetime) -> str:
    """The first case that was asked in the same words; "" if there is none, or they are too few to tell."""
    digest = wording_digest(case.request_text)
    if not digest:
        return ""
    earlier = tx.wordings.first(digest)
    tx.wordings.add(digest, case.reference, now)
    return earlier


def _received(
    tx: Transaction, office: Office, one: Waiting, mail: IncomingMail, now: datetime
) -> Case:
    moment, basis = received_at(one.arrived_at, mail.headers, office.border.servers)
    day, law = london_date(moment), office.laws.usual
    number = tx.cases.next_number(office.numbering.series(day.year), office.numbering.first)
    reference = office.numbering.reference(number, day.year)
    sender = mail.sender or Address("")
    event = Received(
        reference=reference,
        number=number,
        year=day.year,
        regime=law.key,
        received=day,
        received_at=moment,
        receipt_basis=basis,
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
        request_text=without_footer(mail.text, sender.addr).strip()[:_LONGEST_REQUEST],
    )
    happened = [Happened(event, reference, "requester", "")]
    recorded: list[Recorded] = tx.ledger.append(happened, now, office.clock.secret())
    case = apply(None, recorded[0])
    tx.cases.add(case)
    return case


def _other_reply_to(mail: IncomingMail) -> str:
    own = mail.sender.addr.lower() if mail.sender else ""
    others = [one.addr for one in mail.reply_to if one.addr.lower() != own]
    return ", ".join(others)
