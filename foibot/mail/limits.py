"""A linear look at raw bytes that says whether they may be parsed in this process (rule C9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foibot.mail.parameters import parameters

# Where a line begins for the parser that comes after: bare CR ends a line there too.
_EVENT = re.compile(
    rb"(?:^|[\r\n])(?:--([^\r\n]+)"
    rb"|content-type:([ \t\r\n]*multipart/[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*))",
    re.IGNORECASE,
)
_WORK = 50_000_000  # lines times possible nesting: what the parser may have to compare


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a mail is read in this process; sizes in bytes.

    No mail a person writes comes near them. Exchange itself stops at 256 KiB of header.
    """

    max_bytes: int = 30_000_000
    max_headers: int = 1_000
    max_header_bytes: int = 262_144
    max_encoded_words: int = 2_000
    max_parts: int = 500
    max_depth: int = 30
    max_lines: int = (
        1_000_000  # 25 MB of base64 has half as many; the parser needs 70 bytes for each
    )


def scan(raw: bytes, limits: Limits = Limits()) -> str | None:
    """Return None if `raw` is within the limits, else which limit it breaks, in words."""
    if len(raw) > limits.max_bytes:
        return f"larger than {limits.max_bytes} bytes"
    header = header_block(raw[: limits.max_header_bytes + 1])
    if len(header) > limits.max_header_bytes:
        return f"header larger than {limits.max_header_bytes} bytes"
    continued = header.count(b"\n ") + header.count(b"\n\t")
    if header.count(b"\n") - continued > limits.max_headers:
        return f"more than {limits.max_headers} headers"
    if header.count(b"=?") > limits.max_encoded_words:
        return f"more than {limits.max_encoded_words} encoded words in the header"
    if max(raw.count(b"\n"), raw.count(b"\r")) > limits.max_lines:
        return f"more than {limits.max_lines} lines"
    return _nesting(raw, limits)


def header_block(raw: bytes) -> bytes:
    """Return everything before the first empty line, all of `raw` if there is none."""
    ends = [at for gap in (b"\r\n\r\n", b"\n\n", b"\r\r") if (at := raw.find(gap)) >= 0]
    return raw[: min(ends)] if ends else raw


def _nesting(raw: bytes, limits: Limits) -> str | None:
    # Each level of nesting needs the word once, so counting it settles nearly every mail.
    possible = raw.lower().count(b"multipart/")
    if possible > limits.max_depth:
        if possible * (raw.count(b"\n") + raw.count(b"\r")) > _WORK:
            return "too many lines for so many parts"
        if any(depth > limits.max_depth for depth in _depths(raw)):
            return f"parts within parts more than {limits.max_depth} deep"
    return None


def _depths(raw: bytes) -> Iterator[int]:
    """How many multiparts are open after each line that opens or separates one."""
    open_now: list[bytes] = []
    for event in _EVENT.finditer(raw):
        if event[1] is None:
            _, given = parameters(event[2].decode("ascii", "replace"))
            boundary = given.get("boundary", "")
            open_now.append(boundary.rstrip().encode("ascii", "replace"))
            yield len(open_now)
            continue
        line = event[1].rstrip()
        closed = line.removesuffix(b"--")
        for name, keep in ((line, True), (closed, False)):
            if name in open_now:
                del open_now[open_now.index(name) + keep :]
                break
