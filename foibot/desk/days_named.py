"""The days and the amount that a letter names, from what was ordered and from the clocks of its case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypedDict

from foibot.case.case import Case
from foibot.case.clocks import Clock, ClockName
from foibot.case.interim import weighed_before
from foibot.case.outcome import LetterWanted
from foibot.law.calendar import end_of, last_day
from foibot.law.regime import Duty, Regime


class DaysNamed(TypedDict, total=False):
    """As in `LetterFacts`: what is promised, when a question lapses, when it was put, a fee and its last day."""

    until: date | None
    lapse: date | None
    asked: date | None
    fee: str
    pay_by: date | None


def days_named(
    case: Case, wanted: LetterWanted | None, today: date, law: Regime, lapse_months: int
) -> DaysNamed:
    """What a letter of this kind names; nothing for the kinds that name no day.

    A question lapses `lapse_months` after it was put, which no law settles (T-47).
    """
    limit = law.limit(Duty.CLARIFY, today)
    match wanted:
        case LetterWanted(kind="clarification"):
            return DaysNamed(lapse=end_of(law, replace(limit, number=lapse_months), today))
        case LetterWanted(kind="extension" | "holding" | "future-publication"):
            return DaysNamed(until=wanted.until)
        case LetterWanted(kind="fees-notice"):
            return DaysNamed(
                fee=pounds(wanted.fee_pence), pay_by=last_day(law, Duty.PAY_FEE, today)
            )
        case LetterWanted(kind="second-notice"):
            extension = _newest(case, ClockName.EXTENSION)
            return DaysNamed(asked=extension.started if extension else None)
        case LetterWanted(kind="ncnd"):
            return DaysNamed(asked=_weighing_since(case))
        case LetterWanted(kind="review-acknowledgement" | "review-outcome"):
            review = _newest(case, ClockName.REVIEW)
            return DaysNamed(asked=review.started, until=review.due) if review else DaysNamed()
        case LetterWanted(kind="lapse"):
            return _lapsed(case)
        case _:
            return DaysNamed()


def _weighing_since(case: Case) -> date | None:
    """When the requester was told that the public interest was being weighed; an extension for volume is none."""
    extension = _newest(case, ClockName.EXTENSION)
    return extension.started if extension and weighed_before(case) else None


def _lapsed(case: Case) -> DaysNamed:
    """What was asked for last, a fee or an answer, and the day that was named for it."""
    waited = next((one for one in reversed(case.clocks) if one.name in _WAITED_FOR), None)
    if waited is None:
        return DaysNamed()
    pence = next((one.fee_pence for one in reversed(case.letters) if one.fee_pence), 0)
    fee = pounds(pence) if waited.name is ClockName.FEE else ""
    return DaysNamed(asked=waited.started, lapse=waited.due, fee=fee)


_WAITED_FOR = frozenset({ClockName.CLARIFICATION, ClockName.FEE})


def pounds(pence: int) -> str:
    """An amount as a letter writes it: 1250 is "£12.50"."""
    return f"£{pence // 100}.{pence % 100:02}"


def _newest(case: Case, name: ClockName) -> Clock | None:
    """The newest clock of this name; None if none ever ran."""
    return next((clock for clock in reversed(case.clocks) if clock.name is name), None)
