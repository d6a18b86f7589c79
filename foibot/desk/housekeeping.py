"""Work that keeps the office in order: copies of letters into the mailbox's Sent folder."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from foibot.desk.office import Office
from foibot.errors import FoibotError
from foibot.mail.compose import stamp
from foibot.store.transaction import Store

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
                _log.warning("no copy of mail %s in Sent yet: %s", mail.id, problem)
                return done
            if there:
                with self.store.transaction() as tx:
                    tx.outbox.mark_in_sent(mail.id)
                done += 1
        return done
