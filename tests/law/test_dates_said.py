"""Days that people name in passing, read as a British reader would."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.law.dates_said import dates_said, day_written

TODAY = date(2020, 12, 22)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("back on Monday 4 January 2021", [date(2021, 1, 4)]),
        ("from 23rd of December to 4th January", [date(2020, 12, 23), date(2021, 1, 4)]),
        ("until 2021-01-04, or 05/01/21, or 6.1.2021", [date(2021, 1, 4), date(2021, 1, 5), date(2021, 1, 6)]),
        ("more by Friday", [date(2020, 12, 25)]),
        ("by Tuesday", [date(2020, 12, 29)]),
        ("Friday 1 Jan.", [date(2021, 1, 1)]),
        ("31 February, 99/99/2021, 1 Dec 2020 and 1 Dec 2030", []),
        ("ring 12 34 56", []),
        ("", []),
    ],
)  # fmt: skip
def test_a_day_is_read(text: str, days: list[date]) -> None:
    assert dates_said(text, TODAY) == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Tuesday, December 1, 2020 10:00 AM", date(2020, 12, 1)),
        ("1st Dec. 2020 at 10:00", date(2020, 12, 1)),
        ("Dec 1 2020", date(2020, 12, 1)),
        ("01/12/20 10:00", date(2020, 12, 1)),
        ("2020-12-01T10:00", None),
        ("2020-12-01 10:00", date(2020, 12, 1)),
        ("1 Dec", None),
        ("31 Feb 2020", None),
        ("", None),
    ],
)
def test_the_first_whole_day_in_a_line_is_read(text: str, day: date | None) -> None:
    assert day_written(text) == day
