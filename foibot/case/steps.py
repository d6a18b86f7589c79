"""What a step of the reminder ladder asks for, by where the case stands that day; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, unique
from types import MappingProxyType

from foibot.case.case import Case, State
from foibot.case.clocks import ClockName, running


@unique
class Step(StrEnum):
    """The words of a step that the office wrote as a number alone."""

    AGREE = "Agree who deals with this request."
    CHASE = "Chase the colleagues who were asked about it."
    DRAFT = "Draft the answer."
    LOOK = "Look at the draft, or ask the officers for one."
    SETTLE = "Settle the final wording and have it approved."
    SEND = "Send the answer."


_ASK = "Ask the colleagues who may know about it, if there are any."
_APPROVE = "Have the letter approved."
_FINISH = "Write what is still missing in the letter, and have it approved."

_WITHOUT_LETTER: Mapping[Step, str] = MappingProxyType(
    {
        Step.LOOK: "Ask the officers for a draft: there is none to look at.",
        Step.SETTLE: "Draft the answer and have it approved.",
    }
)
_TO_APPROVE: Mapping[Step, str] = MappingProxyType(
    {
        Step.LOOK: "Look at the draft.",
        Step.SETTLE: Step.SETTLE,
        Step.SEND: "Have the letter approved, so that it leaves in time.",
    }
)
_WHATEVER_THE_STEP: Mapping[State, str] = MappingProxyType(
    {
        State.ON_HOLD: "The letter is on hold: settle what keeps it there.",
        State.APPROVED: "The letter is approved: see that it leaves.",
        State.DELIVERY_FAILED: "The letter was not delivered: see that it gets there.",
        State.DELIVERY_UNCERTAIN: "Find out whether the letter has arrived.",
    }
)
_OTHER = "See to what is due."
_LATER: Mapping[ClockName, str] = MappingProxyType(
    {
        ClockName.REVIEW: "Give the result of the review.",
        ClockName.REGULATOR: "Give the regulator what was asked for.",
        ClockName.TRIBUNAL: "Settle what goes to the tribunal.",
        ClockName.PART: "Answer the part that the requester clarified.",
    }
)


def say_now(say: str, case: Case) -> str:
    """The words of a step as the office wrote them; words of our own only where they are so today."""
    if say not in set(Step):
        return say
    step = Step(say)
    match case.state:
        case State.OPEN:
            return _WITHOUT_LETTER.get(step) or _to_find_out(step, case)
        case State.AWAITING_APPROVAL if case.current and case.current.places_open:
            return _FINISH
        case State.AWAITING_APPROVAL:
            return _TO_APPROVE.get(step, _APPROVE)
        case _:
            return _WHATEVER_THE_STEP.get(case.state, say)


def _to_find_out(step: Step, case: Case) -> str:
    """What is left to do of what comes before a draft."""
    if step is Step.AGREE and not (case.assignment and case.assignment.accepted):
        return step
    if step not in {Step.AGREE, Step.CHASE}:
        return step
    if any(one.open for one in case.enquiries):
        return Step.CHASE
    return Step.DRAFT if case.enquiries else _ASK


def say_later(case: Case) -> str:
    """What is to be done by the last day of a clock that runs after the answer."""
    clock = running(case.clocks)
    return _LATER.get(clock.name, _OTHER) if clock else _OTHER
