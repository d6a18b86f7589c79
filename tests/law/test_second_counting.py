"""A second, independent count of every day of 2019 to 2028 under every law, from the published dates alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foibot.law import REGIMES
from foibot.law.calendar import answer_by, count, last_day
from foibot.law.regime import Duty, Nation, Regime
from tests.law.test_bank_holidays import PUBLISHED, published

DAY = timedelta(days=1)
FIRST, LAST = date(2019, 1, 1), date(2028, 12, 31)


def closed_days(nations: frozenset[Nation]) -> set[date]:
    return {day for nation in nations for year in PUBLISHED for day in published(year, nation)}


def counted(received: date, closed: set[date], days: int) -> date:
    """One day after the other, as a clerk with a wall calendar does it."""
    now = received
    while days:
        now += DAY
        if now.isoweekday() <= 5 and now not in closed:
            days -= 1
    return now


@pytest.mark.parametrize("law", REGIMES, ids=lambda law: law.key)
def test_t01_to_t19_every_day_of_ten_years_is_counted_alike(law: Regime) -> None:
    closed = closed_days(law.nations)
    received = FIRST
    while received <= LAST:
        working = answer_by(law, received)
        if working.provisional:
            # Twice 20 days from here lie past the published dates: nothing to compare with.
            assert counted(received, closed, 20) > LAST
        else:
            assert working.due == counted(received, closed, 20), received
            assert last_day(law, Duty.ANSWER, received) == working.due
        if received.day == 1 and received < date(2028, 9, 1):
            assert count(law, received, 60).due == counted(received, closed, 60)
        received += DAY


def test_the_two_scottish_laws_count_alike_and_so_do_the_two_others() -> None:
    foia, eir, foisa, eisr = REGIMES
    assert (foia.nations, foisa.nations) == (eir.nations, eisr.nations)
