"""What an event changes in the letter it is about, and in the acknowledgement; the fold's part for them; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from foibot.case import approval_events as a
from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import Acknowledgement, Case, LetterState, LetterVersion
from foibot.case.parts import counts_as
from foibot.case.remarks import Reason, carried


def _with_letter(case: Case, version: int, **changes: object) -> Case:
    letters = tuple(
        replace(letter, **changes) if letter.version == version else letter  # type: ignore[arg-type]
        for letter in case.letters
    )
    return replace(case, letters=letters)


def without_drafts(case: Case) -> tuple[LetterVersion, ...]:
    """The letters, of which none can be approved any more."""
    gone = {LetterState.DRAFT, LetterState.ON_HOLD}
    return tuple(
        replace(letter, state=LetterState.SUPERSEDED) if letter.state in gone else letter
        for letter in case.letters
    )


def _with_draft(case: Case, event: le.Drafted, recorded: e.Recorded) -> Case:
    earlier = without_drafts(case)
    draft = LetterVersion(
        version=event.version,
        kind=event.kind,
        state=LetterState.DRAFT,
        fingerprint=event.fingerprint,
        mail_sha256=event.mail_sha256,
        provisions=event.provisions,
        slots=event.slots,
        recipient=event.recipient,
        drafter=recorded.by,
        drafted_at=recorded.at,
        until=event.until,
        fee_pence=event.fee_pence,
        remarks=event.remarks,
        reasons=_carried(case, event),
        files=event.files,
        parts=event.parts,
        result=event.result,
    )
    return replace(case, letters=(*earlier, draft))


def _carried(case: Case, event: le.Drafted) -> tuple[Reason, ...]:
    before = case.current
    if before is None or before.kind != event.kind:
        return ()
    return carried(before.remarks, before.reasons, event.remarks)


def _with_reason(case: Case, event: le.WarningAccepted, recorded: e.Recorded) -> Case:
    letter = case.letters[-1]
    given = tuple(Reason(rule, event.why, recorded.by, event.version) for rule in event.rules)
    kept = tuple(one for one in letter.reasons if one.rule not in event.rules)
    return _with_letter(case, event.version, reasons=(*kept, *given))


def _agreed(case: Case, recorded: e.Recorded) -> tuple[str, ...]:
    """Who has approved the current version, with whoever did so now; nobody is counted twice."""
    return tuple(dict.fromkeys((*case.letters[-1].agreed, recorded.by)))


def change_letter(case: Case, recorded: e.Recorded) -> Case:
    """What an event on a letter changes in the letter itself."""
    match recorded.event:
        case le.Drafted() as event:
            return _with_draft(case, event, recorded)
        case le.Approved(version=version, send_after=send_after):
            return _with_letter(
                case,
                version,
                state=LetterState.APPROVED,
                approver=recorded.by,
                send_after=send_after,
                held_by="",
                agreed=_agreed(case, recorded),
            )
        case le.Rejected(version=version):
            return _with_letter(case, version, state=LetterState.REJECTED)
        case le.PutOnHold(version=version):
            return _with_letter(
                case,
                version,
                state=LetterState.ON_HOLD,
                held_by=recorded.by,
                approver="",
                send_after=None,
            )
        case le.Stopped(version=version):
            return _with_letter(
                case, version, state=LetterState.DRAFT, approver="", send_after=None, agreed=()
            )
        case le.LetterSent(version=version, answer=answer):
            case = _with_letter(case, version, state=LetterState.SENT, answer=answer)
            sent = case.letters[-1]
            outcome = counts_as(sent.kind, sent.parts)
            return replace(case, outcome=outcome, answered_at=recorded.at)
        case le.InterimSent(version=version, answer=answer):
            return _with_letter(case, version, state=LetterState.SENT, answer=answer)
        case le.LetterQueuedAgain(version=version):
            return _with_letter(case, version, state=LetterState.APPROVED)
        case _:
            return _letter_trouble(case, recorded)


def _letter_trouble(case: Case, recorded: e.Recorded) -> Case:
    match recorded.event:
        case a.ApprovalGiven(version=version):
            agreed = _agreed(case, recorded)
            return _with_letter(case, version, state=LetterState.DRAFT, held_by="", agreed=agreed)
        case le.WarningAccepted() as event:
            return _with_reason(case, event, recorded)
        case le.LetterRefused(version=version, answer=answer):
            return _with_letter(case, version, state=LetterState.REFUSED, answer=answer)
        case le.LetterUncertain(version=version, answer=answer):
            return _with_letter(case, version, state=LetterState.UNCERTAIN, answer=answer)
        case le.LetterBounced(version=version, status=status):
            case = _with_letter(case, version, state=LetterState.REFUSED, answer=status)
            return replace(case, outcome="", answered_at=None)
        case le.LaterLetterBounced(version=version, status=status):
            return _with_letter(case, version, state=LetterState.REFUSED, answer=status)
        case _:
            return _acknowledgement_event(case, recorded.event)


_ACKNOWLEDGEMENT: Mapping[type[e.Event], Acknowledgement] = MappingProxyType(
    {
        e.AcknowledgementWritten: Acknowledgement.QUEUED,
        e.AcknowledgementWithheld: Acknowledgement.WITHHELD,
        e.AcknowledgementSent: Acknowledgement.SENT,
        e.AcknowledgementFailed: Acknowledgement.FAILED,
    }
)


def _acknowledgement_event(case: Case, event: e.Event) -> Case:
    became = _ACKNOWLEDGEMENT.get(type(event))
    return case if became is None else replace(case, acknowledgement=became)
