"""Words that plainly take a request back, and words that only look like it (T-50)."""

from __future__ import annotations

import pytest

from foibot.case.suggestions.withdrawal import withdrawal_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dear all,\nI withdraw my request.\nSam", ("I withdraw my request",)),
        ("I would like to withdraw my FOI request.", ("I would like to withdraw my FOI request",)),
        ("I'd like to withdraw this request", ("I'd like to withdraw this request",)),
        ("We hereby withdraw it.", ("We hereby withdraw it",)),
        ("I am withdrawing my Freedom of Information request", ("I am withdrawing my Freedom of Information request",)),
        ("I have decided to cancel the request", ("I have decided to cancel the request",)),
        ("Please cancel my request, I found it.", ("Please cancel my request",)),
        ("My request is withdrawn.", ("My request is withdrawn",)),
        ("We no longer require the information", ("no longer require the information",)),
        ("I don't need the figures any more", ("don't need the figures any more",)),
        ("This is to say that, after all, withdrawing my request", ("withdrawing my request",)),
    ],
)  # fmt: skip
def test_plain_words_take_a_request_back(text: str, found: tuple[str, ...]) -> None:
    assert withdrawal_words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I do not wish to withdraw my request",
        "I don't want to cancel the request.",
        "I will not withdraw my request",
        "I withdraw my complaint",
        "Please ignore my earlier mail",
        "Please ignore the attachment",
        "Please close the window",
        "I no longer live there",
        "How many requests were withdrawn in 2020?",
        "I want this answer",
        "When will you answer?",
    ],
)
def test_nothing_else_does(text: str) -> None:
    assert withdrawal_words(text) == ()
