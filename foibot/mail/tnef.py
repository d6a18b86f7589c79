"""What Outlook packs into winmail.dat (MS-OXTNEF): the text and the files, read in one bounded pass; never raises.

Our own reader, as the libraries for it count to four thousand million when a mail asks them to.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from foibot.mail.budget import Budget
from foibot.mail.charsets import decode
from foibot.mail.rtf_text import rtf_to_text, unpacked_rtf

_SIGNATURE = b"\x78\x9f\x3e\x22"
_EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")  # a message within the message
_DEEPEST = 3
_MOST_PROPERTIES = 2_000

_SIZES = {2: 2, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 2, 20: 8, 64: 8, 72: 16}
_VARIABLE = {0x1E, 0x1F, 0x0D, 0x102}
_MANY, _NAMED = 0x1000, 0x8000
_TEXT_ID, _RTF_ID, _HTML_ID = 0x1000, 0x1009, 0x1013
_CONTENT_ID, _LONG_NAME_ID, _NAME_ID, _SHOWN_ID, _TYPE_ID = 0x3701, 0x3707, 0x3704, 0x3001, 0x370E


@dataclass(frozen=True, slots=True)
class Packed:
    """One file out of it; `content_type` is "" if it does not say."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What was in it: the text, or the same as HTML, or neither; and the files."""

    text: str
    html: str
    files: tuple[Packed, ...]


@dataclass(slots=True)
class _File:
    title: str = ""
    content: bytes = b""
    properties: dict[int, str | bytes] = field(default_factory=dict)


@dataclass(slots=True)
class _Message:
    codepage: str = "cp1252"
    body: bytes = b""
    properties: dict[int, str | bytes] = field(default_factory=dict)
    files: list[_File] = field(default_factory=list)


def unpacked(content: bytes, budget: Budget, depth: int = 0) -> Unpacked | None:
    """Read winmail.dat as far as it goes and the budget allows; None if it is none. Linear in its length."""
    if not content.startswith(_SIGNATURE):
        return None
    message = _Message()
    for number, data in _attributes(content):
        _take(message, number, data)
    files = [one for file in message.files for one in _packed(file, budget, depth)]
    text = _words(message.properties.get(_TEXT_ID)) or decode(message.body, message.codepage)[0]
    text = text or _from_rtf(message.properties.get(_RTF_ID), budget)
    html = message.properties.get(_HTML_ID, b"")
    html = decode(html, "utf-8")[0] if isinstance(html, bytes) else html
    return Unpacked(_clean(text), _clean(html), tuple(files))


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and data of each attribute; a length that leads beyond the end is cut there."""
    at = 6
    while at + 9 <= len(content):
        number, _, length = struct.unpack_from("<HHI", content, at + 1)
        yield number, content[at + 9 : at + 9 + length]
        at += 9 + length + 2


def _take(message: _Message, number: int, data: bytes) -> None:
    match number:
        case 0x9007 if len(data) >= 4:  # code page
            message.codepage = f"cp{int.from_bytes(data[:4], 'little')}"
        case 0x800C:  # text
            message.body = data.rstrip(b"\0")
        case 0x9003:  # properties
            message.properties.update(_properties(data, message.codepage))
        case 0x9002:  # a file begins
            message.files.append(_File())
        case 0x8010 if message.files:  # its name
            message.files[-1].title = decode(data.rstrip(b"\0"), message.codepage)[0]
        case 0x800F if message.files:  # its content
            message.files[-1].content = data
        case 0x9005 if message.files:  # its properties
            message.files[-1].properties.update(_properties(data, message.codepage))
        case _:
            pass


def _properties(data: bytes, codepage: str) -> dict[int, str | bytes]:
    """The properties that can be read, up to the first that cannot; text decoded, the rest as bytes."""
    found: dict[int, str | bytes] = {}
    try:
        (count,) = struct.unpack_from("<I", data, 0)
        at = 4
        for _ in range(min(count, _MOST_PROPERTIES)):
            kind, number = struct.unpack_from("<HH", data, at)
            at = _after_name(data, at + 4) if number >= _NAMED else at + 4
            value, at = _value(data, at, kind)
            found[number] = _decoded(value, kind, codepage)
    except (struct.error, KeyError):
        pass
    return found


def _after_name(data: bytes, at: int) -> int:
    """Where a property with a name of its own goes on after that name."""
    (kind,) = struct.unpack_from("<I", data, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + _padded(int(length))


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value of a property, and where the next property begins."""
    base, many = kind & ~_MANY, kind & _MANY
    variable = base in _VARIABLE
    count = 1
    if many or variable:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    first = b""
    if not variable:
        size = _SIZES[base]
        return data[at : at + size], at + _padded(size * count)
    for place in range(min(count, _MOST_PROPERTIES)):
        (length,) = struct.unpack_from("<I", data, at)
        first = data[at + 4 : at + 4 + length] if place == 0 else first
        at += 4 + _padded(int(length))
    return first, at


def _padded(length: int) -> int:
    return length + (-length) % 4


def _decoded(value: bytes, kind: int, codepage: str) -> str | bytes:
    match kind & ~_MANY:
        case 0x1F:  # Unicode
            return decode(value, "utf-16le")[0].rstrip("\0")
        case 0x1E:  # letters of the code page
            return decode(value.rstrip(b"\0"), codepage)[0]
        case _:
            return value


def _packed(file: _File, budget: Budget, depth: int) -> Iterator[Packed]:
    if budget.parts <= 0:
        budget.exceeded = True
        return
    budget.parts -= 1
    given = file.properties
    content = given.get(_CONTENT_ID, b"")
    if not isinstance(content, bytes):
        content = b""
    if not content.startswith(_EMBEDDED):
        content = file.content or content
    name = next(
        filter(None, (_words(given.get(one)) for one in (_LONG_NAME_ID, _NAME_ID))), file.title
    )
    if content.startswith(_EMBEDDED):
        inner = unpacked(content[16:], budget, depth + 1) if depth < _DEEPEST else None
        if inner is not None:
            yield _message_within(_words(given.get(_SHOWN_ID)) or name or "message", inner, content)
            yield from inner.files
            return
    if content or name:
        yield Packed(name, _words(given.get(_TYPE_ID)).lower(), content)


def _message_within(title: str, inner: Unpacked, content: bytes) -> Packed:
    """Its text as a file, or the whole of it as it came when no text was found."""
    shown = inner.text or inner.html
    if shown:
        return Packed(f"{title}.txt", "text/plain", shown.encode("utf-8"))
    return Packed(f"{title}.tnef", "application/octet-stream", content[16:])


def _words(value: str | bytes | None) -> str:
    return value if isinstance(value, str) else ""


def _from_rtf(value: str | bytes | None, budget: Budget) -> str:
    return rtf_to_text(unpacked_rtf(value, budget)) if isinstance(value, bytes) else ""


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n")
