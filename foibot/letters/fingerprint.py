"""The fingerprint an approval is bound to: of everything that leaves, and of where it goes; no I/O."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def fingerprint(
    *,
    subject: str,
    text: str,
    html: str,
    pdf: bytes,
    recipient: str,
    attachments: tuple[tuple[str, bytes], ...] = (),
) -> str:
    """Give the SHA-256 of a letter as 64 hexadecimal digits.

    Each part is hashed with its length before it, so that no two letters can share a fingerprint
    by moving text from one part to the next. `attachments` are (file name, bytes) in their order.
    """
    digest = hashlib.sha256(b"foibot letter 1\n")
    for part in _parts(subject, text, html, pdf, recipient, attachments):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def shown(fingerprint: str) -> str:
    """Give the fingerprint as people compare it: the first eight digits, "5C1F 90AB"."""
    head = fingerprint[:8].upper()
    return f"{head[:4]} {head[4:]}"


def _parts(
    subject: str,
    text: str,
    html: str,
    pdf: bytes,
    recipient: str,
    attachments: tuple[tuple[str, bytes], ...],
) -> Iterable[bytes]:
    # A stranger's address may hold a lone surrogate; it must still have a fingerprint.
    for words in (subject, text, html, recipient):
        yield words.encode("utf-8", "surrogatepass")
    yield pdf
    for name, content in attachments:
        yield name.encode("utf-8", "surrogatepass")
        yield content
