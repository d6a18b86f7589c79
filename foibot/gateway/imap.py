"""Reads a mailbox without changing it: new mail by UID, a wake-up by IDLE, copies into Sent.

Plain and synchronous; one thread owns a Mailbox (the library is not safe for two).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date
from typing import Any

from imapclient import SocketTimeout
from imapclient.exceptions import IMAPClientError

from foibot.gateway.imap_connection import Connection, not_now
from foibot.gateway.reading import (
    DATE_UNKNOWN,
    Batch,
    FolderMissing,
    MailboxThrottled,
    MailboxUnreachable,
    Mark,
    Note,
    NoteKind,
    Progress,
    RawMail,
    backoff,
)
from foibot.gateway.server_url import MailServer

__all__ = [
    "Batch",
    "FolderMissing",
    "Mailbox",
    "MailboxThrottled",
    "MailboxUnreachable",
    "Mark",
    "Note",
    "NoteKind",
    "RawMail",
    "backoff",
]

TRUNCATE_TO = 65_536  # bytes kept of a mail over the limit: headers and the start of the text
LEAVE_IDLE_AFTER = 9 * 60  # seconds; some servers stop telling news later on (mail rule 3.2)
_SEARCH_SPAN = 50_000  # UIDs a SEARCH; imaplib refuses an answer line over a million bytes
_SIZES_AT_ONCE = 1_000
_SLICE = 0.5  # seconds between looks at `stop` while idling


class Mailbox(Connection):
    """One mailbox on an IMAP server; connects when it must, and again after any trouble."""

    def __init__(
        self,
        server: MailServer,
        *,
        first_messages: int = 20,
        batch_messages: int = 50,
        batch_bytes: int = 8_000_000,
        max_bytes: int = 30_000_000,
        timeout_connect: float = 15,
        timeout_read: float = 30,
    ) -> None:
        """Connects to nothing yet. Raises ServerNotTrusted when `ca_file` cannot be read."""
        super().__init__(server, SocketTimeout(connect=timeout_connect, read=timeout_read))
        self._first_messages = min(first_messages, batch_messages)
        self._batch_messages = batch_messages
        self._batch_bytes = batch_bytes
        self._max_bytes = max_bytes
        self._watched = ""
        self._cut_short = 0
        self._reached = Mark(0, 1)
        self._newest = 0
        self._left_out = False
        self._progress: dict[tuple[str, int], Progress] = {}

    def new_mail(self, folder: str, mark: Mark | None) -> Iterator[Batch]:
        """Everything from `mark` on, in batches, until the server knows of nothing more.

        Ask for the next batch when the last one is stored. Nothing new: no batch. Without a mark,
        or with one of another epoch, the folder is read from its first mail.
        Raises MailboxUnreachable, MailboxThrottled, FolderMissing, LoginRefused, ServerNotTrusted
        or ServerLacks.
        """
        with self._trouble():
            uidvalidity, uidnext = self._select(folder)
        self._watched = folder
        progress = self._progress.setdefault((folder, uidvalidity), Progress(uidvalidity))
        if mark is not None and mark.uidvalidity == uidvalidity:
            progress.begin(mark.next_uid)
        else:
            progress.begin(1, [Note(NoteKind.NEW_EPOCH)] if mark else [])
        known = mark
        for wanted in self._searches(progress, uidnext):
            self._newest, self._left_out = max(wanted), False
            for sizes in self._groups(wanted):
                with self._trouble():
                    mails = self._fetch(folder, uidvalidity, sizes)
                batch = progress.fetched(sizes, mails)
                known = self._reached = batch.mark
                yield batch
                progress.stored(batch)
        end = progress.finished()
        if end.notes or end.mark != known:
            yield end
            progress.stored(end)

    def came_meanwhile(self, most: int, max_bytes: int) -> tuple[RawMail, ...]:
        """The first few small mails that came since the folder that is being read was last searched; each once.

        To be called between two batches of `new_mail`, which gives them again in their turn. Raises like it.
        After its last batch nothing is asked: `new_mail` looks itself. Nor where the connection was lost
        while the next batch was fetched ahead: whoever asks for that batch hears why.
        """
        if self._client is None or self._reached.next_uid > self._newest:
            return ()
        with self._trouble():
            # Those whom the last look left out are not announced again.
            if not self._told_by_noop() and not self._left_out:
                return ()
            found = [uid for uid in self._search(self._newest + 1, 0) if uid > self._newest]
            sizes = self._sizes(sorted(found)[:most])
            self._left_out = len(found) > most
            self._newest = max([self._newest, *sizes])
            small = {uid: size for uid, size in sizes.items() if 0 < size <= max_bytes}
            return self._fetch(self._watched, self._reached.uidvalidity, small) if small else ()

    def has_from(self, address: str, first: int, before: int) -> bool:
        """Whether the folder that is being read has mail of this address from one UID on and below another.

        True as well where the server cannot say. Raises like `new_mail`.
        """
        last = before - 1
        if last < first:
            return False
        with self._trouble():
            try:
                return bool(self._client.search(["UID", f"{first}:{last}", "FROM", address]))
            except (IMAPClientError, ValueError) as error:
                if not_now(error):
                    raise
                return True

    def uids_since(self, folder: str, day: date) -> tuple[int, tuple[int, ...]]:
        """The folder's UIDVALIDITY, and the UIDs of what it received on this day or later, sorted.

        Raises like `new_mail`.
        """
        with self._trouble():
            uidvalidity, uidnext = self._select(folder)
            found: set[int] = set()
            for start in range(1, max(uidnext, 2), _SEARCH_SPAN):
                span = f"{start}:{start + _SEARCH_SPAN - 1}"
                found.update(self._client.search(["UID", span, "SINCE", day]))
        return uidvalidity, tuple(sorted(found))

    def again(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> Iterator[RawMail]:
        """The mails of these UIDs that can be read now; none when the folder was renumbered meanwhile.

        Raises like `new_mail`.
        """
        with self._trouble():
            known, _ = self._select(folder)
        if known == uidvalidity:
            for sizes in self._groups(uids):
                with self._trouble():
                    yield from self._fetch(folder, uidvalidity, sizes)

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        """Sleeps until something may have arrived (True), `seconds` are over or `stop` is set.

        To be called after `new_mail` with nothing between; only ever a wake-up, so look again now
        and then whatever it says. True also when the connection died. Reacts to `stop` in 0.5 s.
        """
        if self._client is None or self._selected != self._watched:
            return True
        began = time.monotonic()
        try:
            if not self._client.has_capability("IDLE"):
                return not stop.wait(seconds)
            news = self._idle(min(seconds, LEAVE_IDLE_AFTER), stop)
        except (OSError, IMAPClientError, ValueError):
            self._drop()
            # A server that cuts every IDLE at once must not be logged in to without a pause.
            self._cut_short = self._cut_short + 1 if time.monotonic() - began < 5 else 0
            if self._cut_short > 1:
                stop.wait(min(seconds, backoff(self._cut_short, 0)))
            return not stop.is_set()
        self._cut_short = 0
        return news

    def _told_by_noop(self) -> bool:
        _, answers = self._client.noop()
        return any(b"EXISTS" in answer for answer in answers) or self._announced()

    def _searches(self, progress: Progress, uidnext: int) -> Iterator[list[int]]:
        """UIDs to be fetched; again and again until nothing is new."""
        rounds_for_nothing = 0  # a server that announces for ever shall not keep us here
        while rounds_for_nothing < 3:
            with self._trouble():
                wanted = progress.wanted(self._search(progress.next_uid, uidnext))
            if wanted:
                yield wanted
            with self._trouble():
                if not (self._told_by_noop() or wanted):
                    return
            rounds_for_nothing = 0 if wanted else rounds_for_nothing + 1

    def _search(self, start: int, uidnext: int) -> list[int]:
        found: list[int] = []
        while start + _SEARCH_SPAN < uidnext:
            found += self._client.search(["UID", f"{start}:{start + _SEARCH_SPAN - 1}"])
            start += _SEARCH_SPAN
        # `n:*` always names the last mail, even when its UID is below n (RFC 3501 s.6.4.8).
        found += self._client.search(["UID", f"{start}:*"])
        return found

    def _groups(self, uids: Sequence[int]) -> Iterator[dict[int, int]]:
        """Sizes by UID, bounded by number and bytes: a 25 MB mail must not come a hundredfold.

        The first ones are few, so that there is something to be sent while the next ones are worked.
        """
        group: dict[int, int] = {}
        total, most = 0, self._first_messages
        for start in range(0, len(uids), _SIZES_AT_ONCE):
            some = uids[start : start + _SIZES_AT_ONCE]
            with self._trouble():
                answers = self._sizes(some)
            for uid, size in answers.items():
                bytes_ = min(size, self._max_bytes)
                full = len(group) >= most or total + bytes_ > self._batch_bytes
                if group and full:
                    yield group
                    group, total, most = {}, 0, self._batch_messages
                group[uid] = size
                total += bytes_
        if group:
            yield group

    def _sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """What each of these mails measures, in their order; 0 if the server does not say."""
        answers = self._client.fetch(uids, ["RFC822.SIZE"]) if uids else {}
        return {uid: answers.get(uid, {}).get(b"RFC822.SIZE", 0) for uid in uids}

    def _fetch(self, folder: str, uidvalidity: int, sizes: dict[int, int]) -> tuple[RawMail, ...]:
        """The mails the server gave a body for; PEEK, because reading must not mark as read."""
        mails: list[RawMail] = []
        for uid, data in sorted(self._bodies(sizes).items()):
            raw = data.get(b"BODY[]", data.get(b"BODY[]<0>"))
            if not isinstance(raw, bytes) or (sizes[uid] and not raw):
                continue  # FLAGS alone, unasked for (mail rule G5), or expunged meanwhile
            received = data.get(b"INTERNALDATE")
            when = received.astimezone(UTC) if received else DATE_UNKNOWN
            size = sizes[uid] or len(raw)
            cut = b"BODY[]" not in data
            mails.append(RawMail(folder, uidvalidity, uid, when, size, raw, cut))
        return tuple(mails)

    def _bodies(self, sizes: dict[int, int]) -> dict[int, Any]:
        whole = [uid for uid, size in sizes.items() if size <= self._max_bytes]
        large = [uid for uid, size in sizes.items() if size > self._max_bytes]
        start_of = f"BODY.PEEK[]<0.{TRUNCATE_TO}>"
        try:
            bodies: dict[int, Any] = self._client.fetch(whole, ["INTERNALDATE", "BODY.PEEK[]"])
            bodies |= self._client.fetch(large, ["INTERNALDATE", start_of])
        except (IMAPClientError, ValueError) as error:
            if not_now(error):
                raise
            if len(sizes) == 1:
                return {}
        else:
            return bodies
        # One mail that the server or the parser stumbles over must not hide the others.
        return {u: data for uid in sizes for u, data in self._bodies({uid: sizes[uid]}).items()}

    def _idle(self, seconds: float, stop: threading.Event) -> bool:
        """IDLE until EXISTS; raises when the connection is dead, which the library hides."""
        client = self._client
        if self._told_by_noop():
            return True
        client.idle()
        early = self._came_with_the_answer()
        if b"* BYE" in early:
            raise OSError("the server said BYE")
        news = b" EXISTS" in early
        until = time.monotonic() + seconds
        while not news and not stop.is_set() and time.monotonic() < until:
            asked = max(0.05, min(_SLICE, until - time.monotonic()))
            began = time.monotonic()
            answers = client.idle_check(timeout=asked)
            if not answers and time.monotonic() - began < 0.9 * asked:
                raise OSError("the connection ended")  # imapclient #565: EOF looks like silence
            if any(answer[0] == b"BYE" for answer in answers):
                raise OSError("the server said BYE")
            news = any(b"EXISTS" in answer for answer in answers)
        _, answers = client.idle_done()
        return news or any(b"EXISTS" in answer for answer in answers)

    def _came_with_the_answer(self) -> bytes:
        """What came in one packet with the answer to IDLE: it lies in imaplib's buffer already,
        and poll() on the socket would wait for something else.
        """
        sock = self._client.socket()
        sock.settimeout(0)
        try:
            return bytes(self._client._imap.file.peek())
        except OSError:  # nothing there, as TLS sockets say it
            return b""
        finally:
            sock.settimeout(self._timeout.read)
