"""Writes the morning's digest: what is open, what came that is no request, and what did not leave, for each reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from foibot.case.case import Case
from foibot.case.outcome import Audience, NoticeWanted
from foibot.desk.about import About
from foibot.desk.away import away_in_words
from foibot.desk.keepers import not_open_to
from foibot.desk.office import Office
from foibot.desk.reconcile import compared_in_words
from foibot.desk.record import notify
from foibot.mail.triage import BEFORE_OUR_TIME, JUNK, NOT_A_REQUEST, Disposition
from foibot.outbox.item import ItemState
from foibot.reports.digest import Digest, NotOpen, digest
from foibot.store.inbox import Settled
from foibot.store.transaction import Transaction

_LISTED = [one.value for one in (*NOT_A_REQUEST, Disposition.OWN_COPY)]


def write_digests(
    tx: Transaction,
    office: Office,
    cases: Sequence[Case],
    since: datetime,
    today: date,
    now: datetime,
) -> None:
    """Write today's digest of these open cases to everybody who reads it, once; it tells of messages from `since` on."""
    found = tx.inbox.listed_since(since, _LISTED)
    listed = [one for one in found if _is_news(tx, one)]
    stuck = tx.outbox.in_state(ItemState.UNCERTAIN, ItemState.REFUSED, ItemState.HELD)
    told = [mail.id for mail in stuck if mail.tried_at is None or mail.tried_at >= since]
    away = away_in_words(tx, office, today)
    proof = compared_in_words(tx)

    @cache  # of most offices every reader sees the same
    def of(not_open: NotOpen) -> Digest:
        return digest(
            cases,
            office.laws.usual,
            today,
            listed,
            len(told),
            tx.switches.paused,
            office.roster,
            away,
            not_open,
            proof,
        )

    named = {ref for one in listed for ref in (one.case_ref, *one.guesses) if ref}
    known = [*cases, *tx.cases.found(sorted(named))]
    for officer in office.roster.people:
        if officer.reads_digest:
            facts, lines, asked = of(not_open_to(officer, known, office))
            once = f"digest:{today.isoformat()}"
            notice = NoticeWanted(
                "digest", Audience.ORDERING_OFFICER, facts, lines=lines, once=once, listed=asked
            )
            notify(tx, office, (notice,), About(None, now, officer))


def _is_news(tx: Transaction, message: Settled) -> bool:
    """Whether a person should look: not at what was there before us, nor at a copy of what we did send."""
    if message.disposition == Disposition.OWN_COPY:
        return not tx.outbox.by_message_ids([message.message_id])
    if message.rule == JUNK and tx.inbox.request_of_copy(message):
        return False  # somebody moved it to the inbox, where it became a request
    return message.rule != BEFORE_OUR_TIME
