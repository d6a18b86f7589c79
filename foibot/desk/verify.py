"""Whether the record still holds: the chain itself, and everything beside it against the chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType

from foibot.case.case import LetterState, LetterVersion
from foibot.desk.enclosed_files import files_of
from foibot.desk.told_by_chain import Facts, Told, filed, told_by, written
from foibot.errors import Bug
from foibot.letters.fingerprint import fingerprint
from foibot.mail.addresses import mailboxes, same_address
from foibot.mail.compose import head_of
from foibot.outbox.item import ItemState, Kind
from foibot.store.letters import StoredLetter
from foibot.store.outgoing import Outgoing
from foibot.store.secrets import digest
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
        yield from _told("what is kept beside the chain", _against_chain(tx))
        yield from _told("the letters or their cases", _letters_against_chain(tx))


def _told(what: str, check: Iterator[str]) -> Iterator[str]:
    try:
        yield from check
    except (ValueError, Bug) as problem:
        yield f"{what} cannot be read: {type(problem).__name__}"


def _against_chain(tx: Transaction) -> Iterator[str]:
    told = told_by(tx.ledger)
    yield from _messages(tx, told)
    yield from _mails(tx, told)
    yield from _secrets(tx, told)
    yield from _numbers(told, tx.cases.counted())
    if {one.name: one for one in tx.topics.every()} != told.topics:
        yield "the register of topics differs from what the orders leave"
    # Whose name was erased from the chain can no longer be compared; whoever is back is kept no more.
    if "" not in told.away and any(
        told.away.get(one.officer) != one for one in tx.absences.every()
    ):
        yield "who is away differs from what their mailboxes answered"
    if tx.signatures.every() != told.signed:
        yield "the signatures that were used differ from those of the orders"


def _messages(tx: Transaction, told: Told) -> Iterator[str]:
    """Every settled message is in the chain as it is kept, and nothing else is there."""
    for raw, arrived_at, row in tx.inbox.settled():
        # Evidence that was erased from the chain can no longer be compared, nor a moment it never held.
        as_told = (
            filed(raw, row.disposition, row.case_ref, row.rule, evidence, moment)
            for evidence in (row.evidence, "")
            for moment in (arrived_at, None)
        )
        if not any(_crossed_off(told.arrived, facts) for facts in as_told):
            yield f"message {row.id} in the inbox ({row.disposition}) is not in the chain like that"
    for missing in told.arrived.elements():
        yield f"a message of the chain ({missing[1]}, {missing[2] or 'no case'}) is not in the inbox"


def _mails(tx: Transaction, told: Told) -> Iterator[str]:
    """Every mail is in the chain as it is kept and goes where its own words say, and nothing else is there."""
    for mail, token, raw in tx.outbox.frozen():
        name = f"mail {mail.id} in the outbox"
        facts = written(
            mail.kind.value, mail.case_ref, mail.version, _named(mail), mail.raw_sha256,
            mail.written_at,
        )  # fmt: skip
        if not _crossed_off(told.left, facts):
            yield f"{name} ({mail.kind}) is not in the chain like that"
        if not _goes_where_it_says(mail, token, raw):
            yield f"{name} goes to or comes from another address than its own header says"
        if mail.kind in {Kind.LETTER, Kind.ACKNOWLEDGEMENT}:
            yield from _against_its_end(told, mail, name)
    for missing in told.left.elements():
        yield f"a mail of the chain ({missing[0]}, {missing[1] or 'no case'}) is not in the outbox"


def _goes_where_it_says(mail: Outgoing, token: str, raw: bytes) -> bool:
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace").replace("\r\n ", " ")
    named = dict(line.partition(": ")[::2] for line in head.split("\r\n"))
    to, sender = (mailboxes(named.get(header, "")).found for header in ("To", "From"))
    if len(to) != 1 or len(sender) != 1 or not same_address(to[0].addr, mail.recipient):
        return False
    local, _, domain = sender[0].addr.partition("@")
    return mail.envelope_from in {sender[0].addr, f"{local}+b-{token}@{domain}"}


def _against_its_end(told: Told, mail: Outgoing, name: str) -> Iterator[str]:
    end = told.ended.get((mail.case_ref, mail.version))
    if end is None:
        return
    if end.message_id and end.message_id != mail.message_id:
        yield f"{name} was sent with another Message-ID"
    if end.dated and end.dated != mail.dated_at:
        yield f"{name} was sent with another date"
    over = mail.state in {ItemState.SENT, ItemState.REFUSED, ItemState.UNCERTAIN}
    if over and end.answer and (end.answer, _code(end.answer)) != (mail.answer, mail.code):
        yield f"{name} was answered otherwise by the mail server"


def _code(answer: str) -> int:
    first = answer.partition(" ")[0]
    return int(first) if first.isascii() and first.isdigit() else 0


def _secrets(tx: Transaction, told: Told) -> Iterator[str]:
    """Every secret that an officer may answer with was issued with a notice, and allows what it did then."""
    kept = tx.secrets.sealed()
    for mail in tx.outbox.every():
        if mail.kind in {Kind.LETTER, Kind.ACKNOWLEDGEMENT}:
            continue
        secret = mail.message_id.partition("@")[0].rpartition(".")[2]
        sealed = kept.pop(digest(secret), "")
        if told.allows.get(_named(mail), sealed) not in {sealed, ""}:
            yield f"what a reply to mail {mail.id} may decide was changed"
    if kept:
        yield f"{len(kept)} of the secrets that replies prove themselves with belong to no notice"


def _numbers(told: Told, counted: Mapping[str, int]) -> Iterator[str]:
    """The counter of each series stands at its last case, and no number was left out."""
    every = frozenset[int]().union(*told.numbers.values())
    for series in counted.keys() | {str(year) for year in told.numbers if "all" not in counted}:
        given = every if series == "all" else told.numbers.get(int(series), set())
        value = counted.get(series, 0)
        # With both kinds of series the pattern was changed once, and numbers begin again on the way.
        changed = "all" in counted and len(counted) > 1
        if value not in given or not (changed or given == set(range(min(given), value + 1))):
            year = "" if series == "all" else f" of {series}"
            yield f"the counter of references{year} stands at {value}, which is not what the cases leave"


def _named(mail: Outgoing) -> str:
    """How the chain names a mail: a notice by a digest, since its Message-ID holds a secret."""
    match mail.kind:
        case Kind.LETTER:
            return ""
        case Kind.ACKNOWLEDGEMENT:
            return mail.message_id
        case Kind.NOTICE | Kind.REMINDER | Kind.DIGEST | Kind.ENQUIRY | Kind.PAUSE:
            return sha256(mail.message_id.encode()).hexdigest()


def _crossed_off(named: Counter[Facts], facts: Facts) -> bool:
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
        if mail is not None:
            yield from _letter_against_mail(tx, stored, kept, mail, name)
        # A recipient that was erased takes the fingerprint with it.
        if kept.recipient and not _is_as_drafted(stored, kept, mail):
            yield f"{name} was changed"
    for reference, version in drafted:
        yield f"version {version} of the letter on {reference} is missing"


def _letter_against_mail(
    tx: Transaction, stored: StoredLetter, kept: LetterVersion, mail: Outgoing, name: str
) -> Iterator[str]:
    if mail.state not in _MAIL_OF[kept.state]:
        yield f"{name} is {kept.state}, but its mail is {mail.state}"
    if kept.send_after is not None and mail.not_before < kept.send_after:
        yield f"{name} may leave before the time to undo its approval is over"
    raw = tx.outbox.raw_of(mail.id)
    for file in files_of(stored):
        if head_of(file.name, file.content_type).encode() not in raw:
            yield f"{name} names a file that its mail does not hold like that"


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
