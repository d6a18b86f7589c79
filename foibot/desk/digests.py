"""Writes the morning's digest: what is open, what came that is no request, and what did not leave, for each reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache, partial

from foibot.case.case import Case, State
from foibot.case.outcome import Audience, Listed, NoticeWanted
from foibot.desk.about import About
from foibot.desk.away import away_in_words
from foibot.desk.keepers import not_open_to
from foibot.desk.office import Office
from foibot.desk.reconcile import compared_in_words
from foibot.desk.record import notify
from foibot.desk.undecided import still_undecided
from foibot.law.dates import london_date
from foibot.mail.triage import BEFORE_OUR_TIME, JUNK, NOT_A_REQUEST, Disposition
from foibot.outbox.item import ItemState
from foibot.reports.digest import Digest, NotOpen, digest
from foibot.reports.still_open import as_review, still_open
from foibot.store.inbox import Settled
from foibot.store.transaction import Transaction
from foibot.store.undecided import StillOpen

_REVIEWS = 3
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
    # What is new is among the listed; it is asked about again from the next morning on.
    new = {one.id for one in listed}
    undecided = [one for one in still_undecided(tx) if one.message.id not in new]
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

    messages = [*listed, *(one.message for one in undecided)]
    named = {ref for one in messages for ref in (one.case_ref, *one.guesses) if ref}
    found_too = tx.cases.found(sorted(named))
    known = [*cases, *found_too]
    asked_again = partial(
        _asked_again, office, undecided, {one.reference: one for one in found_too}, today
    )
    for officer in office.roster.people:
        if officer.reads_digest:
            not_open = not_open_to(officer, known, office)
            facts, lines, asked = of(not_open)
            again, reviews = asked_again(not_open)
            once = f"digest:{today.isoformat()}"
            notice = NoticeWanted(
                "digest",
                Audience.ORDERING_OFFICER,
                facts,
                lines=(*reviews, *lines),
                once=once,
                listed=asked,
                undecided=again,
            )
            notify(tx, office, (notice,), About(None, now, officer))


def _asked_again(
    office: Office,
    undecided: Sequence[StillOpen],
    cases: Mapping[str, Case],
    today: date,
    not_open: NotOpen,
) -> tuple[tuple[Listed, ...], tuple[tuple[str, str], ...]]:
    """What nobody has said a word of yet, as one reader may see it, and the orders that take some for reviews."""
    again, reviews = [], []
    for one in undecided:
        case, came = cases.get(one.message.case_ref), london_date(one.arrived_at)
        law = office.laws.of(case) if case else office.laws.usual
        again.append(still_open(one.message, came, law, today, not_open, case))
        if case and case.state is State.ANSWERED and one.message.case_ref not in not_open.cases:
            reviews.append(as_review(one.message, came))
    return tuple(again), tuple(reviews[:_REVIEWS])


def _is_news(tx: Transaction, message: Settled) -> bool:
    """Whether a person should look: not at what was there before us, nor at a copy of what we did send."""
    if message.disposition == Disposition.OWN_COPY:
        return not tx.outbox.by_message_ids([message.message_id])
    if message.rule == JUNK and tx.inbox.request_of_copy(message):
        return False  # somebody moved it to the inbox, where it became a request
    return message.rule != BEFORE_OUR_TIME
