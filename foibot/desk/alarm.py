"""What must not pass in silence: a letter that has not left (mail rule A13), a message that could not be fetched (G5, G7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.desk.about import About
from foibot.desk.caps import HOUR
from foibot.desk.keepers import bare
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.gateway.reading import Mark, Note, NoteKind
from foibot.law.dates import moment_in_words
from foibot.outbox.item import ItemState, Kind
from foibot.outbox.limits import may_leave_now
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store, Transaction

LATE = timedelta(minutes=15)


def late_letters(tx: Transaction, now: datetime) -> list[tuple[Outgoing, datetime]]:
    """Each letter that was to leave more than 15 minutes ago, with the moment at which its approval let it go.

    Whatever holds it back: a server that is away, the hourly limit, or the gate that found it changed.
    While the office is paused there are none, because the administrator did that.
    """
    return [] if tx.switches.paused else list(_late(tx, now))


def tell_of_late_letters(
    store: Store, office: Office, late: Sequence[tuple[Outgoing, datetime]], now: datetime
) -> None:
    """Tell of each of these letters, once."""
    if not late:
        return
    with store.transaction() as tx:
        capped = may_leave_now(tx.outbox.tried_since(now - HOUR), office.caps).mails == 0
        for mail, due in late:
            case = tx.cases.lock(mail.case_ref)
            notice = _notice(mail, due, now, capped=capped)
            case = notify(tx, office, (notice,), About(case, now)) or case
            what = (
                f"An approved letter has not left; its number in foibot outbox list is {mail.id}."
            )
            told = bare(office, case, what, f"late:{mail.id}")
            notify(tx, office, told, About(case, now))


def _late(tx: Transaction, now: datetime) -> Iterator[tuple[Outgoing, datetime]]:
    for mail in tx.outbox.in_state(ItemState.QUEUED, ItemState.HELD, kind=Kind.LETTER):
        case = tx.cases.find(mail.case_ref)
        # A letter that is tried again carries the moment of the next try in its row.
        released = case.current.send_after if case and case.current else None
        due = released or mail.not_before
        if now - due > LATE:
            yield mail, due


def _notice(mail: Outgoing, due: datetime, now: datetime, *, capped: bool) -> NoticeWanted:
    why = "It is held." if mail.state is ItemState.HELD else "It waits for the mail server."
    if capped:
        why = "As many mails have left within an hour as may, and it is the next to leave."
    said = f"The server's last answer: {mail.answer}." if mail.answer else ""
    late = (
        f"Version {mail.version} of the letter was to leave on {moment_in_words(due)}. "
        f"On {moment_in_words(now)} it had not left. {why} {said}".strip()
    )
    act = f"See what holds it back with foibot outbox list; its number there is {mail.id}."
    return replace(
        plain_notice(Audience.ADMINISTRATORS, "An approved letter has not left", [late, act]),
        lines=(("show", "sends you the case and its letter"),),
        once=f"late:{mail.id}",
        # Among the notices of a flood it would wait as long as the letter.
        even_paused=True,
    )


def tell_of_folder(
    store: Store, office: Office, folder: str, notes: Sequence[Note], mark: Mark, now: datetime
) -> None:
    """Tell, once each, that a folder was renumbered, or that a message in it could not be fetched.

    A message without a date is only logged: it is stored and dealt with like any other.
    """
    wanted = [
        _folder_notice(folder, note, mark, now)
        for note in notes
        if note.kind is not NoteKind.NO_DATE
    ]
    if wanted:
        with store.transaction() as tx:
            notify(tx, office, wanted, About(None, now))


def _folder_notice(folder: str, note: Note, mark: Mark, now: datetime) -> NoticeWanted:
    when = moment_in_words(now)
    if note.kind is NoteKind.NEW_EPOCH:
        renumbered = (
            f"On {when} the mail server had given every message in the folder {folder} a new number, as "
            "it does after a mailbox was moved or restored."
        )
        harmless = (
            "foibot reads the folder again from the start. It knows every message that it had before, so "
            "that nothing is acknowledged or obeyed a second time."
        )
        look = "If the mailbox was restored from a backup, look whether mail is missing that had come in since."
        title, said = "A folder was renumbered", [renumbered, harmless, look]
        return _once(
            plain_notice(Audience.ADMINISTRATORS, title, said), f"epoch:{folder}:{mark.uidvalidity}"
        )
    failed = (
        f"A message in the folder {folder} (number {note.uid} of the server's count) was seen and could "
        f"not be fetched in three attempts, the last on {when}."
    )
    why = (
        "Either somebody moved or deleted it, or the mail server cannot give it out. Nothing of it is on "
        "record."
    )
    look = (
        "Please look for it in the mailbox: if it is a request, its time has been running since it "
        "arrived. Moved back into the folder, it is read like any other mail."
    )
    notice = plain_notice(Audience.EVERYBODY, "A message could not be fetched", [failed, why, look])
    return _once(notice, f"vanished:{folder}:{mark.uidvalidity}:{note.uid}")


def _once(notice: NoticeWanted, key: str) -> NoticeWanted:
    return replace(notice, lines=(("help", "lists every order"),), once=key)
