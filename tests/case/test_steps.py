"""A step of the ladder asks for what is left to do, and takes nothing for done or asked that was not."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case.case import State
from foibot.case.steps import Step, say_later, say_now
from foibot.config.sections import STEPS
from tests.case.case_files import JANE, TO_REACH, UNFINISHED, case_of, drafted

ASKED = c.HolderAsked(1, date(2020, 12, 18), "harry@exampleshire.example", "Who keeps it?")
REPLIED = c.HolderAnswered(1, "a" * 64, proven=True)
TAKEN = (c.Assigned(JANE), c.AssignmentAccepted())
TO_ASK = "Ask the colleagues who may know about it, if there are any."


@pytest.mark.parametrize(
    ("step", "events", "says"),
    [
        (Step.AGREE, (), Step.AGREE),
        (Step.AGREE, (c.Assigned(JANE),), Step.AGREE),
        (Step.AGREE, TAKEN, TO_ASK),
        (Step.AGREE, (*TAKEN, ASKED), Step.CHASE),
        (Step.CHASE, (), TO_ASK),
        (Step.CHASE, (ASKED,), Step.CHASE),
        (Step.CHASE, (ASKED, REPLIED), Step.DRAFT),
        (Step.DRAFT, (), Step.DRAFT),
        (Step.LOOK, (), "Ask the officers for a draft: there is none to look at."),
        (Step.SETTLE, (), "Draft the answer and have it approved."),
        (Step.SEND, (), Step.SEND),
        (Step.AGREE, TO_REACH[State.AWAITING_APPROVAL], "Have the letter approved."),
        (Step.CHASE, TO_REACH[State.AWAITING_APPROVAL], "Have the letter approved."),
        (Step.LOOK, TO_REACH[State.AWAITING_APPROVAL], "Look at the draft."),
        (Step.SETTLE, TO_REACH[State.AWAITING_APPROVAL], Step.SETTLE),
        (Step.SEND, TO_REACH[State.AWAITING_APPROVAL], "Have the letter approved, so that it leaves in time."),
        (Step.SEND, (drafted(remarks=(UNFINISHED,)),), "Write what is still missing in the letter, and have it approved."),
        (Step.SEND, TO_REACH[State.ON_HOLD], "The letter is on hold: settle what keeps it there."),
        (Step.SEND, TO_REACH[State.APPROVED], "The letter is approved: see that it leaves."),
        (Step.DRAFT, TO_REACH[State.DELIVERY_FAILED], "The letter was not delivered: see that it gets there."),
        (Step.DRAFT, TO_REACH[State.DELIVERY_UNCERTAIN], "Find out whether the letter has arrived."),
    ],
)  # fmt: skip
def test_a_step_says_what_is_left_to_do(step: Step, events: tuple[e.Event, ...], says: str) -> None:
    assert say_now(step.value, case_of(*events)) == says


@pytest.mark.parametrize("state", State)
def test_what_an_office_wrote_itself_is_never_changed(state: State) -> None:
    assert say_now("Ring Harry.", case_of(*TO_REACH[state])) == "Ring Harry."


def test_the_words_of_the_shipped_steps_are_these() -> None:
    assert [say for _, say in STEPS.values()] == [step.value for step in Step]


@pytest.mark.parametrize(
    ("clock", "says"),
    [
        ("review", "Give the result of the review."),
        ("regulator", "Give the regulator what was asked for."),
        ("tribunal", "Settle what goes to the tribunal."),
        ("part", "Answer the part that the requester clarified."),
        ("fee", "See to what is due."),
    ],
)
def test_after_the_answer_it_is_said_what_runs(clock: str, says: str) -> None:
    answered = TO_REACH[State.ANSWERED]
    started = cl.ClockStarted(clock, "x", date(2021, 1, 4), date(2021, 2, 1))
    assert say_later(case_of(*answered, started)) == says
    stopped = cl.ClockStopped(clock, date(2021, 1, 5), "")
    assert say_later(case_of(*answered, started, stopped)) == "See to what is due."
