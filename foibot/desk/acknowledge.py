"""The acknowledgement of a request: whether a machine may send it, and the one mail that it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from foibot.case.case import Case
from foibot.case.events import AcknowledgementWithheld, AcknowledgementWritten
from foibot.desk.office import Office
from foibot.mail.addresses import AddressCannotBeUsed, outgoing
from foibot.mail.compose import Words, compose
from foibot.mail.message import Address, IncomingMail
from foibot.mail.triage import Triage
from foibot.outbox.item import ItemState, Kind
from foibot.outbox.limits import SentLately, acknowledgement_capped
from foibot.store.outbox import NewMail
from foibot.store.transaction import Transaction

_DAY = timedelta(hours=24)


def why_not(
    tx: Transaction, office: Office, mail: IncomingMail, decided: Triage, now: datetime
) -> AcknowledgementWithheld | None:
    """Why this request is not acknowledged by a machine; None if it may be (mail rule A1)."""
    if not decided.acknowledge:
        return AcknowledgementWithheld(decided.withheld_rule, decided.withheld)
    address = mail.sender.addr if mail.sender else ""
    try:
        outgoing(address)
    except AddressCannotBeUsed:
        return AcknowledgementWithheld("F9", "the sender's address cannot be written to")
    if tx.complaints.by_or_about(address.lower()):
        return AcknowledgementWithheld("A18", "mail to or from this address was reported as abuse")
    count, subjects = tx.outbox.acknowledged_since(address.lower(), now - _DAY)
    lately = SentLately(count, 1 if _subject_key(mail.subject) in subjects else 0)
    capped = acknowledgement_capped(lately, office.caps)
    return AcknowledgementWithheld("A1", capped) if capped else None


def _subject_key(subject: str) -> str:
    return sha256(" ".join(subject.casefold().split()).encode("utf-8", "replace")).hexdigest()[:32]


def acknowledge(
    tx: Transaction, office: Office, case: Case, now: datetime
) -> AcknowledgementWritten:
    """Put the acknowledgement into the outbox; the database refuses a second one for the case.

    It is written in the language of the request, if that is one of the authority's own (A-35).
    """
    language = office.book.language_of(f"{case.subject}\n{case.request_text}", office.languages)
    facts = replace(office.letter_facts(case, None, now), language=language)
    letter = office.book.forms.letter("acknowledgement", facts)
    recipient = outgoing(case.requester.address)
    raw = compose(
        sender=office.sender,
        recipient=Address(recipient),
        words=Words(letter.subject, letter.text, letter.html),
        in_reply_to=case.message_id,
        references=(*case.references, case.message_id),
        headers=(("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")),
    )
    token = office.clock.message_token()
    mail = NewMail(
        kind=Kind.ACKNOWLEDGEMENT,
        state=ItemState.QUEUED,
        case_ref=case.reference,
        once=f"ack:{case.reference}",
        envelope_from=office.plus("b", token),
        recipient=recipient.lower(),
        message_id=office.message_id(case.reference, "ack", token),
        raw=raw,
        subject_key=_subject_key(case.subject),
        bounce_token=token,
    )
    tx.outbox.add([mail], now)
    return AcknowledgementWritten(mail.message_id, sha256(raw).hexdigest())
