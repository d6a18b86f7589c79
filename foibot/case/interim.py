"""What the sending of a letter means for the case: an answer, or a question, a fee, an extension; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.case import LetterVersion
from foibot.case.events import (
    ClarificationAsked,
    Event,
    Extended,
    FeeAsked,
    InterimSent,
    LetterSent,
)
from foibot.law.calendar import last_day
from foibot.law.regime import Duty, Regime

INTERIM = frozenset({"clarification", "extension", "fees-notice", "holding"})
"""Kinds of letter that do not answer the request; every other kind does."""


def sent(
    letter: LetterVersion, message_id: str, answer: str, on: date, regime: Regime
) -> tuple[Event, ...]:
    """The events that an accepted letter leaves; `on` is the London date on which it left."""
    if letter.kind not in INTERIM:
        return (LetterSent(letter.version, message_id, answer),)
    return (InterimSent(letter.version, message_id, answer), *_follows(letter, on, regime))


def _follows(letter: LetterVersion, on: date, regime: Regime) -> tuple[Event, ...]:
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
        case _:
            return (Extended(on, until, regime.limit(extension_duty(regime), on).citation),)


def extension_duty(regime: Regime) -> Duty:
    """Under which duty this law gives more time; the Scottish Act has neither."""
    return Duty.WEIGH_PUBLIC_INTEREST if regime.key == "foia" else Duty.ANSWER_EXTENDED
