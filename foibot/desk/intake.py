"""The desk where mail lands: stored first, then settled in the order in which it came, then shown to officers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from foibot.case.placing import BY_OFFICER
from foibot.case.suggestions.suggest import remember
from foibot.desk.cut_short import read
from foibot.desk.disposition import LAST_TRY, TRIES, disposition_of
from foibot.desk.introduce import introduce, introduce_plainly
from foibot.desk.look_up import meet
from foibot.desk.office import Office
from foibot.errors import TryAgainLater
from foibot.gateway.read_ahead import Ahead
from foibot.mail.message import IncomingMail
from foibot.mail.triage import Disposition
from foibot.store.inbox import Arrived, FolderMark, Settled, Waiting
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
# So few that whoever waits to send what was settled gets its turn several times a second.
_BATCH = 50
_BATCH_BYTES = 8_000_000
# Few, so that a request which comes in meanwhile is acknowledged within the second.
_INTRODUCED_TOGETHER = 10


def _nothing(_digest: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Intake:
    """The desk where mail lands."""

    office: Office
    store: Store
    # What the message with this digest says, if somebody has read it ahead.
    ahead: Callable[[str], Ahead | None] = _nothing

    def keep(
        self, mails: Sequence[Arrived], mark: FolderMark | None = None, folder: str = ""
    ) -> int:
        """Commit raw messages and how far the folder was read, before anything looks at them.

        Without a mark the messages are some that an earlier reading left out.
        """
        with self.store.transaction() as tx:
            kept = tx.inbox.keep(mails, self.office.clock.now())
            if mark is not None:
                tx.inbox.set_mark(folder, mark)
        return kept

    def work(self) -> int:
        """Do what is next, messages before introductions; how many. 0 when nothing is left to do."""
        return self.settle() or self.introduce()

    def take_up(self) -> Iterator[int]:
        """Do what an earlier process may have had in hand when it ended, one message at a time; the number of each.

        One of them may have ended it, or hung until somebody did. So each is counted before it is read: one that
        never comes to its end is shown to an officer after two such tries, and not read at every start for ever.
        """
        yield from self._one_by_one(_BATCH, _waiting_longest, self._settled_apart)
        yield from self._one_by_one(_INTRODUCED_TOGETHER, _untold_longest, self._introduced_apart)

    def _one_by_one(
        self, most: int, oldest: Callable[[Transaction], int], handle: Callable[[int, int], object]
    ) -> Iterator[int]:
        last = 0
        for _ in range(most):
            with self.store.transaction() as tx:
                message = oldest(tx)
                if message in {0, last}:  # what only fails has its second try with the others
                    return
                tx.inbox.count_attempt(message)
            try:
                handle(1, 0)
            except TryAgainLater:
                with self.store.transaction() as tx:
                    tx.inbox.count_attempt(message, -1)  # not the message's fault
                raise
            last = message
            yield message

    def settle(self) -> int:
        """Settle the oldest waiting messages in one commit; how many. 0 when nothing waits."""
        try:
            done = self._settled_together()
        except TryAgainLater:
            raise
        except Exception:  # noqa: BLE001 - which one it was shows when each is settled apart from the rest
            return self._settled_apart()
        for settled in done:
            _say(settled)
        return len(done)

    def _settled_together(self) -> list[Settled]:
        """The messages of one commit that holds all of them or none: nothing has to be written between two."""
        with self.store.transaction() as tx:
            waiting = tx.inbox.waiting(_BATCH, _BATCH_BYTES)
            read = [self.ahead(one.raw_sha256) for one in waiting]
            mails = [mail for mail, _ in filter(None, read)]
            meet(tx, [mail for mail in mails if isinstance(mail, IncomingMail)])
            return [self._one(tx, *one) for one in zip(waiting, read, strict=True)]

    def _settled_apart(self, most: int = _BATCH, failed: int = 1) -> int:
        """Settle the same messages so that what fails is undone by itself; how many were tried.

        What fails counts as so many attempts.
        """
        with self.store.transaction() as tx:
            waiting = tx.inbox.waiting(most, _BATCH_BYTES)
            for one in waiting:
                try:
                    with tx.apart():
                        settled = self._one(tx, one, None)  # what was read ahead may be what failed
                except Exception as problem:  # noqa: BLE001 - one message must never stop the next (C1)
                    # The message of an exception may hold a stranger's words, so that only its kind is logged.
                    _log.error(
                        "message %s could not be handled: %s", one.id, type(problem).__name__
                    )
                    tx.inbox.count_attempt(one.id, failed)
                else:
                    _say(settled)
        return len(waiting)

    def introduce(self) -> int:
        """Tell the officers of some new cases in one commit; how many. 0 when they know of all.

        A requester waits for the acknowledgement, so that in a burst every one of those goes first.
        """
        try:
            return self._introduced_together()
        except TryAgainLater:
            raise
        except Exception:  # noqa: BLE001 - which one it was shows when each is introduced apart from the rest
            return self._introduced_apart()

    def _introduced_together(self) -> int:
        """Cases in one commit that holds all of them or none, as messages are settled."""
        with self.store.transaction() as tx:
            new = tx.inbox.untold(_INTRODUCED_TOGETHER, _BATCH_BYTES)
            tx.cases.lock_each([reference for _, reference in new])
            for one, reference in new:
                self._introduce(tx, one, reference)
        return len(new)

    def _introduced_apart(self, most: int = _INTRODUCED_TOGETHER, failed: int = 1) -> int:
        """The same cases so that what fails is undone by itself; how many were tried."""
        with self.store.transaction() as tx:
            new = tx.inbox.untold(most, _BATCH_BYTES)
            for one, reference in new:
                try:
                    with tx.apart():
                        self._introduce(tx, one, reference)
                except Exception as problem:  # noqa: BLE001 - one case must never stop the next
                    _log.error("case %s could not be shown: %s", reference, type(problem).__name__)
                    tx.inbox.count_attempt(one.id, failed)
        return len(new)

    def _introduce(self, tx: Transaction, one: Waiting, reference: str) -> None:
        """Introduce a case; one whose mail made that fail twice is introduced without it, and not at all after that."""
        now = self.office.clock.now()
        if one.attempts < LAST_TRY:
            case = tx.cases.lock(reference)
            mail = read(one) if one.attempts < TRIES else None
            if isinstance(mail, IncomingMail):
                introduce(tx, self.office, case, mail, one.raw, now, cut=one.truncated)
            else:
                introduce_plainly(tx, self.office, case, now)
        tx.inbox.mark_told(one.id)

    def _one(self, tx: Transaction, one: Waiting, ahead: Ahead | None) -> Settled:
        already, signals = ahead or (None, {})
        if isinstance(already, IncomingMail):
            remember(already.subject, already.text, signals)
        settled = disposition_of(tx, self.office, one, self.office.clock.now(), already)
        told = settled.disposition != Disposition.REQUEST or settled.rule == BY_OFFICER
        tx.inbox.settle(settled, told=told)
        return settled


def _waiting_longest(tx: Transaction) -> int:
    return next((one.id for one in tx.inbox.waiting(1, _BATCH_BYTES)), 0)


def _untold_longest(tx: Transaction) -> int:
    return next((one.id for one, _ in tx.inbox.untold(1, _BATCH_BYTES)), 0)


def _say(settled: Settled) -> None:
    _log.info("message %s is %s (%s)", settled.id, settled.disposition, settled.rule)
