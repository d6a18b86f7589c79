"""IMAP mailboxes for the embedded server: in memory, and in a folder when mail is to survive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from pymap.backend.dict.mailbox import MailboxData, MailboxSet, Message
from pymap.concurrent import Event
from pymap.flags import FlagOp
from pymap.interfaces.message import CachedMessage
from pymap.listtree import ListEntry, ListTree
from pymap.mime import MessageBody, MessageContent, MessageHeader
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials import ObjectId
from pymap.parsing.specials.flag import Answered, Deleted, Draft, Flag, Flagged, Seen
from pymap.selected import SelectedMailbox

_LETTERS = {Answered: "A", Deleted: "D", Draft: "T", Flagged: "F", Seen: "S"}
_FILE = re.compile(r"(\d+)_(\d+(?:\.\d+)?)_([A-Z]*)\.eml")


class OfficeMailbox(MailboxData):
    """A folder of mail; with `folder` also a folder of files, `UID_TIME_FLAGS.eml`, byte for byte.

    pymap's own Maildir backend parses and writes mail again, which would change the evidence.
    """

    def __init__(self, content_cache: Any, thread_cache: Any, folder: Path | None) -> None:
        super().__init__(content_cache, thread_cache)
        self._folder = folder
        self._files: dict[int, Path] = {}

    async def load(self) -> None:
        """Reads what an earlier run left, with the same UIDs."""
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        epoch = self._folder / "uidvalidity"
        if not epoch.exists():
            epoch.write_text(str(self._uid_validity))
        self._uid_validity = int(epoch.read_text())
        left = [(_FILE.fullmatch(path.name), path) for path in self._folder.iterdir()]
        for uid, path, name in sorted((int(m[1]), path, m) for m, path in left if m):
            flags = frozenset(flag for flag, letter in _LETTERS.items() if letter in name[3])
            when = datetime.fromtimestamp(float(name[2]), UTC)
            self._max_uid = uid - 1
            await self._put(AppendMessage(path.read_bytes(), when, flags))
            self._files[uid] = path
        last = self._folder / "last-uid"
        if last.exists():  # a deleted mail's UID is never given out again
            self._max_uid = max(self._max_uid, int(last.read_text()))

    async def update_selected(
        self, selected: SelectedMailbox, *, wait_on: Event | None = None
    ) -> SelectedMailbox:
        """IDLE tells at once what came since the last command; pymap alone waits for more."""
        told = selected.mod_sequence
        if told is not None and self._mod_sequences.highest > told:
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)

    async def append(self, append_msg: AppendMessage, *, recent: bool = False) -> Message:
        message = await self._put(append_msg, recent=recent)
        self._keep(message, append_msg.literal)
        return message

    async def _put(self, append_msg: AppendMessage, *, recent: bool = False) -> Message:
        """pymap parses what it stores, and hostile mail breaks its parser or holds it for seconds.
        Such mail is stored all the same: as a body without headers, byte for byte.
        """
        if not _looks_hostile(append_msg.literal):
            try:
                return await super().append(append_msg, recent=recent)
            except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
                pass
        empty = replace(append_msg, literal=b"")
        message = await super().append(empty, recent=recent)
        message._content = _unparsed(append_msg.literal)
        return message

    async def copy(self, uid: int, destination: MailboxData, *, recent: bool = False) -> int | None:
        new_uid = await super().copy(uid, destination, recent=recent)
        self._keep_copy(new_uid, destination)
        return new_uid

    async def move(self, uid: int, destination: MailboxData, *, recent: bool = False) -> int | None:
        new_uid = await super().move(uid, destination, recent=recent)
        self._keep_copy(new_uid, destination)
        if uid in self._files:
            self._files.pop(uid).unlink(missing_ok=True)
        return new_uid

    async def update(
        self, uid: int, cached_msg: CachedMessage, flag_set: frozenset[Flag], mode: FlagOp
    ) -> Message:
        message = await super().update(uid, cached_msg, flag_set, mode)
        if uid in self._files:
            path = self._files[uid]
            self._files[uid] = path.rename(path.with_name(_file_name(message)))
        return message

    async def delete(self, uids: Iterable[int]) -> None:
        uids = list(uids)
        await super().delete(uids)
        for uid in uids:
            if uid in self._files:
                self._files.pop(uid).unlink(missing_ok=True)

    def _keep(self, message: Message, raw: bytes) -> None:
        if self._folder is None:
            return
        path = self._folder / _file_name(message)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_bytes(raw)
        unfinished.replace(path)
        (self._folder / "last-uid").write_text(str(message.uid))
        self._files[message.uid] = path

    def _keep_copy(self, uid: int | None, destination: MailboxData) -> None:
        if uid is not None and isinstance(destination, OfficeMailbox):
            message = destination._messages[uid]
            destination._keep(message, raw_of(message))


class _SentEntry(ListEntry):
    @property
    def attributes(self) -> Sequence[bytes]:
        return [*super().attributes, b"Sent"]


class _MarkedTree(ListTree):
    """LIST with the special use of the Sent folder (RFC 6154)."""

    def list_matching(self, ref_name: str, filter_: str) -> Iterable[ListEntry]:
        for entry in super().list_matching(ref_name, filter_):
            if entry.name == "Sent":
                yield _SentEntry(entry.name, entry.exists, entry.marked, entry.has_children)
            else:
                yield entry


class AccountMailboxes(MailboxSet):
    """The folders of one account: INBOX and Sent, and what its owner creates.

    Folders renamed or deleted by a mail client come back when the server starts again.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` None: in memory only."""
        super().__init__()
        self._folder = folder

    async def open(self) -> None:
        """Makes the folders every account has, and loads those of an earlier run."""
        self._inbox = await self._mailbox("INBOX")
        names = ["Sent"]
        if self._folder is not None:
            names += sorted(unquote(path.name) for path in self._folder.iterdir())
        for name in dict.fromkeys(names):
            if name != "INBOX":
                await self.add_mailbox(name)

    async def add_mailbox(self, name: str) -> ObjectId:
        await super().add_mailbox(name)
        self._set[name] = mailbox = await self._mailbox(name)
        return mailbox.mailbox_id

    async def list_mailboxes(self) -> ListTree:
        return _MarkedTree(self.delimiter).update("INBOX", *self._set)

    async def _mailbox(self, name: str) -> OfficeMailbox:
        folder = self._folder / quote(name, safe=" ") if self._folder else None
        mailbox = OfficeMailbox(self._content_cache, self._thread_cache, folder)
        await mailbox.load()
        return mailbox


def raw_of(message: Message) -> bytes:
    """A stored mail, byte for byte."""
    return bytes(message._content or b"")


def _looks_hostile(raw: bytes) -> bool:
    headers, _, _ = raw.partition(b"\r\n\r\n")
    return len(headers) > 32_768 or raw.count(b"\n--") > 1_000


def _unparsed(raw: bytes) -> MessageContent:
    lines = MessageContent._find_lines(raw)
    body = MessageBody._parse(raw, memoryview(raw), lines, None)
    return MessageContent(raw, MessageHeader.empty(), body)


def _file_name(message: Message) -> str:
    flags = "".join(sorted(_LETTERS.get(flag, "") for flag in message.permanent_flags))
    return f"{message.uid}_{message.internal_date.timestamp():.0f}_{flags}.eml"
