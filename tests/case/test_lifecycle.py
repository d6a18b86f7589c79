"""The lifecycle table held against every state and event, and the fold against random walks."""

from __future__ import annotations

import pytest
from hypothesis import given

from foibot.case import clock_events as cl
from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case import letter_events as le
from foibot.case import stored
from foibot.case.case import FINISHED, Acknowledgement, LetterState, State
from foibot.case.clocks import ClockName
from foibot.case.lifecycle import NEUTRAL, TABLE, EventOutOfPlace, allows, apply, can_happen, fold
from foibot.errors import Bug
from tests.case.case_files import (
    ASKED_FOR_A_FEE,
    JANE,
    REFERENCE,
    RUTH,
    TO_REACH,
    TOM,
    case_of,
    chain,
    drafted,
    example,
    received,
    walks,
)

GONE = {LetterState.REJECTED, LetterState.SENT, LetterState.SUPERSEDED}
# A part has its own last day beside the rest, before its answer and after it.
LATER = {ClockName.REVIEW, ClockName.REGULATOR, ClockName.TRIBUNAL, ClockName.PART}
ON_ITS_WAY = {LetterState.APPROVED, LetterState.UNCERTAIN, LetterState.REFUSED}
KINDS = [kind for kind in stored.KINDS.values() if kind is not e.Received]

# What stands in each state, read off the page once more: a slip in the table is a letter lost or sent.
RECOUNTS = {"ReceiptCorrected", "RegimeChanged", "Recounted", "PartClarified"}
ENDS = {"Withdrawn", "FoundNotFoi"}
INTERIM = {"Extended", "ClarificationAsked", "FeeAsked"}
DECISIONS = {"ApprovalGiven", "Drafted", "WarningAccepted", "Approved", "Rejected", "PutOnHold"}
EXPECTED = {
    State.OPEN: {"Drafted", "ClarifiedInError", *INTERIM, *RECOUNTS, *ENDS},
    State.AWAITING_APPROVAL: {*DECISIONS, *RECOUNTS, *ENDS},
    State.ON_HOLD: {*DECISIONS, *RECOUNTS, *ENDS},
    State.APPROVED: {
        "Stopped",
        "LetterSent",
        "InterimSent",
        "LetterRefused",
        "LetterUncertain",
        *(RECOUNTS - {"RegimeChanged"}),
    },
    State.WAITING: {"Clarified", "FeePaid", "Lapsed", "LetterBounced", "Recounted", *ENDS},
    State.ANSWERED: {"LetterBounced", "ClockStarted"},
    State.REOPENED: {"ClockStarted", "ClockStopped", "ClosedAgain", "LetterBounced", "Recounted"},
    State.DELIVERY_FAILED: {"Drafted", "LetterQueuedAgain", "LetterBounced", *RECOUNTS, *ENDS},
    State.DELIVERY_UNCERTAIN: {
        "LetterSent",
        "InterimSent",
        "LetterQueuedAgain",
        "LetterBounced",
        "Recounted",
    },
    State.WITHDRAWN: {"OpenedAgain", "WaitsAgain"},
    State.NOT_FOI: {"OpenedAgain", "WaitsAgain"},
    State.LAPSED: {"Clarified", "FeePaid", "LetterBounced"},
}


# A letter that follows the end of a case, or that was on its way when the requester answered after all.
OF_A_LETTER = {
    *DECISIONS,
    "Stopped",
    "InterimSent",
    "LetterRefused",
    "LetterUncertain",
    "LetterQueuedAgain",
    "LaterLetterBounced",
}
WITH_A_LETTER = {
    State.OPEN: {"LetterBounced", "InterimSent", "LetterRefused", "LetterUncertain"},
    State.ANSWERED: {"LaterLetterBounced"},
    State.REOPENED: OF_A_LETTER,
    State.LAPSED: OF_A_LETTER,
}


def next_event(kind: type[e.Event], state: State) -> e.Event:
    version = 2 if kind is le.Drafted and TO_REACH[state] else 1
    return example(kind, version)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("state", State)
def test_each_event_in_each_state(state: State, kind: type[e.Event]) -> None:
    steps = TO_REACH[state]
    if kind is cl.FeePaid and state in {State.WAITING, State.LAPSED}:
        steps = (*ASKED_FOR_A_FEE, *([e.Lapsed()] if state is State.LAPSED else []))
    if (state, kind) == (State.OPEN, k.ClarifiedInError):
        steps = (*TO_REACH[State.WAITING], example(cl.Clarified))
    if kind is e.WaitsAgain and state in {State.WITHDRAWN, State.NOT_FOI}:
        steps = (*TO_REACH[State.WAITING], *steps)
    case = case_of(*steps)
    assert case.state is state
    event = next_event(kind, state)
    recorded = chain([event])[0]
    if kind in NEUTRAL:
        assert apply(case, recorded).state is state
    elif kind.__name__ in WITH_A_LETTER.get(state, set()):
        assert allows(state, kind)  # about a letter that is not there yet
        assert not can_happen(case, event)
    elif kind.__name__ in EXPECTED[state]:
        assert allows(state, kind)
        assert apply(case, recorded).state is TABLE[state, kind]
    else:
        assert not allows(state, kind)
        with pytest.raises(EventOutOfPlace, match=f"{kind.__name__} cannot happen to {REFERENCE}"):
            apply(case, recorded)


def test_every_event_is_the_first_neutral_or_in_the_table() -> None:
    moving = {kind for _, kind in TABLE}
    assert moving | NEUTRAL | {e.Received} == set(stored.KINDS.values())
    assert not moving & NEUTRAL


def test_a_letter_that_left_is_never_approved_or_stopped_again() -> None:
    for state in FINISHED:
        case = case_of(*TO_REACH[state])
        assert not can_happen(case, example(le.Approved))
        assert not can_happen(case, example(le.Stopped))


VERSIONED = [
    kind
    for kind in KINDS
    if any(one is kind for _, one in TABLE) and "version" in kind.__dataclass_fields__
]


@pytest.mark.parametrize("version", [0, 2, 3])
@pytest.mark.parametrize("kind", VERSIONED, ids=lambda kind: kind.__name__)
def test_an_event_about_another_version_is_refused(kind: type[e.Event], version: int) -> None:
    version += kind is le.Drafted and version > 0  # version 2 is the next draft, as it should be
    state = next(state for state, one in TABLE if one is kind and TO_REACH[state])
    case = case_of(*TO_REACH[state])
    event = example(kind, version)
    assert not can_happen(case, event)
    with pytest.raises(EventOutOfPlace, match="at version 1"):
        apply(case, chain([event])[0])


def test_a_late_bounce_of_an_old_version_does_not_undo_the_new_one() -> None:
    sent_2 = (example(le.Approved, 2), le.LetterSent(2, "<l2@x.example>", "250 ok"))
    case = case_of(*TO_REACH[State.DELIVERY_FAILED], drafted(2), *sent_2)
    assert case.state is State.ANSWERED
    assert not can_happen(case, le.LetterBounced(1, "5.1.1"))
    assert can_happen(case, le.LetterBounced(2, "5.1.1"))


def test_the_first_draft_is_version_1() -> None:
    assert not can_happen(case_of(), drafted(2))
    assert can_happen(case_of(), drafted(1))


def test_a_case_begins_with_its_receipt_and_only_once() -> None:
    with pytest.raises(EventOutOfPlace, match="begins with Noted, not Received"):
        fold(chain([e.Noted("first")]))
    with pytest.raises(EventOutOfPlace, match="received twice"):
        fold(chain([received(), received()]))
    assert issubclass(EventOutOfPlace, Bug)


def test_nothing_folds_to_nothing() -> None:
    assert fold([]) is None


@given(walks())
def test_a_walk_folds_as_it_is_applied(events: list[e.Event]) -> None:
    case = None
    for one in chain(events):
        case = apply(case, one)
    assert case is not None
    assert case == fold(chain(events))
    assert case.revision == len(events)
    drafts = [event for event in events if isinstance(event, le.Drafted)]
    assert [letter.version for letter in case.letters] == list(range(1, len(drafts) + 1))


@given(walks())
def test_case_and_letter_never_disagree(events: list[e.Event]) -> None:
    case = fold(chain(events))
    assert case is not None
    states = {letter.state for letter in case.letters[-1:]}
    assert (
        states
        <= {
            # A letter about the lapse may be on its way, or lost, when the requester answers after all.
            State.OPEN: GONE | ON_ITS_WAY,
            State.WAITING: GONE | ON_ITS_WAY,
            State.LAPSED: set(LetterState),
            State.WITHDRAWN: set(LetterState),
            State.NOT_FOI: set(LetterState),
            State.AWAITING_APPROVAL: {LetterState.DRAFT},
            State.ON_HOLD: {LetterState.ON_HOLD},
            State.APPROVED: {LetterState.APPROVED},
            # After the answer the newest letter may be one about a review.
            State.ANSWERED: GONE | {LetterState.REFUSED},
            State.REOPENED: set(LetterState),
            State.DELIVERY_FAILED: {LetterState.REFUSED},
            State.DELIVERY_UNCERTAIN: {LetterState.UNCERTAIN},
        }[case.state]
    )
    answered = case.state in {State.ANSWERED, State.REOPENED}
    assert (case.answered_at is not None) == answered
    assert bool(case.outcome) == (case.finished or case.state is State.REOPENED)
    bound = [clock for clock in case.clocks if clock.runs and clock.name not in LATER]
    assert len(bound) == (not case.finished and case.state is not State.REOPENED)
    live = {LetterState.DRAFT, LetterState.ON_HOLD, LetterState.APPROVED}
    assert not any(letter.state in live for letter in case.letters[:-1])


def test_an_approval_is_kept_with_who_and_when_and_taken_back_by_stop() -> None:
    draft, approve, stop = chain([received(), drafted()])[1], example(le.Approved), le.Stopped(1)
    case = apply(case_of(), draft)
    approved = apply(case, chain([approve], by=TOM)[0])
    assert approved.current is not None
    assert (approved.current.drafter, approved.current.approver) == (JANE, TOM)
    assert approved.current.send_after == example(le.Approved).send_after  # type: ignore[attr-defined]
    stopped = apply(approved, chain([stop], by=RUTH)[0])
    assert stopped.current is not None
    assert (stopped.current.approver, stopped.current.send_after) == ("", None)
    assert stopped.current.state is LetterState.DRAFT


def test_a_hold_names_its_holder_until_that_person_approves() -> None:
    held = apply(case_of(drafted()), chain([le.PutOnHold(1)], by=TOM)[0])
    assert held.current is not None
    assert held.current.held_by == TOM
    taken_over = apply(held, chain([le.PutOnHold(1)], by=RUTH)[0])
    assert taken_over.current is not None
    assert taken_over.current.held_by == RUTH
    approved = apply(taken_over, chain([example(le.Approved)], by=RUTH)[0])
    assert approved.current is not None
    assert approved.current.held_by == ""


def test_a_new_draft_supersedes_what_waited_but_not_what_was_decided() -> None:
    after_hold = case_of(drafted(), le.PutOnHold(1), drafted(2))
    after_reject = case_of(drafted(), le.Rejected(1, "too long"), drafted(2))
    assert [one.state for one in after_hold.letters] == [LetterState.SUPERSEDED, LetterState.DRAFT]
    assert [one.state for one in after_reject.letters] == [LetterState.REJECTED, LetterState.DRAFT]


def test_an_answer_gives_the_case_its_outcome_and_a_bounce_takes_it_away() -> None:
    sent = case_of(*TO_REACH[State.ANSWERED])
    assert (sent.outcome, sent.finished, sent.answered_late) == ("ncnd", True, False)
    assert sent.current is not None
    assert sent.current.answer == "250 ok"
    back = case_of(*TO_REACH[State.ANSWERED], le.LetterBounced(1, "5.1.1"))
    assert (back.outcome, back.answered_at, back.finished) == ("", None, False)
    assert back.current is not None
    assert back.current.answer == "5.1.1"


def test_a_letter_can_be_queued_again_and_then_arrive() -> None:
    again = (le.LetterQueuedAgain(1), le.LetterSent(1, "<l1@x.example>", "250 at last"))
    for state in (State.DELIVERY_FAILED, State.DELIVERY_UNCERTAIN):
        case = case_of(*TO_REACH[state], *again)
        assert case.state is State.ANSWERED
        assert [one.answer for one in case.letters] == ["250 at last"]


@pytest.mark.parametrize(
    ("event", "became"),
    [
        (e.AcknowledgementWritten("<a@x.example>", "c" * 64), Acknowledgement.QUEUED),
        (e.AcknowledgementWithheld("A1", "a machine wrote"), Acknowledgement.WITHHELD),
        (e.AcknowledgementSent("<a@x.example>", "250 ok"), Acknowledgement.SENT),
        (e.AcknowledgementFailed("<a@x.example>", "550 no"), Acknowledgement.FAILED),
    ],
)
def test_what_became_of_the_acknowledgement(event: e.Event, became: Acknowledgement) -> None:
    assert case_of().acknowledgement is Acknowledgement.NOT_YET
    assert case_of(event).acknowledgement is became
    assert case_of(event, e.Noted("x")).acknowledgement is became


def test_answered_late_goes_by_the_date_in_london() -> None:
    # Case files count an hour for each event, so that the answer leaves on the day of the draft.
    on_the_day = received(due=received().received)
    yesterday = received(due=received().received.replace(day=7))
    answer = TO_REACH[State.ANSWERED]
    for request, late in ((on_the_day, False), (yesterday, True)):
        case = fold(chain([request, *answer]))
        assert case is not None
        assert case.answered_late is late
    assert not case_of().answered_late


def test_a_case_without_a_letter_has_no_current_one() -> None:
    assert case_of().current is None
    assert not case_of().finished
