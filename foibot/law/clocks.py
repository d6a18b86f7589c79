"""The short names of the clocks of a case, and the last day of each with everything needed to check it by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, assert_never

from foibot.errors import OfficerMustReword
from foibot.law.calendar import Working, count, end_of
from foibot.law.pauses import Pause, paused_between
from foibot.law.regime import Duty, Regime, TimeLimit, Unit
from foibot.law.working_days import not_counted_between

CLOCKS: Final[dict[str, tuple[Duty, ...]]] = {
    "answer": (Duty.ANSWER,),
    # No law knows both: public interest in the Act, complexity in the Regulations.
    "extension": (Duty.WEIGH_PUBLIC_INTEREST, Duty.ANSWER_EXTENDED),
    "public-interest": (Duty.WEIGH_PUBLIC_INTEREST,),
    "complexity": (Duty.ANSWER_EXTENDED,),
    "tell-of-extension": (Duty.TELL_OF_EXTENSION,),
    "archive": (Duty.ANSWER_FROM_ARCHIVE,),
    "school": (Duty.ANSWER_FROM_SCHOOL,),
    "more-time": (Duty.APPLY_FOR_MORE_TIME,),
    "overseas": (Duty.ANSWER_FROM_OVERSEAS,),
    "fees-notice": (Duty.SEND_FEES_NOTICE,),
    "fee": (Duty.PAY_FEE,),
    "clarification": (Duty.ASK_FOR_CLARIFICATION,),
    "lapse": (Duty.CLARIFY,),
    "ask-review": (Duty.ASK_FOR_REVIEW,),
    "review": (Duty.ANSWER_REVIEW,),
    "review-extended": (Duty.ANSWER_REVIEW_EXTENDED,),
    "complaint": (Duty.COMPLAIN_TO_REGULATOR,),
    "regulator": (Duty.ANSWER_REGULATOR,),
    "appeal": (Duty.APPEAL,),
    "steps": (Duty.TAKE_STEPS,),
    "aggregation": (Duty.AGGREGATE,),
}


class UnknownClock(OfficerMustReword):
    """There is no clock of that name."""


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day of one limit, or of a number of working days, for a period that starts on `start`.

    `limit` is None for a bare number of working days, `working` for a limit in calendar days or months.
    Where the first day is day 1 ("beginning with"), the working counts from the day before `start`.
    """

    limit: TimeLimit | None
    start: date
    last: date
    working: Working | None


def limit_of(name: str, regime: Regime, on: date) -> TimeLimit:
    """The limit of a clock by its short name, in any case: "review", "fee", "appeal".

    Raises `UnknownClock` with the names this law has. A duty's own name works as well: "answer review".
    """
    wanted = "-".join(name.lower().replace("_", " ").replace("-", " ").split())
    duties = CLOCKS.get(wanted) or tuple(
        duty for duty in Duty if duty.name.lower().replace("_", "-") == wanted
    )
    for duty in duties:
        if any(limit.duty is duty for limit in regime.limits):
            return regime.limit(duty, on)
    here = {limit.duty for limit in regime.limits}
    listed = "".join(
        f"\n  {name}: to {duty}"
        for name, duties in CLOCKS.items()
        for duty in duties
        if duty in here and name != "extension"
    )
    known = "is no clock" if not duties else "has no time limit"
    raise UnknownClock(f"“{name[:60]}” {known} in {regime.short}. These are its clocks:{listed}")


def last_day_of(regime: Regime, limit: TimeLimit, start: date) -> LastDay:
    """The last day of a limit with its working, if it is counted in working days.

    EI(S)R reg. 8(6): 60 working days beginning with 2026-02-12 end on 2026-05-08.
    """
    match limit.unit:
        case Unit.WORKING_DAYS:
            working = count(regime, start, limit.number)
        case Unit.WORKING_DAYS_BEGINNING_WITH:
            working = count(regime, start - timedelta(days=1), limit.number)
        case Unit.CALENDAR_DAYS | Unit.MONTHS | Unit.MONTHS_BEGINNING_WITH:
            return LastDay(limit, start, end_of(regime, limit, start), None)
        case _:
            assert_never(limit.unit)
    return LastDay(limit, start, working.due, working)


def days_after(regime: Regime, start: date, days: int) -> LastDay:
    """The last of `days` working days after `start`, whatever they are for."""
    working = count(regime, start, days)
    return LastDay(None, start, working.due, working)


@dataclass(frozen=True, slots=True)
class Day:
    """One date of a period: its number if it is counted, else why it is not."""

    day: date
    number: int | None
    why: str


def day_by_day(counted: LastDay) -> tuple[Day, ...]:
    """Every date from the start to the last day; none for a limit in months, which no day is left out of.

    Received 2020-12-08 under FOIA, it begins with 8 December, not counted, and 9 December, day 1.
    """
    working, limit = counted.working, counted.limit
    if working is not None:
        days = days_from(working.law, working.received, working.due, working.pauses)
        return days if working.received == counted.start else days[1:]
    if limit is None or limit.unit is not Unit.CALENDAR_DAYS:
        return ()
    return days_from(None, counted.start, counted.last)


def days_from(
    regime: Regime | None, start: date, last: date, pauses: tuple[Pause, ...] = ()
) -> tuple[Day, ...]:
    """Every date from `start`, which is day 0, to `last`; without a law each counts like any other."""
    why: dict[date, str] = {}
    if regime is not None:
        closed = not_counted_between(regime, start, last + _DAY)
        waited = paused_between(regime, start, last + _DAY, pauses)
        why = {one.day: one.why for one in (*closed, *waited)}
    days = [Day(start, None, _START)]
    number = 0
    for ahead in range(1, (last - start).days + 1):
        day = start + timedelta(days=ahead)
        number += day not in why
        days.append(Day(day, None if day in why else number, why.get(day, "")))
    return tuple(days)


_DAY: Final = timedelta(days=1)
_START: Final = "the period starts: day 0"
