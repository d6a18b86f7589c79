"""Dates and lists in words."""

from datetime import date

import pytest

from foibot.law.dates import in_words, listed, with_weekday


def test_dates_nobody_can_misread() -> None:
    assert in_words(date(2020, 12, 8)) == "8 December 2020"
    assert with_weekday(date(2021, 1, 11)) == "Monday 11 January 2021"


@pytest.mark.parametrize(
    ("items", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(items: list[str], words: str) -> None:
    assert listed(items) == words
