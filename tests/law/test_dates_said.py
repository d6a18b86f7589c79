"""Days that people name in passing, read as a British reader would."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.law.dates_said import dates_said

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
