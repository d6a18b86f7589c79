"""Who of the office has a case: since when, on whose word, and whether they took it on; plain values, no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from foibot.law.calendar import working_days_between
from foibot.law.dates import london_date
from foibot.law.regime import Regime

_PATIENCE = 1  # working days in which nobody has to be asked again


@dataclass(frozen=True, slots=True)
class Assignment:
    """The case was given to the officer at `to` ("" when it was taken or given back) by the officer at `by`."""

    to: str
    by: str
    at: datetime
    accepted: bool = False


def who_has(assignment: Assignment | None, name_of: Callable[[str], str]) -> str:
    """Who has the case, as officers read it; "" when nobody has."""
    if assignment is None or not assignment.to:
        return ""
    name = name_of(assignment.to)
    return name if assignment.accepted else f"{name}, who has not accepted it yet"


def is_silent(assignment: Assignment | None, regime: Regime, today: date) -> bool:
    """Whether somebody was given the case more than one working day ago and has said nothing."""
    return (
        assignment is not None
        and bool(assignment.to)
        and not assignment.accepted
        and _has_waited(assignment.at, regime, today)
    )


def is_nobodys(
    assignment: Assignment | None, received: datetime, regime: Regime, today: date
) -> bool:
    """Whether nobody has had the case for more than one working day."""
    if assignment is None:
        return _has_waited(received, regime, today)
    return not assignment.to and _has_waited(assignment.at, regime, today)


def _has_waited(since: datetime, regime: Regime, today: date) -> bool:
    return working_days_between(regime, london_date(since), today) > _PATIENCE
