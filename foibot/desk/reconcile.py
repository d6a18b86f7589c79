"""Once a day the mailbox is held against the record: every message of the last 14 days has a row, or is told of."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from foibot.case.outcome import Audience, NoticeWanted, plain_notice
from foibot.desk.about import About
from foibot.desk.intake import Intake
from foibot.desk.office import Office
from foibot.desk.record import notify
from foibot.gateway.reading import FolderMissing, RawMail
from foibot.law.dates import london_date, london_moment, moment_in_words
from foibot.store.inbox import Arrived
from foibot.store.switches import RECONCILED
from foibot.store.transaction import Store, Transaction

_log = logging.getLogger(__name__)
DAYS = 14
_BEFORE_DIGEST = timedelta(hours=2)
_SHOWN = 30

_Key = tuple[str, int, int]  # folder, UIDVALIDITY, UID


class Folders(Protocol):
    """The folders of the mailbox."""

    def uids_since(self, folder: str, day: date) -> tuple[int, tuple[int, ...]]:
        """A folder's UIDVALIDITY, and the UIDs of what it received on this day or later."""
        ...

    def again(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> Iterator[RawMail]:
        """The mails of these UIDs that can be read now."""
        ...


@dataclass(frozen=True, slots=True)
class Compared:
    """The last comparison: when, how many messages the server had, and which of them cannot be read."""

    at: datetime
    messages: int
    unreadable: tuple[_Key, ...]


@dataclass(frozen=True, slots=True)
class Reconcile:
    """The desk that looks whether anything was left unopened."""

    office: Office
    store: Store
    intake: Intake

    def due(self) -> bool:
        """Whether today's comparison is still to be made: two hours before the digest, or any time later."""
        now = self.office.clock.now()
        today = london_date(now)
        rules = self.office.reminders
        digest = london_moment(today, time(rules.digest_hour, rules.digest_minute))
        if now < digest - _BEFORE_DIGEST:
            return False
        with self.store.view() as tx:
            last = compared(tx)
        return last is None or london_date(last.at) < today

    def work(self, mailbox: Folders, folders: Sequence[str]) -> int:
        """Compare, fetch what is missing, and tell people of it; how many messages were fetched.

        Raises what the mailbox raises; then the comparison is still due, and what was fetched is kept.
        """
        now = self.office.clock.now()
        since = london_date(now) - timedelta(days=DAYS)
        seen, missing, found = 0, list[_Key](), set[_Key]()
        for folder in folders:
            try:
                uidvalidity, uids = mailbox.uids_since(folder, since)
            except FolderMissing:
                continue  # told when it was to be read
            seen += len(uids)
            left_out = self._without_row(folder, uidvalidity, uids)
            missing += [(folder, uidvalidity, uid) for uid in left_out]
            found |= set(self._fetch(mailbox, folder, uidvalidity, left_out))
        self._settle(now, seen, missing, found)
        return len(found)

    def _without_row(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> tuple[int, ...]:
        """What has no row; what the next look into the folder will bring anyway is not missing."""
        with self.store.view() as tx:
            mark = tx.inbox.mark(folder)
            if mark is None or mark.uidvalidity != uidvalidity or not uids:
                return ()
            known = tx.inbox.uids(folder, uidvalidity, uids[0])
        return tuple(uid for uid in uids if uid < mark.next_uid and uid not in known)

    def _fetch(
        self, mailbox: Folders, folder: str, uidvalidity: int, uids: Sequence[int]
    ) -> Iterator[_Key]:
        if not uids:
            return
        for mail in mailbox.again(folder, uidvalidity, uids):
            arrived = Arrived(
                mail.folder, mail.uidvalidity, mail.uid, mail.internaldate, mail.truncated, mail.raw
            )
            self.intake.keep([arrived])
            yield mail.folder, mail.uidvalidity, mail.uid

    def _settle(self, now: datetime, seen: int, missing: list[_Key], found: set[_Key]) -> None:
        unreadable = [key for key in missing if key not in found]
        with self.store.transaction() as tx:
            before = compared(tx)
            told_of = set(before.unreadable) if before else set()
            news = [key for key in missing if key not in told_of]
            value = json.dumps({"messages": seen, "unreadable": unreadable})
            tx.switches.set(RECONCILED, value, now)
            if news:
                _log.error("%s messages of the mailbox were not on record", len(news))
                notify(tx, self.office, (_notice(news, found, now),), About(None, now))


def compared(tx: Transaction) -> Compared | None:
    """The last comparison of the mailbox with the record; None if there was none yet."""
    last = tx.switches.get(RECONCILED)
    if last is None:
        return None
    value = json.loads(last.value)
    keys = tuple((str(folder), int(epoch), int(uid)) for folder, epoch, uid in value["unreadable"])
    return Compared(last.at, int(value["messages"]), keys)


def compared_in_words(tx: Transaction) -> str:
    """The proof of a quiet day in one line; "" if the mailbox was never compared with the record."""
    last = compared(tx)
    if last is None:
        return ""
    held = (
        f"{len(last.unreadable)} of them cannot be read, as you were told"
        if last.unreadable
        else "every one of them is on record"
    )
    return (
        f"The mailbox was compared with the record on {moment_in_words(last.at)}. "
        f"Messages in it from the last {DAYS} days: {last.messages}; {held}."
    )


def _notice(news: Sequence[_Key], found: set[_Key], now: datetime) -> NoticeWanted:
    told = [
        f"folder {folder}, message {uid} of the server's count: "
        + ("read now, and dealt with like any other" if key in found else "cannot be read")
        for key in news
        for folder, _, uid in [key]
    ]
    more = [f"and {len(told) - _SHOWN} more"] if len(told) > _SHOWN else []
    what = (
        f"On {moment_in_words(now)} the mailbox was compared with the record. "
        "These messages had been left out."
    )
    look = (
        "Please look at those that cannot be read in the mailbox itself: if one is a request, "
        "its time has been running since it arrived."
    )
    title = "Mail that was in the mailbox and not on record"
    facts = [*told[:_SHOWN], *more]
    return plain_notice(Audience.EVERYBODY, title, [what, look], facts=facts)
