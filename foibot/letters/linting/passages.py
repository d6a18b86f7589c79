"""A letter's text as passages and sentences that are searched across line breaks and still name their line; no I/O."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_SENTENCE: Final = 1_200
"""Characters. No person writes a longer one; a pattern that is slow on one sentence stays bounded."""

_UNWRAPPED: Final = 140
_BULLETS: Final = ("-", "*", "•", "·", "▪", "◦", "‣", "–")
_MARKER: Final = re.compile(r"(?:[-*•·▪◦‣–—]|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|Q\d{1,2}\b)\s")
_END: Final = re.compile(r"[.!?][\"'”’)\]]{0,3}\s+(?=[\"'“‘(\[]{0,2}[A-Z0-9])")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:s|ss|sect|sch|art|arts|reg|regs|para|paras|no|nos|mr|mrs|ms|mx|dr|prof|rev|st|supt|sgt|insp|dept"
    r"|e\.g|i\.e|cf|v|vs|viz|ref|tel|ext|approx|co|ltd|p|pp|[A-Z]))\.$",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"“[^“”]{3,900}”|\"[^\"]{3,900}\"")


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading or list item on one line; `starts` and `lines` tell where each word stood.

    `marked` is true if it stood behind ">" in the letter, so that it is somebody else's words.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    marked: bool = False

    def line_at(self, offset: int) -> int:
        """Give the line, counted from 1, on which the word at `offset` stands."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    @property
    def is_heading(self) -> bool:
        """Whether it stands as a heading: short, no list item, and without the end of a sentence."""
        short = len(self.text) <= 110 and not self.text.endswith((".", ",", ";", "!"))
        return short and not self.text.startswith(_BULLETS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage. `bare` is the same with quoted words blanked, offsets unchanged."""

    passage: Passage
    start: int
    text: str
    bare: str

    def line_at(self, offset: int) -> int:
        """Give the line on which the word at `offset` of the sentence stands."""
        return self.passage.line_at(self.start + offset)


def flat(text: str) -> str:
    """Give `text` with every run of white space as one space."""
    return " ".join(text.split())


def passages(text: str) -> tuple[Passage, ...]:
    """Split a text at empty lines, list markers, and line ends that were not made by wrapping.

    A line end is wrapping if the next line goes on in lower case, or if its first word had no
    room on the line before.
    """
    return tuple(_passages(text.splitlines()))


def sentences(passage: Passage) -> Iterator[Sentence]:
    """Give the sentences of a passage in order; what follows a colon stays with it."""
    for start, end in _spans(passage.text):
        text = passage.text[start:end].rstrip()
        yield Sentence(passage, start, text, blanked(text, _QUOTED))


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """Give `text` with every match of `pattern` as dashes, so that offsets stay true."""
    return pattern.sub(lambda match: "\N{EM DASH}" * len(match.group()), text)


def _passages(lines: list[str]) -> Iterator[Passage]:
    width = _width(lines)
    words: list[tuple[str, int]] = []
    marked = False
    before = ""
    for number, line in enumerate(lines, start=1):
        quoted = line.lstrip().startswith(">")
        clean = line.lstrip(" \t>") if quoted else line
        if words and (quoted != marked or _begins_anew(before, clean.strip(), width)):
            yield _passage(words, marked=marked)
            words = []
        words += [(word, number) for word in clean.split()]
        marked, before = quoted, clean.strip()
    if words:
        yield _passage(words, marked=marked)


def _width(lines: list[str]) -> int:
    """The width the text was wrapped to, 0 if each paragraph is one long line.

    What stands behind marks was wrapped by somebody else, or is wider by its marks.
    """
    own = [len(line) for line in lines if line.strip() and not line.lstrip().startswith(">")]
    longest = max(own, default=0)
    return 0 if longest > _UNWRAPPED else longest


def _begins_anew(before: str, line: str, width: int) -> bool:
    if not before or not line or _MARKER.match(line):
        return True
    if line[0].islower():
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) <= width or not width


def _passage(words: list[tuple[str, int]], *, marked: bool) -> Passage:
    starts: list[int] = []
    at = 0
    for word, _ in words:
        starts.append(at)
        at += len(word) + 1
    return Passage(
        text=" ".join(word for word, _ in words),
        starts=tuple(starts),
        lines=tuple(line for _, line in words),
        marked=marked,
    )


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        unquoted = text[match.start() + 1].isspace()
        before = max(start, match.start() - 6)
        if unquoted and _ABBREVIATED.search(text, before, match.start() + 1):
            continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST_SENTENCE:
        cut = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE) + 1
        cut = cut or start + LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end
