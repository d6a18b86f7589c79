"""Which characters the letters' font can show, and words for those it cannot."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from foibot.errors import AdministratorMustFix

_OTHER_SCRIPT: Final = "[words in a script this PDF cannot show: please see the email]"
_SAID_AGAIN: Final = re.compile(rf"{re.escape(_OTHER_SCRIPT)}(?: +{re.escape(_OTHER_SCRIPT)})+")
# Marks that only shape the emoji before them.
_SILENT: Final = frozenset("\u200d\u20e3\ufe0e\ufe0f")


class FontsMissing(AdministratorMustFix):
    """The folder of fonts holds no font foibot can read; restore templates/fonts."""


@dataclass(frozen=True, slots=True)
class FontCoverage:
    """The characters that every font of a folder can show, and those between lines and words."""

    shown: frozenset[str]

    @classmethod
    def of_folder(cls, folder: Path) -> FontCoverage:
        """Read the character maps of the TrueType files in `folder`; `FontsMissing` if there are none."""
        maps = [frozenset(_characters(path.read_bytes())) for path in sorted(folder.glob("*.ttf"))]
        if not maps or not all(maps):
            raise FontsMissing(f"{folder} holds no readable .ttf font; restore templates/fonts.")
        shown = map(chr, frozenset.intersection(*maps))
        return cls(frozenset(one for one in shown if unicodedata.category(one) != "Cf") | {*"\n\t"})

    def legible(self, text: str) -> str:
        """Give `text` with every character that cannot be shown put into words.

        A smiling face becomes "[smiling face with smiling eyes]"; words in another script become
        one note that points to the email, where they stand as they were written.
        """
        text = unicodedata.normalize("NFC", text)
        if self.shown.issuperset(text):
            return text
        runs = groupby("".join(map(self._simplest, text)), key=self.shown.__contains__)
        words = "".join("".join(run) if can else _in_words("".join(run)) for can, run in runs)
        return _SAID_AGAIN.sub(_OTHER_SCRIPT, words)

    def _simplest(self, character: str) -> str:
        """Give a plain letter for a decorated one: a bold mathematical H is an H."""
        plain = unicodedata.normalize("NFKC", character)
        return plain if self.shown.issuperset(plain) else character


def _in_words(run: str) -> str:
    letters = [character for character in run if unicodedata.category(character)[0] in "LMN"]
    if letters and any(unicodedata.category(letter)[0] == "L" for letter in letters):
        return _OTHER_SCRIPT
    return "".join(map(_described, run))


def _described(character: str) -> str:
    if character in _SILENT or unicodedata.category(character) == "Cf":
        return ""
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name else "\ufffd"


def _characters(font: bytes) -> Iterator[int]:
    """Walk the code points of the font's character map (OpenType cmap, format 4, platform 3)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            yield from _map(font, offset)


def _map(font: bytes, cmap: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    for index in range(count):
        platform, _, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)
        start = cmap + offset
        if platform == 3 and struct.unpack_from(">H", font, start)[0] == 4:
            yield from _segments(font, start)


def _segments(font: bytes, start: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, start + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, start + 14)
    starts = struct.unpack_from(f">{count}H", font, start + 16 + 2 * count)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, last if last == 0xFFFF else last + 1)
