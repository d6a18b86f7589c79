"""What only thanks, and what asks for more."""

from __future__ import annotations

import pytest

from foibot.case.suggestions.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    ["Thank you very much for your help.", "Many thanks, Sam", "Diolch!", "Thanks\u2019 a lot"],
)
def test_thanks(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I am not satisfied.",
        "Thanks, but where is the second table?",
        "Thank you. Please look at it again.",
        "Thanks. I'd like a review",
        "Thank you for this. " * 20,
    ],
)
def test_more_than_thanks(text: str) -> None:
    assert not is_thanks(text)
