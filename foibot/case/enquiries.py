"""What colleagues were asked for a case, by when they answer, and when they are written to again; no I/O.

Whether anything is held is not in here: an enquiry knows that a reply came, never what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from foibot.case import colleague_events as c
from foibot.case.events import Recorded
from foibot.law.calendar import add_working_days, is_working_day, working_days_between
from foibot.law.dates import in_words
from foibot.law.regime import Regime
from foibot.mail.addresses import same_address

_MOST_DAYS = 10


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One colleague who was asked, by the officer at `by`; open as long as a reply is chased.

    `chased` counts the steps of the ladder that were taken since `until` was set.
    """

    number: int
    holder: str
    by: str
    asked_at: datetime
    until: date
    chased: int = 0
    replied: bool = False
    open: bool = True

    def is_to(self, address: str) -> bool:
        """Whether the person at this address was asked."""
        return bool(self.holder) and same_address(self.holder, address)


Enquiries = tuple[Enquiry, ...]


def enquiries_after(enquiries: Enquiries, recorded: Recorded) -> Enquiries:
    """What colleagues were asked, after one more event."""
    match recorded.event:
        case c.HolderAsked() as event:
            new = Enquiry(event.number, event.holder, recorded.by, recorded.at, event.until)
            return (*enquiries, new)
        case c.HolderAnswered(number=number, more_by=None):
            return _with(enquiries, number, replied=True, open=False)
        case c.HolderAnswered(number=number, more_by=until):
            return _with(enquiries, number, replied=True, until=until, chased=0)
        case c.HolderChased(number=number, step=step):
            return _with(enquiries, number, chased=step)
        case c.EnquiryClosed(number=number):
            return _with(enquiries, number, open=False)
        case _:
            return enquiries


def _with(enquiries: Enquiries, number: int, **changes: object) -> Enquiries:
    return tuple(
        replace(one, **changes) if one.number == number else one  # type: ignore[arg-type]
        for one in enquiries
    )


def answer_wanted_by(regime: Regime, due: date, today: date, days: int) -> date:
    """The working day by which a colleague answers when the officer names none.

    `days` working days from today, or with 0 half of those left until the last day, ten at the most;
    never later than one working day before it, unless that is over, and never today.
    """
    left = working_days_between(regime, today, due)
    wanted = min(days or min(left // 2, _MOST_DAYS), max(1, left - 1)) if left else days
    return add_working_days(regime, today, max(1, wanted))


def chase_due(enquiry: Enquiry, ladder: Sequence[int], regime: Regime, today: date) -> int:
    """The step of the ladder to take today, counted from 1; 0 for none.

    A step is a number of working days after the day by which an answer was wanted. Of several that were
    slept through only the last is taken.
    """
    if not enquiry.open or not is_working_day(regime, today):
        return 0
    reached = sum(add_working_days(regime, enquiry.until, step) <= today for step in ladder)
    return reached if reached > enquiry.chased else 0


def next_number(enquiries: Enquiries) -> int:
    """The number of the next enquiry of a case."""
    return len(enquiries) + 1


def progress(enquiries: Iterable[Enquiry]) -> str:
    """How far the asking has got, in half a line; "" if nobody was asked."""
    every = list(enquiries)
    if not every:
        return ""
    replied = sum(one.replied for one in every)
    return f"{len(every)} asked, {replied} replied"


def in_lines(enquiries: Iterable[Enquiry], name_of: Callable[[str], str]) -> list[str]:
    """Each colleague with who asked, by when, and whether a reply has come."""
    return [
        f"{name_of(one.holder)}, asked by {name_of(one.by)} for an answer by {in_words(one.until)}: "
        + ("has replied" if one.replied else "no reply yet" if one.open else "need not reply")
        for one in enquiries
    ]
