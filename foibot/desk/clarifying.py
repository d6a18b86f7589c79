"""The requester's words when they answered a question of ours, read again from the messages that are kept."""

from __future__ import annotations

from foibot.case.case import Case
from foibot.case.clock_events import Clarified, PartClarified
from foibot.case.keeping_events import ClarifiedInError
from foibot.desk.asked import asked_in
from foibot.desk.office import Office
from foibot.letters.facts import ClarifiedFacts
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.store.transaction import Transaction


def clarifying_words(tx: Transaction, office: Office, case: Case) -> tuple[ClarifiedFacts, ...]:
    """What was told us, oldest first; nothing of a message that is not kept or was placed elsewhere since."""
    told: dict[str, Clarified | PartClarified] = {}
    for one in tx.ledger.of_case(case.reference):
        match one.event:
            case Clarified() | PartClarified():
                told[one.event.message_sha256] = one.event
            case ClarifiedInError():
                told.pop(one.event.message_sha256, None)
    read = (
        ClarifiedFacts(event.received, _words(tx, office, case, digest))
        for digest, event in told.items()
    )
    return tuple(one for one in read if one.text)


def _words(tx: Transaction, office: Office, case: Case, digest: str) -> str:
    mail = parse(tx.inbox.raw_of(case.reference, digest))
    return asked_in(office, mail) if isinstance(mail, IncomingMail) else ""
