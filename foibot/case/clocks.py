"""The named clocks of a case: what started each, by when it ends, and what stopped it; no I/O.

A clarification that is asked for ends the duty to answer until it comes, and then everything begins
afresh on the day it is received (FOIA 2000 s.1(3), s.10(6)). A fee is a pause: the working days from
the notice to the payment are left out (s.10(2)). An extension leaves the first date in the record and
puts a later one beside it (s.10(3), EIR 2004 reg.7).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum, unique

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case import letter_events as le
from foibot.law.dates import in_words
from foibot.law.pauses import Pause


@unique
class ClockName(StrEnum):
    """What a clock measures. The first two bind the authority, the others somebody else."""

    ANSWER = "answer"
    EXTENSION = "extension"
    CLARIFICATION = "clarification"
    FEE = "fee"
    REVIEW = "review"
    REGULATOR = "regulator"
    TRIBUNAL = "tribunal"
    PART = "part"


NAMED_DAY = "a day named by letter"
"""Stands in the place of the law where a letter named the last day of a clock."""

_ANSWERED = "the answer"
_CLARIFIED = "the clarification"
_FEES_NOTICE = "the fees notice"
_ANOTHER_LAW = "another law applies"
_PART_CLARIFIED = "the clarification of a part"
_QUESTIONED = "clarification was asked for"
_EXTENDED = "the extension notice"
THE_FEE = "we waited for the fee"

REVIEWED = "the result of the review"

OURS = frozenset({ClockName.ANSWER, ClockName.EXTENSION})


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock. `started` is day 0; `law` the citation it runs under; the two `by` name the evidence.

    `pauses` are the spans left out of the count, both ends included.
    """

    name: ClockName
    law: str
    started: date
    started_by: str
    due: date
    stopped: date | None = None
    stopped_by: str = ""
    pauses: tuple[tuple[date, date], ...] = ()

    @property
    def runs(self) -> bool:
        """Whether it still counts."""
        return self.stopped is None


Clocks = tuple[Clock, ...]


def first_clock(event: e.Received) -> Clocks:
    """The clock that a request starts."""
    return (Clock(ClockName.ANSWER, event.law, event.received, "the request", event.due),)


def running(clocks: Clocks) -> Clock | None:
    """The clock that decides what is due: one of ours if one runs, else the one we wait for."""
    ours = [clock for clock in clocks if clock.runs and clock.name in OURS]
    others = [clock for clock in clocks if clock.runs and clock.name not in OURS]
    # A part has its own last day beside the rest, which comes first, as does what we wait for.
    others = [clock for clock in others if clock.name is not ClockName.PART] or others
    return (
        max(ours, key=lambda one: one.due)
        if ours
        else (min(others, key=lambda one: one.due) if others else None)
    )


def last_of(clocks: Clocks, name: ClockName) -> Clock:
    """The newest clock of a name; every case has an answer clock."""
    return next(clock for clock in reversed(clocks) if clock.name is name)


def pauses_of(clock: Clock) -> tuple[Pause, ...]:
    """The spans in which a clock stood still, with the reason."""
    return tuple(Pause(first, last, THE_FEE) for first, last in clock.pauses)


def due_now(clocks: Clocks, before: date) -> date:
    """The date that counts now; `before` when no clock runs any more."""
    clock = running(clocks)
    return clock.due if clock else before


def _stop(clocks: Clocks, day: date, by: str, *names: ClockName) -> Clocks:
    wanted = names or tuple(ClockName)
    return tuple(
        replace(clock, stopped=day, stopped_by=by) if clock.runs and clock.name in wanted else clock
        for clock in clocks
    )


def _with_answer(clocks: Clocks, **changes: object) -> Clocks:
    """The newest answer clock changed, the others as they are."""
    newest = max(i for i, clock in enumerate(clocks) if clock.name is ClockName.ANSWER)
    changed = replace(clocks[newest], **changes)  # type: ignore[arg-type]
    return (*clocks[:newest], changed, *clocks[newest + 1 :])


def clocks_after(clocks: Clocks, event: e.Event, on: date) -> Clocks:
    """The clocks after an event; `on` is its London date."""
    match event:
        case cl.ClarificationAsked():
            stopped = _stop(clocks, event.asked, _QUESTIONED)
            waiting = Clock(
                ClockName.CLARIFICATION, event.law, event.asked, "our question", event.lapse
            )
            return (*stopped, waiting)
        case cl.Clarified():
            stopped = _stop(clocks, event.received, "the requester's clarification")
            fresh = Clock(ClockName.ANSWER, event.law, event.received, _CLARIFIED, event.due)
            return (*stopped, fresh)
        case k.ClarifiedInError():
            return _still_waiting(clocks)
        case cl.PartClarified():
            stopped = _stop(clocks, event.received, "a later one", ClockName.PART)
            part = Clock(ClockName.PART, event.law, event.received, _PART_CLARIFIED, event.due)
            return (*stopped, part)
        case cl.FeeAsked():
            stopped = _stop(clocks, event.asked, _FEES_NOTICE, *OURS)
            waiting = Clock(ClockName.FEE, event.law, event.asked, _FEES_NOTICE, event.pay_by)
            return (*stopped, waiting)
        case cl.Extended():
            stopped = _stop(clocks, event.told, _EXTENDED, *OURS)
            longer = Clock(ClockName.EXTENSION, event.law, event.told, _EXTENDED, event.until)
            return (*stopped, longer)
        case _:
            return _corrected(clocks, event, on)


def _corrected(clocks: Clocks, event: e.Event, on: date) -> Clocks:
    match event:
        case cl.FeePaid():
            stopped = _stop(clocks, event.paid, "the payment", ClockName.FEE)
            pauses = (*last_of(clocks, ClockName.ANSWER).pauses, (event.asked, event.paid))
            if event.until:
                return _longer_again(
                    _with_answer(stopped, due=event.due, pauses=pauses), event.until
                )
            return _with_answer(stopped, due=event.due, stopped=None, stopped_by="", pauses=pauses)
        case cl.ClockStarted():
            name = ClockName(event.clock)
            by = _PART_CLARIFIED if name is ClockName.PART else "an officer's order"
            started = Clock(name, event.law, event.started, by, event.due)
            return (*_stop(clocks, event.started, "a later one", name), started)
        case cl.ClockStopped():
            by = event.by or "an officer's order"
            return _stop(clocks, event.on, by, ClockName(event.clock))
        case cl.ReceiptCorrected():
            return _first_answer(clocks, event)
        case cl.RegimeChanged():
            kept = _stop(clocks, on, _ANOTHER_LAW, ClockName.EXTENSION)
            return _with_answer(kept, law=event.law, due=event.due, stopped=None, stopped_by="")
        case cl.Recounted():
            return _recounted(clocks, event)
        case le.LetterSent():
            return _stop(clocks, on, _ANSWERED, *OURS)
        case _:
            return _closed_or_opened(clocks, event, on)


def _closed_or_opened(clocks: Clocks, event: e.Event, on: date) -> Clocks:
    if isinstance(event, e.OpenedAgain | e.WaitsAgain):
        return before_it_was_closed(clocks)
    if isinstance(event, e.Withdrawn | e.FoundNotFoi | e.Lapsed):
        return _stop(clocks, on, _ending(clocks, event))
    return clocks


def _still_waiting(clocks: Clocks) -> Clocks:
    """The period that a clarification had begun never began, and the wait for it goes on."""
    waited = max(i for i, one in enumerate(clocks) if one.name is ClockName.CLARIFICATION)
    goes_on = replace(clocks[waited], stopped=None, stopped_by="")
    return (*clocks[:waited], goes_on, *clocks[waited + 1 : -1])


def began_with_clarification(clocks: Clocks) -> bool:
    """Whether the newest clock is a period that a clarification began, and nothing has come after it."""
    return clocks[-1].name is ClockName.ANSWER and clocks[-1].started_by == _CLARIFIED


def extension_before_fee(clocks: Clocks) -> Clock | None:
    """The extension that the newest fees notice stopped; None if there was none."""
    return next((one for one in reversed(clocks) if _is_extension_before_fee(one)), None)


def _is_extension_before_fee(clock: Clock) -> bool:
    return clock.name is ClockName.EXTENSION and clock.stopped_by == _FEES_NOTICE


def _longer_again(clocks: Clocks, until: date) -> Clocks:
    return tuple(
        replace(one, due=until, stopped=None, stopped_by="")
        if _is_extension_before_fee(one)
        else one
        for one in clocks
    )


def was_questioned(clock: Clock) -> bool:
    """Whether a question to the requester ended this period for good."""
    return clock.stopped_by == _QUESTIONED


def missed(clocks: Clocks) -> tuple[date, ...]:
    """Last days of ours that were over before the question, the fees notice or the extension that ended the period.

    Such a letter gives a new day, and undoes no breach.
    """
    letters = {_QUESTIONED, _FEES_NOTICE, _EXTENDED}
    return tuple(
        one.due
        for one in clocks
        if one.name in OURS and one.stopped_by in letters and one.stopped and one.stopped > one.due
    )


def _first_answer(clocks: Clocks, event: cl.ReceiptCorrected) -> Clocks:
    """Receipt starts the first period; one that a clarification began is counted from that."""
    first = clocks[0]
    due = first.due if was_questioned(first) else event.due
    return (replace(first, started=event.received, due=due), *clocks[1:])


def _ending(clocks: Clocks, event: e.Event) -> str:
    """What ended the request before it was answered."""
    if isinstance(event, e.Lapsed) and any(
        one.runs and one.name is ClockName.FEE for one in clocks
    ):
        return _NO_FEE
    return _ENDINGS[type(event)]


_NO_FEE = "no fee came"
_ENDINGS: dict[type[e.Event], str] = {
    e.Withdrawn: "the requester's withdrawal",
    e.FoundNotFoi: "found not to be a request under the law",
    e.Lapsed: "no clarification came",
}
_NOTHING_CAME = frozenset({_NO_FEE, _ENDINGS[e.Lapsed]})


_BECAUSE = {
    _QUESTIONED: "by our question",
    _ANOTHER_LAW: "because another law applies",
    _ENDINGS[e.FoundNotFoi]: "because it was found not to be a request under the law",
    _ENDINGS[e.Lapsed]: "because no clarification came",
    _NO_FEE: "because no fee came",
}
"""What stopped a clock, where the words on record are no thing that can stop one."""


_CLOSED_BY = frozenset({_ENDINGS[e.Withdrawn], _ENDINGS[e.FoundNotFoi]})


def before_it_was_closed(clocks: Clocks) -> Clocks:
    """The clocks that an officer's closing had stopped run on; their days have counted all the while."""
    return tuple(
        replace(clock, stopped=None, stopped_by="") if clock.stopped_by in _CLOSED_BY else clock
        for clock in clocks
    )


def waited_when_closed(clocks: Clocks) -> bool:
    """Whether a case that an officer closed was waiting for the requester then."""
    return any(
        clock.stopped_by in _CLOSED_BY and clock.name in {ClockName.CLARIFICATION, ClockName.FEE}
        for clock in clocks
    )


def _recounted(clocks: Clocks, event: cl.Recounted) -> Clocks:
    return tuple(
        replace(clock, due=event.due) if clock.runs and clock.name == event.clock else clock
        for clock in clocks
    )


def answer_came_back(clocks: Clocks) -> Clocks:
    """The answer was not delivered after all: the clocks that it had stopped run again."""
    return tuple(
        replace(clock, stopped=None, stopped_by="") if clock.stopped_by == _ANSWERED else clock
        for clock in clocks
    )


def result_came_back(clocks: Clocks) -> Clocks:
    """The result of a review was not delivered after all: the clock that it had stopped runs again."""
    return tuple(
        replace(clock, stopped=None, stopped_by="") if clock.stopped_by == REVIEWED else clock
        for clock in clocks
    )


def interim_came_back(clocks: Clocks) -> Clocks:
    """A question, a fees notice or an extension was not delivered: what it started never began."""
    if last_of(clocks, ClockName.ANSWER).runs:
        return clocks
    unbegun = (clock.runs or clock.stopped_by in _NOTHING_CAME for clock in clocks)
    kept = tuple(clock for clock, never in zip(clocks, unbegun, strict=True) if not never)
    return _with_answer(kept, stopped=None, stopped_by="")


def _ran_out(clock: Clock, stopped: date) -> bool:
    """Whether the answer was late already: asking for an explanation or a fee then does not undo that."""
    return clock.name in OURS and stopped > clock.due


def clock_in_words(clock: Clock) -> str:
    """One line about a clock: "Answer clock (FOIA 2000 s.10(1)): from 8 December 2020 to 11 January 2021"."""
    law = f" ({clock.law})" if clock.law else ""
    words = f"{clock.name.capitalize()} clock{law}: from {in_words(clock.started)} to {in_words(clock.due)}"
    for first, last in clock.pauses:
        words += f"; stood still from {in_words(first)} to {in_words(last)}"
    if clock.stopped is not None:
        late = ", when that day was over," if _ran_out(clock, clock.stopped) else ""
        why = _BECAUSE.get(clock.stopped_by, f"by {clock.stopped_by}")
        words += f"; stopped on {in_words(clock.stopped)}{late} {why}"
    return words
