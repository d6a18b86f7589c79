"""The outbox leaves the office: claimed, checked against what was approved, sent, and settled."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from foibot.case.case import LetterState
from foibot.case.lifecycle import fold
from foibot.desk.caps import HOUR, say_once_an_hour, within_caps
from foibot.desk.commission import asked_of
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
from foibot.errors import Bug, TryAgainLater
from foibot.gateway.smtp import Delivery, Envelope
from foibot.mail.addresses import same_address
from foibot.mail.compose import stamp
from foibot.outbox.item import EVEN_WHILE_PAUSED, NO_APPROVAL_NEEDED, ItemState, Kind, leaves_alone
from foibot.outbox.limits import may_leave_now
from foibot.store.outbox import Claimed
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
# So few that a crash puts few in doubt; as many as keep four or eight connections busy to the end.
_BATCH = 32
_CHECKED_BY_CASE = frozenset({Kind.ACKNOWLEDGEMENT, Kind.REMINDER, Kind.ENQUIRY})


class Post(Protocol):
    """Hands mail to the outgoing server."""

    def send(self, envelopes: Sequence[Envelope]) -> Iterable[Delivery]:
        """One delivery for each envelope, in any order."""
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


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The desk from which mail leaves. `unsettled` are answers that the database could not take yet."""

    office: Office
    store: Store
    post: Post
    hands: Hands = field(default_factory=OnlyHands)
    unsettled: deque[tuple[Outgoing, Delivery]] = field(default_factory=deque)

    def round(self) -> Round:
        """Send one batch of what may leave now."""
        self.settle()
        self.hands.require()
        claimed = self._claim()
        if not claimed:
            return Round(0, reached=True, kept_back=claimed is None)
        away = [one for one in self._offer(claimed) if not one.reached]
        return Round(len(claimed) - len(away), not away, away[0].text if away else "")

    def _offer(self, claimed: Sequence[Claimed]) -> list[Delivery]:
        """Hand mails to the server; every answer is kept before the next one is awaited.

        Those that are there at once, of several connections, are kept in one commit.
        """
        waiting = {one.mail.id: one.mail for one in claimed}
        answers = []
        try:
            for answer in self.post.send([_envelope(one) for one in claimed]):
                answers.append(answer)
                self.unsettled.append((waiting.pop(answer.key), answer))
                if not answer.more:
                    self.settle()
                if self.hands.lost:
                    # Somebody may have these mails already. What was not offered yet must not leave from here.
                    break
            self.settle()
        finally:
            # Whatever ended this: nobody knows about a mail that was offered and got no answer.
            for mail in waiting.values():
                self.unsettled.append((mail, no_answer(mail, "nothing was answered")))
        return answers

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

    def _claim(self) -> list[Claimed] | None:
        """The mails of one round; None if there may be none at the moment."""
        now = self.office.clock.now()
        with claiming(self.store, self.office, self.hands) as tx:
            tx.outbox.promote(now)
            paused = tx.switches.paused
            only = EVEN_WHILE_PAUSED if paused else frozenset(Kind)
            # What is said about a pause leaves even if too much has left before: that may be its reason.
            sent = 0 if paused else tx.outbox.tried_since(now - HOUR)
            allowed = min(_BATCH, may_leave_now(sent, self.office.caps))
            if allowed == 0:
                say_once_an_hour(tx, self.office, now)
                return None
            while batch := _alone_or_together(tx.outbox.next_batch(now, allowed, only)):
                frozen = tx.outbox.intact([one.id for one in batch])
                tx.cases.lock_each({one.case_ref for one in batch if one.kind in _CHECKED_BY_CASE})
                leaving = {
                    one.id: frozen[one.id]
                    for one in within_caps(tx, self.office, batch, now)
                    if _may_leave(tx, self.office, one, intact=one.id in frozen)
                }
                if leaving:
                    return tx.outbox.claim(leaving, now, self.hands.number)
        return None if paused else []


def _alone_or_together(batch: list[Outgoing]) -> list[Outgoing]:
    """A crash puts no letter in doubt, and no mail that was in doubt before, but the one on its way."""
    if batch and leaves_alone(batch[0].kind, batch[0].repeats):
        return batch[:1]
    return [one for one in batch if not leaves_alone(one.kind, one.repeats)]


def _envelope(claimed: Claimed) -> Envelope:
    mail = claimed.mail
    raw = stamp(claimed.raw, claimed.dated_at, mail.message_id)
    return Envelope(mail.id, mail.envelope_from, mail.recipient, raw)


def _may_leave(tx: Transaction, office: Office, mail: Outgoing, *, intact: bool) -> bool:
    """The hard gate: a mail leaves only as the bytes that were written, to whom they were written.

    A letter needs an approval of these very bytes, read from the events and not from the case's row.
    """
    if mail.kind in {Kind.REMINDER, Kind.ENQUIRY} and not _still_true(tx, office, mail):
        return False
    known = (
        _is_for_us(tx, office, mail) if mail.kind in NO_APPROVAL_NEEDED else _is_approved(tx, mail)
    )
    if known and intact:
        return True
    _log.error(
        "mail %s (%s, case %s) is not what was written; it is held",
        mail.id,
        mail.kind,
        mail.case_ref or "-",
    )
    tx.outbox.change(mail.id, [ItemState.QUEUED], ItemState.HELD)
    return False


def _is_for_us(tx: Transaction, office: Office, mail: Outgoing) -> bool:
    """Without an approval mail goes to people on the roster alone, an acknowledgement to whoever asked.

    A question goes to the colleague of whom the record says that an officer asked, or to a deputy.
    """
    if mail.version:
        return False
    if mail.kind not in {Kind.ACKNOWLEDGEMENT, Kind.ENQUIRY}:
        return office.roster.find(mail.recipient) is not None
    case = tx.cases.find(mail.case_ref)
    if case is None:
        return False
    if mail.kind is Kind.ENQUIRY:
        return bool(asked_of(case, office, mail.recipient))
    return same_address(case.requester.address, mail.recipient)


def _is_approved(tx: Transaction, mail: Outgoing) -> bool:
    try:
        case = fold(tx.ledger.of_case(mail.case_ref))
    except (Bug, ValueError):
        return False  # a record that cannot be read approves nothing
    letter = case.current if case else None
    return (
        letter is not None
        and letter.version == mail.version
        and letter.state is LetterState.APPROVED
        and letter.recipient == mail.recipient
        and letter.mail_sha256 == mail.raw_sha256
    )


def _still_true(tx: Transaction, office: Office, mail: Outgoing) -> bool:
    """A reminder about a case, or to a colleague, that was answered meanwhile is dropped, not sent late."""
    case = tx.cases.find(mail.case_ref)
    if case is not None and not case.finished:
        asked = asked_of(case, office, mail.recipient) if mail.kind is Kind.ENQUIRY else ()
        if not asked or any(one.open for one in asked):
            return True
    tx.outbox.change(mail.id, [ItemState.QUEUED], ItemState.DROPPED)
    return False
