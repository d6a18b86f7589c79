"""`topic`: the register of what is always neither confirmed nor denied, kept by order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import events as e
from foibot.case.precedents import Topic
from tests.case.case_files import drafted
from tests.samples import decided, situation, why

LISTED = replace(situation(), topics=(Topic("Terrorism", ("terrorist attack",), "23(5)"),))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("topic Plots: own any, thwarted plot", ""),
        ("topic Plots", "own any\nthwarted  plot; own any\n\nTom Teal"),
    ],
)
def test_a_topic_is_listed_with_its_phrases(line: str, text: str) -> None:
    outcome = decided(line, situation(), text)
    assert outcome.events == (e.TopicListed("Plots", ("own any", "thwarted plot"), ""),)
    (told,) = outcome.notices
    assert "holds one of the phrases" in str(told.facts["paragraphs"])


def test_the_letter_on_the_case_says_what_to_rely_on() -> None:
    (event,) = decided("topic Plots: thwarted plot", situation(drafted())).events
    assert event == e.TopicListed("Plots", ("thwarted plot",), "23(5) 31(3)")
    (told,) = decided("topic Plots: thwarted plot", situation(drafted(kind="refusal"))).notices
    assert "none of the phrases" in str(told.facts["paragraphs"])


def test_a_topic_of_the_same_name_is_written_anew_and_comes_off_with_a_reason() -> None:
    (event,) = decided("topic terrorism: bomb plot", LISTED).events
    assert event == e.TopicListed("Terrorism", ("bomb plot",), "")
    (event,) = decided("topic terrorism: off: it is public now", LISTED).events
    assert event == e.TopicStruck("Terrorism", "it is public now")


def test_alone_it_shows_the_register() -> None:
    (told,) = decided("topic", LISTED).notices
    assert told.facts["facts"] == ["Terrorism, on 23(5): terrorist attack"]
    (told,) = decided("topic", situation()).notices
    assert "No topic is listed" in str(told.facts["paragraphs"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("topic Plots", "needs the phrases"),
        ("topic Plots: plot", "two words at least"),
        (f"topic {'x' * 61}: own any", "at most 60 characters"),
        (f"topic Plots: {'x ' * 60}", "50 phrases of 80"),
        ("topic Plots: off: it is public now", "no such topic"),
        ("topic Terrorism: off", "reason is missing"),
        ("topic Terrorism: off: your reason", "reason is missing"),
    ],
)
def test_an_order_that_does_not_count_says_why(line: str, words: str) -> None:
    assert words in why(decided(line, LISTED))
