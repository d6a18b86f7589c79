"""What an administrator decides about outgoing mail: hold, release, and the fate of what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.case.events import AcknowledgementSent, Event
from foibot.case.interim import sent
from foibot.case.letter_events import LetterQueuedAgain
from foibot.case.lifecycle import can_happen
from foibot.desk.office import Office
from foibot.desk.record import Cause, record
from foibot.errors import OfficerMustReword
from foibot.law.dates import london_date
from foibot.outbox.item import ItemState, Kind
from foibot.store.outgoing import Outgoing
from foibot.store.transaction import Store, Transaction


class NothingToDecide(OfficerMustReword):
    """There is no outgoing mail with this number in a state that allows it; see `foibot outbox list`."""


_SENT_AGAIN = (ItemState.UNCERTAIN, ItemState.REFUSED, ItemState.SENT)


@dataclass(frozen=True, slots=True)
class ByHand:
    """The administrator's hand in the outbox; what it settles about a case is recorded there."""

    office: Office
    store: Store

    def hold(self, number: int) -> None:
        """Keep a mail from leaving until it is released. Raises `NothingToDecide`."""
        self._move(number, (ItemState.QUEUED, ItemState.APPROVED), ItemState.HELD)

    def release(self, number: int) -> None:
        """Let a held mail go on. Raises `NothingToDecide`.

        A letter is still checked against its approval before it leaves.
        """
        self._move(number, (ItemState.HELD,), ItemState.QUEUED)

    def _move(self, number: int, was: tuple[ItemState, ...], becomes: ItemState) -> None:
        with self.store.transaction() as tx:
            if not tx.outbox.change(number, was, becomes):
                raise NothingToDecide

    def it_arrived(self, number: int) -> None:
        """An uncertain mail did arrive: it counts as sent. Raises `NothingToDecide`."""
        with self.store.transaction() as tx:
            mail = self._doubtful(tx, number, (ItemState.UNCERTAIN,), ItemState.SENT)
            answer = "settled by the administrator: it arrived"
            if mail.kind is Kind.LETTER:
                self._arrived(tx, mail, answer)
            elif mail.kind is Kind.ACKNOWLEDGEMENT:
                event = AcknowledgementSent(mail.message_id, answer, mail.dated_at)
                self._record(tx, mail, event)

    def send_again(self, number: int) -> None:
        """A refused or uncertain mail is to be sent again, unchanged. Raises `NothingToDecide`.

        So may a letter that was accepted and came back, while its case says that it failed.
        """
        with self.store.transaction() as tx:
            mail = self._doubtful(tx, number, _SENT_AGAIN, ItemState.QUEUED)
            if mail.state is ItemState.SENT and mail.kind is not Kind.LETTER:
                raise NothingToDecide
            if mail.kind is Kind.LETTER:
                self._record(tx, mail, LetterQueuedAgain(mail.version))

    def _doubtful(
        self, tx: Transaction, number: int, was: tuple[ItemState, ...], becomes: ItemState
    ) -> Outgoing:
        mail = tx.outbox.find(number)
        now = self.office.clock.now()
        if mail is None or not tx.outbox.change(number, was, becomes, now):
            raise NothingToDecide
        return mail

    def _arrived(self, tx: Transaction, mail: Outgoing, answer: str) -> None:
        case = tx.cases.lock(mail.case_ref)
        if case.current is None:
            raise NothingToDecide
        # What the letter started began when it left, not when somebody found out that it had.
        left = london_date(mail.tried_at or self.office.clock.now())
        law = self.office.laws.of(case)
        events = sent(case, case.current, mail.message_id, answer, left, law, mail.dated_at)
        self._record(tx, mail, *events)

    def _record(self, tx: Transaction, mail: Outgoing, *events: Event) -> None:
        case = tx.cases.lock(mail.case_ref)
        if not can_happen(case, events[0]):
            raise NothingToDecide
        now = self.office.clock.now()
        record(tx, self.office, case, events, Cause("administrator", "foibot outbox"), now)
