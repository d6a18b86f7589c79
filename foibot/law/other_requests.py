"""How an earlier request bears on a new one: its cost may be added (X-17, X-20), or the new one is a repeat (X-22)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from foibot.errors import OfficerMustReword
from foibot.law.calendar import last_day
from foibot.law.regime import Duty, Regime


class NoAggregation(OfficerMustReword):
    """This law does not add the cost of one request to another of the same person."""


class NoRepeatedRequests(OfficerMustReword):
    """This law knows no repeated requests: consider whether the request is manifestly unreasonable."""


def aggregated(regime: Regime, received: date, others: Sequence[date]) -> tuple[date, ...]:
    """Which of the requests received on the days `others` may be added to one received on `received`.

    All of them have to fit into one period of 60 consecutive working days, the first of which is day 1
    (SI 2004/3244 reg. 5(2)): from 2026-01-05 until 2026-03-30. Of several such periods the fullest is
    taken, of equally full ones the earliest. They must be alike and come from one person, or from
    persons acting together; an officer judges that.
    """
    if all(limit.duty is not Duty.AGGREGATE for limit in regime.limits):
        raise NoAggregation(
            f"{regime.short} does not add the cost of one request to another of the same person."
        )
    best: tuple[date, ...] = ()
    for first in sorted({received, *others}):
        until = last_day(regime, Duty.AGGREGATE, first)
        inside = tuple(sorted(day for day in others if first <= day <= until))
        if first <= received <= until and len(inside) > len(best):
            best = inside
    return best


def interval_begins(regime: Regime, asked: date, complied: date | None) -> date | None:
    """From when the reasonable interval runs after which a request may be made again; None if it never began.

    FOIA 2000 s.14(2): from compliance with the earlier request. FOISA 2002 s.14(2): from its making.
    In both only a request that was complied with can be repeated. Raises `NoRepeatedRequests`.
    """
    match regime.key:
        case "foia":
            return complied
        case "foisa":
            return asked if complied else None
        case _:
            raise NoRepeatedRequests(
                f"{regime.short} knows no repeated requests: consider whether the request is "
                "manifestly unreasonable."
            )
