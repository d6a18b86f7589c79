"""Schools, archives, forces and records abroad; and until when a review may be asked for."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.law import REGIMES, regime
from foibot.law.calendar import NotCounted
from foibot.law.pauses import Pause
from foibot.law.regime import Regime
from foibot.law.reviews import ask_for_review_by
from foibot.law.special_periods import SPECIAL_PERIODS, MoreTime, more_time, school_answer_by

FOIA, EIR, FOISA, EISR = REGIMES


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_t41_r21_a_school_has_20_days_on_which_it_sits() -> None:
    shut = Pause(day("2026-07-22"), day("2026-09-01"), "the school does not sit")
    working = school_answer_by(FOIA, day("2026-07-20"), [shut])
    assert working.due == day("2026-09-28")
    assert NotCounted(day("2026-08-04"), "the school does not sit") in working.not_counted


def test_t41_r21_but_never_more_than_60_working_days() -> None:
    shut = Pause(day("2026-07-22"), day("2026-12-01"), "the school does not sit")
    working = school_answer_by(FOIA, day("2026-07-20"), [shut])
    assert (working.due, working.working_days) == (day("2026-10-14"), 60)


def test_t43_r23_more_time_is_asked_for_within_20_days() -> None:
    assert more_time(FOIA, day("2026-11-20")) == MoreTime(day("2026-12-21"), day("2027-02-19"))


def test_t41_to_t44_every_special_period_is_a_limit_of_its_law() -> None:
    for period in SPECIAL_PERIODS:
        assert regime(period.regime).limit(period.duty, date(2026, 1, 5)).number in {30, 60}
        assert period.citation
        assert period.who


@pytest.mark.parametrize(
    ("law", "due", "answered", "last"),
    [
        (FOISA, "2026-03-30", "2026-03-10", "2026-05-28"),  # R14
        (FOISA, "2026-03-30", "2026-04-20", "2026-06-18"),  # R15
        (FOISA, "2026-03-30", None, "2026-05-28"),
        (FOIA, "2021-01-11", "2021-01-05", "2021-03-02"),  # R10
        (EISR, "2026-03-30", "2026-03-10", "2026-05-07"),
        (EIR, "2026-03-27", None, "2026-05-28"),
    ],
)
def test_t37_from_when_a_review_may_be_asked_for(
    law: Regime, due: str, answered: str | None, last: str
) -> None:
    assert ask_for_review_by(law, day(due), day(answered) if answered else None) == day(last)
