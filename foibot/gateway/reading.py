"""What reading a folder gives: mail, how far it has been read, or why not; does no I/O itself."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from foibot.errors import AdministratorMustFix, TryAgainLater

POLLS_BEFORE_VANISHED = 3
DATE_UNKNOWN = datetime(1970, 1, 1, tzinfo=UTC)


class MailboxUnreachable(TryAgainLater):
    """The IMAP server cannot be reached at the moment."""


class MailboxThrottled(TryAgainLater):
    """The IMAP server asks to be left alone for a while."""

    def __init__(self, seconds: float) -> None:
        """`seconds` to wait before the next attempt: what the server asked for, and a tenth."""
        super().__init__(f"The IMAP server asks to be left alone for {seconds:.0f} seconds.")
        self.seconds = seconds


class FolderMissing(AdministratorMustFix):
    """The folder to be read does not exist in the mailbox."""


def backoff(attempt: int, jitter: float) -> float:
    """Seconds before attempt number `attempt` (1, 2, ...) to connect again: 1, 2, 4 ... 300.

    `jitter` from 0 to 1 adds up to a quarter, so that many clients do not come back at once.
    """
    return min(300.0, 2.0 ** min(max(attempt, 1) - 1, 9)) * (1 + jitter / 4)


@dataclass(frozen=True, slots=True)
class RawMail:
    """A mail as the server has it; `size` is the server's figure in bytes.

    `internaldate` (aware, UTC) is when the server received it, DATE_UNKNOWN if it does not say.
    When `truncated`, `raw` is the first 64 KiB of a mail that is over the limit.
    """

    folder: str
    uidvalidity: int
    uid: int
    internaldate: datetime
    size: int
    raw: bytes
    truncated: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a folder has been read: everything below `next_uid` of this epoch is known."""

    uidvalidity: int
    next_uid: int


class NoteKind(enum.Enum):
    """What an administrator should hear about a folder."""

    NEW_EPOCH = "the server renumbered the folder; it is read again from the start"
    VANISHED = "a mail was announced and cannot be read, or somebody moved or deleted it"
    NO_DATE = "the server does not say when it received a mail"


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd; `uid` is 0 when it concerns the whole folder."""

    kind: NoteKind
    uid: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails in the order of their UIDs; when they are stored, `mark` is stored with them.

    While an earlier mail cannot be read, the mark stays below it, so after a restart later mails
    come again: (folder, uidvalidity, uid) tells them apart.
    """

    mails: tuple[RawMail, ...]
    mark: Mark
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class Progress:
    """Reading one epoch of one folder, over many polls.

    A UID without a body is asked for again in the next polls (mail rule G5); meanwhile it holds
    the mark back but no other mail.
    """

    uidvalidity: int
    next_uid: int = 1
    _polls: dict[int, int] = field(default_factory=dict)
    _stored: set[int] = field(default_factory=set)
    _tried: set[int] = field(default_factory=set)
    _notes: list[Note] = field(default_factory=list)

    def begin(self, next_uid: int, notes: Iterable[Note] = ()) -> None:
        """A new poll, from `next_uid` on.

        When that is not the mark given last, somebody wants to read again, and gets everything.
        """
        if next_uid != self.next_uid:
            self._stored = set()
        self.next_uid = next_uid
        self._tried = set()
        self._notes = list(notes)

    def wanted(self, found: Iterable[int]) -> list[int]:
        """Of the UIDs the server lists, those still to be fetched in this poll, sorted."""
        new = set(found) - self._tried - self._stored
        return sorted(uid for uid in new if uid >= self.next_uid)

    def fetched(self, uids: Iterable[int], mails: tuple[RawMail, ...]) -> Batch:
        """These `uids` were asked for and these `mails` came."""
        self._tried.update(uids)
        for one in mails:
            self._polls.pop(one.uid, None)
            if one.internaldate == DATE_UNKNOWN:
                self._notes.append(Note(NoteKind.NO_DATE, one.uid))
        for uid in set(uids) - {one.uid for one in mails}:
            self._polls.setdefault(uid, 0)
        return self._batch(mails)

    def finished(self) -> Batch:
        """The poll is over: no more mail, but maybe a mark and notes that nobody had yet."""
        for uid in sorted(self._polls):
            self._polls[uid] += 1
            if self._polls[uid] == POLLS_BEFORE_VANISHED:
                del self._polls[uid]
                self._notes.append(Note(NoteKind.VANISHED, uid))
        return self._batch(())

    def stored(self, batch: Batch) -> None:
        """Whoever reads has stored the batch: its mails need not be shown again."""
        self.next_uid = batch.mark.next_uid
        self._stored |= {one.uid for one in batch.mails}
        self._stored = {uid for uid in self._stored if uid > self.next_uid}

    def _batch(self, mails: tuple[RawMail, ...]) -> Batch:
        notes, self._notes = tuple(self._notes), []
        above = max(self._tried | self._stored, default=0) + 1
        mark = Mark(self.uidvalidity, min([*self._polls, max(self.next_uid, above)]))
        return Batch(mails, mark, notes)
