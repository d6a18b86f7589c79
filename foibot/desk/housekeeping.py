"""Work that keeps the office in order: copies into Sent, and whether the record still holds."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from foibot.case.events import (
    AcknowledgementWritten,
    Drafted,
    MailFiled,
    MailQueued,
    Received,
)
from foibot.desk.office import Office
from foibot.errors import FoibotError
from foibot.letters.fingerprint import fingerprint
from foibot.mail.compose import stamp
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
_WAIT = timedelta(seconds=60)


class SentFolder(Protocol):
    """The Sent folder of the mailbox."""

    def message_in_sent(self, message_id: str) -> bool:
        """Whether the provider has put it there by itself."""
        ...

    def put_in_sent(self, folder: str, raw: bytes, when: datetime) -> bool:
        """Whether it could be put there."""
        ...


@dataclass(frozen=True, slots=True)
class SentCopies:
    """Letters that were sent get a copy in the mailbox's Sent folder (mail rule F14)."""

    office: Office
    store: Store
    look_first: bool

    def work(self, folder: SentFolder, *, at_once: bool = False) -> int:
        """Put copies of letters into Sent; how many.

        Some providers keep submitted mail by themselves: with `look_first`, a letter is looked for
        after a minute (or `at_once`) and only added if it is not there. A failure is logged and tried
        again at the next round; the letter itself left long ago.
        """
        now = self.office.clock.now()
        with self.store.view() as tx:
            waiting = tx.outbox.not_in_sent(now if at_once or not self.look_first else now - _WAIT)
        done = 0
        for mail in waiting:
            with self.store.view() as tx:
                raw = stamp(tx.outbox.raw_of(mail.id), mail.dated_at or now, mail.message_id)
            try:
                there = self.look_first and folder.message_in_sent(mail.message_id)
                there = there or folder.put_in_sent("", raw, mail.dated_at or now)
            except FoibotError as problem:
                _log.warning("no copy of %s in Sent yet: %s", mail.message_id, problem)
                return done
            if there:
                with self.store.transaction() as tx:
                    tx.outbox.mark_in_sent(mail.id)
                done += 1
        return done


def verify(store: Store) -> Iterator[str]:
    """Everything in the record that does not hold, in words: chain, mails, letters, case rows."""
    with store.view() as tx:
        yield from tx.ledger.breaks()
        yield from tx.inbox.damaged()
        yield from tx.outbox.damaged()
        yield from tx.cases.differences(tx.ledger)
        yield from _mail_against_chain(tx)
        yield from _letters_against_chain(tx)


def _mail_against_chain(tx: Transaction) -> Iterator[str]:
    """Every settled message and every letter, acknowledgement and notice is named in the chain."""
    arrived: dict[str, str] = {}
    left: set[str] = set()
    for one in tx.ledger.all():
        match one.event:
            case Received(message_sha256=digest):
                arrived[digest] = "request"
            case MailFiled(message_sha256=digest, disposition=disposition):
                arrived[digest] = disposition
            case AcknowledgementWritten(sha256=digest) | MailQueued(sha256=digest):
                left.add(digest)
            case Drafted(mail_sha256=digest):
                left.add(digest)
            case _:
                pass
    for row, digest, disposition, _ in tx.inbox.dispositions():
        # The same bytes may have arrived twice; the chain then names the later disposition too.
        if digest not in arrived:
            yield f"message {row} in the inbox ({disposition}) is not in the chain"
    for mail, digest in tx.outbox.digests():
        if digest not in left:
            yield f"mail {mail} in the outbox is not in the chain"


def _letters_against_chain(tx: Transaction) -> Iterator[str]:
    for letter in tx.letters.every():
        case = tx.cases.find(letter.case_ref)
        kept = (
            next((one for one in case.letters if one.version == letter.version), None)
            if case
            else None
        )
        if kept is None:
            yield f"version {letter.version} of the letter on {letter.case_ref} is not in the chain"
            continue
        found = fingerprint(
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            pdf=letter.pdf,
            recipient=kept.recipient,
        )
        if found != kept.fingerprint:
            yield f"version {letter.version} of the letter on {letter.case_ref} was changed"
