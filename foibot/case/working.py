"""How the dates of a case were counted, in words for people: the working, what moved it since, day by day; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from foibot.case.case import Case, State
from foibot.case.clocks import NAMED_DAY, OURS, Clock, ClockName, last_of, pauses_of, running
from foibot.law.calendar import Working, answer_by
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

    They name day 0, the last day, how many days are gone by `today`, what an England and Wales
    calendar alone would give if that differs, what has moved the date since, and whether it may move.
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
        *_moved(case, working),
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


def _counted(case: Case, working: Working, regime: Regime) -> Iterator[str]:
    began = with_weekday(working.received)
    if working.received == case.received:
        yield f"The request was received on {began}. That day is day 0."
    else:
        yield f"The request was received on {with_weekday(case.received)}."
        yield f"The requester answered our question on {began}. That day is day 0 of a new period."
    day = f"working day {working.working_days} under the {regime.act}"
    yield f"The last day to answer is {with_weekday(working.due)}, {day}."


def _today(case: Case, working: Working, today: date) -> Iterator[str]:
    if case.state is State.WAITING:
        yield (
            f"Since {with_weekday(case.clocks[-1].started)} the clock has stood still: we wait for the "
            f"requester, until {with_weekday(case.due)}."
        )
    elif not case.finished and case.state is not State.REOPENED:
        yield f"Today, {with_weekday(today)}, is working day {working.day_number(today)}."


def _moved(case: Case, working: Working) -> Iterator[str]:
    clock = running(case.clocks)
    if clock is None or clock.due == working.due:
        return
    match clock.name:
        case ClockName.EXTENSION:
            yield (
                f"The requester was told on {with_weekday(clock.started)} that it takes longer: the last "
                f"day is now {with_weekday(clock.due)} ({clock.law})."
            )
        case ClockName.ANSWER:
            yield (
                f"The date that holds is {with_weekday(clock.due)}: bank holidays have changed since it "
                "was told."
            )
        case _:
            return


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
