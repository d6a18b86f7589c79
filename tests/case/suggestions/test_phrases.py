"""Phrases are found word by word, the longest first, in time that grows with the text alone."""

from __future__ import annotations

import itertools
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.suggestions import phrases
from foibot.case.suggestions.personal_words import PERSONAL_WORDS
from foibot.case.suggestions.phrases import Phrasebook
from foibot.case.suggestions.request_words import REQUEST_WORDS
from foibot.case.suggestions.signs import HARMLESS, Sign
from foibot.case.suggestions.urgent_words import URGENT_WORDS

BOOK = Phrasebook(
    {"harmless": ("waste of time",), "green": ("waste", "waste water"), "me": ("i|we dont? know",)}
)
EVERY = [
    (sign, phrase)
    for words in (REQUEST_WORDS, PERSONAL_WORDS, URGENT_WORDS)
    for sign, phrases in words.items()
    for phrase in phrases
]


def found(text: str) -> list[tuple[str, str]]:
    return [(one.means, one.words) for one in BOOK.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("nothing of it", []),
        ("Waste water, waste.", [("green", "Waste water"), ("green", "waste")]),
        ("a waste of time", [("harmless", "waste of time")]),
        ("a waste of", [("green", "waste")]),
        ("I don't know; we know; I don’t know", [("me", "I don't know"), ("me", "we know"), ("me", "I don’t know")]),
        ("waste\n\n water", [("green", "waste water")]),
        ("wastewater waster", []),
    ],
)  # fmt: skip
def test_the_longest_phrase_wins_and_is_shown_as_it_was_written(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(text) == expected


def spelt_out(phrase: str) -> list[tuple[str, ...]]:
    """Every phrase that a written one stands for: `a|b c?` gives a c, a, b c, b."""
    choices = [
        [(one,) for one in word.removesuffix("?").split("|")] + [()] * word.endswith("?")
        for word in phrase.split()
    ]
    return [tuple(itertools.chain(*words)) for words in itertools.product(*choices)]


def test_a_phrase_stands_for_each_of_its_alternatives() -> None:
    book = Phrasebook({"it": ("a|b c? d", "a e")})
    for text in ("a c d", "a d", "b c d", "b d", "a e"):
        assert [one.words for one in book.find(text)] == [text]
    for text in ("a", "b", "c d", "d", "a c", "a b", "b e", "a c c d"):
        assert list(book.find(text)) == []


def test_words_that_stand_for_several_things_say_each() -> None:
    book = Phrasebook({1: ("a b?",), 2: ("a|c b", "a b")})
    assert [(one.means, one.words) for one in book.find("a b a c b")] == [
        (1, "a b"), (2, "a b"), (1, "a"), (2, "c b"),
    ]  # fmt: skip


def test_a_phrase_of_many_alternatives_is_not_spelt_out() -> None:
    book = Phrasebook({"it": ("a|b " * 60 + "c? " * 60 + "d",)})
    assert len(list(book.find("a b " * 30 + "c " * 59 + "d"))) == 1


def test_what_is_shown_and_what_is_read_is_bounded() -> None:
    spread = "i" + "\n-" * 200 + "know"
    assert found(spread) == [("me", "i" + " -" * 29)]
    assert found("x " * 100_000 + "waste") == []


@pytest.mark.parametrize(("sign", "phrase"), EVERY, ids=lambda one: str(one)[:40])
def test_every_phrase_of_the_tables_can_be_found(sign: Sign, phrase: str) -> None:
    book = Phrasebook({sign: (phrase,)})
    for words in spelt_out(phrase):
        assert words, phrase
        assert next(book.find(" ".join(words).capitalize())).means == sign


def test_no_wording_is_both_strong_and_weak_or_both_harmless_and_a_sign() -> None:
    signs: dict[tuple[str, ...], set[Sign]] = {}
    for sign, phrase in EVERY:
        for words in spelt_out(phrase):
            signs.setdefault(words, set()).add(sign)
    twice = {
        " ".join(words)
        for words, meant in signs.items()
        if len({one.route for one in meant}) < len(meant) or (HARMLESS in meant and len(meant) > 1)
    }
    assert twice == set()


def test_words_of_a_folded_text_are_the_folded_words_of_the_text() -> None:
    for first in range(0, 0x110000, 0x400):
        letters = [chr(one) for one in range(first, first + 0x400)]
        for text in (" ".join(letters), " ".join(f"a{letter}b" for letter in letters)):
            words = [phrases._plain(word) for word in phrases._WORD.findall(text)]
            assert phrases._plain_words(text) == words, hex(first)


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for one in BOOK.find(text):
        assert len(one.words) <= 60


@pytest.mark.parametrize("bit", ["i ", "waste of ", "i don't ", "a'", "x", "'", "é́ "])
def test_twice_the_text_takes_about_twice_the_steps(bit: str) -> None:
    def steps(length: int) -> int:
        """How many calls it takes, of Python and of C: unlike seconds, the same on a busy machine."""
        text = (bit * length)[:length]
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            list(BOOK.find(text))
        finally:
            sys.setprofile(before)
        return calls

    assert steps(160_000) < 10 * steps(20_000)
