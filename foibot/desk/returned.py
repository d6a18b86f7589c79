"""Mail of ours that came back: tied to what failed, recorded on its case, raised to the officers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from foibot.case.events import AcknowledgementFailed, Event, LetterBounced
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Audience, NoticeWanted
from foibot.desk.notify import About
from foibot.desk.office import Office
from foibot.desk.record import Cause, notify, record
from foibot.mail.bounce import Bounce
from foibot.outbox.item import ItemState, Kind
from foibot.store.outbox import Outgoing
from foibot.store.transaction import Transaction


def returned(
    tx: Transaction,
    office: Office,
    failed: Sequence[Outgoing],
    bounce: Bounce | None,
    now: datetime,
) -> None:
    """Record what a bounce means for the mails it names; a delay (4.x.x) changes nothing (rule A14)."""
    if bounce is None or bounce.permanent is False:
        return
    for mail in failed:
        if mail.case_ref and mail.kind in {Kind.ACKNOWLEDGEMENT, Kind.LETTER}:
            _undelivered(tx, office, mail, bounce, now)


def _undelivered(
    tx: Transaction, office: Office, mail: Outgoing, bounce: Bounce, now: datetime
) -> None:
    case = tx.cases.lock(mail.case_ref)
    status = (bounce.status or bounce.diagnostic or "no status given")[:200]
    event: Event = AcknowledgementFailed(mail.message_id, status)
    if mail.kind is Kind.LETTER:
        event = LetterBounced(mail.version, status)
    if not can_happen(case, event):
        return
    # From here on it counts as refused, so that an administrator may send it once more.
    tx.outbox.change(mail.id, [ItemState.SENT, ItemState.UNCERTAIN], ItemState.REFUSED)
    case = record(tx, office, case, [event], Cause("foibot", "rule A11"), now)
    notice = NoticeWanted(
        "not-delivered",
        Audience.OFFICERS_AND_APPROVERS,
        {"what": _name(mail), "answer": status, "certain": True, "mail_number": mail.id},
        lines=(("show", "sends you the case and its letter"),),
    )
    notify(tx, office, (notice,), About(case, now))


def _name(mail: Outgoing) -> str:
    return f"letter, version {mail.version}" if mail.kind is Kind.LETTER else "acknowledgement"
