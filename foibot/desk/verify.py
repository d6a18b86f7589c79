"""Whether the record still holds: chain, messages, mails, letters and case rows, each against the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType

from foibot.case.case import LetterState, LetterVersion
from foibot.case.events import (
    AcknowledgementWritten,
    Drafted,
    FilingChanged,
    LetterSent,
    MailFiled,
    MailQueued,
    Received,
)
from foibot.errors import Bug
from foibot.letters.fingerprint import fingerprint
from foibot.mail.triage import Disposition
from foibot.outbox.item import ItemState, Kind
from foibot.store.ledger import Ledger
from foibot.store.letters import StoredLetter
from foibot.store.outbox import Outgoing
from foibot.store.transaction import Store, Transaction


def verify(store: Store) -> Iterator[str]:
    """Everything in the record that does not hold, in words: chain, mails, letters, case rows.

    What a person's hand made unreadable is told like everything else; it never ends the check early.
    """
    with store.view() as tx:
        yield from _told("the chain", tx.ledger.breaks())
        yield from _told("the inbox", tx.inbox.damaged())
        yield from _told("the outbox", tx.outbox.damaged())
        yield from _told("the table of cases", tx.cases.differences(tx.ledger))
        yield from _told("the mail or the chain", _mail_against_chain(tx))
        yield from _told("the letters or their cases", _letters_against_chain(tx))


def _told(what: str, check: Iterator[str]) -> Iterator[str]:
    try:
        yield from check
    except (ValueError, Bug) as problem:
        yield f"{what} cannot be read: {type(problem).__name__}"


_Facts = tuple[str | int, ...]


def _mail_against_chain(tx: Transaction) -> Iterator[str]:
    """Every settled message and every mail is in the chain as it is kept, and nothing else is there."""
    arrived, left, sent = _named_in(tx.ledger)
    for digest, row in tx.inbox.settled():
        filed = (digest, row.disposition, row.case_ref, row.rule)
        # Evidence that was erased from the chain can no longer be compared.
        if not any(_crossed_off(arrived, _filed(*filed, text)) for text in (row.evidence, "")):
            yield f"message {row.id} in the inbox ({row.disposition}) is not in the chain like that"
    for mail in tx.outbox.every():
        is_letter = mail.kind is Kind.LETTER
        facts: _Facts = (
            mail.kind.value,
            mail.case_ref,
            mail.version,
            _named(mail),
            mail.raw_sha256,
        )
        if not _crossed_off(left, facts):
            yield f"mail {mail.id} in the outbox ({mail.kind}) is not in the chain like that"
        if sent.get((mail.case_ref, mail.version, is_letter), mail.message_id) != mail.message_id:
            yield f"mail {mail.id} in the outbox was sent with another Message-ID"
    for missing in arrived.elements():
        yield f"a message of the chain ({missing[1]}, {missing[2] or 'no case'}) is not in the inbox"
    for missing in left.elements():
        yield f"a mail of the chain ({missing[0]}, {missing[1] or 'no case'}) is not in the outbox"


def _filed(digest: str, disposition: str, case: str, rule: str, evidence: str) -> _Facts:
    if disposition == Disposition.REQUEST:
        return digest, disposition, case  # its chain entry is the case's receipt
    return digest, disposition, case, rule, evidence


def _named_in(
    ledger: Ledger,
) -> tuple[Counter[_Facts], Counter[_Facts], dict[tuple[str, int, bool], str]]:
    arrived: Counter[_Facts] = Counter()
    left: Counter[_Facts] = Counter()
    sent: dict[tuple[str, int, bool], str] = {}
    for one in ledger.all():
        match one.event:
            case Received() as event:
                arrived[_filed(event.message_sha256, Disposition.REQUEST, one.case, "", "")] += 1
            case MailFiled(message_sha256=digest, disposition=what, rule=rule, evidence=evidence):
                arrived[_filed(digest, what, one.case, rule, evidence)] += 1
            case FilingChanged() as event:
                _taken_back(arrived, event, one.case)
            case AcknowledgementWritten(message_id=message_id, sha256=digest):
                left[Kind.ACKNOWLEDGEMENT.value, one.case, 0, message_id, digest] += 1
            case MailQueued(kind=kind, message_id_sha256=named, sha256=digest):
                left[kind, one.case, 0, named, digest] += 1
            case Drafted(version=version, mail_sha256=digest):
                left[Kind.LETTER.value, one.case, version, "", digest] += 1
            case LetterSent(version=version, message_id=message_id):
                sent[one.case, version, True] = message_id
            case _:
                pass
    return arrived, left, sent


def _taken_back(arrived: Counter[_Facts], event: FilingChanged, case: str) -> None:
    """An officer placed the message anew: one filing of it no longer stands."""
    was = (event.message_sha256, event.was_disposition, case, event.was_rule)
    filed = next((facts for facts in +arrived if facts[:4] == was), None)
    if filed is not None:
        arrived[filed] -= 1


def _named(mail: Outgoing) -> str:
    """How the chain names a mail: a notice by a digest, since its Message-ID holds a secret."""
    match mail.kind:
        case Kind.LETTER:
            return ""
        case Kind.ACKNOWLEDGEMENT:
            return mail.message_id
        case Kind.NOTICE | Kind.REMINDER | Kind.DIGEST:
            return sha256(mail.message_id.encode()).hexdigest()


def _crossed_off(named: Counter[_Facts], facts: _Facts) -> bool:
    if named[facts] == 0:
        return False
    named[facts] -= 1
    return True


_MAIL_OF: Mapping[LetterState, frozenset[ItemState]] = MappingProxyType(
    {
        LetterState.DRAFT: frozenset({ItemState.DRAFT}),
        LetterState.SUPERSEDED: frozenset({ItemState.DRAFT}),
        LetterState.REJECTED: frozenset({ItemState.DRAFT}),
        LetterState.ON_HOLD: frozenset({ItemState.DRAFT}),
        LetterState.APPROVED: frozenset(
            {ItemState.APPROVED, ItemState.QUEUED, ItemState.SENDING, ItemState.HELD}
        ),
        LetterState.SENT: frozenset({ItemState.SENT}),
        LetterState.REFUSED: frozenset({ItemState.REFUSED, ItemState.SENT, ItemState.UNCERTAIN}),
        LetterState.UNCERTAIN: frozenset({ItemState.UNCERTAIN}),
    }
)
"""What may have become of a letter's mail, by the letter's own state. One that bounced had been sent."""


def _letters_against_chain(tx: Transaction) -> Iterator[str]:
    """Every version is there as it was drafted, and its mail is where the case says it is."""
    drafted = {
        (case.reference, letter.version): letter
        for case in tx.cases.every()
        for letter in case.letters
    }
    for stored in tx.letters.every():
        kept = drafted.pop((stored.case_ref, stored.version), None)
        name = f"version {stored.version} of the letter on {stored.case_ref}"
        if kept is None:
            yield f"{name} is not in the chain"
            continue
        mail = tx.outbox.letter(stored.case_ref, stored.version)
        if mail is not None and mail.state not in _MAIL_OF[kept.state]:
            yield f"{name} is {kept.state}, but its mail is {mail.state}"
        # A recipient that was erased takes the fingerprint with it.
        if kept.recipient and not _is_as_drafted(stored, kept, mail):
            yield f"{name} was changed"
    for reference, version in drafted:
        yield f"version {version} of the letter on {reference} is missing"


def _is_as_drafted(stored: StoredLetter, kept: LetterVersion, mail: Outgoing | None) -> bool:
    found = fingerprint(
        subject=stored.subject,
        text=stored.text,
        html=stored.html,
        pdf=stored.pdf,
        recipient=kept.recipient,
        attachments=tuple((one.name, one.content) for one in stored.files),
    )
    return found == kept.fingerprint and (mail is None or mail.recipient == kept.recipient)
