"""The named clocks, and periods told day by day."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from foibot.law import REGIMES
from foibot.law.calendar import last_day
from foibot.law.clocks import CLOCKS, UnknownClock, day_by_day, days_after, last_day_of, limit_of
from foibot.law.regime import Duty, Regime

FOIA, EIR, FOISA, EISR = REGIMES
TODAY = date(2026, 3, 2)


def test_every_duty_has_a_clock_and_every_clock_a_law() -> None:
    assert {duty for duties in CLOCKS.values() for duty in duties} == set(Duty)
    used = {limit.duty for law in REGIMES for limit in law.limits}
    assert used == set(Duty)


@pytest.mark.parametrize(
    ("name", "law", "duty"),
    [
        ("answer", FOIA, Duty.ANSWER),
        ("extension", FOIA, Duty.WEIGH_PUBLIC_INTEREST),
        ("extension", EIR, Duty.ANSWER_EXTENDED),
        (" Review ", FOISA, Duty.ANSWER_REVIEW),
        ("ANSWER_REVIEW", FOIA, Duty.ANSWER_REVIEW),
        ("pay fee", EISR, Duty.PAY_FEE),
        ("tell-of-extension", EIR, Duty.TELL_OF_EXTENSION),
    ],
)
def test_a_clock_is_found_by_its_name(name: str, law: Regime, duty: Duty) -> None:
    assert limit_of(name, law, TODAY).duty is duty


@pytest.mark.parametrize(
    ("name", "law", "says", "lists"),
    [
        ("wall", FOIA, "“wall” is no clock in FOIA", "  review: to answer the internal review"),
        ("complaint", FOIA, "“complaint” has no time limit in FOIA", "  appeal: to appeal"),
        ("extension", FOISA, "“extension” has no time limit in FOISA", "  complaint: to complain"),
        ("x" * 99, EIR, f"“{'x' * 60}” is no clock", "  complexity: to answer a complex"),
    ],
)
def test_an_unknown_clock_is_refused_with_those_the_law_has(
    name: str, law: Regime, says: str, lists: str
) -> None:
    with pytest.raises(UnknownClock) as refused:
        limit_of(name, law, TODAY)
    assert str(refused.value).startswith(says)
    assert lists in str(refused.value)


@pytest.mark.parametrize("law", REGIMES, ids=lambda law: law.key)
def test_every_clock_of_every_law_agrees_with_the_calendar(law: Regime) -> None:
    for limit in law.limits:
        counted = last_day_of(law, limit, TODAY)
        assert counted.last == last_day(law, limit.duty, TODAY)
        days = day_by_day(counted)
        if days:
            assert days[-1].day == counted.last
            assert days[-1].number == limit.number
            numbers = [one.number for one in days if one.number is not None]
            assert numbers == list(range(1, limit.number + 1))
            assert all(one.why for one in days if one.number is None)
            gaps = {(later.day - one.day).days for one, later in pairwise(days)}
            assert gaps == {1}
            assert days[0].day == TODAY
        else:
            assert limit.unit.value.startswith("months")


def test_a_period_beginning_with_a_day_counts_that_day() -> None:
    paid = last_day_of(EISR, limit_of("fee", EISR, TODAY), date(2026, 2, 12))
    assert paid.last == date(2026, 5, 8)  # R07
    assert (day_by_day(paid)[0].day, day_by_day(paid)[0].number) == (date(2026, 2, 12), 1)


def test_a_bare_number_of_days_has_no_limit() -> None:
    counted = days_after(FOIA, date(2020, 12, 8), 16)
    assert (counted.last, counted.limit) == (date(2021, 1, 5), None)
    first, second = day_by_day(counted)[:2]
    assert (first.number, first.why) == (None, "the period starts: day 0")
    assert (second.day, second.number) == (date(2020, 12, 9), 1)


def test_calendar_days_leave_nothing_out() -> None:
    appeal = last_day_of(FOIA, limit_of("appeal", FOIA, TODAY), date(2026, 10, 1))
    days = day_by_day(appeal)
    assert [one.number for one in days] == [None, *range(1, 29)]
    assert days[-1].day == date(2026, 10, 1) + timedelta(days=28)
