"""What became of mail that was handed to the server: settled, recorded, and told to those who must know."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from foibot.case.case import Case
from foibot.case.events import (
    AcknowledgementFailed,
    AcknowledgementSent,
    Event,
    LetterRefused,
    LetterSent,
    LetterUncertain,
)
from foibot.case.outcome import Audience, NoticeWanted
from foibot.desk.notify import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.gateway.smtp import Delivery
from foibot.outbox.item import Attempt, ItemState, Kind, Next, after
from foibot.store.outbox import Outgoing, Result
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
_ANSWER = 500


def settle_all(
    store: Store, office: Office, mails: Sequence[Outgoing], deliveries: Sequence[Delivery]
) -> None:
    """Keep the server's answer for each mail, with what follows from it, in one commit."""
    if not deliveries:
        return
    by_id = {mail.id: mail for mail in mails}
    now = office.clock.now()
    with store.transaction() as tx:
        for delivery in deliveries:
            _settle(tx, office, by_id[delivery.key], delivery, now)


def _settle(
    tx: Transaction, office: Office, mail: Outgoing, delivery: Delivery, now: datetime
) -> None:
    attempt = Attempt(mail.kind, mail.tries, mail.repeats, delivery.answer, delivery.reached)
    becomes = after(attempt, now)
    answer = _evidence(delivery)
    result = Result(
        mail.id,
        becomes.state,
        becomes.not_before,
        becomes.repeat,
        delivery.code,
        answer,
        becomes.counts,
    )
    tx.outbox.settle([result], now)
    # Never the Message-ID: that of a notice holds the secret an order proves itself with.
    _log.info("mail %s (%s, case %s): %s", mail.id, mail.kind, mail.case_ref or "-", becomes.state)
    event = _event(mail, becomes, answer)
    if event is not None:
        case = tx.cases.lock(mail.case_ref)
        case = record(tx, office, case, [event], Cause("foibot", ""), now)
        certain = becomes.state is not ItemState.UNCERTAIN
        notify(tx, office, _notices(case, mail, event, answer, certain=certain), About(case, now))


def _evidence(delivery: Delivery) -> str:
    """The server's own line with its code, once."""
    code = str(delivery.code) if delivery.code else ""
    line = delivery.text if delivery.text.startswith(code) else f"{code} {delivery.text}"
    return line[:_ANSWER]


def _event(mail: Outgoing, becomes: Next, answer: str) -> Event | None:
    match mail.kind, becomes.state:
        case Kind.ACKNOWLEDGEMENT, ItemState.SENT:
            return AcknowledgementSent(mail.message_id, answer)
        case Kind.ACKNOWLEDGEMENT, ItemState.REFUSED | ItemState.UNCERTAIN:
            return AcknowledgementFailed(mail.message_id, answer)
        case Kind.LETTER, ItemState.SENT:
            return LetterSent(mail.version, mail.message_id, answer)
        case Kind.LETTER, ItemState.REFUSED:
            return LetterRefused(mail.version, answer)
        case Kind.LETTER, ItemState.UNCERTAIN:
            return LetterUncertain(mail.version, answer)
        case _:
            return None


def _notices(
    case: Case, mail: Outgoing, event: Event, answer: str, *, certain: bool
) -> tuple[NoticeWanted, ...]:
    match event:
        case LetterSent():
            return (_letter_sent(case, mail, answer),)
        case LetterRefused() | LetterUncertain():
            return (
                _not_delivered(f"letter, version {mail.version}", mail, answer, certain=certain),
            )
        case AcknowledgementFailed():
            return (_not_delivered("acknowledgement", mail, answer, certain=certain),)
        case _:
            return ()


def _letter_sent(case: Case, mail: Outgoing, answer: str) -> NoticeWanted:
    return NoticeWanted(
        "letter-sent",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "version": mail.version,
            "recipient": mail.recipient,
            "sent_at": case.answered_at,
            "answer": answer,
            "in_time": not case.answered_late,
        },
    )


def _not_delivered(what: str, mail: Outgoing, answer: str, *, certain: bool) -> NoticeWanted:
    return NoticeWanted(
        "not-delivered",
        Audience.OFFICERS_AND_APPROVERS,
        {"what": what, "answer": answer, "certain": certain, "mail_number": mail.id},
        lines=(("show", "sends you the case and its letter"),),
    )
