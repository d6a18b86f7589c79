"""Files that old programs write into the text of a mail, between `begin 644 NAME` and `end` (mail rule C22)."""

from __future__ import annotations

import binascii
import re
from collections import deque
from dataclasses import dataclass

_BEGIN = re.compile(r"begin [0-7]{3,4} (\S.{0,200})")
_MOST = 50  # files of one text, and places that look like one


@dataclass(frozen=True, slots=True)
class Encoded:
    """One file; `content` is what could be read of it."""

    name: str
    content: bytes


def without_uuencoded(text: str, most: int = _MOST) -> tuple[str, tuple[Encoded, ...]]:
    """The text with each file in it replaced by a line that names it, and the files; linear.

    What begins like a file and never ends is text: nothing a person wrote is taken away. So is what comes
    after the first `most` of them.
    """
    if "\nbegin " not in f"\n{text}":
        return text, ()
    lines = text.split("\n")
    kept: list[str] = []
    files: list[Encoded] = []
    tries = 0
    at, ends = 0, deque(number for number, line in enumerate(lines) if line.rstrip() == "end")
    while at < len(lines):
        begin = _BEGIN.fullmatch(lines[at].rstrip())
        while ends and ends[0] <= at:
            ends.popleft()
        content = None
        if begin and ends and tries < min(most, _MOST):
            tries += 1
            content = _content(lines[at + 1 : ends[0]])
        if begin is None or content is None:
            kept.append(lines[at])
            at += 1
            continue
        files.append(Encoded(begin[1].strip(), content))
        kept.append(f"[file: {begin[1].strip()}]")
        at = ends[0] + 1
    return "\n".join(kept), tuple(files)


def _content(lines: list[str]) -> bytes | None:
    """The bytes of the lines; None if there are none, or one is no such line."""
    content = bytearray()
    for line in lines:
        if not line.strip() or line.strip() == "`":
            continue
        # Some programs end lines with a check letter, others lose spaces at their end.
        needed = (((ord(line[0]) - 32) & 63) + 2) // 3 * 4
        try:
            content += binascii.a2b_uu(line[: 1 + needed].encode("ascii"))
        except (UnicodeError, binascii.Error):
            return None
    return bytes(content) or None
