"""London dates, and dates in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from foibot.law.dates import (
    LONDON,
    in_words,
    listed,
    london_date,
    london_moment,
    moment_in_words,
    with_weekday,
)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (datetime(2026, 6, 16, 23, 15, tzinfo=UTC), date(2026, 6, 17)),  # R24: British Summer Time
        (datetime(2026, 12, 16, 23, 15, tzinfo=UTC), date(2026, 12, 16)),  # R25
        (datetime(2026, 6, 16, 22, 59, tzinfo=UTC), date(2026, 6, 16)),
    ],
)
def test_t23_the_date_is_that_of_london(moment: datetime, there: date) -> None:
    assert london_date(moment) == there


def test_a_london_time_is_an_aware_moment() -> None:
    moment = london_moment(date(2026, 6, 17), time(9))
    assert moment == datetime(2026, 6, 17, 8, tzinfo=UTC)
    assert moment.tzinfo is LONDON
    assert (
        moment_in_words(datetime(2026, 6, 16, 23, 5, tzinfo=UTC))
        == "Wednesday 17 June 2026 at 00:05"
    )


def test_dates_in_words() -> None:
    assert in_words(date(2020, 12, 8)) == "8 December 2020"
    assert with_weekday(date(2021, 1, 11)) == "Monday 11 January 2021"


@pytest.mark.parametrize(
    ("items", "words"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_lists_in_words(items: tuple[str, ...], words: str) -> None:
    assert listed(items) == words
