"""Until when a requester may ask for a review, which the four laws count from different days (T-37)."""

from __future__ import annotations

from datetime import date
from typing import Final

from foibot.law.calendar import last_day
from foibot.law.regime import Duty, Regime

_FROM_THE_TIME_ALLOWED: Final = "foisa"


def ask_for_review_by(regime: Regime, due: date, answered: date | None) -> date:
    """The last day to ask for a review of an answer that the requester had on `answered`, or never had.

    FOISA 2002 s.20(5) counts from the end of the time allowed even when the answer came early: due
    2026-03-30 and answered 2026-03-10 it is 2026-05-28. A late answer counts from its receipt; so does
    any answer under the other laws. Without an answer all count from the day it was due.
    """
    start = answered or due
    if regime.key == _FROM_THE_TIME_ALLOWED:
        start = max(start, due)
    return last_day(regime, Duty.ASK_FOR_REVIEW, start)
