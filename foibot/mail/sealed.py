"""A mail that is one S/MIME signature (RFC 8551): the bytes that were signed, the signature over them, and the mail they make; verifies nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foibot.mail.limits import header_block
from foibot.mail.parameters import parameters
from foibot.mail.signed import signed_content
from foibot.mail.transfer import undone

_DETACHED = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_OPAQUE = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*?)(?:\r?\n(?![ \t])|\Z)", re.S)
_BARE = re.compile(rb"(?<!\r)\n")
_LARGEST_SIGNATURE = 200_000  # bytes of a detached one, with a chain of certificates


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was signed, one MIME entity with CRLF at the end of lines, and the signature in DER or BER."""

    content: bytes
    signature: bytes
    detached: bool


def sealed(raw: bytes) -> Sealed | None:
    """What a mail signs as a whole; None if it does not, or has anything beside the signed entity."""
    head, body = _halves(raw)
    kinds = [value for name, value in _fields(head) if name == b"content-type"]
    if len(kinds) != 1:
        return None
    kind, given = parameters(kinds[0].decode("latin-1"))
    if kind in _OPAQUE:
        return _opaque(body, _encoding(head))
    if kind != "multipart/signed" or not given.get("boundary"):
        return None
    return _detached(body, given["boundary"].rstrip().encode("latin-1", "replace"))


def unsealed(raw: bytes, content: bytes) -> bytes:
    """The mail that says what was signed and no more: its own headers, and of the signed entity what it is."""
    outer = [field for name, field in _lines(_halves(raw)[0]) if not _about_content(name)]
    head, body = _halves(content)
    inner = [field for name, field in _lines(head) if name.startswith(b"content-")]
    return b"".join((*outer, b"MIME-Version: 1.0\r\n", *inner, b"\r\n", body))


def _opaque(body: bytes, encoding: str) -> Sealed | None:
    signature = undone(body, encoding)
    content = signed_content(signature)
    return Sealed(content, signature, detached=False) if content else None


def _detached(body: bytes, boundary: bytes) -> Sealed | None:
    mark = re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)")
    marks = list(mark.finditer(body))
    if [bool(one[1]) for one in marks] != [False, False, True]:
        return None
    first, second, last = marks
    content, seal = body[first.end() : second.start()], body[second.end() : last.start()]
    head, signature = _halves(_after_line(seal))
    kind = next((value for name, value in _fields(head) if name == b"content-type"), b"")
    if parameters(kind.decode("latin-1"))[0] not in _DETACHED or len(seal) > _LARGEST_SIGNATURE:
        return None
    return Sealed(
        _BARE.sub(b"\r\n", _after_line(content)), undone(signature, _encoding(head)), detached=True
    )


def _after_line(part: bytes) -> bytes:
    return part.removeprefix(b"\r").removeprefix(b"\n")


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    """The header with its last line end, and the body."""
    for empty in (b"\r\n", b"\n"):
        if raw.startswith(empty):
            return b"", raw[len(empty) :]
    head = header_block(raw)
    rest = raw[len(head) :]
    gap = b"\r\n" if rest.startswith(b"\r\n") else b"\n"
    return head + gap, rest[2 * len(gap) :]


def _lines(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The lower-case name of each field, and the field as it stands."""
    return ((one[1].lower(), one[0]) for one in _FIELD.finditer(head))


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    return ((one[1].lower(), one[2]) for one in _FIELD.finditer(head))


def _encoding(head: bytes) -> str:
    given = (value for name, value in _fields(head) if name == b"content-transfer-encoding")
    return next(given, b"").decode("latin-1").strip()


def _about_content(name: bytes) -> bool:
    return name.startswith(b"content-") or name == b"mime-version"
