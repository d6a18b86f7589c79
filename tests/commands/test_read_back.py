"""Whoever gives an order with words of their own is told which words were taken."""

from __future__ import annotations

import pytest

from foibot.case import colleague_events as c
from foibot.commands.command import Situation
from foibot.commands.grammar import read_back
from tests.commands.test_asking import ASKED, at
from tests.commands.test_topic import LISTED
from tests.samples import CLERK, TOM, decided, situation

HANDED = situation(c.Assigned(CLERK.address), officer=CLERK)


@pytest.mark.parametrize(
    ("line", "text", "of", "words"),
    [
        ("note: rang Sam", "", situation(), "rang Sam"),
        ("note", "rang Sam,\nno answer\n\nTom", situation(), "rang Sam, no answer"),
        ("answered harry: he rang", "", at(ASKED), "he rang"),
        ("answered harry", "He rang.\n\nJane", at(ASKED), "He rang."),
        ("assign cleo", "It is short.\n\nTom", situation(), "It is short."),
        ("not mine: I am away", "", HANDED, "I am away"),
        ("topic terrorism: off: it is public now", "", LISTED, "it is public now"),
    ],
)
def test_an_answer_repeats_the_words_that_were_taken(
    line: str, text: str, of: Situation, words: str
) -> None:
    told = [one for one in decided(line, of, text).notices if one.kind == "answer"]
    assert f"“{words}”" in str(told[0].facts["paragraphs"])


@pytest.mark.parametrize(
    ("line", "of"), [("answered harry", at(ASKED)), ("assign cleo", situation(officer=TOM))]
)
def test_where_no_words_were_taken_none_are_repeated(line: str, of: Situation) -> None:
    (told,) = [one for one in decided(line, of).notices if one.kind == "answer"]
    assert "“" not in str(told.facts["paragraphs"])


def test_long_words_are_cut_between_two_of_them_and_counted() -> None:
    assert read_back("x" * 200) == f"“{'x' * 200}”"
    cut = read_back("word " * 60)
    assert cut == f"“{'word ' * 39}word …” (299 characters in all)"
    assert read_back("a\n\n  b") == "“a b”"
