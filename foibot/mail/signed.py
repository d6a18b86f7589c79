"""The mail inside an opaque S/MIME signature (RFC 8551 s.3.5.2): taken out, never verified; bounded, never raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foibot.mail.budget import Budget

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_ENVELOPED = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
_HEAD = 32  # bytes in which the type of the whole stands
_A_MAIL = re.compile(
    rb"(?:(?:mime-version|content-[a-z-]{1,40}):[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:",
    re.IGNORECASE,
)
_OCTETS = 4
_DEEPEST = 8


class _Broken(Exception):
    """The bytes are not BER, nested deeper than any signature, or in too many pieces."""


def signed_content(sealed: bytes, budget: Budget | None = None) -> bytes:
    """What was signed, as one MIME entity; b"" for what is encrypted, damaged or something else."""
    ber = _Ber(sealed, budget or Budget())
    try:
        (whole,) = ber.inside(_Element(0, 0, len(sealed), holds=True))
        kind, wrapped = ber.inside(whole)
        if sealed[kind.start : kind.stop] != _SIGNED_DATA:
            return b""
        (signed_data,) = ber.inside(wrapped)
        # Version, digest algorithms, then what was signed: its type and its bytes.
        _, content = ber.inside(ber.inside(signed_data)[2])
        (octets,) = ber.inside(content)
        return b"".join(ber.octets(octets, 0))
    except (_Broken, IndexError, ValueError):
        return b""


def is_enveloped(sealed: bytes) -> bool:
    """Whether the whole is encrypted, with or without a check of its own (RFC 5652, RFC 5083)."""
    return any(kind in sealed[:_HEAD] for kind in _ENVELOPED)


def is_a_mail(content: bytes) -> bool:
    """Whether what was signed begins with a Content-Type header: a signed PDF does not."""
    return _A_MAIL.match(content[:4096]) is not None


@dataclass(frozen=True, slots=True)
class _Element:
    """A tag number, the start and end of its content, and whether it holds elements in turn."""

    tag: int
    start: int
    stop: int
    holds: bool


@dataclass(slots=True)
class _Ber:
    """The bytes, and for how many elements they may be looked at."""

    raw: bytes
    budget: Budget

    def inside(self, element: _Element) -> list[_Element]:
        """The elements in this one, one level of them."""
        return list(self._elements(element.start, element.stop))

    def octets(self, element: _Element, depth: int) -> Iterator[bytes]:
        """The bytes of an OCTET STRING, which may be written in pieces."""
        if element.tag != _OCTETS or depth > _DEEPEST:
            raise _Broken
        if not element.holds:
            yield self.raw[element.start : element.stop]
            return
        for piece in self._elements(element.start, element.stop):
            yield from self.octets(piece, depth + 1)

    def _elements(self, at: int, end: int) -> Iterator[_Element]:
        while at < end and self.raw[at] != 0:  # NUL: the end of something without a length
            start, stop, after = self._extent(at, end, 0)
            if stop > end:
                raise _Broken
            yield _Element(self.raw[at] & 31, start, stop, bool(self.raw[at] & 32))
            at = after

    def _extent(self, at: int, end: int, depth: int) -> tuple[int, int, int]:
        """Where an element's content begins and ends, and where the next element is."""
        self.budget.elements -= 1
        if self.budget.elements < 0 or depth > _DEEPEST:
            raise _Broken
        first = self.raw[at + 1]
        if first < 128:
            return at + 2, at + 2 + first, at + 2 + first
        if first > 128:
            size = first & 127
            start = at + 2 + size
            stop = start + int.from_bytes(self.raw[at + 2 : start], "big")
            return start, stop, stop
        inner = at + 2  # no length: its end is two NULs
        while inner < end and self.raw[inner] != 0:
            inner = self._extent(inner, end, depth + 1)[2]
        return at + 2, inner, inner + 2
