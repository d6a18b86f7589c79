"""The end of the known holidays is announced before a case reaches it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.law import REGIMES
from foibot.law.calendar import answer_by, count
from foibot.law.horizon import horizon_warning
from foibot.law.regime import Nation, Proclaimed
from foibot.law.working_days import horizon

FOIA, _, FOISA, _ = REGIMES


@pytest.mark.parametrize(
    ("today", "warns"),
    [(date(2028, 9, 29), False), (date(2028, 9, 30), True), (date(2031, 1, 1), True)],
)
def test_t15_a_warning_comes_60_days_before_a_new_request_is_provisional(
    today: date, warns: bool
) -> None:
    words = horizon_warning(FOIA, today)
    assert bool(words) is warns
    if warns:
        assert words.startswith("Bank holidays are known until 31 December 2028 only.")
        assert "foibot holidays import FILE" in words


def test_t15_open_cases_past_the_horizon_are_counted() -> None:
    today, inside, outside = date(2026, 1, 1), date(2028, 12, 31), date(2029, 1, 2)
    assert horizon_warning(FOIA, today, [inside]) == ""
    assert "The last day of 1 open case lies after that" in horizon_warning(
        FOIA, today, [inside, outside]
    )
    assert "2 open cases lie after" in horizon_warning(FOIA, today, [outside, outside])


def test_t15_imported_years_that_follow_move_the_horizon() -> None:
    def with_years(*years: int) -> date:
        return horizon(replace(FOIA, published_years=frozenset(years)))

    assert with_years() == with_years(2026, 2028) == with_years(2030) == date(2028, 12, 31)
    assert with_years(2029, 2030, 2032) == date(2030, 12, 31)


def test_t15_a_date_inside_imported_years_is_certain() -> None:
    received = date(2028, 12, 15)
    assert answer_by(FOIA, received).provisional
    day = Proclaimed(date(2029, 1, 1), "New Year's Day", Nation.SCOTLAND)
    known = replace(FOIA, proclaimed=frozenset({day}), published_years=frozenset({2029}))
    assert not answer_by(known, received).provisional
    last = count(known, date(2029, 12, 28), 1)
    assert (last.due, last.provisional) == (date(2029, 12, 31), False)
