"""How the dates of a case were counted, in words for people: the working, what moved it since, day by day; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from foibot.case.case import Case, State
from foibot.case.clocks import (
    NAMED_DAY,
    OURS,
    Clock,
    ClockName,
    last_of,
    missed,
    pauses_of,
    running,
)
from foibot.law.calendar import Working, answer_by, is_working_day, working_days_between
from foibot.law.clocks import Day, days_from
from foibot.law.dates import in_words, with_weekday
from foibot.law.regime import Duty, Regime, TimeLimit, Unit
from foibot.law.working_days import horizon

_DUTIES: dict[ClockName, Duty] = {
    ClockName.CLARIFICATION: Duty.CLARIFY,
    ClockName.FEE: Duty.PAY_FEE,
    ClockName.REVIEW: Duty.ANSWER_REVIEW,
    ClockName.REGULATOR: Duty.ANSWER_REGULATOR,
    ClockName.TRIBUNAL: Duty.APPEAL,
    ClockName.PART: Duty.ANSWER,
}


def working_of(case: Case, regime: Regime) -> Working:
    """The count from the day on which the period to answer began: receipt, or a later clarification.

    Days from a fees notice to its payment are left out (T-35).
    """
    return answer_by(regime, case.day_zero, pauses_of(last_of(case.clocks, ClockName.ANSWER)))


def holidays_in_words(working: Working) -> list[str]:
    """The bank holidays that were not counted, each with its reason: "Monday 4 January 2021: ... (Scotland)"."""
    return [f"{with_weekday(one.day)}: {one.why}" for one in working.holidays]


def working_in_words(case: Case, regime: Regime, today: date) -> tuple[list[str], list[str]]:
    """Sentences about the last day, and the list of days not counted besides weekends.

    They name the last day that holds, day 0, how many days are gone by `today`, what an England and Wales
    calendar alone would give if that differs, a last day that passed before, and whether it may move.
    """
    working = working_of(case, regime)
    sentences = [
        *_counted(case, working, regime),
        *_today(case, working, today),
        "Saturdays and Sundays are not counted, nor are the bank holidays listed here.",
        *(
            f"The clock stood still from {with_weekday(one.first)} to {with_weekday(one.last)}, both days "
            f"included: {one.why}."
            for one in working.pauses
        ),
    ]
    if working.england_and_wales_only != working.due:
        sentences.append(
            "A count with the bank holidays of England and Wales alone would give "
            f"{in_words(working.england_and_wales_only)}; the Act leaves out bank holidays in every "
            "part of the United Kingdom."
        )
    if provisional(case, regime):
        sentences.append(
            f"The date is provisional: bank holidays are known until {in_words(working.horizon)} only."
        )
    return sentences, holidays_in_words(working)


def provisional(case: Case, regime: Regime) -> bool:
    """Whether the date that counts now lies past the bank holidays that are known (T-15)."""
    return case.due > horizon(regime) and _by_working_days(running(case.clocks), regime)


def due_in_words(case: Case, regime: Regime) -> str:
    """The date that counts now, with its weekday: "Friday 12 January 2029 (provisional)"."""
    return with_weekday(case.due) + (" (provisional)" if provisional(case, regime) else "")


def clock_is_provisional(clock: Clock, regime: Regime) -> bool:
    """Whether the last day of a clock was counted past the bank holidays that are known."""
    return clock.due > horizon(regime) and _by_working_days(clock, regime)


def _by_working_days(clock: Clock | None, regime: Regime) -> bool:
    return clock is None or _unit(clock, regime) in {None, *WORKING_DAYS}


WORKING_DAYS = (Unit.WORKING_DAYS, Unit.WORKING_DAYS_BEGINNING_WITH)


def what_is_due(case: Case) -> str:
    """What the date that counts now is the last day of, as a label before it."""
    clock = running(case.clocks)
    return _DUE.get(clock.name, _ANSWER_DUE) if clock else _ANSWER_DUE


_ANSWER_DUE = "Answer due"
_DUE: dict[ClockName, str] = {
    ClockName.CLARIFICATION: "The requester may answer until",
    ClockName.FEE: "The requester may pay until",
    ClockName.REVIEW: "Result of the review due",
    ClockName.REGULATOR: "Answer to the regulator due",
    ClockName.TRIBUNAL: "Last day for the tribunal",
    ClockName.PART: "Answer to the part that was clarified due",
}


def time_left(case: Case, regime: Regime, today: date) -> str:
    """How far on a case is, as half a sentence: "today is working day 18 of 20".

    Where another day than the one counted from receipt is the last, the days that are left are told instead.
    """
    working = working_of(case, regime)
    if case.finished:
        return "the case is closed"
    if case.state is State.WAITING:
        return "our own time stands still"
    if today > case.due:
        return "that day is over, and it is late"
    if case.due == working.due and case.state is not State.REOPENED:
        return f"today is working day {working.day_number(today)} of {working.working_days}"
    left = working_days_between(regime, today, case.due)
    if left == 0:
        return "today is the last day" if today == case.due else "no working day is left before it"
    return f"{left} working day{'' if left == 1 else 's'} left"


def _counted(case: Case, working: Working, regime: Regime) -> Iterator[str]:
    yield from _moved(case, working)
    began = with_weekday(working.received)
    if working.received == case.received:
        yield f"The request was received on {began}. That day is day 0."
    else:
        yield f"The request was received on {with_weekday(case.received)}."
        yield f"The requester answered our question on {began}. That day is day 0 of a new period."
    day = f"working day {working.working_days} under the {regime.act}"
    if _moved_to(case, working):
        yield f"Counted from then, it would have been {with_weekday(working.due)}, {day}."
    else:
        yield f"The last day to answer is {with_weekday(working.due)}, {day}."
    for passed in missed(case.clocks):
        yield f"No answer had been given by {with_weekday(passed)}, the last day until then: that stays so."


def _today(case: Case, working: Working, today: date) -> Iterator[str]:
    if case.state is State.WAITING:
        yield (
            f"Since {with_weekday(case.clocks[-1].started)} the clock has stood still: we wait for the "
            f"requester, until {with_weekday(case.due)}."
        )
    elif not case.finished and case.state is not State.REOPENED:
        number, over = working.day_number(today), ", and the last day is over"
        counted = (
            f"is working day {number}"
            if is_working_day(working.law, today)
            else f"is no working day; {number} have gone by"
        )
        yield f"Today, {with_weekday(today)}, {counted}{over if today > case.due else ''}."


def _moved_to(case: Case, working: Working) -> Clock | None:
    """The clock of ours whose last day holds in the place of the one that is counted from day 0."""
    clock = running(case.clocks)
    return clock if clock and clock.name in OURS and clock.due != working.due else None


def _moved(case: Case, working: Working) -> Iterator[str]:
    clock = _moved_to(case, working)
    if clock is None:
        return
    yield f"The last day to answer is {with_weekday(clock.due)}."
    if clock.name is ClockName.EXTENSION:
        told = with_weekday(clock.started)
        yield f"The requester was told on {told} that it takes longer ({clock.law})."
    else:
        yield "Bank holidays have changed since that date was told."


def counted_by(clock: Clock, regime: Regime) -> TimeLimit | None:
    """The limit that a clock besides our own answer is counted by; None where a person named its last day."""
    duty = _DUTIES.get(clock.name)
    if duty is None or clock.law == NAMED_DAY:
        return None
    found = [one for one in regime.limits if one.duty is duty and one.in_force(clock.started)]
    return found[0] if found else None


def _unit(clock: Clock, regime: Regime) -> Unit | None:
    """How a clock is counted; None where no law counts it and a letter named its last day."""
    if clock.name in OURS:
        return Unit.WORKING_DAYS
    limit = counted_by(clock, regime)
    return limit.unit if limit else None


def days_of(case: Case, clock: Clock, regime: Regime) -> tuple[Day, ...]:
    """Every date of a clock from its first to its last: its number, or why it is not counted.

    An extension is counted from day 0 of the request; none for a clock in whole months.
    Where a letter named the last day, the days until then are told all the same.
    """
    answer = last_of(case.clocks, ClockName.ANSWER)
    match _unit(clock, regime):
        case Unit.MONTHS | Unit.MONTHS_BEGINNING_WITH:
            return ()
        case Unit.CALENDAR_DAYS:
            return days_from(None, clock.started, clock.due)
        case Unit.WORKING_DAYS_BEGINNING_WITH:
            before = clock.started - timedelta(days=1)
            return days_from(regime, before, clock.due)[1:]
        case _ if clock.name is ClockName.EXTENSION:
            return days_from(regime, answer.started, clock.due, pauses_of(answer))
        case _:
            return days_from(regime, clock.started, clock.due, pauses_of(clock))


def day_by_day(case: Case, regime: Regime) -> list[tuple[str, list[str]]]:
    """A heading and a line for each date, for every clock that runs; for the last answer if none does."""
    shown = [one for one in case.clocks if one.runs] or [last_of(case.clocks, ClockName.ANSWER)]
    found = [(one, days_of(case, one, regime)) for one in shown]
    return [
        (f"The {one.name} clock, day by day", [day_in_words(day) for day in days])
        for one, days in found
        if 0 < len(days) <= _MOST_DAYS
    ]


_MOST_DAYS = 180
"""60 working days take about 90; what is longer was named by a person, and nobody counts it by hand."""


def day_in_words(day: Day) -> str:
    """ "day 3: Thursday 9 July 2026", or "Saturday 11 July 2026: Saturday, not counted"."""
    if day.number is None:
        return f"{with_weekday(day.day)}: {day.why}, not counted"
    return f"day {day.number}: {with_weekday(day.day)}"
