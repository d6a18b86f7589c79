"""A letter that was to leave and has not is told to the administrators, so that none waits in silence (mail rule A13)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.desk.notify import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.law.dates import moment_in_words
from foibot.outbox.item import ItemState, Kind
from foibot.store.outbox import Outgoing
from foibot.store.transaction import Store, Transaction

LATE = timedelta(minutes=15)


def tell_of_late_letters(store: Store, office: Office, now: datetime) -> int:
    """Tell of each letter that was to leave more than 15 minutes ago, once; how many there are.

    Whatever holds it back: a server that is away, the hourly limit, or the gate that found it changed.
    While the office is paused nothing is told, because the administrator did that.
    """
    with store.view() as tx:
        late = [] if tx.switches.paused else list(_late(tx, now))
    if not late:
        return 0
    with store.transaction() as tx:
        for mail, due in late:
            case = tx.cases.lock(mail.case_ref)
            notify(tx, office, (_notice(mail, due, now),), About(case, now))
    return len(late)


def _late(tx: Transaction, now: datetime) -> Iterator[tuple[Outgoing, datetime]]:
    """Each late letter, with the moment at which its approval let it go."""
    for mail in tx.outbox.in_state(ItemState.QUEUED, ItemState.HELD):
        if mail.kind is Kind.LETTER:
            case = tx.cases.find(mail.case_ref)
            # A letter that is tried again carries the moment of the next try in its row.
            released = case.current.send_after if case and case.current else None
            due = released or mail.not_before
            if now - due > LATE:
                yield mail, due


def _notice(mail: Outgoing, due: datetime, now: datetime) -> NoticeWanted:
    why = "It is held." if mail.state is ItemState.HELD else "It waits for the mail server."
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
    )
