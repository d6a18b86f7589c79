"""Longer times that regulations give to schools, archives, armed forces and what is held abroad (T-41 to T-44)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foibot.law.calendar import Working, count, last_day
from foibot.law.pauses import Pause
from foibot.law.regime import Duty, Regime


@dataclass(frozen=True, slots=True)
class SpecialPeriod:
    """Who has a longer time, under which law and regulations; how it is counted stands in `duty`."""

    who: str
    regime: str
    duty: Duty
    citation: str


SPECIAL_PERIODS: tuple[SpecialPeriod, ...] = (
    SpecialPeriod(
        "the governing body of a maintained school or maintained nursery school",
        "foia",
        Duty.ANSWER_FROM_SCHOOL,
        "SI 2004/3364",
    ),
    SpecialPeriod(
        "a school in Northern Ireland or a pupil referral unit",
        "foia",
        Duty.ANSWER_FROM_SCHOOL,
        "SI 2009/1369",
    ),
    SpecialPeriod("an Academy", "foia", Duty.ANSWER_FROM_SCHOOL, "SI 2010/2768"),
    SpecialPeriod(
        "a school of the Ministry of Defence", "foia", Duty.ANSWER_FROM_SCHOOL, "SI 2004/3364"
    ),
    SpecialPeriod(
        "a records authority or place of deposit, for a transferred public record that is not open",
        "foia",
        Duty.ANSWER_FROM_ARCHIVE,
        "SI 2004/3364",
    ),
    SpecialPeriod(
        "the Keeper of the Records of Scotland, for a transferred record that is not open",
        "foisa",
        Duty.ANSWER_FROM_ARCHIVE,
        "FOISA 2002 s.10(2)",
    ),
    SpecialPeriod(
        "an authority that needs it from a person in operations of the armed forces",
        "foia",
        Duty.ANSWER_FROM_OVERSEAS,
        "SI 2004/3364",
    ),
    SpecialPeriod(
        "an authority whose information is not held in the United Kingdom",
        "foia",
        Duty.ANSWER_FROM_OVERSEAS,
        "SI 2004/3364",
    ),
)


def school_answer_by(regime: Regime, received: date, shut: Iterable[Pause]) -> Working:
    """The last day for a school: 20 working days on which it sits, but never more than 60 (T-41).

    Received 2026-07-20 and shut from 2026-07-22 to 2026-09-01 it is 2026-09-28; without the school's
    own days the 60th would be 2026-10-14.
    """
    sitting = count(regime, received, regime.limit(Duty.ANSWER, received).number, tuple(shut))
    longest = count(regime, received, regime.limit(Duty.ANSWER_FROM_SCHOOL, received).number)
    return min(sitting, longest, key=lambda working: working.due)


@dataclass(frozen=True, slots=True)
class MoreTime:
    """The last day to ask the regulator for more time, and the longest time it can give (T-43)."""

    apply_by: date
    at_the_latest: date


def more_time(regime: Regime, received: date) -> MoreTime:
    """Received 2026-11-20: apply by 2026-12-21, for a day up to 2027-02-19. Without a direction 20 days stay."""
    return MoreTime(
        last_day(regime, Duty.APPLY_FOR_MORE_TIME, received),
        last_day(regime, Duty.ANSWER_FROM_OVERSEAS, received),
    )
