"""One raw email: stored first, then parsed, understood, decided and recorded, whatever it is."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from foibot.case.events import MailFiled
from foibot.case.placing import BY_OFFICER
from foibot.case.suggestions.guesses import Guess
from foibot.case.suggestions.weigh import weighed
from foibot.desk.about import About
from foibot.desk.away import note_absence
from foibot.desk.clarified import clarified
from foibot.desk.cut_short import half, read
from foibot.desk.guess import guess
from foibot.desk.holder_replies import file_reply
from foibot.desk.instruct import obey
from foibot.desk.introduce import introduce, introduce_plainly
from foibot.desk.look_up import Known, look_up, stored_id
from foibot.desk.new_case import take_in
from foibot.desk.office import Office
from foibot.desk.receipt import passed_on
from foibot.desk.record import Cause, record
from foibot.desk.returned import returned
from foibot.desk.tell import tell, tell_of_unreadable
from foibot.desk.urgent import tell_at_once
from foibot.law.dates import london_date
from foibot.mail.bounce import read_bounce
from foibot.mail.machine import machine_signs
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.thread import conversation, topic
from foibot.mail.triage import BEFORE_OUR_TIME, JUNK, NOT_A_REQUEST, Disposition, Triage, triage
from foibot.store.inbox import Arrived, FolderMark, Settled, Waiting
from foibot.store.ledger import Happened
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
# So few that whoever waits to send what was settled gets its turn several times a second.
_BATCH = 25
_BATCH_BYTES = 8_000_000
# Few, so that a request which comes in meanwhile is acknowledged within the second.
_INTRODUCED_TOGETHER = 10
_TRIES = 2
_LAST_TRY = 4

D = Disposition


@dataclass(frozen=True, slots=True)
class Intake:
    """The desk where mail lands."""

    office: Office
    store: Store

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

    def settle(self) -> int:
        """Settle the oldest waiting messages in one commit; how many. 0 when nothing waits."""
        with self.store.transaction() as tx:
            waiting = tx.inbox.waiting(_BATCH, _BATCH_BYTES)
            for one in waiting:
                self._one(tx, one)
        return len(waiting)

    def introduce(self) -> int:
        """Tell the officers of some new cases in one commit; how many. 0 when they know of all.

        A requester waits for the acknowledgement, so that in a burst every one of those goes first.
        """
        with self.store.transaction() as tx:
            new = tx.inbox.untold(_INTRODUCED_TOGETHER, _BATCH_BYTES)
            for one, reference in new:
                self._introduce(tx, one, reference)
        return len(new)

    def _introduce(self, tx: Transaction, one: Waiting, reference: str) -> None:
        now = self.office.clock.now()
        try:
            with tx.apart():
                if one.attempts < _LAST_TRY:
                    self._told(tx, one, reference, now)
                tx.inbox.mark_told(one.id)
        except Exception as problem:  # noqa: BLE001 - one case must never stop the next
            _log.error("case %s could not be shown: %s", reference, type(problem).__name__)
            tx.inbox.count_attempt(one.id)

    def _told(self, tx: Transaction, one: Waiting, reference: str, now: datetime) -> None:
        """Introduce a case; one whose mail made that fail twice is introduced without it."""
        case = tx.cases.lock(reference)
        mail = read(one) if one.attempts < _TRIES else None
        if isinstance(mail, IncomingMail):
            introduce(tx, self.office, case, mail, one.raw, now)
        else:
            introduce_plainly(tx, self.office, case, now)

    def _one(self, tx: Transaction, one: Waiting) -> None:
        now = self.office.clock.now()
        try:
            with tx.apart():
                settled = self._settled(tx, one, now)
                told = settled.disposition != D.REQUEST or settled.rule == BY_OFFICER
                tx.inbox.settle(settled, told=told)
        except Exception as problem:  # noqa: BLE001 - one message must never stop the next (C1)
            # The message of an exception may hold a stranger's words, so that only its kind is logged.
            _log.error("message %s could not be handled: %s", one.id, type(problem).__name__)
            tx.inbox.count_attempt(one.id)
            return
        _log.info("message %s is %s (%s)", one.id, settled.disposition, settled.rule)

    def _settled(self, tx: Transaction, one: Waiting, now: datetime) -> Settled:
        if unread := self._unread(tx, one):
            self._file(tx, one, unread, now)
            return Settled(one.id, unread.disposition, unread.rule, unread.evidence)
        if one.attempts >= _TRIES:
            failed = Unreadable("handling it failed twice", "C1")
            return self._quarantine(tx, one, failed, now)
        mail = read(one)
        if isinstance(mail, Unreadable):
            return self._quarantine(tx, one, mail, now)
        bounce = read_bounce(mail)
        known = look_up(tx, self.office, mail, bounce, one.id, one.arrived_at)
        decided = weighed(mail, triage(mail, machine_signs(mail), bounce, known.findings))
        if one.truncated and decided.disposition in {D.COMMAND, D.HOLDER}:
            # Half an order orders nothing, and half an answer of a colleague tells half.
            return self._quarantine(tx, one, half(mail), now)
        if decided.disposition is D.REQUEST and one.folder != self.office.folder:
            decided = Triage(D.UNMATCHED, JUNK, f"it was found in the folder {one.folder}")
        if decided.disposition is D.REQUEST and passed_on(self.office, one, mail):
            decided = Triage(D.UNMATCHED, "C18", "a colleague passed on a message from outside")
        return self._act(tx, one, mail, decided, known, now)

    def _unread(self, tx: Transaction, one: Waiting) -> Triage | None:
        """What a message is whatever it says; None if it has to be read."""
        if one.attempts >= _LAST_TRY:
            # Even the notice about it fails: it is listed in the digest, and blocks nobody.
            return Triage(D.QUARANTINE, "C1", "it could not be handled, nor shown to an officer")
        if london_date(one.arrived_at) < self.office.since:
            return Triage(
                D.UNMATCHED, BEFORE_OUR_TIME, "it arrived before foibot worked this mailbox"
            )
        if tx.inbox.read_before(one, but=JUNK):
            return Triage(D.DUPLICATE, "C4", "these very bytes were read before")
        return None

    def _act(
        self,
        tx: Transaction,
        one: Waiting,
        mail: IncomingMail,
        decided: Triage,
        known: Known,
        now: datetime,
    ) -> Settled:
        match decided.disposition:
            case D.REQUEST:
                case = take_in(tx, self.office, one, mail, decided, now)
                return _settle(one, mail, decided, case.reference)
            case D.COMMAND:
                done = obey(tx, self.office, mail, known.secrets, one.id, one.raw_sha256, now)
                decided = Triage(*done)
                if decided.disposition is D.REQUEST:
                    return _settle(one, mail, decided, decided.case)
            case D.HOLDER:
                done = file_reply(tx, self.office, one, mail, known.questions, now)
                decided = Triage(*done)
            case D.AUTO:
                note_absence(tx, self.office, one, mail, known.secrets, now)
            case D.BOUNCE:
                returned(tx, self.office, known.failed, read_bounce(mail), now)
            case _:
                pass
        self._file(tx, one, decided, now)
        self._alarm(tx, one, mail, decided, now)
        guessed = self._guesses(tx, mail, decided)
        if not self._answers_our_question(tx, one, mail, decided, now):
            tell(tx, self.office, one, mail, decided, guessed, now)
        settled = _settle(one, mail, decided, decided.case)
        return replace(settled, guesses=tuple(guess.reference for guess in guessed))

    def _guesses(self, tx: Transaction, mail: IncomingMail, decided: Triage) -> tuple[Guess, ...]:
        if decided.case or decided.disposition not in NOT_A_REQUEST:
            return ()
        return guess(tx, self.office, mail)

    def _answers_our_question(
        self, tx: Transaction, one: Waiting, mail: IncomingMail, decided: Triage, now: datetime
    ) -> bool:
        if decided.disposition is not D.FOLLOWUP:
            return False
        case = tx.cases.lock(decided.case)
        return clarified(tx, self.office, case, one, mail, now).revision != case.revision

    def _file(self, tx: Transaction, one: Waiting, decided: Triage, now: datetime) -> None:
        why = decided.evidence[:300]
        event = MailFiled(one.raw_sha256, decided.disposition, decided.rule, why, one.arrived_at)
        if decided.case:
            case = tx.cases.lock(decided.case)
            record(tx, self.office, case, [event], Cause("foibot", "", one.raw_sha256), now)
        else:
            tx.ledger.append([Happened(event, "", "foibot", "")], now, self.office.clock.secret())

    def _alarm(
        self, tx: Transaction, one: Waiting, mail: IncomingMail, decided: Triage, now: datetime
    ) -> None:
        case = tx.cases.lock(decided.case) if decided.case else None
        tell_at_once(tx, self.office, mail, decided, About(case, now, raw=one.raw))

    def _quarantine(self, tx: Transaction, one: Waiting, why: Unreadable, now: datetime) -> Settled:
        decided = Triage(D.QUARANTINE, why.rule, why.reason)
        self._file(tx, one, decided, now)
        tell_of_unreadable(tx, self.office, one, why, now)
        settled = Settled(one.id, D.QUARANTINE, why.rule, why.reason, subject=why.subject)
        return replace(settled, message_id=stored_id(why.message_id))


def _settle(one: Waiting, mail: IncomingMail, decided: Triage, reference: str) -> Settled:
    return Settled(
        id=one.id,
        disposition=decided.disposition,
        rule=decided.rule,
        evidence=decided.evidence[:300],
        case_ref=reference,
        message_id=stored_id(mail.message_id),
        body_hash=mail.body_hash,
        sender=mail.sender.addr.lower() if mail.sender else "",
        subject=mail.subject,
        topic=topic(mail.subject),
        conversation=conversation(mail),
    )
