"""Writes the mails to officers: one each, with a secret of its own, in the thread of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from foibot.case.assignment import who_has
from foibot.case.events import MailQueued
from foibot.case.need_to_know import is_restricted
from foibot.case.outcome import Audience, Enclosed, NoticeWanted
from foibot.case.suggestions.postal import postal_address
from foibot.commands.series import stands_alone
from foibot.desk.about import About
from foibot.desk.audience import audience
from foibot.desk.deciding import own_part, who_decides
from foibot.desk.draft_facts import (
    ShownLetter,
    about_letter,
    draft_orders,
    letter_shown,
    open_words,
)
from foibot.desk.enclosed_files import answers_enclosed
from foibot.desk.files_with import files_with, where_it_is
from foibot.desk.office import Office
from foibot.law.dates import listed as listed_in_words
from foibot.letters.enclosed import with_letter, with_note, with_open_words
from foibot.letters.notice_facts import (
    about_case,
    answer_for_several,
    asked_in,
    listed,
    order_lines,
    own_facts,
)
from foibot.mail.compose import File, Words, compose
from foibot.mail.message import Address
from foibot.mail.reply_text import REPLY_MARKER
from foibot.officers.authenticate import Purpose
from foibot.officers.roster import Officer
from foibot.outbox.item import ItemState, Kind
from foibot.store.ledger import Happened
from foibot.store.outbox import NewMail
from foibot.store.secrets import Issued, allows
from foibot.store.transaction import Transaction

_TO_CONFIRM = timedelta(days=3)
AUTOMATIC = (
    ("Auto-Submitted", "auto-generated"),
    # Not OOF, which tells who is away, and not NDR, which tells whom mail does not reach.
    ("X-Auto-Response-Suppress", "DR, RN, NRN, AutoReply"),
)
_KINDS = {"reminder": Kind.REMINDER, "overdue": Kind.REMINDER, "digest": Kind.DIGEST}


@dataclass(frozen=True, slots=True)
class _Told:
    """A notice with what it says to each of its readers alike."""

    notice: NoticeWanted
    about: About
    letter: ShownLetter | None
    facts: Mapping[str, object]
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class _Secrets:
    long: str
    in_subject: str
    reply_to: str


def write_notices(
    tx: Transaction, office: Office, wanted: Sequence[NoticeWanted], about: About
) -> list[Happened]:
    """Put the wanted notices into the outbox, one mail per person; what to record about them.

    A notice with a `once` key that a person was sent before is not written again.
    """
    mails: list[NewMail] = []
    issued: list[Issued] = []
    for notice in wanted:
        letter = letter_shown(tx, office, notice, about.case)
        if notice.enclosed is Enclosed.ANSWERS and about.case:
            about = replace(about, files=answers_enclosed(tx, office, about.case))
        readers = list(_readers(tx, office, notice, about))
        facts = _facts(office, notice, about, letter) if readers else {}
        files = files_with(office, notice.enclosed, about, letter) if readers else ()
        told = _Told(notice, about, letter, facts, files)
        for officer, once in readers:
            mail, secret = _write(office, told, officer, once)
            mails.append(mail)
            issued.append(secret)
    tx.outbox.add(mails, about.now)
    tx.secrets.issue(issued, about.now)
    return [queued(mail, secret, about.now) for mail, secret in zip(mails, issued, strict=True)]


def queued(mail: NewMail, secret: Issued, now: datetime) -> Happened:
    """What is recorded about a mail to officers or colleagues: its secret stays out of the chain."""
    message_id = sha256(mail.message_id.encode()).hexdigest()
    event = MailQueued(
        mail.kind.value, message_id, sha256(mail.raw).hexdigest(), allows(secret, now)
    )
    return Happened(event, mail.case_ref, "foibot", "")


def _readers(
    tx: Transaction, office: Office, notice: NoticeWanted, about: About
) -> Iterator[tuple[Officer, str]]:
    for officer in audience(office, notice, about.case, about.ordering):
        once = f"{notice.once}:{officer.address}" if notice.once else ""
        if not once or not tx.outbox.has(once):
            yield officer, once


def _write(office: Office, told: _Told, officer: Officer, once: str) -> tuple[NewMail, Issued]:
    notice, about = told.notice, told.about
    secret, in_subject = office.clock.secret(), office.clock.short_secret()
    secrets = _Secrets(secret, in_subject, office.plus("c", secret))
    message_id = office.message_id(about.reference, notice.kind, secret)
    mail = NewMail(
        kind=Kind.PAUSE if notice.even_paused else _KINDS.get(notice.kind, Kind.NOTICE),
        state=ItemState.QUEUED,
        case_ref=about.reference,
        once=once or message_id,
        envelope_from=office.mailbox,
        recipient=officer.address,
        message_id=message_id,
        raw=_compose(office, told, officer, secrets),
    )
    return mail, Issued(
        secret,
        in_subject,
        officer.address,
        about.reference,
        notice.decides,
        about.now + (_TO_CONFIRM if notice.confirms else timedelta(days=office.secret_days)),
        _purpose(notice),
        notice.confirms,
        notice.message,
    )


def _purpose(notice: NoticeWanted) -> Purpose:
    if notice.confirms:
        return Purpose.CONFIRM
    return Purpose.DECIDE if notice.decides else Purpose.ORDER


def _compose(office: Office, told: _Told, officer: Officer, secrets: _Secrets) -> bytes:
    notice, about, letter = told.notice, told.about, told.letter
    tag = f"[{about.reference}] " if about.reference else ""
    subject = f"Re: {tag}#{secrets.in_subject}"
    to_look_at = [one for one in notice.listed if not one.aside]
    facts = {
        **_facts_of(office, told, officer),
        **told.facts,
        "lines": order_lines(
            _lines(office, told, officer), secrets.reply_to, subject, stands_alone
        ),
        "listed": listed(to_look_at, secrets.reply_to, subject),
        "several": answer_for_several(to_look_at),
        "aside": listed([one for one in notice.listed if one.aside], secrets.reply_to, subject),
        "undecided": listed(notice.undecided, secrets.reply_to, subject),
    }
    declared = office.book.notices[notice.kind].facts
    words = office.book.notice(
        notice.kind, {name: facts[name] for name in declared if name in facts}
    )
    words = with_note(words, _stands_in(notice, officer))
    if letter:
        words = with_letter(words, subject=letter.stored.subject, text=letter.stored.text)
        if about.case:
            words = with_open_words(words, letter.stored.version, open_words(office, about.case))
    # A subject is read over shoulders and on locked screens: of a restricted case it says the reference alone.
    about_what = "" if about.case and is_restricted(about.case) else f"{words.subject} "
    root = office.message_id(about.reference, "case", "root") if about.case else ""
    return compose(
        sender=office.sender,
        recipient=Address(officer.address, officer.name),
        words=Words(f"{tag}{about_what}#{secrets.in_subject}", words.text, words.html),
        files=told.files,
        reply_to=secrets.reply_to,
        in_reply_to=root,
        references=(root,) if root else (),
        headers=AUTOMATIC,
    )


def _stands_in(notice: NoticeWanted, officer: Officer) -> str:
    """For whom the reader stands in, as it is said under what was not asked for; "" for nobody."""
    if notice.to is Audience.ORDERING_OFFICER or not officer.stands_in:
        return ""
    return f"You stand in for {listed_in_words([one.in_words() for one in officer.stands_in])}."


def _facts(
    office: Office, notice: NoticeWanted, about: About, letter: ShownLetter | None
) -> dict[str, object]:
    """What every reader is told: to check a letter takes longer than to write all the mails it goes with."""
    facts: dict[str, object] = {
        "authority": office.authority.name,
        "marker": REPLY_MARKER,
        "original": where_it_is(office, about),
    }
    if about.case:
        facts |= about_case(about.case, office.laws.of(about.case), about.now)
        facts["with_whom"] = who_has(about.case.assignment, office.roster.name_of)
        declared = office.book.notices[notice.kind].facts
        # Of a long request either takes longer than all the rest, and few notices say it.
        if "request" in declared:
            facts["request"] = asked_in(about.case)
        if "postal" in declared:
            ours = office.authority.postal_address
            facts["postal"] = postal_address(about.case.request_text, ours)
        if letter and about.case.current:
            facts |= about_letter(office, about.case, about.case.current, letter, about.now)
            facts |= who_decides(office, about.case, about.case.current)
    return facts | own_facts(notice.facts)


def _facts_of(office: Office, told: _Told, officer: Officer) -> dict[str, object]:
    """What this reader is told besides."""
    facts: dict[str, object] = {"officer": officer.name}
    case = told.about.case
    if told.letter and case and case.current:
        facts |= own_part(office, case, case.current, officer)
    return facts


def _lines(office: Office, told: _Told, officer: Officer) -> tuple[tuple[str, str], ...]:
    case = told.about.case
    if told.letter and case and case.current:
        return draft_orders(office, case, case.current, officer, told.about.now)
    return told.notice.lines
