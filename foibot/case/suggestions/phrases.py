"""Finds fixed phrases in a text in one pass over its words, however long the text; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Generic, TypeAlias, TypeVar

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_FOLDS_INTO_A_LETTER = "\u0345"
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
    """A place after some words of phrases: what ends here, and which words may follow."""

    ends: tuple[T, ...]
    then: dict[str, _Node[T]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in a written phrase: the words that fit it, and whether it may stay empty."""

    words: tuple[str, ...]
    optional: bool


# How far into which phrases one has come: the phrase's number and the slot that is next.
_Place: TypeAlias = tuple[tuple[int, int], ...]


class Phrasebook(Generic[T]):
    """Phrases and what each stands for, found by following them word by word.

    A phrase is written with alternatives and words that may be missing: `i|we want to? die` stands
    for four phrases. At each place the longest phrase wins and uses its words up, so that a long
    harmless phrase ("waste of time") hides the short one inside it. Apostrophes and case say nothing.
    """

    def __init__(self, phrases: Mapping[T, Sequence[str]]) -> None:
        """`phrases` are given by what they stand for, one to a string."""
        means = [one for one, written in phrases.items() for _ in written]
        slots = [_slots(one) for written in phrases.values() for one in written]
        self._first = _node(tuple((each, 0) for each in range(len(slots))), slots, means, {})

    def find(self, text: str) -> Iterator[Found[T]]:
        """Every phrase in the first 200,000 characters, in order; time grows with the text alone."""
        read = text[:_MOST_CHARACTERS]
        words = _plain_words(read)
        begins = self._first.then
        # Common words begin phrases, but few of them are followed by the second word of one.
        may_begin = [
            at
            for at, (word, after) in enumerate(pairwise([*words, ""]))
            if (node := begins.get(word)) and (node.ends or after in node.then)
        ]
        spans: list[tuple[int, int]] = []
        free = 0
        for at in may_begin:
            if at < free:
                continue
            length, ends = self._longest(words, at)
            free = at + length
            if ends and not spans:
                spans = [found.span() for found in _WORD.finditer(read)]
            for means in ends:
                shown = text[spans[at][0] : spans[free - 1][1]]
                yield Found(means, " ".join(shown.split())[:_SHOWN].rstrip())

    def _longest(self, words: Sequence[str], at: int) -> tuple[int, Sequence[T]]:
        node: _Node[T] | None = self._first.then[words[at]]
        best: tuple[int, Sequence[T]] = (1, ())
        length = 1
        while node is not None:
            if node.ends:
                best = (length, node.ends)
            node = node.then.get(words[at + length]) if at + length < len(words) else None
            length += 1
        return best


def _slots(phrase: str) -> tuple[_Slot, ...]:
    return tuple(
        _Slot(tuple(word.removesuffix("?").split("|")), word.endswith("?"))
        for word in phrase.split()
    )


def _node(
    place: _Place,
    slots: Sequence[Sequence[_Slot]],
    means: Sequence[T],
    made: dict[_Place, _Node[T]],
) -> _Node[T]:
    """The node of a place. Alternatives lead to the same place again, which is made once.

    Spelling every phrase out instead makes fifty times as many nodes, and 10 MB.
    """
    if place in made:
        return made[place]
    ended: dict[T, None] = {}
    after: dict[str, dict[tuple[int, int], None]] = {}
    for phrase, at in place:
        for slot in range(at, len(slots[phrase])):
            for word in slots[phrase][slot].words:
                after.setdefault(word, {})[phrase, slot + 1] = None
            if not slots[phrase][slot].optional:
                break
        else:
            ended[means[phrase]] = None
    node = made[place] = _Node(tuple(ended))
    for word, places in after.items():
        node.then[word] = _node(tuple(sorted(places)), slots, means, made)
    return node


def _plain_words(text: str) -> list[str]:
    """The words of a text without case and apostrophes."""
    folded = text.casefold()
    # A letter that folds into two may fold into a mark, which ends a word; one mark folds into a letter.
    if len(folded) != len(text) or _FOLDS_INTO_A_LETTER in text:
        return [_plain(word) for word in _WORD.findall(text)]
    return [word if word.isalnum() else _plain(word) for word in _WORD.findall(folded)]


def _plain(word: str) -> str:
    return word.casefold().replace("'", "").replace("’", "")
