"""Requests that ask the same in other words are found and compared; requests on something else are not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foibot.case.suggestions import likeness as module
from foibot.case.suggestions.likeness import (
    ENOUGH,
    first_mark,
    likeness,
    marks,
    phrase_in,
    stem,
    words_in,
)

ASKED = (
    "How many planned terrorist attacks on emergency service personnel or buildings have been thwarted by the "
    "police in your area Exampleshire within the last five years?"
)
ALIKE = [
    ASKED.replace("your area Exampleshire", "Otherton"),
    f"Dear Sir or Madam\n\n{ASKED.upper()}\n\nThank you for your help\nEve Else",
    "Please tell me how many terrorist attacks against emergency services or their buildings the police have thwarted.",
]
OTHER = [
    "How many police officers were dismissed for misconduct in the last five years?",
    "Please provide the number of attacks by dogs on postal workers in your area since 2015.",
    "How much did the force spend on overtime in the last five years?",
    "",
    "How many?",
]


@pytest.mark.parametrize("other", ALIKE)
def test_the_same_question_in_other_words_is_alike_and_shares_marks(other: str) -> None:
    found = likeness(ASKED, other)
    assert found.score >= ENOUGH
    assert {"terrorist", "emergency"} <= set(found.words)
    assert set(marks(ASKED)) & set(marks(other))


@pytest.mark.parametrize("other", OTHER)
def test_another_question_is_not(other: str) -> None:
    assert likeness(ASKED, other).score < ENOUGH


def test_the_marks_never_change_because_they_are_stored() -> None:
    assert marks(ASKED)[:2] == (6681387089987745455, 750977312859760887)
    assert len(marks(ASKED)) == 24
    assert first_mark(ASKED) == marks(ASKED)[0]


_PRIME = 2**61 - 1
_EDGES = st.sampled_from([0, 1, _PRIME - 1, _PRIME, _PRIME + 1, 2**64 - 1])
_FUNCTION = st.tuples(st.integers(1, _PRIME - 1), st.integers(0, _PRIME - 1))


@given(st.lists(_EDGES | st.integers(0, 2**64 - 1), min_size=1, max_size=9), _FUNCTION)
@example([_PRIME, 5], (1, 0))
@example([2**64 - 1], (_PRIME - 1, _PRIME - 1))
def test_all_words_go_through_a_function_at_once_as_they_would_one_by_one(
    hashes: list[int], function: tuple[int, int]
) -> None:
    a, b = function
    digests = [one.to_bytes(8) for one in hashes]
    assert module._least(digests, [function]) == [min((a * one + b) % _PRIME for one in hashes)]


def test_too_little_has_no_marks() -> None:
    assert marks("Please send me the information.") == ()
    assert first_mark("Please send me the information.") is None


@given(st.text(), st.text())
def test_anything_can_be_compared(one: str, other: str) -> None:
    assert 0 <= likeness(one, other).score <= 100
    assert all(0 <= mark < 2**63 for mark in marks(one))
    assert marks(one) == marks(one)


def test_a_long_request_costs_no_more_than_its_first_words() -> None:
    long = " ".join(f"word{number}" for number in range(100_000))
    assert len(marks(long)) == 24
    assert likeness(long, long).score == 100


@pytest.mark.parametrize(
    ("word", "plain"),
    [("Attacks", "attack"), ("companies", "company"), ("ties", "tie"), ("class", "class"), ("gas", "gas"), ("force’s", "force")],
)  # fmt: skip
def test_a_plural_is_its_word(word: str, plain: str) -> None:
    assert stem(word) == plain


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("terrorist attack", "terrorist attacks"),
        ("planned attacks", "planned terrorist attacks"),
        ("attack terrorist", ""),
        ("terrorist five", ""),
        ("emergency services buildings", "emergency service personnel or buildings"),
        ("", ""),
        ("last five years ago", ""),
    ],
)
def test_a_phrase_is_found_in_order_and_close_together(phrase: str, found: str) -> None:
    assert phrase_in(phrase, tuple(words_in(ASKED))) == found
