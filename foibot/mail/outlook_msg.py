"""A message in Outlook's own format, `.msg` (MS-OXMSG in a compound file, MS-CFB): who, about what, the text; never raises.

Our own reader of the few streams that are shown: libraries for it open all of a file and the files inside, and
trust its tables. Every chain is followed for no longer than the file is, and nothing is read twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from foibot.mail.budget import Budget
from foibot.mail.charsets import decode
from foibot.mail.headers import safe_line
from foibot.mail.html_text import html_to_text
from foibot.mail.rtf_text import rtf_to_text, unpacked_rtf

SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
_MOST_ENTRIES = 5_000  # of the directory: two dozen for the message, and some for each file in it
_LONGEST = 1_000_000  # bytes of one stream
_STREAM, _ROOT = 2, 5
_SUBJECT, _NAME, _ADDRESS, _SMTP, _TEXT, _RTF, _HTML = (
    "0037", "0C1A", "0C1F", "5D01", "1000", "1009", "1013",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OutlookMessage:
    """What it says; any of the three may be empty."""

    subject: str
    sender: str
    text: str


def is_outlook_message(content_type: str, name: str) -> bool:
    """Whether a file says that it is one."""
    return content_type == "application/vnd.ms-outlook" or name.lower().endswith(".msg")


def read_msg(content: bytes, budget: Budget | None = None) -> OutlookMessage | None:
    """The message in a file; None if it is no such file, or too broken to tell."""
    if not content.startswith(SIGNATURE) or len(content) < 512:
        return None
    try:
        streams = _File(content).streams()
    except (struct.error, ValueError, OverflowError):
        return None
    name, address = _words(streams, _NAME), _words(streams, _SMTP) or _words(streams, _ADDRESS)
    shown = f"{address} ({name})" if "@" in address and name else name or address
    found = OutlookMessage(
        safe_line(_words(streams, _SUBJECT), 200),
        safe_line(shown, 200),
        _text(streams, budget).strip("\n"),
    )
    return found if found.subject or found.sender or found.text else None


def _text(streams: dict[str, bytes], budget: Budget | None) -> str:
    plain = _words(streams, _TEXT)
    if not plain.strip():
        plain = rtf_to_text(unpacked_rtf(streams.get(f"{_RTF}0102", b""), budget))
    if not plain.strip():
        html = streams.get(f"{_HTML}0102", b"")
        plain = html_to_text(decode(html, "utf-8")[0]) if html else _words(streams, _HTML)
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _words(streams: dict[str, bytes], number: str) -> str:
    wide = streams.get(f"{number}001F")
    if wide is not None:
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return decode(streams.get(f"{number}001E", b""), "cp1252")[0].rstrip("\0")


_WANTED = frozenset(
    f"{number}{kind}"
    for number in (_SUBJECT, _NAME, _ADDRESS, _SMTP, _TEXT, _RTF, _HTML)
    for kind in ("001F", "001E", "0102")
)


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class _File:
    """The tables of a compound file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, small = struct.unpack_from("<HH", content, 30)
        if shift not in {9, 12} or small != 6:
            raise ValueError("no compound file")
        self._sector, self._small = 1 << shift, 1 << small
        self._most = len(content) // self._sector + 1
        first, _, self._cutoff, small_fat = struct.unpack_from("<IIII", content, 48)
        self._fat = self._numbers(self._fat_sectors())
        entries = self._joined(self._chain(first, self._fat), _MOST_ENTRIES * 128)
        self._entries = [_entry(entries, at) for at in range(0, len(entries) - 127, 128)]
        self._small_fat = self._numbers(self._chain(small_fat, self._fat))

    def streams(self) -> dict[str, bytes]:
        """The streams of the message itself, not those of its files and recipients, by number and type."""
        if not self._entries or self._entries[0].kind != _ROOT:
            return {}
        root = self._entries[0]
        short = self._joined(self._chain(root.start, self._fat), len(self._content))
        found: dict[str, bytes] = {}
        for entry in self._children(root):
            name = entry.name.rpartition("_")[2].upper()
            wanted = entry.kind == _STREAM and entry.name.startswith("__substg1.0_")
            if wanted and name in _WANTED and name not in found:
                found[name] = self._read(entry, short)
        return found

    def _read(self, entry: _Entry, short: bytes) -> bytes:
        size = min(entry.size, _LONGEST)
        if entry.size >= self._cutoff:
            return self._joined(self._chain(entry.start, self._fat), size)[:size]
        pieces = []
        for at in self._chain(entry.start, self._small_fat):
            pieces.append(short[at * self._small : (at + 1) * self._small])
            if len(pieces) * self._small >= size:
                break
        return b"".join(pieces)[:size]

    def _children(self, root: _Entry) -> Iterator[_Entry]:
        waiting, seen = [root.child], set[int]()
        while waiting:
            at = waiting.pop()
            if at in seen or at >= len(self._entries):
                continue
            seen.add(at)
            entry = self._entries[at]
            waiting += [entry.left, entry.right]
            yield entry

    def _fat_sectors(self) -> Iterator[int]:
        """The sectors that hold the table of what follows what: 109 in the header, the others in a chain."""
        following, _ = struct.unpack_from("<II", self._content, 68)
        yield from struct.unpack_from("<109I", self._content, 76)
        for _ in range(self._most):
            data = self._at(following)
            if len(data) < self._sector:
                return
            *sectors, following = struct.unpack(f"<{self._sector // 4}I", data)
            yield from sectors

    def _numbers(self, sectors: Iterator[int]) -> list[int]:
        table: list[int] = []
        for sector in sectors:
            if len(table) > self._most:
                break
            data = self._at(sector)
            table += struct.unpack_from(f"<{len(data) // 4}I", data)
        return table

    def _chain(self, sector: int, table: list[int]) -> Iterator[int]:
        for _ in range(len(table)):
            if sector >= len(table):
                return
            yield sector
            sector = table[sector]

    def _joined(self, sectors: Iterator[int], most: int) -> bytes:
        out = bytearray()
        for sector in sectors:
            out += self._at(sector)
            if len(out) >= most:
                break
        return bytes(out)

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._content[start : start + self._sector]


def _entry(table: bytes, at: int) -> _Entry:
    name, length, kind = struct.unpack_from("<64sHB", table, at)
    left, right, child = struct.unpack_from("<III", table, at + 68)
    start, size = struct.unpack_from("<II", table, at + 116)
    shown = name[: min(max(length - 2, 0), 64)].decode("utf-16-le", "replace")
    return _Entry(shown, kind, left, right, child, start, size)
