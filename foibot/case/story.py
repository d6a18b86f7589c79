"""Tells what happened on a case in plain words, from its events; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from types import MappingProxyType

from foibot.case import approval_events as a
from foibot.case import clock_events as cl
from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case import keeping_events as k
from foibot.case import letter_events as le
from foibot.law.dates import moment_in_words, with_weekday

_WORDS: Mapping[type[e.Event], str] = MappingProxyType(
    {
        e.Received: "Request received on {received} ({receipt_basis}); last day to answer {due}.",
        e.AcknowledgementWritten: "Acknowledgement written.",
        e.AcknowledgementWithheld: "No automatic acknowledgement: {why} (rule {rule}).",
        e.AcknowledgementSent: "Acknowledgement accepted by the mail server: {answer}.",
        e.AcknowledgementFailed: "Acknowledgement not delivered: {answer}.",
        e.MailFiled: "Message filed as {disposition}{evidence}.",
        e.FilingChanged: "A message that was filed as {was_disposition} was placed anew.",
        e.MailQueued: "Mail to an officer written ({kind}).",
        e.Noted: "Note: {text}",
        c.Assigned: "Assigned to {to}.",
        c.AssignmentAccepted: "The assignment was accepted.",
        c.AssignmentDeclined: "The assignment was declined: {why}",
        c.AssignmentEnded: "The assignment was taken back.",
        c.HolderAsked: "Colleague {number} was asked for information, for an answer by {until}.",
        c.HolderAnswered: "Colleague {number} has replied.",
        c.HolderChased: "Colleague {number} was written to again (step {step}).",
        c.EnquiryClosed: "Colleague {number} need not answer any more.",
        c.AnswersShown: "The colleagues' replies were sent to an officer.",
        c.FoundAway: "An automatic reply says that {officer} is away, and back on {back}.",
        k.Linked: "Linked with case {other}.",
        k.Unlinked: "No longer linked with case {other}.",
        k.Snoozed: "Reminders rest until {until}.",
        k.SnoozeEnded: "Reminders come again.",
        k.Restricted: "Restricted to {to}: {why}",
        k.RestrictionEnded: "No longer restricted: {why}",
        k.ClarifiedInError: "What was taken for a clarification belongs to another case; we still wait for it.",
        e.QuestionsNumbered: "The request was read as {count} numbered questions.",
        e.PartsDecided: "Outcomes were noted for {count} of the numbered questions.",
        e.TopicListed: "The topic {name} was listed as always neither confirmed nor denied: {phrases}.",
        e.TopicStruck: "The topic {name} was taken off the register: {why}",
        e.SendingPaused: "Sending was paused for the whole office: {why}",
        e.SendingResumed: "Sending was resumed.",
        e.OrderRefused: "An order was refused and changed nothing ({check}).",
        le.Drafted: "Letter ({kind}) version {version} drafted{provisions}.",
        le.WarningAccepted: "Version {version} may stand as it is despite {rules}: {why}",
        a.ApprovalGiven: "Version {version} approved by one of several who have to.",
        a.InPlaceOf: "The approval is given in place of {officer}, who handed it on until {until}.",
        a.InterestDeclared: "An interest in the case was declared; {officer} keeps out of it: {why}",
        a.InterestEnded: "Found to have no interest in the case any more: {officer}: {why}",
        a.OpinionRecorded: "The opinion of the qualified person on section {limbs} is on file, given on {on}.",
        a.OpinionNotNeeded: "No opinion of a qualified person is needed on section {limbs}: {why}",
        a.OrderSigned: "The order came in a mail signed with the certificate {certificate}.",
        a.SensitiveFrom: "Marked as sensitive: {why}",
        a.SensitiveNoLonger: "No longer marked as sensitive: {why}",
        le.Approved: "Version {version} approved, to leave after {send_after}.",
        le.Rejected: "Version {version} rejected: {why}",
        le.PutOnHold: "Version {version} put on hold.",
        le.Stopped: "Version {version} stopped before it left.",
        le.LetterSent: "Version {version} sent; the mail server answered: {answer}.",
        le.LetterRefused: "Version {version} was refused by the mail server: {answer}.",
        le.LetterUncertain: "Version {version} may or may not have arrived: {answer}.",
        le.InterimSent: "Version {version} sent; the mail server answered: {answer}.",
        cl.ClarificationAsked: "Clarification asked for on {asked}; without one it lapses after {lapse}.",
        cl.PartClarified: "A part was clarified on {received}; it has a period of its own, last day {due}.",
        cl.Clarified: "Clarified on {received}; a fresh period runs, last day to answer {due}.",
        cl.FeeAsked: "Fees notice given on {asked}; to be paid by {pay_by}.",
        cl.FeePaid: "Fee paid on {paid}; last day to answer {due}.",
        cl.Extended: "Extended on {told} until {until} ({law}).",
        cl.ReceiptCorrected: (
            "Date of receipt corrected from {was} to {received}; last day moved from {was_due} to {due}: {why}"
        ),
        cl.RegimeChanged: "Moved from {was} to {regime}; last day moved from {was_due} to {due}.",
        cl.Recounted: "Bank holidays changed; last day of the {clock} clock moved from {was_due} to {due}.",
        cl.ClockStarted: "The {clock} clock runs from {started} until {due} ({law}).",
        cl.ClockStopped: "The {clock} clock was stopped on {on}.",
        e.ClosedAgain: "Closed again.",
        e.Withdrawn: "Request withdrawn.",
        e.FoundNotFoi: "Found not to be a request under an information law: {why}",
        e.OpenedAgain: "Opened again: {why}",
        e.WaitsAgain: "Opened again, and waits for the requester as before: {why}",
        e.Lapsed: "Lapsed.",
        le.LetterQueuedAgain: "Version {version} queued again.",
        le.LetterBounced: "Version {version} came back undelivered: {status}.",
        le.LaterLetterBounced: "Version {version} came back undelivered: {status}.",
        e.Reminded: "Officers reminded on working day {day} ({step}).",
    }
)
"""One sentence for each kind of event; a test holds the two lists together."""

_FILED: Mapping[str, str] = MappingProxyType(
    {
        "request": "a request",
        "followup": "a message about a request",
        "command": "an order",
        "command-refused": "an order that was not carried out",
        "bounce": "a report on the delivery of our mail",
        "auto": "an automatic reply",
        "unmatched": "one that belongs to no request",
        "own-copy": "a copy of our own mail",
        "duplicate": "one that had come before",
        "quarantine": "one that a person has to look at",
        "holder": "a colleague's answer",
        "holder-unproven": "an answer that nothing proves to be a colleague's",
    }
)
"""Each disposition in words."""

_NOBODY = frozenset({"foibot", "requester", "holder"})  # the sentence itself says who it was


def story(history: Iterable[e.Recorded]) -> list[tuple[str, str]]:
    """Each event as (when, what), in order; mails to officers are left out, they are many."""
    return [
        (moment_in_words(one.at), tell(one))
        for one in history
        if not isinstance(one.event, e.MailQueued)
    ]


def tell(recorded: e.Recorded) -> str:
    """One event in words, with who did it and what caused it."""
    event = recorded.event
    values = {f.name: _shown(getattr(event, f.name)) for f in fields(event)} | _own_words(event)
    words = _WORDS[type(event)].format(**values)
    by = "" if recorded.by in _NOBODY else f" By {recorded.by}."
    cause = f" Cause: {recorded.cause}." if recorded.cause else ""
    return f"{words}{by}{cause}"


def _own_words(event: e.Event) -> dict[str, str]:
    """What is told of an event in other words than its fields hold, or only where there is any."""
    match event:
        case le.Drafted(provisions=provisions):
            return {"provisions": f" on {' '.join(provisions)}" if provisions else ""}
        case e.MailFiled(disposition=disposition, evidence=evidence):
            why = f": {evidence}" if evidence else ""
            return {"disposition": _FILED.get(disposition, disposition), "evidence": why}
        case e.FilingChanged(was_disposition=was):
            return {"was_disposition": _FILED.get(was, was)}
        case _:
            return {}


def _shown(value: object) -> str:
    match value:
        case datetime():
            return moment_in_words(value)
        case date():
            return with_weekday(value)
        case tuple():
            return " ".join(str(item) for item in value)
        case _:
            return str(value)
