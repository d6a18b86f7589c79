"""The content transfer encodings of RFC 2045, undone as far as damage allows."""

from __future__ import annotations

import binascii
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def undone(encoded: bytes, encoding: str) -> bytes:
    """Return the content; an unknown encoding or broken base64 yields what can be read."""
    match encoding.strip().lower():
        case "base64":
            return _base64(encoded)
        case "quoted-printable":
            return binascii.a2b_qp(encoded)
        case _:
            return encoded


def _base64(encoded: bytes) -> bytes:
    try:
        return binascii.a2b_base64(encoded)
    except binascii.Error:
        letters = _NOT_BASE64.sub(b"", encoded)
        if len(letters) % 4 == 1:  # one letter alone carries no byte
            letters = letters[:-1]
        return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
