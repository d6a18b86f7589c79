"""Writes to the colleagues who are asked for information: the officer's question, and nothing of who wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from foibot.case.case import Case
from foibot.case.colleague_events import HolderAsked
from foibot.case.enquiries import Enquiry
from foibot.case.events import Event
from foibot.desk.notify import AUTOMATIC, queued
from foibot.desk.office import Office
from foibot.law.dates import with_weekday
from foibot.letters.escape import paragraphs
from foibot.mail.addresses import same_address
from foibot.mail.compose import Words, compose
from foibot.mail.message import Address
from foibot.mail.reply_text import PLAIN_MARKER
from foibot.officers.authenticate import Purpose
from foibot.outbox.item import ItemState, Kind
from foibot.store.ledger import Happened
from foibot.store.outbox import NewMail
from foibot.store.secrets import Issued
from foibot.store.transaction import Transaction

_TO_ANSWER = timedelta(days=120)


def ask_colleagues(
    tx: Transaction, office: Office, case: Case, events: Sequence[Event], now: datetime
) -> list[Happened]:
    """Put the question of every `HolderAsked` among these events into the outbox; what to record about it."""
    return [
        write_question(tx, office, case, event, event.holder, 0, now)
        for event in events
        if isinstance(event, HolderAsked)
    ]


def asked_of(case: Case, office: Office, address: str) -> tuple[Enquiry, ...]:
    """What the person at this address was asked about a case, as the colleague or as that one's deputy."""
    return tuple(
        one
        for one in case.enquiries
        if one.is_to(address)
        or ((person := office.roster.find(one.holder)) and same_address(person.deputy, address))
    )


def write_question(
    tx: Transaction,
    office: Office,
    case: Case,
    asked: HolderAsked,
    to: str,
    step: int,
    now: datetime,
) -> Happened:
    """The question to one colleague, or to a deputy; `step` counts the times it was repeated.

    Only what stands in the event goes into it, and the case's reference: no template can reach the request
    from here. The secret in its addresses proves an answer, and orders nothing.
    """
    enquiry = case.enquiries[asked.number - 1]
    token, secret = office.clock.message_token(), office.clock.secret()
    in_subject = office.clock.short_secret()
    words = office.book.notice(
        "holder-asked",
        {
            "marker": PLAIN_MARKER,
            "authority": office.authority.name,
            "reference": case.reference,
            "by": office.roster.name_of(enquiry.by),
            "until": with_weekday(enquiry.until),
            "note": paragraphs(asked.words) if asked.words else "",
            "questions": list(asked.questions),
            "again": bool(step),
            "instead_of": office.roster.name_of(asked.holder) if to != asked.holder else "",
        },
    )
    subject = f"[{case.reference}] {words.subject} #{in_subject}"
    root = office.message_id(case.reference, "asked", f"{asked.number:012}")
    mail = NewMail(
        kind=Kind.ENQUIRY,
        state=ItemState.QUEUED,
        case_ref=case.reference,
        once=f"ask:{case.reference}:{asked.number}:{enquiry.until}:{step}:{to}",
        envelope_from=office.plus("b", token),
        recipient=to,
        message_id=office.message_id(case.reference, "asked", secret),
        raw=compose(
            sender=office.sender,
            recipient=Address(to, office.roster.name_of(to) if office.roster.find(to) else ""),
            words=Words(subject, words.text, words.html),
            reply_to=office.plus("c", secret),
            in_reply_to=root,
            references=(root,),
            headers=AUTOMATIC,
        ),
        bounce_token=token,
    )
    tx.outbox.add([mail], now)
    expires = now + _TO_ANSWER
    issued = Issued(secret, in_subject, to, case.reference, 0, expires, Purpose.ANSWER, asked.number)  # fmt: skip
    tx.secrets.issue([issued], now)
    return queued(mail, issued, now)
