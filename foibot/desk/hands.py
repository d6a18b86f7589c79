"""In whose hands a mail is while it leaves, and what becomes of it when they let it go."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from foibot.desk.office import Office
from foibot.desk.sent import settle
from foibot.errors import TryAgainLater
from foibot.gateway.smtp import Delivery
from foibot.outbox.item import Answer, ItemState
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
_NOBODY = 0


class Hands(Protocol):
    """One of those that send, by the number under which its mails are claimed; 0 where it is the only one."""

    unheard: bool
    """Whether the last claim got no answer from the database."""

    @property
    def number(self) -> int:
        """No other worker has it or had it."""
        ...

    @property
    def lost(self) -> bool:
        """Whether others may have taken it for dead."""
        ...

    def require(self) -> None:
        """Raises `TryAgainLater` when others may have taken it for dead."""
        ...


class OnlyHands:
    """Whoever sends where nobody else can be there."""

    number = _NOBODY
    lost = False

    def __init__(self) -> None:
        """Has claimed nothing yet."""
        self.unheard = False

    def require(self) -> None:
        """Nobody can take it for dead."""


@contextmanager
def claiming(store: Store, office: Office, hands: Hands) -> Iterator[Transaction]:
    """One transaction in which mails are claimed, and nobody else claims meanwhile.

    Where the line to the database breaks just as it is committed, the mails are claimed, and whoever claimed them
    is told that they are not: nobody would send them, and nobody settle them, for as long as it lives. So the
    next one begins with those.
    """
    try:
        with store.transaction() as tx:
            tx.locks.claim()
            if hands.unheard:
                _settle_unheard(tx, office, hands.number)
            yield tx
    except TryAgainLater:
        hands.unheard = True
        raise
    hands.unheard = False


def _settle_unheard(tx: Transaction, office: Office, worker: int) -> None:
    forgotten = tx.outbox.in_state(ItemState.SENDING, worker=worker)
    lost = [no_answer(one, "the claim of this mail got no answer") for one in forgotten]
    try:
        with tx.apart():
            settle(tx, office, forgotten, lost, worker)
    except TryAgainLater:
        raise
    except Exception as problem:  # noqa: BLE001 - one that cannot be settled must not keep back all others
        _log.error("mails of an unheard claim could not be settled: %s", type(problem).__name__)


def settle_for_nobody(store: Store, office: Office) -> int:
    """Settle what is in nobody's hands by name; how many.

    It was left by the only process that worked the office, so that only whoever has taken its place may ask.
    """
    return _settle_for(store, office, _NOBODY)


def settle_for_the_dead(store: Store, office: Office, hands: Hands) -> int:
    """Settle what workers that ended left half sent; how many.

    Nobody knows whether it arrived. A living worker's mails are left alone, and of several that look at
    once only one settles.
    """
    with store.view() as tx:
        others = tx.outbox.in_hands() - {_NOBODY, hands.number}
    return sum(_settle_for(store, office, one) for one in others)


def _settle_for(store: Store, office: Office, worker: int) -> int:
    with store.transaction() as tx:
        if worker != _NOBODY and not tx.locks.is_dead(worker):
            return 0
        # Read only now: until here somebody else may have settled them.
        orphans = tx.outbox.in_state(ItemState.SENDING, worker=worker)
        lost = [no_answer(one, "foibot ended while this mail was being sent") for one in orphans]
        settle(tx, office, orphans, lost, worker)
    return len(orphans)


def no_answer(mail: Outgoing, why: str) -> Delivery:
    """The mail was offered, perhaps, and nobody knows what became of it."""
    return Delivery(mail.id, Answer.UNCERTAIN, 0, why)
