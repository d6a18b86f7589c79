"""A letter as it was read from a file, before anybody has judged it; plain values, no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_HEADER: Final = re.compile(r"[>*\s]{0,9}(?:From|Sent|Date|To|Cc|Subject)\s?:\*?\s", re.IGNORECASE)
_FROM: Final = re.compile(r"[>*\s]{0,9}From\s?:\*?\s", re.IGNORECASE)
_CUT: Final = re.compile(r"-{3,}\s?(?:original message|forwarded message)\b", re.IGNORECASE)
_ATTRIBUTION: Final = re.compile(r"On .{6,200} wrote:$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a mail; `text` is None where foibot cannot read it as a letter."""

    name: str
    content_type: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """What surrounds a letter that is sent as an email; addresses as written, in lower case."""

    subject: str = ""
    sender: str = ""
    copied_to: tuple[str, ...] = ()
    date: str = ""
    wants_receipt: bool = False
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One letter: its text with line breaks, and what its file carries besides.

    `properties` are the file's own fields that name people or topics ("author", "title");
    `residue` is what a word processor left in: "a comment", "a tracked change", "hidden text".
    `versions` are other texts of one mail, each with its name: "the HTML version".
    `mail` is None for a letter that is not an email.
    """

    text: str
    mail: Mail | None = None
    properties: tuple[tuple[str, str], ...] = ()
    residue: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()


def without_earlier_mail(text: str) -> tuple[str, str]:
    """Split a mail's text where the mail it answers begins: (the letter, the earlier mail).

    A request that is only marked with ">" stays: that is how a letter repeats it.
    """
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if _begins_earlier(lines, at, line[:300]):
            return "\n".join(lines[:at]), "\n".join(lines[at:])
    return text, ""


def _begins_earlier(lines: list[str], at: int, line: str) -> bool:
    if _CUT.match(line) or _ATTRIBUTION.match(line):
        return True
    if at == 0 or not _FROM.match(line):
        return False
    return sum(1 for each in lines[at + 1 : at + 6] if _HEADER.match(each[:300])) >= 2
