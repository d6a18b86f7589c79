"""What the sending of a letter means for the case: an answer, or a question, a fee, an extension; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from foibot.case.case import Case, LetterState, LetterVersion
from foibot.case.clock_events import (
    ClarificationAsked,
    ClockStarted,
    ClockStopped,
    Extended,
    FeeAsked,
    PartClarified,
)
from foibot.case.clocks import OURS, REVIEWED, ClockName, last_of, pauses_of
from foibot.case.events import ClosedAgain, Event
from foibot.case.later_letters import INTERIM, LATER, REVIEW_OUTCOME
from foibot.case.letter_events import InterimSent, LetterSent
from foibot.law.calendar import answer_by, count, last_day
from foibot.law.dates import with_weekday
from foibot.law.horizon import provisional_mark
from foibot.law.provisions import names_ncnd
from foibot.law.regime import Duty, Regime


def sent(
    case: Case,
    letter: LetterVersion,
    message_id: str,
    answer: str,
    on: date,
    regime: Regime,
    dated: datetime | None = None,
) -> tuple[Event, ...]:
    """The events that an accepted letter leaves; `on` is the London date on which it left.

    `dated` is the moment that the mail's own Date gives.
    """
    if letter.kind in LATER:
        result = _result_sent(case, on) if letter.kind == REVIEW_OUTCOME else ()
        return (InterimSent(letter.version, message_id, answer, dated), *result)
    if letter.kind not in INTERIM:
        # Nobody can tell from a letter whether it answers the part as well: its clock goes on.
        return (LetterSent(letter.version, message_id, answer, dated), *_parts(case))
    went = InterimSent(letter.version, message_id, answer, dated)
    return (went, *_follows(case, letter, on, regime))


def _parts(case: Case) -> Iterator[Event]:
    for clock in case.clocks:
        if clock.runs and clock.name is ClockName.PART:
            yield ClockStarted(clock.name.value, clock.law, clock.started, clock.due)


def _result_sent(case: Case, on: date) -> tuple[Event, ...]:
    """The clock of the review stops, and the case is closed again unless somebody else's runs."""
    running = {clock.name for clock in case.clocks if clock.runs and clock.name not in OURS}
    review = ClockName.REVIEW
    stopped = (ClockStopped(review.value, on, REVIEWED),) if review in running else ()
    return stopped if running - {review} else (*stopped, ClosedAgain())


def _follows(case: Case, letter: LetterVersion, on: date, regime: Regime) -> tuple[Event, ...]:
    """What the letter starts; the day it names is the day that counts, since the requester read it."""
    until = letter.until
    if until is None:
        return ()
    match letter.kind:
        case "clarification" if dict(letter.slots).get("rest"):
            return ()  # the clear part keeps its date, and the letter says so (T-46)
        case "clarification":
            law = regime.limit(Duty.CLARIFY, on).citation
            return (ClarificationAsked(on, until, law),)
        case "fees-notice":
            law = regime.limit(Duty.PAY_FEE, on).citation
            # The letter was written before it left, and the law counts from the day it was given.
            pay_by = max(until, last_day(regime, Duty.PAY_FEE, on))
            return (FeeAsked(on, pay_by, law, letter.fee_pence),)
        case "holding":
            return ()  # it names a day, but gives nobody more time
        case _ if too_late_to_extend(case, regime, on):
            return ()  # the requester was told, but the law gives no more time for it
        case _:
            return (Extended(on, until, regime.limit(extension_duty(regime), on).citation),)


def weighed_before(case: Case) -> str:
    """The provisions whose public interest the newest extension notice that was sent gave time to weigh, or ""."""
    notices = (one for one in reversed(case.letters) if one.kind == "extension")
    sent_one = next((one for one in notices if one.state is LetterState.SENT), None)
    return " ".join(sent_one.provisions) if sent_one else ""


def extended_in_silence(case: Case, regime: Regime) -> str:
    """The provisions of the newest extension notice, if it neither confirmed nor denied; else ""."""
    cited = weighed_before(case)
    return cited if names_ncnd(cited, regime) else ""


def extension_duty(regime: Regime) -> Duty:
    """Under which duty this law gives more time; the Scottish Act has neither."""
    return Duty.WEIGH_PUBLIC_INTEREST if regime.key == "foia" else Duty.ANSWER_EXTENDED


def part_clarified(
    case: Case, received: date, regime: Regime, message_sha256: str
) -> PartClarified | None:
    """What an answer to a question about a part of the request starts, if it was received that day.

    The rest keeps its date, and the part has 20 working days from the answer (T-46, s.10(6)). None if
    no such question was sent, or its answer came before.
    """
    asked = [
        letter.version
        for letter in case.letters
        if letter.kind == "clarification"
        and letter.state is LetterState.SENT
        and dict(letter.slots).get("rest")
    ]
    if len(asked) <= sum(clock.name is ClockName.PART for clock in case.clocks):
        return None
    law = regime.limit(Duty.ANSWER, received).citation
    return PartClarified(received, answer_by(regime, received).due, law, message_sha256)


def part_in_words(event: PartClarified, regime: Regime) -> str:
    """The same for an officer."""
    return (
        "We had asked about a part of the request. If this answers it, that part has a time of its own, from "
        f"{with_weekday(event.received)} (day 0) to {with_weekday(event.due)}"
        f"{provisional_mark(event.due, regime)}. The rest stays due as it is."
    )


def too_late_to_extend(case: Case, regime: Regime, on: date) -> date | None:
    """The last day on which the requester had to be told of an extension, if that is over; else None.

    Under the Regulations there is no more time without the notice (EIR 2004 reg.7(3), EI(S)R 2004
    reg.7(2)). Under the Act a late notice is a breach of section 17(1), but the time that weighing the
    public interest takes does not depend on it (s.10(3)).
    """
    if regime.key not in _TOLD_IN_TIME:
        return None
    day = counted_from_receipt(case, regime, Duty.TELL_OF_EXTENSION)
    return day if on > day else None


def too_late_to_ask(case: Case, regime: Regime, on: date) -> date | None:
    """The last day on which the requester had to be asked what they mean, if that is over; else None.

    The Regulations give 20 working days for it (reg.9(2) of both). The Acts set no day: a late question is
    put late, and what the requester answers still begins a period of its own.
    """
    if regime.key not in _TOLD_IN_TIME:
        return None
    day = counted_from_receipt(case, regime, Duty.ASK_FOR_CLARIFICATION)
    return day if on > day else None


_TOLD_IN_TIME = frozenset({"eir", "eisr"})


def counted_from_receipt(case: Case, regime: Regime, duty: Duty) -> date:
    """The last day of a duty in working days from day 0 of the case, without the days of a pause (T-35)."""
    answer = last_of(case.clocks, ClockName.ANSWER)
    days = regime.limit(duty, answer.started).number
    return count(regime, answer.started, days, pauses_of(answer)).due
