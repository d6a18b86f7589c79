"""THE table of how a case moves, with the fold of its events into a case; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from foibot.case import approval_events as a
from foibot.case import clock_events as cl
from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case import letter_events as le
from foibot.case.assignment import Assignment
from foibot.case.case import Acknowledgement, Case, Requester, State
from foibot.case.clocks import (
    ClockName,
    Clocks,
    answer_came_back,
    began_with_clarification,
    clocks_after,
    due_now,
    first_clock,
    interim_came_back,
    result_came_back,
    waited_when_closed,
)
from foibot.case.enquiries import enquiries_after
from foibot.case.interests import interests_after
from foibot.case.keeping import Keeping, keeping_after
from foibot.case.later_letters import REVIEW_OUTCOME, on_its_way, suits_the_letter
from foibot.case.letter_changes import change_letter, without_drafts
from foibot.case.opinions import opinions_after
from foibot.errors import Bug
from foibot.law.dates import london_date

S = State

_IN_HAND = (S.OPEN, S.AWAITING_APPROVAL, S.ON_HOLD, S.WAITING, S.DELIVERY_FAILED)
_SET_ASIDE = (S.WITHDRAWN, S.NOT_FOI)
_COUNTING = (S.OPEN, S.AWAITING_APPROVAL, S.ON_HOLD, S.APPROVED, S.DELIVERY_FAILED)
_CORRECTIONS = (cl.ReceiptCorrected, cl.Recounted, cl.PartClarified)

_OF_A_LETTER: tuple[type[e.Event], ...] = (
    le.Drafted,
    a.ApprovalGiven,
    le.Approved,
    le.WarningAccepted,
    le.Rejected,
    le.PutOnHold,
    le.Stopped,
    le.InterimSent,
    le.LetterRefused,
    le.LetterUncertain,
    le.LetterQueuedAgain,
    le.LaterLetterBounced,
)

TABLE: Mapping[tuple[State, type[e.Event]], State] = MappingProxyType(
    {
        (S.OPEN, le.Drafted): S.AWAITING_APPROVAL,
        (S.AWAITING_APPROVAL, le.Drafted): S.AWAITING_APPROVAL,
        (S.AWAITING_APPROVAL, le.Approved): S.APPROVED,
        (S.AWAITING_APPROVAL, a.ApprovalGiven): S.AWAITING_APPROVAL,
        (S.AWAITING_APPROVAL, le.WarningAccepted): S.AWAITING_APPROVAL,
        (S.AWAITING_APPROVAL, le.Rejected): S.OPEN,
        (S.AWAITING_APPROVAL, le.PutOnHold): S.ON_HOLD,
        (S.ON_HOLD, le.Drafted): S.AWAITING_APPROVAL,
        (S.ON_HOLD, le.Approved): S.APPROVED,
        (S.ON_HOLD, a.ApprovalGiven): S.AWAITING_APPROVAL,
        (S.ON_HOLD, le.WarningAccepted): S.ON_HOLD,
        (S.ON_HOLD, le.Rejected): S.OPEN,
        (S.ON_HOLD, le.PutOnHold): S.ON_HOLD,
        (S.APPROVED, le.Stopped): S.AWAITING_APPROVAL,
        (S.APPROVED, le.LetterSent): S.ANSWERED,
        (S.APPROVED, le.LetterRefused): S.DELIVERY_FAILED,
        (S.APPROVED, le.LetterUncertain): S.DELIVERY_UNCERTAIN,
        (S.DELIVERY_UNCERTAIN, le.LetterSent): S.ANSWERED,
        (S.DELIVERY_UNCERTAIN, le.LetterQueuedAgain): S.APPROVED,
        (S.DELIVERY_UNCERTAIN, le.LetterBounced): S.DELIVERY_FAILED,
        (S.DELIVERY_FAILED, le.LetterQueuedAgain): S.APPROVED,
        (S.DELIVERY_FAILED, le.Drafted): S.AWAITING_APPROVAL,
        (S.DELIVERY_FAILED, le.LetterBounced): S.DELIVERY_FAILED,
        (S.ANSWERED, le.LetterBounced): S.DELIVERY_FAILED,
        (S.APPROVED, le.InterimSent): S.OPEN,
        (S.DELIVERY_UNCERTAIN, le.InterimSent): S.OPEN,
        (S.OPEN, le.LetterBounced): S.DELIVERY_FAILED,
        (S.WAITING, le.LetterBounced): S.DELIVERY_FAILED,
        (S.OPEN, cl.Extended): S.OPEN,
        (S.OPEN, cl.ClarificationAsked): S.WAITING,
        (S.OPEN, cl.FeeAsked): S.WAITING,
        (S.WAITING, cl.Clarified): S.OPEN,
        (S.OPEN, k.ClarifiedInError): S.WAITING,
        (S.WAITING, cl.FeePaid): S.OPEN,
        (S.WAITING, e.Lapsed): S.LAPSED,
        # The question never reached them: nothing lapsed, and our time has run on.
        (S.LAPSED, le.LetterBounced): S.DELIVERY_FAILED,
        (S.LAPSED, cl.Clarified): S.OPEN,
        (S.LAPSED, cl.FeePaid): S.OPEN,
        **{(state, e.Withdrawn): S.WITHDRAWN for state in _IN_HAND},
        **{(state, e.FoundNotFoi): S.NOT_FOI for state in _IN_HAND},
        **{(state, e.OpenedAgain): S.OPEN for state in _SET_ASIDE},
        **{(state, e.WaitsAgain): S.WAITING for state in _SET_ASIDE},
        **{(state, event): state for state in _COUNTING for event in _CORRECTIONS},
        **{(state, cl.RegimeChanged): state for state in (S.OPEN, S.DELIVERY_FAILED)},
        # What was drafted under one law is no letter under another; what is about to leave has to be stopped.
        (S.AWAITING_APPROVAL, cl.RegimeChanged): S.OPEN,
        (S.ON_HOLD, cl.RegimeChanged): S.OPEN,
        **{(state, cl.Recounted): state for state in (S.WAITING, S.DELIVERY_UNCERTAIN, S.REOPENED)},
        (S.ANSWERED, cl.ClockStarted): S.REOPENED,
        (S.REOPENED, cl.ClockStarted): S.REOPENED,
        (S.REOPENED, cl.ClockStopped): S.REOPENED,
        (S.REOPENED, e.ClosedAgain): S.ANSWERED,
        (S.REOPENED, le.LetterBounced): S.DELIVERY_FAILED,
        # A letter about a review, or about the lapse, goes its way without moving the case.
        **{(state, event): state for state in (S.REOPENED, S.LAPSED) for event in _OF_A_LETTER},
        (S.ANSWERED, le.LaterLetterBounced): S.REOPENED,
        # It may be on its way when the requester answers after all.
        **{(S.OPEN, event): S.OPEN for event in (le.LetterRefused, le.LetterUncertain)},
        (S.OPEN, le.InterimSent): S.OPEN,
    }
)

NEUTRAL: frozenset[type[e.Event]] = frozenset(
    {
        e.AcknowledgementWritten,
        e.AcknowledgementWithheld,
        e.AcknowledgementSent,
        e.AcknowledgementFailed,
        k.Linked,
        k.Snoozed,
        k.SnoozeEnded,
        k.Restricted,
        k.RestrictionEnded,
        k.Unlinked,
        c.Assigned,
        c.AssignmentAccepted,
        c.AssignmentDeclined,
        c.AssignmentEnded,
        c.HolderAsked,
        c.HolderAnswered,
        c.HolderChased,
        c.EnquiryClosed,
        c.AnswersShown,
        c.FoundAway,
        a.InPlaceOf,
        a.InterestDeclared,
        a.InterestEnded,
        a.OpinionRecorded,
        a.OpinionNotNeeded,
        a.OrderSigned,
        a.SensitiveFrom,
        a.SensitiveNoLonger,
        e.MailFiled,
        e.FilingChanged,
        e.MailQueued,
        e.Noted,
        e.OrderRefused,
        e.QuestionsNumbered,
        e.PartsDecided,
        e.Reminded,
        e.SendingPaused,
        e.SendingResumed,
        e.TopicListed,
        e.TopicStruck,
    }
)
"""Events that may happen in every state and change none."""


class EventOutOfPlace(Bug):
    """An event was recorded that cannot happen in the state the case is in."""


def allows(state: State, event: type[e.Event]) -> bool:
    """Whether an event of this kind can happen to a case in this state."""
    return event in NEUTRAL or (state, event) in TABLE


def can_draft(case: Case) -> bool:
    """Whether a letter could be drafted now, as far as the state of the case and of its last letter goes."""
    return allows(case.state, le.Drafted) and not on_its_way(case)


def can_happen(case: Case, event: e.Event) -> bool:
    """Whether this very event can happen now: the state allows it, and it is about the current version.

    A second report that version 1 came back says nothing about a version 2 that was delivered since.
    """
    return (
        allows(case.state, type(event))
        and _is_about_current(case, event)
        and suits_the_letter(case, event)
        and _is_what_we_wait_for(case, event)
    )


def _is_what_we_wait_for(case: Case, event: e.Event) -> bool:
    """A fee is no answer to a question, and the other way round; what did not wait does not wait again."""
    if isinstance(event, k.ClarifiedInError):
        return began_with_clarification(case.clocks)
    if isinstance(event, e.OpenedAgain | e.WaitsAgain):
        return waited_when_closed(case.clocks) == isinstance(event, e.WaitsAgain)
    waited = {cl.Clarified: ClockName.CLARIFICATION, cl.FeePaid: ClockName.FEE}.get(type(event))
    if waited is None:
        return True
    # A part of the request may have a clock of its own beside what we wait for.
    return [one.name for one in case.clocks if one.name is not ClockName.PART][-1] is waited


def _is_about_current(case: Case, event: e.Event) -> bool:
    version = getattr(event, "version", None)
    current = case.current.version if case.current else 0
    expected = current + 1 if isinstance(event, le.Drafted) else current
    return version is None or bool(version == expected)


def _opened(event: e.Received) -> Case:
    return Case(
        reference=event.reference,
        number=event.number,
        year=event.year,
        regime=event.regime,
        state=State.OPEN,
        outcome="",
        received=event.received,
        received_at=event.received_at,
        receipt_basis=event.receipt_basis,
        due=event.due,
        requester=Requester(event.requester_address, event.requester_name),
        subject=event.subject,
        request_text=event.request_text,
        message_sha256=event.message_sha256,
        message_id=event.message_id,
        references=event.references,
        acknowledgement=Acknowledgement.NOT_YET,
        letters=(),
        clocks=first_clock(event),
        keeping=Keeping(split_from=event.split_from),
        revision=1,
    )


def _assignment(had: Assignment | None, recorded: e.Recorded) -> Assignment | None:
    match recorded.event:
        case c.Assigned(to=to):
            return Assignment(to, recorded.by, recorded.at)
        case c.AssignmentAccepted() if had is not None:
            return replace(had, accepted=True)
        case c.AssignmentDeclined() | c.AssignmentEnded():
            return Assignment("", recorded.by, recorded.at)
        case _:
            return had


def _clocks(case: Case, event: e.Event, on: date) -> Clocks:
    if isinstance(event, le.LaterLetterBounced) and case.letters[-1].kind == REVIEW_OUTCOME:
        return result_came_back(case.clocks)
    if not isinstance(event, le.LetterBounced):
        return clocks_after(case.clocks, event, on)
    # In these states the letter that came back did not answer the request, it asked or put off.
    if case.state in {State.OPEN, State.WAITING, State.LAPSED}:
        return interim_came_back(case.clocks)
    return answer_came_back(case.clocks)


def apply(case: Case | None, recorded: e.Recorded) -> Case:
    """The case after one more event.

    Raises `EventOutOfPlace` if the table does not allow the event in the case's state, if it is about
    another version than the current one, if the first event is not `Received`, or `Received` comes twice.
    """
    event = recorded.event
    if isinstance(event, e.Received):
        if case is not None:
            raise EventOutOfPlace(f"{case.reference} was received twice")
        return _opened(event)
    if case is None:
        raise EventOutOfPlace(f"{recorded.case} begins with {type(event).__name__}, not Received")
    if not can_happen(case, event):
        at = f"{case.state}, at version {case.current.version if case.current else 0}"
        raise EventOutOfPlace(
            f"{type(event).__name__} cannot happen to {case.reference} while it is {at}"
        )
    state = TABLE.get((case.state, type(event)), case.state)
    after = _on_the_clock(change_letter(case, recorded), recorded)
    return replace(
        after,
        state=state,
        revision=case.revision + 1,
        assignment=_assignment(case.assignment, recorded),
        enquiries=enquiries_after(case.enquiries, recorded),
        opinions=opinions_after(case.opinions, recorded),
        keeping=keeping_after(case.keeping, recorded),
        interests=interests_after(case.interests, recorded),
    )


_OUTCOMES: Mapping[type[e.Event], str] = MappingProxyType(
    {
        e.Withdrawn: "withdrawn",
        e.FoundNotFoi: "not-foi",
        e.Lapsed: "lapsed",
        e.OpenedAgain: "",
        e.WaitsAgain: "",
        cl.Clarified: "",
        cl.FeePaid: "",
    }
)
"""How a case ends without a letter; an officer, or a late clarification, opens it again."""


def _on_the_clock(case: Case, recorded: e.Recorded) -> Case:
    """What an event changes in the case's clocks, and in what the request is taken for."""
    event = recorded.event
    clocks = _clocks(case, event, london_date(recorded.at))
    if clocks != case.clocks:
        case = replace(case, clocks=clocks, due=due_now(clocks, case.due))
    match event:
        case cl.ReceiptCorrected():
            return replace(case, received=event.received)
        case cl.RegimeChanged():
            return replace(case, regime=event.regime, parts=(), letters=without_drafts(case))
        case e.QuestionsNumbered():
            return replace(case, questions=event.questions, parts=())
        case e.PartsDecided():
            return replace(case, parts=event.parts)
        case a.SensitiveFrom() | a.SensitiveNoLonger():
            return replace(case, sensitive=isinstance(event, a.SensitiveFrom))
        case e.ClosedAgain():
            return replace(case, letters=without_drafts(case))
        case _ if type(event) in _OUTCOMES:
            outcome = _OUTCOMES[type(event)]
            return replace(case, outcome=outcome, letters=without_drafts(case))
        case _:
            return case


def fold(recorded: Iterable[e.Recorded]) -> Case | None:
    """The case that these events, in their order, leave; None if there are none."""
    case: Case | None = None
    for one in recorded:
        case = apply(case, one)
    return case
