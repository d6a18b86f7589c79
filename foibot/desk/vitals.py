"""When the mailbox was last read, told to the administrators when that is too long ago, and measured for monitoring."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.desk.about import About
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.law.dates import london_date, moment_in_words
from foibot.outbox.item import ItemState
from foibot.reports.health import Vitals, silence_allowed
from foibot.store.transaction import Store

_READ: Final = "mailbox-read"
_TOLD: Final = "silence-told"
_OFTEN_ENOUGH: Final = timedelta(minutes=1)


def mailbox_was_read(store: Store, now: datetime) -> None:
    """Remember that the mailbox was read to its end; written once a minute, however often it is read."""
    with store.view() as tx:
        last = tx.switches.get(_READ)
    if last is None or now - last.at >= _OFTEN_ENOUGH:
        with store.transaction() as tx:
            tx.switches.set(_READ, "yes", now)


def tell_of_silence(
    store: Store, office: Office, poll_seconds: float, since: datetime, now: datetime
) -> bool:
    """Tell the administrators, once, that the mailbox cannot be read; whether that is so.

    `since` is when this process began to work: what lies before is no silence of ours. Requests come in
    there and their days run, so that a service which is up and reads nothing must say so itself.
    """
    with store.view() as tx:
        last, told = tx.switches.get(_READ), tx.switches.get(_TOLD)
    began = max(since, last.at) if last else since
    if now - began <= silence_allowed(poll_seconds):
        return False
    if told is not None and told.at > began:
        return True  # by this worker, or by another that began at another moment
    with store.transaction() as tx:
        tx.switches.set(_TOLD, "yes", now)
        notify(tx, office, (_notice(last.at if last else None, began, now),), About(None, now))
    return True


def _notice(last: datetime | None, began: datetime, now: datetime) -> NoticeWanted:
    read = f"It was last read on {moment_in_words(last)}." if last else "It was never read."
    lost = (
        f"It is {moment_in_words(now)}. {read} Requests that come in meanwhile are not lost: they wait "
        "on the mail server. But their days run, and nobody has been told of them."
    )
    act = (
        "foibot goes on trying by itself. The log of the service says why it fails; "
        "foibot check --connect tries the servers and says what to change."
    )
    return replace(
        plain_notice(Audience.ADMINISTRATORS, "The mailbox cannot be read", [lost, act]),
        lines=(("help", "lists every order"),),
        once=f"silence:{began.isoformat()}",
    )


def vitals(store: Store, poll_seconds: float, now: datetime, free: int | None) -> Vitals:
    """Measure the office by questions that an index answers; `free` are the bytes left on its disk."""
    with store.view() as tx:
        read = tx.switches.get(_READ)
        waiting, waiting_since = tx.inbox.backlog()
        queued, queued_since = tx.outbox.backlog(now)
        stuck = tx.outbox.in_state(ItemState.UNCERTAIN, ItemState.REFUSED, ItemState.HELD)
        return Vitals(
            now=now,
            poll_seconds=poll_seconds,
            polled_at=read.at if read else None,
            waiting=waiting,
            waiting_since=waiting_since,
            queued=queued,
            queued_since=queued_since,
            stuck=len(stuck),
            paused=tx.switches.paused,
            open_cases=tx.cases.running(),
            overdue_cases=tx.cases.running(london_date(now)),
            free=free,
            workers=tx.locks.workers(),
        )
