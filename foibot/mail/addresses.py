"""Mailboxes in raw address headers, read strictly enough to say who sent a mail.

Parsers disagree about malformed headers, and that is how an officer is forged (mail rules B2,
B3). So this one names every defect; a header with any of them identifies nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from foibot.errors import OfficerMustReword
from foibot.mail.charsets import raw_text
from foibot.mail.headers import decode_text, safe_line, unfold
from foibot.mail.message import Address

_LONGEST = 16_384  # characters of one address header that are read; more is a defect

# Every pattern takes at least one character and never looks far ahead twice: linear by shape.
_TOKEN = re.compile(
    r"""(?P<space>[ \t]+)
      | (?P<quoted>"(?:[^"\\]|\\.)*\\?(?:"|\Z))
      | (?P<angle><[^<>"]*>)
      | (?P<atom>[^\s"(),:;<>\\]+)
      | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL,
)
_COMMENT_MARK = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LOCAL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.ASCII)
_DEVIATES = re.compile("[ßς\u200c\u200d]")  # IDNA 2003 and 2008 send these to different owners


class AddressCannotBeUsed(OfficerMustReword):
    """foibot cannot write to this email address; please check it, or use the post."""


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """What an address header holds; `found` is best effort when there are `defects`."""

    found: tuple[Address, ...]
    defects: tuple[str, ...]


@dataclass(slots=True)
class _Entry:
    """What stands between two commas."""

    words: list[str] = field(default_factory=list)
    angles: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    after_angle: bool = False

    def empty(self) -> bool:
        return not (self.words or self.angles or self.bare or self.comments)


def mailboxes(raw_header: str) -> Mailboxes:
    """Read From, To or the like from its raw text; linear in its length, never raises.

    `"Sam Smith" <sam@elsewhere.example>` gives one address and no defect;
    `jane@a.example <evil@b.example>` gives both addresses and a defect.
    """
    defects: list[str] = []
    text = unfold(raw_header[:_LONGEST])
    if len(raw_header) > _LONGEST:
        defects.append("too long")
    if _CONTROL.search(text):
        defects.append("control character")
    found: list[Address] = []
    entries = list(_entries(text, defects))
    for entry in entries:
        if not entry.empty():
            found += _resolve(entry, defects)
        elif len(entries) > 1:
            defects.append("empty entry")
    if not found:
        defects.append("no address")
    return Mailboxes(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(defects)))


def _entries(text: str, defects: list[str]) -> Iterator[_Entry]:
    entry, at = _Entry(), 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None, "the last pattern takes any character"  # noqa: S101
        at = token.end()
        if token.lastgroup != "mark":
            _take(entry, token.lastgroup or "", token[0], defects)
        elif token[0] == "(":
            comment, at = _comment(text, at, defects)
            entry.comments.append(comment)
        elif token[0] in ",;:":
            if token[0] != ",":
                defects.append("group or list syntax")
            yield entry
            entry = _Entry()
        elif token[0] in "<>\\)":
            defects.append(f"stray {token[0]}")
        else:
            entry.words.append(token[0])
    yield entry


def _take(entry: _Entry, kind: str, text: str, defects: list[str]) -> None:
    match kind:
        case "quoted":
            if len(text) < 2 or not text.endswith('"'):
                defects.append("quote not closed")
            entry.words.append(_ESCAPED.sub(r"\1", text[1:].removesuffix('"')))
            entry.after_angle |= bool(entry.angles)
        case "angle":
            entry.angles.append(text[1:-1])
        case "atom" if "@" in text:
            entry.bare.append(text)
            entry.after_angle |= bool(entry.angles)
        case "atom":
            entry.words.append(text)
            entry.after_angle |= bool(entry.angles)
        case _:  # space
            pass


def _comment(text: str, at: int, defects: list[str]) -> tuple[str, int]:
    depth, start = 1, at
    for mark in _COMMENT_MARK.finditer(text, at):
        if mark[0] == "(":
            depth += 1
        elif mark[0] == ")":
            depth -= 1
        if depth == 0:
            comment = text[start : mark.start()]
            if "@" in comment:
                defects.append("address in a comment")
            return comment, mark.end()
    defects.append("comment not closed")
    return text[start:], len(text)


def _resolve(entry: _Entry, defects: list[str]) -> list[Address]:
    """Turn one entry into addresses: exactly one without a defect, or all that can be read."""
    beside = [one for one in entry.bare if not entry.angles or one not in entry.angles]
    if len(entry.angles) > 1 or (entry.angles and beside):
        defects.append("address beside an address")
    elif entry.after_angle:
        defects.append("words after the address")
    elif not entry.angles and (len(beside) != 1 or entry.words):
        defects.append("words without an address" if not beside else "address among words")
    name = safe_line(decode_text(" ".join(entry.words or entry.comments)), 100)
    found = []
    for candidate in [*entry.angles, *beside]:
        addr = _checked(candidate)
        if addr is None:
            defects.append("not an address")
        else:
            found.append(Address(addr, name))
    return found


def _checked(candidate: str) -> str | None:
    return _known(candidate) if len(candidate) <= _KEPT_AT_MOST else _looked_at(candidate)


def _looked_at(candidate: str) -> str | None:
    local, at, host = candidate.rpartition("@")
    ascii_host = _host(raw_text(host))
    if not at or ascii_host is None or len(local) > 64 or not _LOCAL.fullmatch(local):
        return None
    return f"{local}@{ascii_host}"


# Those of the office, asked for with every mail, and the last few hundred strangers'; none that is made to be long.
_known = lru_cache(1024)(_looked_at)
_KEPT_AT_MOST = 320


def _host(host: str) -> str | None:
    host = host.lower()
    if len(host) > 253 or _DEVIATES.search(host):
        return None
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return None
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return None
    good = all(len(label) <= 63 and _LABEL.fullmatch(label) for label in labels)
    return host if good else None


def outgoing(addr: str) -> str:
    """Return the one form of an address that foibot writes to (mail rules B15, F9).

    ASCII throughout: an international domain is converted, an international local part is
    refused. Raises AddressCannotBeUsed for anything but one plain `local@domain`.
    """
    checked = _checked(addr)
    if checked is None:
        raise AddressCannotBeUsed
    return checked


def same_address(a: str, b: str) -> bool:
    """Compare two addresses as mail systems do: no case, domains in IDNA form."""
    return _comparable(a) == _comparable(b)


def _comparable(addr: str) -> str:
    return (_checked(addr.strip()) or addr.strip()).lower()


def domain(addr: str) -> str:
    """Return what follows the last "@", in lower case."""
    return addr.rpartition("@")[2].lower()


def without_plus(addr: str) -> str:
    """Return the address without its plus part: `foi+c-k7@a.example` gives `foi@a.example`."""
    local, at, host = addr.rpartition("@")
    return local.partition("+")[0] + at + host


def plus_part(addr: str) -> str:
    """Return the plus part: `foi+c-k7@a.example` gives `c-k7`; "" without one."""
    return addr.rpartition("@")[0].partition("+")[2]
