"""Letters after the end of a case: each event on them in each state they can be in."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Case, LetterState, State
from foibot.case.clocks import REVIEWED
from foibot.case.interim import sent
from foibot.case.later_letters import LATER, came_back
from foibot.case.lifecycle import can_draft, can_happen
from foibot.law import regime
from tests.case.case_files import TO_REACH, case_of, drafted, example

ON = date(2020, 12, 20)
SENT = le.InterimSent(2, "<l2@x.example>", "250 ok")
AT = {
    "none": (),
    "draft": (),
    "on hold": (le.PutOnHold(2),),
    "approved": (example(le.Approved, 2),),
    "sent": (example(le.Approved, 2), SENT),
    "refused": (example(le.Approved, 2), le.LetterRefused(2, "550 no")),
    "uncertain": (example(le.Approved, 2), le.LetterUncertain(2, "lost")),
}
ALLOWED = {
    "none": {"Drafted"},
    "draft": {"Drafted", "Approved", "Rejected", "PutOnHold", "WarningAccepted"},
    "on hold": {"Drafted", "Approved", "Rejected", "PutOnHold", "WarningAccepted"},
    "approved": {"Stopped", "InterimSent", "LetterRefused", "LetterUncertain"},
    "sent": {"Drafted", "LaterLetterBounced"},
    "refused": {"Drafted", "LetterQueuedAgain", "LaterLetterBounced"},
    "uncertain": {"InterimSent", "LetterQueuedAgain", "LaterLetterBounced"},
}
OF_A_LETTER = [
    le.Drafted, le.Approved, le.Rejected, le.PutOnHold, le.WarningAccepted, le.Stopped, le.InterimSent,
    le.LetterRefused, le.LetterUncertain, le.LetterQueuedAgain, le.LaterLetterBounced, le.LetterBounced, le.LetterSent,
]  # fmt: skip


def after(kind: str, where: str) -> Case:
    """A case that ended, with a later letter of this kind that got so far."""
    steps = TO_REACH[LATER[kind]]
    return case_of(*steps, *([] if where == "none" else [drafted(2, kind), *AT[where]]))


@pytest.mark.parametrize("kind", LATER)
@pytest.mark.parametrize("where", AT)
@pytest.mark.parametrize("event", OF_A_LETTER, ids=lambda one: one.__name__)
def test_each_event_on_a_later_letter(kind: str, where: str, event: type[e.Event]) -> None:
    case = after(kind, where)
    version = len(case.letters)
    if event is le.Drafted:
        happens = can_happen(case, drafted(version + 1, kind))
        assert can_draft(case) is happens
        assert not can_happen(case, drafted(version + 1, "ncnd"))
    else:
        happens = can_happen(case, example(event, version))
    if where == "none" and event is le.LetterBounced:
        # What came back is the answer itself, or the question that was asked.
        assert happens
        return
    assert happens is (event.__name__ in ALLOWED[where])


def test_no_later_letter_is_drafted_before_the_end() -> None:
    for state in State:
        case = case_of(*TO_REACH[state])
        for kind, where in LATER.items():
            draft = drafted(len(case.letters) + 1, kind)
            assert can_happen(case, draft) is (state is where)


def test_a_result_that_came_back_opens_the_review_again_and_an_acknowledgement_does_not() -> None:
    closing = (*AT["sent"], cl.ClockStopped("review", ON, REVIEWED), e.ClosedAgain())
    for kind, opens in (("review-outcome", True), ("review-acknowledgement", False)):
        case = case_of(*TO_REACH[State.REOPENED], drafted(2, kind), *closing)
        assert case.state is State.ANSWERED
        event = came_back(case, 2, "5.1.1")
        assert event == le.LaterLetterBounced(2, "5.1.1")
        assert can_happen(case, event) is opens
    again = case_of(*TO_REACH[State.REOPENED], drafted(2, "review-outcome"), *closing, came_back(case, 2, "5.1.1"))  # fmt: skip
    assert (again.state, again.outcome, again.clocks[-1].runs) == (State.REOPENED, "ncnd", True)


def test_what_came_back_is_told_by_the_kind_of_the_letter() -> None:
    assert came_back(after("lapse", "sent"), 2, "x") == le.LaterLetterBounced(2, "x")
    assert came_back(after("lapse", "sent"), 1, "x") == le.LetterBounced(1, "x")


@pytest.mark.parametrize("where", ["approved", "uncertain"])
def test_a_case_is_not_closed_under_a_letter_on_its_way(where: str) -> None:
    assert not can_happen(after("review-outcome", where), e.ClosedAgain())


def test_what_a_sent_later_letter_leaves() -> None:
    for kind, events in {
        "review-acknowledgement": (),
        "lapse": (),
        "review-outcome": (cl.ClockStopped("review", ON, REVIEWED), e.ClosedAgain()),
    }.items():
        case = after(kind, "approved")
        assert case.current is not None
        found = sent(case, case.current, "<l2@x.example>", "250 ok", ON, regime("foia"))
        assert found == (SENT, *events)


def test_a_draft_is_superseded_when_what_it_is_about_is_over() -> None:
    clarified = (drafted(2, "lapse"), example(cl.Clarified))
    case = case_of(*TO_REACH[State.LAPSED], *clarified)
    assert (case.state, case.letters[-1].state) == (State.OPEN, LetterState.SUPERSEDED)
    withdrawn = case_of(drafted(), e.Withdrawn())
    assert withdrawn.letters[-1].state is LetterState.SUPERSEDED
