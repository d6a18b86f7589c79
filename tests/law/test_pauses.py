"""A clock that stands still: the worked fees notices, pauses of no length, and a count by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES
from foibot.law.calendar import NotCounted, answer_by, count, is_working_day
from foibot.law.pauses import Pause, PauseEndsBeforeItBegins, paused_between
from foibot.law.regime import Regime

FOIA, _, FOISA, _ = REGIMES
WHY = "waiting for the fee"


def day(text: str) -> date:
    return date.fromisoformat(text)


def pause(first: str, last: str) -> Pause:
    return Pause(day(first), day(last), WHY)


@pytest.mark.parametrize(
    ("received", "first", "last", "without", "due"),
    [
        ("2026-02-02", "2026-02-12", "2026-03-05", "2026-03-02", "2026-03-25"),  # R03
        ("2025-12-01", "2025-12-23", "2026-01-09", "2025-12-31", "2026-01-16"),  # R04
    ],
    ids=["R03", "R04"],
)
def test_t35_from_the_notice_to_the_payment_both_days_are_disregarded(
    received: str, first: str, last: str, without: str, due: str
) -> None:
    assert answer_by(FOIA, day(received)).due == day(without)
    working = answer_by(FOIA, day(received), (pause(first, last),))
    assert working.due == day(due)
    assert working.day_number(day(last)) == working.day_number(day(first) - timedelta(days=1))
    assert working.day_number(working.due) == 20
    assert NotCounted(day(first), WHY) in working.not_counted
    assert NotCounted(day(last), WHY) in working.not_counted
    assert [one.day for one in working.not_counted] == sorted(
        {one.day for one in working.not_counted}
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-02-14", "2026-02-15"),  # a weekend
        ("2026-01-20", "2026-02-02"),  # over by the day of receipt
        ("2026-03-03", "2026-03-20"),  # begins after the last day
        ("2026-02-02", "2026-02-02"),  # the day of receipt is never counted anyway
    ],
)
def test_t35_a_pause_of_no_working_day_changes_nothing(first: str, last: str) -> None:
    plain = answer_by(FOIA, day("2026-02-02"))
    paused = answer_by(FOIA, day("2026-02-02"), (pause(first, last),))
    assert (paused.due, paused.not_counted) == (plain.due, plain.not_counted)


def test_paid_on_the_day_of_the_notice_one_day_is_lost() -> None:
    paused = answer_by(FOIA, day("2026-02-02"), (pause("2026-02-12", "2026-02-12"),))
    assert paused.due == day("2026-03-03")


def test_a_pause_on_the_last_day_alone_moves_it() -> None:
    paused = answer_by(FOIA, day("2026-02-02"), (pause("2026-03-02", "2026-03-02"),))
    assert paused.due == day("2026-03-03")


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(PauseEndsBeforeItBegins, match="Check both dates"):
        pause("2026-03-05", "2026-02-12")


def test_of_overlapping_pauses_every_day_is_left_out_once() -> None:
    one = (pause("2026-02-12", "2026-03-05"),)
    two = (pause("2026-02-20", "2026-03-05"), pause("2026-02-12", "2026-02-24"))
    assert (
        answer_by(FOIA, day("2026-02-02"), two).due == answer_by(FOIA, day("2026-02-02"), one).due
    )
    found = paused_between(FOIA, day("2026-02-11"), day("2026-02-14"), two)
    assert [each.day for each in found] == [day("2026-02-12"), day("2026-02-13")]


def test_england_alone_is_counted_with_the_same_pauses() -> None:
    working = answer_by(FOIA, day("2026-03-02"), (pause("2026-03-05", "2026-03-06"),))
    assert working.england_and_wales_only == day("2026-04-01")
    assert working.due == day("2026-04-02")


DATES = st.dates(min_value=date(2019, 1, 1), max_value=date(2028, 6, 30))
SPANS = st.lists(st.tuples(st.integers(-30, 90), st.integers(0, 60)), max_size=4)


def by_hand(law: Regime, received: date, days: int, pauses: tuple[Pause, ...]) -> date:
    now, counted = received, 0
    while counted < days:
        now += timedelta(days=1)
        stands = any(one.first <= now <= one.last for one in pauses)
        counted += is_working_day(law, now) and not stands
    return now


@given(st.sampled_from(REGIMES), DATES, st.integers(1, 60), SPANS)
def test_counting_with_pauses_is_counting_by_hand(
    law: Regime, received: date, days: int, spans: list[tuple[int, int]]
) -> None:
    pauses = tuple(
        Pause(received + timedelta(days=start), received + timedelta(days=start + length), WHY)
        for start, length in spans
    )
    working = count(law, received, days, pauses)
    assert working.due == by_hand(law, received, days, pauses)
    assert working.day_number(working.due) == days
    assert (working.due - received).days - 1 == days - 1 + len(working.not_counted)
    assert working.due >= count(law, received, days).due


@given(DATES, st.integers(1, 30))
def test_a_pause_with_the_ends_of_time_is_counted(received: date, days: int) -> None:
    ever = Pause(date.min, received, WHY)
    after = Pause(received + timedelta(days=400), date.max, WHY)
    assert count(FOISA, received, days, (after, ever)).due == count(FOISA, received, days).due
