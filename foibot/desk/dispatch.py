"""The outbox leaves the office: claimed, checked against what was approved, sent, and settled."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from foibot.desk.caps import HOUR, say_once_an_hour, within_caps
from foibot.desk.gate import CHECKED_BY_CASE, may_leave
from foibot.desk.hands import (
    Hands,
    OnlyHands,
    claiming,
    no_answer,
    settle_for_nobody,
    settle_for_the_dead,
)
from foibot.desk.office import Office
from foibot.desk.sent import settle_all
from foibot.errors import TryAgainLater
from foibot.gateway.smtp import Delivery, Envelope
from foibot.mail.compose import stamp
from foibot.outbox.item import EVEN_WHILE_PAUSED, Kind, leaves_alone
from foibot.outbox.limits import may_leave_now
from foibot.store.outbox import Claimed
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store

_log = logging.getLogger(__name__)
# Mails for each connection that are claimed and not answered yet: so few that a crash puts few in doubt, as many as
# keep it busy while answers wait to be kept behind whoever settles a backlog.
_AT_MOST = 6
# With so few left of them, more are claimed.
_AT_LEAST = 4


class Post(Protocol):
    """Hands mail to the outgoing server."""

    def send(
        self, envelopes: Sequence[Envelope], more: Callable[[], Sequence[Envelope]]
    ) -> Iterable[Delivery]:
        """One delivery for each envelope, in any order; `more` is asked now and then for further ones."""
        ...


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of dispatching came to. `reached` is False when no server answered.

    `kept_back` is for whether mail may not leave: the office is paused, or has sent all it may in an hour.
    """

    tried: int
    reached: bool
    problem: str = ""
    kept_back: bool = False


@dataclass(slots=True)
class _Leaving:
    """The mails that are on their way, and what has come of those that were."""

    mails: dict[int, Outgoing]
    few: int
    tried: int = 0
    away: Delivery | None = None
    trouble: Exception | None = None

    @property
    def takes_more(self) -> bool:
        """Whether others may go beside these: not beside one that leaves alone, nor after anything went wrong."""
        if self.away or self.trouble or len(self.mails) > self.few:
            return False
        return not any(leaves_alone(one.kind, one.repeats) for one in self.mails.values())


@dataclass(slots=True)
class Dispatch:
    """The desk from which mail leaves, by so many connections. `unsettled` are answers that the database could not take yet.

    `leaves` says whether what is queued leaves soon: as far as is known a server takes it, and it may.
    """

    office: Office
    store: Store
    post: Post
    hands: Hands = field(default_factory=OnlyHands)
    connections: int = 4
    unsettled: deque[tuple[Outgoing, Delivery]] = field(default_factory=deque)
    leaves: bool = False

    def round(self) -> Round:
        """Send what may leave now and what is queued meanwhile, until nothing is on its way."""
        self.settle()
        self.hands.require()
        claimed = self._claim()
        if not claimed:
            self.leaves = claimed is not None
            return Round(0, reached=True, kept_back=claimed is None)
        leaving = _Leaving({}, _AT_LEAST * self.connections)
        self._offer(claimed, leaving)
        if leaving.trouble is not None:
            raise leaving.trouble
        away = leaving.away
        return Round(leaving.tried, away is None, away.text if away else "")

    def _offer(self, claimed: Sequence[Claimed], leaving: _Leaving) -> None:
        """Hand mails to the server; every answer is kept before the next one is awaited.

        Those that are there at once, of several connections, are kept in one commit.
        """
        try:
            envelopes = _envelopes(claimed, leaving)
            for answer in self.post.send(envelopes, lambda: self._more(leaving)):
                self._note(answer, leaving)
                if not answer.more:
                    self.settle()
                if self.hands.lost:
                    # Somebody may have these mails already. What was not offered yet must not leave from here.
                    break
            self.settle()
        finally:
            # Whatever ended this: nobody knows about a mail that was offered and got no answer.
            for mail in leaving.mails.values():
                self.unsettled.append((mail, no_answer(mail, "nothing was answered")))

    def _note(self, answer: Delivery, leaving: _Leaving) -> None:
        self.unsettled.append((leaving.mails.pop(answer.key), answer))
        if answer.reached:
            leaving.tried += 1
        else:
            leaving.away = leaving.away or answer
        self.leaves = leaving.away is None

    def _more(self, leaving: _Leaving) -> list[Envelope]:
        """Further mails for connections that are about to have none.

        What goes wrong here must not leave the mails that are on their way without the answers to them, so it
        is told when those have been kept.
        """
        if not leaving.takes_more:
            return []
        try:
            self.hands.require()
            claimed = self._claim(beside=len(leaving.mails))
            return _envelopes(claimed or [], leaving)
        except Exception as trouble:  # noqa: BLE001 - `round` raises it
            leaving.trouble = trouble
            return []

    def settle(self) -> None:
        """Keep every answer that was not kept yet."""
        if len(self.unsettled) > 1 and self._settled_together():
            return
        while self.unsettled:
            mail, answer = self.unsettled[0]
            try:
                settle_all(self.store, self.office, [mail], [answer], self.hands.number)
            except TryAgainLater:
                raise  # and nothing else leaves before it is kept
            except Exception:
                self.unsettled.popleft()
                raise
            self.unsettled.popleft()

    def _settled_together(self) -> bool:
        """Whether one commit could keep all answers; if not, they are kept one by one, so that one cannot spoil the rest."""
        mails, answers = zip(*self.unsettled, strict=True)
        try:
            settle_all(self.store, self.office, mails, answers, self.hands.number)
        except TryAgainLater:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever it is, it shows again one by one
            _log.warning("%s answers could not be kept together: %s", len(answers), type(problem).__name__)  # fmt: skip
            return False
        self.unsettled.clear()
        return True

    def recover(self) -> int:
        """Settle what a killed process left half sent; how many. Only whoever has the mailbox may ask."""
        return settle_for_nobody(self.store, self.office) + self.settle_for_the_dead()

    def settle_for_the_dead(self) -> int:
        """Settle what other workers that ended left half sent; how many."""
        return settle_for_the_dead(self.store, self.office, self.hands)

    def _claim(self, *, beside: int | None = None) -> list[Claimed] | None:
        """The mails that leave next; None if none may at the moment.

        In the middle of a round it is `beside` so many that are still on their way.
        """
        now = self.office.clock.now()
        with claiming(self.store, self.office, self.hands) as tx:
            tx.outbox.promote(now)
            paused = tx.switches.paused
            # What is said about a pause leaves even if too much has left before: that may be its reason.
            sent = 0 if paused else tx.outbox.tried_since(now - HOUR)
            may = may_leave_now(sent, self.office.caps)
            allowed = min(_AT_MOST * self.connections - (beside or 0), may.mails)
            only = EVEN_WHILE_PAUSED if paused else may.kinds
            while batch := _alone_or_together(
                tx.outbox.next_batch(now, allowed, only), begins=beside is None
            ):
                frozen = tx.outbox.intact([one.id for one in batch])
                tx.cases.lock_each({one.case_ref for one in batch if one.kind in CHECKED_BY_CASE})
                leaving = {
                    one.id: frozen[one.id]
                    for one in within_caps(tx, self.office, batch, now)
                    if may_leave(tx, self.office, one, intact=one.id in frozen)
                }
                if leaving:
                    return tx.outbox.claim(leaving, now, self.hands.number)
            capped = only < frozenset(Kind) and not paused and tx.outbox.backlog(now)[0] > 0
            if capped:
                say_once_an_hour(tx, self.office, now)
        return None if paused or capped else []


def _alone_or_together(batch: list[Outgoing], *, begins: bool) -> list[Outgoing]:
    """A crash puts no letter in doubt, and no mail that was in doubt before, but the one on its way.

    Such a one has a round that begins with it: in the middle of one nothing more is claimed when its turn comes.
    """
    if batch and leaves_alone(batch[0].kind, batch[0].repeats):
        return batch[:1] if begins else []
    return [one for one in batch if not leaves_alone(one.kind, one.repeats)]


def _envelopes(claimed: Sequence[Claimed], leaving: _Leaving) -> list[Envelope]:
    leaving.mails |= {one.mail.id: one.mail for one in claimed}
    return [_envelope(one) for one in claimed]


def _envelope(claimed: Claimed) -> Envelope:
    mail = claimed.mail
    raw = stamp(claimed.raw, claimed.dated_at, mail.message_id)
    return Envelope(mail.id, mail.envelope_from, mail.recipient, raw)
