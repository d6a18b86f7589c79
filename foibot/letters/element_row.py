"""One row of the table of what a letter has to hold; no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.letters.linting.letter_type import LetterType


@dataclass(frozen=True, slots=True)
class Row:
    """One element: one of its `words` has to be in the letters of these `types` under these `laws`.

    A name in braces is a word of the letter's vocabulary. Where that is empty, nothing is asked for.
    With `when` it is asked for only where that word of the vocabulary says something; with `unless`
    only where it says nothing.
    """

    rule: str
    what: str
    words: tuple[str, ...]
    types: frozenset[LetterType]
    laws: frozenset[str]
    when: str = ""
    unless: str = ""


def rows(
    types: frozenset[LetterType],
    laws: frozenset[str],
    *rows: tuple[str, str, str],
    when: str = "",
    unless: str = "",
) -> tuple[Row, ...]:
    """Give rows for the same letters and laws, each as its rule, what it is, and its words between bars."""
    return tuple(
        Row(rule, what, tuple(words.split(" | ")), types, laws, when, unless)
        for rule, what, words in rows
    )
