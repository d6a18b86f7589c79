"""When an approved letter leaves: the time to undo, in office hours if so wished, and never past the last day for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.clocks import Clock, ClockName
from foibot.law.dates import LONDON, london_date
from foibot.law.foia import FOIA
from foibot.outbox.undo import OfficeHours, leaves_at

NINE_TO_FIVE = OfficeHours(time(9), time(17))
ANSWER = Clock(ClockName.ANSWER, "", date(2020, 12, 8), "", date(2021, 1, 11))
TEN = timedelta(minutes=10)


def london(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


def left(
    approved: str,
    minutes: int = 10,
    *,
    hours: OfficeHours | None = NINE_TO_FIVE,
    clocks: tuple[Clock, ...] = (ANSWER,),
) -> str:
    found = leaves_at(london(approved), timedelta(minutes=minutes), hours, FOIA, clocks)
    return found.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("approved", "minutes", "leaves"),
    [
        ("2020-12-08 09:11", 10, "2020-12-08 09:21"),  # Tuesday
        ("2020-12-11 18:30", 10, "2020-12-14 09:10"),  # Friday evening
        ("2020-12-12 11:00", 10, "2020-12-14 09:10"),  # Saturday
        ("2020-12-14 07:00", 10, "2020-12-14 09:10"),
        ("2020-12-11 16:50", 10, "2020-12-11 17:00"),
        ("2020-12-11 16:55", 10, "2020-12-14 09:05"),
        ("2020-12-24 17:30", 10, "2020-12-29 09:10"),  # Christmas, the weekend, and a day in lieu
        ("2020-12-08 09:00", 1440, "2020-12-10 17:00"),
        ("2020-12-11 18:30", 0, "2020-12-11 18:30"),  # 0 sends at once
        ("2021-03-26 18:30", 10, "2021-03-29 09:10"),  # the clocks go forward
    ],
)
def test_the_minutes_are_those_of_office_hours(approved: str, minutes: int, leaves: str) -> None:
    assert left(approved, minutes, clocks=()) == leaves


def test_without_office_hours_every_minute_counts() -> None:
    assert left("2020-12-11 18:30", hours=None) == "2020-12-11 18:40"


@pytest.mark.parametrize(
    ("approved", "leaves"),
    [
        ("2021-01-08 18:30", "2021-01-11 09:10"),  # Friday; Monday is the last day
        ("2021-01-11 16:55", "2021-01-11 17:05"),  # the rest of the minutes would be Tuesday's
        ("2021-01-11 18:30", "2021-01-11 18:40"),
        ("2021-01-11 23:54", "2021-01-11 23:59"),  # ten minutes later is another day
        ("2021-01-12 18:30", "2021-01-12 18:40"),  # late as it is
    ],
)
def test_no_letter_is_late_for_it(approved: str, leaves: str) -> None:
    assert left(approved) == leaves


def test_in_the_last_minute_of_the_last_day_it_leaves_at_once() -> None:
    approved = london("2021-01-11 23:59") + timedelta(seconds=30)
    assert leaves_at(approved, TEN, NINE_TO_FIVE, FOIA, [ANSWER]) == approved
    assert leaves_at(approved, TEN, None, FOIA, [ANSWER]) == approved


@pytest.mark.parametrize("name", [ClockName.CLARIFICATION, ClockName.FEE])
def test_a_day_by_which_somebody_else_has_to_answer_hurries_nobody(name: ClockName) -> None:
    assert left("2021-01-11 18:30", clocks=(replace(ANSWER, name=name),)) == "2021-01-12 09:10"


def test_the_earliest_day_of_a_clock_that_runs_counts() -> None:
    review = replace(ANSWER, name=ClockName.REVIEW, due=date(2020, 12, 11))
    assert left("2020-12-11 18:30", clocks=(ANSWER, review)) == "2020-12-11 18:40"
    over = replace(review, stopped=date(2020, 12, 10))
    assert left("2020-12-11 18:30", clocks=(ANSWER, over)) == "2020-12-14 09:10"


def test_where_no_calendar_reaches_the_minutes_are_plain() -> None:
    assert left("2099-12-31 18:30", clocks=()) == "2099-12-31 18:40"


@given(
    st.integers(0, 90 * 24 * 60),
    st.integers(0, 1440),
    st.sampled_from([None, NINE_TO_FIVE, OfficeHours(time(6), time(7))]),
)
def test_it_never_leaves_before_the_approval_nor_a_day_late_for_it(
    after: int, minutes: int, hours: OfficeHours | None
) -> None:
    approved = london("2020-11-01 00:00") + timedelta(minutes=after)
    undo = timedelta(minutes=minutes)
    found = leaves_at(approved, undo, hours, FOIA, [ANSWER])
    assert found >= approved
    if london_date(approved) <= ANSWER.due:
        assert london_date(found) <= ANSWER.due
    else:
        assert found == approved + undo
    assert NINE_TO_FIVE.in_words() == "09:00 to 17:00"
