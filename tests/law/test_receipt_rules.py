"""Rules about the day of receipt and the length of each period that no worked example shows."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from foibot.law import REGIMES, regime
from foibot.law.calendar import answer_by, is_working_day, last_day
from foibot.law.dates import london_date
from foibot.law.regime import Duty, Regime

FOIA, EIR, FOISA, EISR = REGIMES


@pytest.mark.parametrize(
    ("year", "closed"),
    [
        (2021, ("01-01", "01-04")),
        (2022, ("01-03", "01-04")),
        (2023, ("01-02", "01-03")),
        (2027, ("01-01", "01-04")),
        (2028, ("01-03", "01-04")),
    ],
)
@pytest.mark.parametrize("law", [FOIA, FOISA], ids=lambda one: one.key)
def test_t13_new_year_in_scotland(law: Regime, year: int, closed: tuple[str, ...]) -> None:
    week = [date(year, 1, number) for number in range(1, 8)]
    weekdays = [day for day in week if day.weekday() < 5 and not is_working_day(law, day)]
    assert [f"{day:%m-%d}" for day in weekdays] == list(closed)


@pytest.mark.parametrize(
    "received",
    [date(2026, 7, 4), date(2026, 7, 5), date(2026, 12, 25), date(2026, 4, 3), date(2026, 7, 6)],
)
@pytest.mark.parametrize("law", REGIMES, ids=lambda one: one.key)
def test_t17_t18_any_day_may_be_day_0_and_none_is_counted(law: Regime, received: date) -> None:
    working = answer_by(law, received)
    assert working.received == received
    assert working.day_number(received) == 0
    assert working.day_number(working.due) == 20


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 6, 22, 59, 59, tzinfo=UTC), date(2026, 7, 6)),
        (datetime(2026, 7, 6, 23, 0, tzinfo=UTC), date(2026, 7, 7)),
        (datetime(2026, 12, 7, 23, 59, 59, tzinfo=UTC), date(2026, 12, 7)),
        (datetime(2026, 12, 8, 0, 0, tzinfo=UTC), date(2026, 12, 8)),
    ],
)
def test_t20_a_day_runs_to_midnight_in_london(moment: datetime, day: date) -> None:
    assert london_date(moment) == day


@pytest.mark.parametrize("duty", [Duty.ANSWER, Duty.ANSWER_REVIEW])
def test_t31_the_scottish_act_says_twenty_whatever_its_printed_text_shows(duty: Duty) -> None:
    assert regime("foisa").limit(duty, date(2026, 11, 20)).number == 20


REVIEWS = {  # T-38: from 2026-07-06, and exceptionally
    "foia": ("2026-08-05", "2026-09-03"),
    "eir": ("2026-09-03", ""),
    "foisa": ("2026-08-04", ""),
    "eisr": ("2026-08-04", ""),
}


@pytest.mark.parametrize("law", REGIMES, ids=lambda one: one.key)
def test_t38_how_long_a_review_may_take(law: Regime) -> None:
    start = date(2026, 7, 6)
    usual, longest = REVIEWS[law.key]
    assert last_day(law, Duty.ANSWER_REVIEW, start) == date.fromisoformat(usual)
    has_longer = any(one.duty is Duty.ANSWER_REVIEW_EXTENDED for one in law.limits)
    assert has_longer is bool(longest)
    if longest:
        assert last_day(law, Duty.ANSWER_REVIEW_EXTENDED, start) == date.fromisoformat(longest)


@pytest.mark.parametrize(
    ("law", "due"), [(FOIA, date(2027, 1, 8)), (FOISA, date(2027, 1, 8))], ids=["foia", "foisa"]
)
def test_t42_t44_an_archive_has_30_working_days(law: Regime, due: date) -> None:
    """R22; Scotland keeps the same holidays between those days."""
    assert last_day(law, Duty.ANSWER_FROM_ARCHIVE, date(2026, 11, 20)) == due
