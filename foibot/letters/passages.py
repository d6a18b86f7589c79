"""A letter's text as passages that can be searched across line breaks and still name their line; no I/O."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph on one line; `starts` and `lines` tell where in the letter each word stood."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Give the line, counted from 1, on which the word at `offset` stands."""
        return self.lines[bisect_right(self.starts, offset) - 1]


def flat(text: str) -> str:
    """Give `text` with every run of white space as one space."""
    return " ".join(text.split())


def own_passages(text: str, request_text: str) -> Iterator[Passage]:
    """Give the passages the authority wrote: quotations and the request itself are left out."""
    request = flat(request_text).casefold()
    for passage in _passages(text):
        words = passage.text.casefold()
        if not request:
            yield passage
        elif words not in request:
            # Blanked, not cut, so that the offsets stay true.
            at = words.find(request)
            yield passage if at < 0 else _blanked(passage, at, at + len(request))


def _passages(text: str) -> Iterator[Passage]:
    words: list[tuple[str, int]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith(">"):
            words += [(word, number) for word in line.split()]
        elif words:
            yield _passage(words)
            words = []
    if words:
        yield _passage(words)


def _passage(words: list[tuple[str, int]]) -> Passage:
    starts: list[int] = []
    at = 0
    for word, _ in words:
        starts.append(at)
        at += len(word) + 1
    return Passage(
        text=" ".join(word for word, _ in words),
        starts=tuple(starts),
        lines=tuple(line for _, line in words),
    )


def _blanked(passage: Passage, start: int, end: int) -> Passage:
    text = passage.text[:start] + "\N{EM DASH}" * (end - start) + passage.text[end:]
    return Passage(text, passage.starts, passage.lines)
