"""Makes the next version of a letter: written, checked, set, frozen as a mail, and bound to a fingerprint."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from foibot.case.case import Case
from foibot.case.enclosure import EnclosedFile, letter_pdf_name, size_in_words
from foibot.case.letter_events import Drafted
from foibot.case.outcome import Audience, Enclosed, LetterWanted, NoticeWanted
from foibot.desk.clarifying import clarifying_words
from foibot.desk.enclosed_files import files_of
from foibot.desk.lint_draft import remarks_on
from foibot.desk.office import Office
from foibot.desk.ordered import parts_of, provisions_of
from foibot.errors import OfficerMustReword
from foibot.law.dates import listed
from foibot.letters.fingerprint import fingerprint
from foibot.letters.open_places import open_slots, with_marks
from foibot.letters.render import Letter
from foibot.mail.addresses import outgoing
from foibot.mail.compose import File, Words, compose
from foibot.mail.message import Address
from foibot.officers.roster import Officer
from foibot.outbox.item import ItemState, Kind
from foibot.store.letters import StoredLetter
from foibot.store.outbox import NewMail
from foibot.store.transaction import Transaction


class LetterTooLarge(OfficerMustReword):
    """The letter with its files is larger than the configured limit."""


def draft(
    tx: Transaction,
    office: Office,
    case: Case,
    wanted: LetterWanted,
    officer: Officer,
    now: datetime,
) -> tuple[Drafted, tuple[NoticeWanted, ...]]:
    """Write the next version into the outbox as a draft; its event and the notices about it.

    Raises what `prepared` raises; then nothing is kept.
    """
    event, mail, stored = prepared(tx, office, case, wanted, officer, now)
    tx.outbox.add([mail], now)
    tx.letters.add(stored)
    return event, (_notice(event.version),)


def prepared(
    tx: Transaction,
    office: Office,
    case: Case,
    wanted: LetterWanted,
    officer: Officer,
    now: datetime,
) -> tuple[Drafted, NewMail, StoredLetter]:
    """The next version as it would be kept: its event, its mail and the letter. Nothing is written.

    Where words are missing that only an officer can know, the letter has a mark, and cannot be approved.

    Raises `LetterLeaks` if the letter, or the mail it would travel in, fails a check, `LetterTooLarge`
    if its files make it so, and `AddressCannotBeUsed` if the requester's address cannot be written to.
    """
    provisions = provisions_of(office, case, wanted)
    facts = office.letter_facts(case, officer, now, wanted, provisions)
    clarified = clarifying_words(tx, office, case)
    facts = replace(
        facts,
        case=replace(facts.case, clarified=clarified),
        parts=parts_of(office, case, wanted),
    )
    places = open_slots(office.book.kinds[wanted.kind], facts)
    letter = office.book.letter(wanted.kind, with_marks(facts, places))
    version = len(case.letters) + 1
    enclosed = _enclosed(tx, case, wanted)
    stored = _stored(office, case, version, letter, enclosed)
    files = files_of(stored)
    remarks = remarks_on(tx, office, case, letter, files, facts, wanted.result, places)
    mail = _mail(office, case, version, stored, files)
    _refuse_too_large(mail.raw, enclosed, office)
    event = Drafted(
        version=version,
        kind=wanted.kind,
        fingerprint=_fingerprint(stored, mail.recipient),
        mail_sha256=sha256(mail.raw).hexdigest(),
        provisions=tuple(one.cited for one in provisions),
        until=facts.until or facts.lapse or facts.pay_by,
        fee_pence=wanted.fee_pence,
        recipient=mail.recipient,
        slots=wanted.slots,
        remarks=remarks,
        files=tuple(one.recorded for one in enclosed),
        parts=wanted.parts,
        result=wanted.result,
    )
    return event, mail, stored


def _enclosed(tx: Transaction, case: Case, wanted: LetterWanted) -> tuple[EnclosedFile, ...]:
    """Every file that goes with the version: those kept from the one before, then what was attached now."""
    before = tx.letters.find(case.reference, len(case.letters)) if wanted.kept_files else None
    kept = before.files if before else ()
    return (*(one for one in kept if one.name in wanted.kept_files), *wanted.files)


def _refuse_too_large(raw: bytes, files: tuple[EnclosedFile, ...], office: Office) -> None:
    most = office.caps.letter_bytes
    if len(raw) <= most:
        return
    sizes = listed([f"{one.name} ({one.recorded.size_in_words})" for one in files])
    raise LetterTooLarge(
        f"With its files the letter would be a mail of {size_in_words(len(raw))}, and {size_in_words(most)} "
        f"is the limit here, because larger mail is often refused on its way. The files are {sizes}. "
        "Attach smaller ones (as PDF, CSV or ZIP), or publish them and say in the letter where they are."
    )


def _stored(
    office: Office, case: Case, version: int, letter: Letter, files: tuple[EnclosedFile, ...]
) -> StoredLetter:
    set_in_type = office.book.kinds[letter.kind].pdf
    pdf = office.typesetter.pdf(letter.blocks_json, title=letter.title) if set_in_type else b""
    return StoredLetter(
        case_ref=case.reference,
        version=version,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        pdf_name=letter_pdf_name(case.reference),
        pdf=pdf,
        files=files,
    )


def _fingerprint(stored: StoredLetter, recipient: str) -> str:
    return fingerprint(
        subject=stored.subject,
        text=stored.text,
        html=stored.html,
        pdf=stored.pdf,
        recipient=recipient,
        attachments=tuple((one.name, one.content) for one in stored.files),
    )


def _mail(
    office: Office, case: Case, version: int, stored: StoredLetter, files: tuple[File, ...]
) -> NewMail:
    recipient = outgoing(case.requester.address)
    token = office.clock.message_token()
    raw = compose(
        sender=office.sender,
        recipient=Address(recipient),
        words=Words(stored.subject, stored.text, stored.html),
        files=files,
        in_reply_to=case.message_id,
        references=(*case.references, case.message_id),
    )
    message_id = office.message_id(case.reference, "letter", token)
    return NewMail(
        kind=Kind.LETTER,
        state=ItemState.DRAFT,
        case_ref=case.reference,
        once=f"letter:{case.reference}:{version}",
        envelope_from=office.plus("b", token),
        recipient=recipient,
        message_id=message_id,
        raw=raw,
        version=version,
        bounce_token=token,
    )


def _notice(version: int) -> NoticeWanted:
    return NoticeWanted(
        "draft",
        Audience.OFFICERS_AND_APPROVERS,
        enclosed=Enclosed.LETTER,
        decides=version,
    )
