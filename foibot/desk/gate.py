"""The hard gate before the outgoing server: a mail leaves only as what was written and approved, to whom it was written."""

from __future__ import annotations

import logging

from foibot.case.case import LetterState
from foibot.case.lifecycle import fold
from foibot.desk.commission import asked_of
from foibot.desk.office import Office
from foibot.errors import Bug
from foibot.mail.addresses import same_address
from foibot.outbox.item import NO_APPROVAL_NEEDED, ItemState, Kind
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Transaction

_log = logging.getLogger(__name__)
# For mail of these kinds the gate reads the case, which has to be locked then.
CHECKED_BY_CASE = frozenset({Kind.ACKNOWLEDGEMENT, Kind.REMINDER, Kind.ENQUIRY})


def may_leave(tx: Transaction, office: Office, mail: Outgoing, *, intact: bool) -> bool:
    """Whether a claimed mail may be offered; one that may not is held, or dropped where it is no longer true.

    A letter needs an approval of these very bytes, read from the events and not from the case's row.
    """
    if mail.kind in {Kind.REMINDER, Kind.ENQUIRY} and not _still_true(tx, office, mail):
        return False
    known = (
        _is_for_us(tx, office, mail) if mail.kind in NO_APPROVAL_NEEDED else _is_approved(tx, mail)
    )
    if known and intact:
        return True
    _log.error(
        "mail %s (%s, case %s) is not what was written; it is held",
        mail.id,
        mail.kind,
        mail.case_ref or "-",
    )
    tx.outbox.change(mail.id, [ItemState.QUEUED], ItemState.HELD)
    return False


def _is_for_us(tx: Transaction, office: Office, mail: Outgoing) -> bool:
    """Without an approval mail goes to people on the roster alone, an acknowledgement to whoever asked.

    A question goes to the colleague of whom the record says that an officer asked, or to a deputy.
    """
    if mail.version:
        return False
    if mail.kind not in {Kind.ACKNOWLEDGEMENT, Kind.ENQUIRY}:
        return office.roster.find(mail.recipient) is not None
    case = tx.cases.find(mail.case_ref)
    if case is None:
        return False
    if mail.kind is Kind.ENQUIRY:
        return bool(asked_of(case, office, mail.recipient))
    return same_address(case.requester.address, mail.recipient)


def _is_approved(tx: Transaction, mail: Outgoing) -> bool:
    try:
        case = fold(tx.ledger.of_case(mail.case_ref))
    except (Bug, ValueError):
        return False  # a record that cannot be read approves nothing
    letter = case.current if case else None
    return (
        letter is not None
        and letter.version == mail.version
        and letter.state is LetterState.APPROVED
        and letter.recipient == mail.recipient
        and letter.mail_sha256 == mail.raw_sha256
    )


def _still_true(tx: Transaction, office: Office, mail: Outgoing) -> bool:
    """A reminder about a case, or to a colleague, that was answered meanwhile is dropped, not sent late."""
    case = tx.cases.find(mail.case_ref)
    if case is not None and not case.finished:
        asked = asked_of(case, office, mail.recipient) if mail.kind is Kind.ENQUIRY else ()
        if not asked or any(one.open for one in asked):
            return True
    tx.outbox.change(mail.id, [ItemState.QUEUED], ItemState.DROPPED)
    return False
