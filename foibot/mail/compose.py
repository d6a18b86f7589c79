"""Our own mail as bytes, by string assembly: the same input gives the same bytes, for ever.

No Date and no Message-ID: an approval is bound to these bytes, and `stamp` adds the two later.
The standard library's message classes are avoided: their output differs between versions.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property
from urllib.parse import quote

from foibot.errors import Bug
from foibot.mail.addresses import outgoing
from foibot.mail.headers import safe_line
from foibot.mail.message import Address

_WIDTH = 76
_WORD_BYTES = 39  # of UTF-8 in one encoded word: 64 characters, and "Subject: " fits before it
_LONGEST_WORD = 60  # of plain text that folding may leave whole
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_CONTENT_TYPE = re.compile(
    r"(?!multipart/|message/)[a-z0-9][a-z0-9.+-]*/[a-z0-9.+-]+(?:; [a-z-]+=[A-Za-z0-9._-]+)*"
)
_MESSAGE_ID = re.compile(r"<[!#-'*+\--;=?A-Z^-~]+@[!-;=?-~]+>")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_OURS = frozenset(
    {"from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "in-reply-to",
     "references", "mime-version", "content-type", "content-transfer-encoding"}
)  # fmt: skip
_REFERENCES = 1_000  # characters of References; Dovecot's own limit was four times that (F10)


class HeaderCannotBeSet(Bug):
    """A header was given that is not well formed, or that belongs to compose and stamp alone."""


@dataclass(frozen=True)
class File:
    """A file to attach; `content_type` such as "application/pdf"."""

    name: str
    content_type: str
    content: bytes

    @cached_property
    def encoded(self) -> str:
        """The content as lines of base64, made once for all the mails that it goes with."""
        return base64.encodebytes(self.content).decode("ascii").replace("\n", "\r\n")


@dataclass(frozen=True, slots=True)
class Words:
    """What the mail says: one line, the whole text, and the same as HTML ("" for none)."""

    subject: str
    text: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class _Entity:
    """A MIME entity without its end of header: the lines of the header, and the body."""

    head: str
    body: str


def compose(
    *,
    sender: Address,
    recipient: Address,
    words: Words,
    files: tuple[File, ...] = (),
    reply_to: str = "",
    in_reply_to: str = "",
    references: tuple[str, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
) -> bytes:
    """Return the mail with CRLF line ends, 7-bit throughout, without Date and Message-ID.

    Strangers' words in a header become one harmless line. Raises AddressCannotBeUsed for an
    address that cannot be written to, HeaderCannotBeSet for an extra header that is not allowed.
    """
    lines = [
        "MIME-Version: 1.0",
        _mailbox_header("From", sender),
        _mailbox_header("To", recipient),
        _folded("Subject", safe_line(words.subject, 250)),
    ]
    if reply_to:
        lines.append(f"Reply-To: {outgoing(reply_to)}")
    if _MESSAGE_ID.fullmatch(in_reply_to):
        lines.append(f"In-Reply-To: {in_reply_to}")
    thread = _thread(references)
    if thread:
        lines.append("References: " + "\r\n ".join(thread))
    lines += [_extra(name, value) for name, value in headers]
    entity = _text_entity(words)
    if files:
        entity = _multipart("mixed", [entity, *(_file_entity(file) for file in files)])
    lines.append(entity.head)
    return ("\r\n".join(lines) + "\r\n\r\n" + entity.body).encode("ascii")


def stamp(raw: bytes, date: datetime, message_id: str) -> bytes:
    """Put Date (`date` is aware; written in UTC) and Message-ID before a composed mail."""
    if not _MESSAGE_ID.fullmatch(message_id) or len(message_id) > 250:
        raise HeaderCannotBeSet
    head = f"Date: {format_datetime(date.astimezone(UTC))}\r\nMessage-ID: {message_id}\r\n"
    return head.encode("ascii") + raw


def _mailbox_header(name: str, mailbox: Address) -> str:
    addr = outgoing(mailbox.addr)
    shown = safe_line(mailbox.name, 100)
    if not shown:
        return f"{name}: {addr}"
    if _needs_encoding(shown):
        shown = "\r\n ".join(_encoded_words(shown))
    elif not _PLAIN_NAME.fullmatch(shown):
        shown = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return (
        f"{name}: {shown}\r\n <{addr}>" if len(shown + addr) > 64 else f"{name}: {shown} <{addr}>"
    )


def _needs_encoding(text: str) -> bool:
    return not text.isascii() or "=?" in text


def _encoded_words(text: str) -> list[str]:
    """RFC 2047 words in UTF-8 and base64, cut between characters and never within one."""
    pieces: list[bytes] = [b""]
    for character in text:
        octets = character.encode("utf-8")
        if len(pieces[-1]) + len(octets) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += octets
    return [f"=?utf-8?b?{base64.b64encode(piece).decode('ascii')}?=" for piece in pieces]


def _folded(name: str, value: str) -> str:
    """One header, folded between words to 78 characters; encoded where it has to be."""
    if _needs_encoding(value) or any(len(word) > _LONGEST_WORD for word in value.split(" ")):
        return f"{name}: " + "\r\n ".join(_encoded_words(value))
    lines = [f"{name}:"]
    for word in value.split(" "):
        if len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append("")
        lines[-1] += " " + word
    return "\r\n".join(lines)


def _extra(name: str, value: str) -> str:
    if not _NAME.fullmatch(name) or name.lower() in _OURS or name.lower().startswith("content-"):
        raise HeaderCannotBeSet
    return _folded(name, safe_line(value, 900))


def _thread(references: Iterable[str]) -> list[str]:
    """The root and as many of the last ten ids as fit (mail rule F10)."""
    ids = [
        one for one in dict.fromkeys(references) if _MESSAGE_ID.fullmatch(one) and len(one) <= 250
    ]
    kept, room = ids[:1], _REFERENCES - len("".join(ids[:1]))
    last: list[str] = []
    for one in reversed(ids[1:][-10:]):
        room -= len(one) + 1
        if room < 0:
            break
        last.append(one)
    return kept + last[::-1]


def _text_entity(words: Words) -> _Entity:
    plain = _quoted_printable("plain", words.text)
    if not words.html:
        return plain
    return _multipart("alternative", [plain, _quoted_printable("html", words.html)])


def _quoted_printable(subtype: str, text: str) -> _Entity:
    clean = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n") + "\n"
    # CRLF before encoding: then the encoder breaks long lines with CRLF too.
    body = binascii.b2a_qp(clean.replace("\n", "\r\n").encode("utf-8"), istext=True)
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
    return _Entity(head, body.decode("ascii"))


def head_of(name: str, content_type: str) -> str:
    """The header under which a file travels in a composed mail: its type, and the name it is kept by."""
    # A message may not be base64 (RFC 2046 s.5.2.1), so it travels as a plain file.
    kind = content_type if _CONTENT_TYPE.fullmatch(content_type) else "application/octet-stream"
    return f"Content-Type: {kind}\r\n{_disposition(name)}\r\nContent-Transfer-Encoding: base64"


def _file_entity(file: File) -> _Entity:
    return _Entity(head_of(file.name, file.content_type), file.encoded)


def _disposition(name: str) -> str:
    safe = re.sub(r'[/\\"]', "_", safe_line(name, 100)) or "attachment"
    if safe.isascii() and len(safe) <= _LONGEST_WORD:
        return f'Content-Disposition: attachment;\r\n filename="{safe}"'
    encoded = quote(safe, safe="")
    # RFC 2231 continuations, cut between escapes so that no line grows long.
    pieces = re.findall(r"(?:%..|[^%]){1,20}", encoded)
    if len(pieces) == 1:
        return f"Content-Disposition: attachment;\r\n filename*=utf-8''{encoded}"
    lines = [
        f" filename*{number}*={'utf-8' + chr(39) * 2 if number == 0 else ''}{piece}"
        for number, piece in enumerate(pieces)
    ]
    return "Content-Disposition: attachment;\r\n" + ";\r\n".join(lines)


def _multipart(subtype: str, entities: list[_Entity]) -> _Entity:
    """Join entities; the boundary comes from their content, and "=_" cannot occur within it."""
    whole = hashlib.sha256()
    for entity in entities:
        whole.update(f"{len(entity.body)}\n{entity.head}\n{entity.body}".encode("ascii"))
    boundary = f"=_foi_{whole.hexdigest()[:32]}"
    parts = "".join(f"--{boundary}\r\n{one.head}\r\n\r\n{one.body}\r\n" for one in entities)
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"'
    return _Entity(head, f"{parts}--{boundary}--\r\n")
