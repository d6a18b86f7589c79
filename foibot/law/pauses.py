"""Periods in which a clock stands still: from a fees notice to the payment, or while a school does not sit.

A pause is given as dates in London, both ends included; days inside it are simply not counted (T-35, T-41).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from foibot.errors import OfficerMustReword
from foibot.law.regime import Regime
from foibot.law.working_days import (
    NotCounted,
    add_working_days,
    is_working_day,
    working_days_between,
)

_DAY = timedelta(days=1)


class PauseEndsBeforeItBegins(OfficerMustReword):
    """The clock cannot have started again before it was stopped. Check both dates."""


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `first` to `last`, both days included; `why` in plain words.

    A fees notice of 2026-02-12 that is paid on 2026-03-05 disregards both days and all between
    (FOIA 2000 s.10(2), FOISA 2002 s.10(3), EIR 2004 reg.8(6), EI(S)R 2004 reg.8(7)).
    """

    first: date
    last: date
    why: str

    def __post_init__(self) -> None:
        """Raises `PauseEndsBeforeItBegins`."""
        if self.last < self.first:
            raise PauseEndsBeforeItBegins


def add_unpaused_days(regime: Regime, day: date, n: int, pauses: Iterable[Pause]) -> date:
    """The n-th working day after `day` that lies in no pause; `n` is at least 1.

    Received 2026-02-02, paused from 2026-02-12 to 2026-03-05: the 20th is 2026-03-25. A pause in
    which there is no working day after receipt changes nothing.
    """
    last = add_working_days(regime, day, n)
    for first, until in _spans(pauses):
        if first > last:
            break
        # Days that were counted inside the span have to be counted again after it.
        inside = working_days_between(regime, _before(first, day), min(until, last))
        if inside:
            last = add_working_days(
                regime, until, working_days_between(regime, until, last) + inside
            )
    return last


def unpaused_days_between(regime: Regime, after: date, until: date, pauses: Iterable[Pause]) -> int:
    """How many working days d that lie in no pause there are with after < d <= until."""
    total = working_days_between(regime, after, until)
    for first, last in _spans(pauses):
        total -= working_days_between(regime, _before(first, after), min(last, until))
    return total


def _before(first: date, after: date) -> date:
    """The day before the span begins, or `after` if it began earlier."""
    return first - _DAY if first > after else after


def paused_between(
    regime: Regime, after: date, before: date, pauses: Iterable[Pause]
) -> tuple[NotCounted, ...]:
    """Every working day d in a pause with after < d < before, with the pause's reason."""
    found: dict[date, str] = {}
    for pause in pauses:
        day = max(pause.first, after + _DAY)
        while day <= min(pause.last, before - _DAY):
            if is_working_day(regime, day):
                found.setdefault(day, pause.why)
            day += _DAY
    return tuple(NotCounted(day, found[day]) for day in sorted(found))


def _spans(pauses: Iterable[Pause]) -> Iterator[tuple[date, date]]:
    """The pauses without overlaps, in order."""
    ordered = sorted((pause.first, pause.last) for pause in pauses)
    if not ordered:
        return
    first, last = ordered[0]
    for begin, end in ordered[1:]:
        if (begin - last).days <= 1:
            last = max(last, end)
        else:
            yield first, last
            first, last = begin, end
    yield first, last
