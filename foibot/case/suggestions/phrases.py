"""Finds fixed phrases in a text in one pass over its words, however long the text; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Generic, TypeVar

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOST_CHARACTERS = 200_000
_SHOWN = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase that was found: what it stands for, and the words as they were written."""

    means: T
    words: str


@dataclass(slots=True)
class _Node(Generic[T]):
    """A place after some words of a phrase: what ends here, and which words may follow."""

    ends: list[T] = field(default_factory=list)
    then: dict[str, _Node[T]] = field(default_factory=dict)


class Phrasebook(Generic[T]):
    """Phrases and what each stands for, found by following them word by word.

    A phrase is written with alternatives and words that may be missing: `i|we want to? die` stands
    for four phrases. At each place the longest phrase wins and uses its words up, so that a long
    harmless phrase ("waste of time") hides the short one inside it. Apostrophes and case say nothing.
    """

    def __init__(self, phrases: Mapping[T, Sequence[str]]) -> None:
        """`phrases` are given by what they stand for, one to a string."""
        self._first: _Node[T] = _Node()
        for means, written in phrases.items():
            for words in (words for one in written for words in spelt_out(one)):
                node = self._first
                for word in words:
                    node = node.then.setdefault(word, _Node())
                node.ends.append(means)

    def find(self, text: str) -> Iterator[Found[T]]:
        """Every phrase in the first 200,000 characters, in order; time grows with the text alone."""
        spans = [(found[0], *found.span()) for found in _WORD.finditer(text[:_MOST_CHARACTERS])]
        words = [_plain(word) for word, _, _ in spans]
        at = 0
        while at < len(words):
            length, ends = self._longest(words, at)
            for means in ends:
                shown = text[spans[at][1] : spans[at + length - 1][2]]
                yield Found(means, " ".join(shown.split())[:_SHOWN].rstrip())
            at += length

    def _longest(self, words: Sequence[str], at: int) -> tuple[int, Sequence[T]]:
        node = self._first.then.get(words[at])
        best: tuple[int, Sequence[T]] = (1, ())
        length = 1
        while node is not None:
            if node.ends:
                best = (length, node.ends)
            node = node.then.get(words[at + length]) if at + length < len(words) else None
            length += 1
        return best


def spelt_out(phrase: str) -> list[tuple[str, ...]]:
    """Every phrase that a written one stands for: `a|b c?` gives a, a c, b, b c."""
    return reduce(
        lambda begun, more: [(*words, *word) for words in begun for word in more],
        [_choices(word) for word in phrase.split()],
        [()],
    )


def _choices(word: str) -> list[tuple[str, ...]]:
    named: list[tuple[str, ...]] = [(one,) for one in word.removesuffix("?").split("|")]
    return [*named, ()] if word.endswith("?") else named


def _plain(word: str) -> str:
    return word.casefold().replace("'", "").replace("’", "")
