"""One case as JSON and as a story for people; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from foibot.case.assignment import who_has
from foibot.case.case import Case, LetterVersion
from foibot.case.clocks import Clock, clock_in_words
from foibot.case.events import Recorded
from foibot.case.need_to_know import is_restricted
from foibot.case.remarks import Remark
from foibot.case.story import story, tell
from foibot.case.working import (
    clock_is_provisional,
    day_by_day,
    days_of,
    due_in_words,
    provisional,
    working_in_words,
    working_of,
)
from foibot.law.dates import moment_in_words
from foibot.law.regime import Regime
from foibot.letters.fingerprint import shown
from foibot.reports.due import day_json, due_json


def case_json(case: Case, history: Sequence[Recorded], regime: Regime) -> dict[str, object]:
    """The promised JSON document of one case."""
    return {
        **case_row(case, regime),
        "requester_name": case.requester.name,
        "subject": case.subject,
        "acknowledgement": case.acknowledgement.value,
        "links": list(case.keeping.links),
        "receipt_basis": case.receipt_basis,
        "working": due_json(working_of(case, regime)),
        "clocks": [
            _clock_json(clock, regime)
            | {"days": [day_json(day) for day in days_of(case, clock, regime)]}
            for clock in case.clocks
        ],
        "events": [
            {
                "at": one.at.isoformat(),
                "type": type(one.event).__name__,
                "by": one.by,
                "hash": one.hash,
                "seq": one.seq,
                "what": tell(one),
            }
            for one in history
        ],
        "letters": [
            {
                "kind": one.kind,
                "version": one.version,
                "state": one.state.value,
                "fingerprint": one.fingerprint,
                "drafter": one.drafter,
                "approver": one.approver,
                "provisions": list(one.provisions),
                "files": [asdict(file) for file in one.files],
                "result": one.result or None,
                "warnings": [
                    _warning_json(one, found) for found in one.remarks if found.needs_reason
                ],
            }
            for one in case.letters
        ],
    }


def _warning_json(letter: LetterVersion, found: Remark) -> dict[str, object]:
    reason = next((one for one in letter.reasons if one.rule == found.rule), None)
    return {
        "rule": found.rule,
        "words": found.words,
        "why": found.why,
        "where": found.where,
        "reason": reason.why if reason else None,
        "reason_by": reason.by if reason else None,
    }


def _clock_json(clock: Clock, regime: Regime) -> dict[str, object]:
    return {
        "name": clock.name.value,
        "law": clock.law,
        "started": clock.started.isoformat(),
        "started_by": clock.started_by,
        "due": clock.due.isoformat(),
        "provisional": clock_is_provisional(clock, regime),
        "stopped": clock.stopped.isoformat() if clock.stopped else None,
        "stopped_by": clock.stopped_by or None,
        "pauses": [[first.isoformat(), last.isoformat()] for first, last in clock.pauses],
    }


def bare_row(case: Case, regime: Regime) -> dict[str, object]:
    """What a list says of a restricted case: the reference, and null where others say more."""
    return dict.fromkeys(case_row(case, regime)) | {"reference": case.reference, "restricted": True}


def bare_case(case: Case, regime: Regime) -> dict[str, object]:
    """The same of one case, with the lists that are promised of any: nobody learns how long they are."""
    return bare_row(case, regime) | {"events": [], "letters": []}


def case_row(case: Case, regime: Regime) -> dict[str, object]:
    """What a list of cases says about each."""
    return {
        "reference": case.reference,
        "restricted": is_restricted(case),
        "state": case.state.value,
        "outcome": case.outcome or None,
        "regime": case.regime,
        "received": case.received.isoformat(),
        "due": case.due.isoformat(),
        "provisional": provisional(case, regime),
        "requester": case.requester.address,
        "assigned_to": case.assignment.to or None if case.assignment else None,
        "assignment_accepted": bool(case.assignment and case.assignment.accepted),
    }


def case_lines(case: Case, history: Sequence[Recorded], regime: Regime) -> list[str]:
    """The case for people: who, what, by when, the working, the letters, the story."""
    today = history[-1].at.date() if history else case.received
    sentences, holidays = working_in_words(case, regime, today)
    return [
        f"Case {case.reference}: {case.state.value.replace('-', ' ')}",
        f"Asked by {case.requester.name or 'no name given'}, {case.requester.address}",
        f"Subject: {case.subject or '(none)'}",
        f"Last day to answer: {due_in_words(case, regime)}",
        f"With: {who_has(case.assignment, str) or 'nobody'}",
        *([f"Restricted to: {', '.join(case.keeping.readers)}"] if is_restricted(case) else []),
        *([f"Linked with: {', '.join(case.keeping.links)}"] if case.keeping.links else []),
        "",
        "The clocks",
        *(f"  {clock_in_words(clock)}" for clock in case.clocks),
        *(f"  {one}" for one in sentences if not one.startswith("Today")),
        *(f"    {one}" for one in holidays),
        *(
            line
            for head, days in day_by_day(case, regime)
            for line in (f"  {head}", *(f"    {day}" for day in days))
        ),
        "",
        "Letters",
        *(_letter_lines(case) or ["  none yet"]),
        "",
        "What happened",
        *(f"  {when}: {what}" for when, what in story(history)),
    ]


def _letter_lines(case: Case) -> list[str]:
    return [line for one in case.letters for line in _version_lines(one)]


def _version_lines(one: LetterVersion) -> Iterator[str]:
    yield (
        f"  version {one.version} ({one.kind}): {one.state.value}, fingerprint {shown(one.fingerprint)}, "
        f"drafted by {one.drafter} on {moment_in_words(one.drafted_at)}"
        + (f", approved by {one.approver}" if one.approver else "")
    )
    reasons = {reason.rule: f"Reason, by {reason.by}: {reason.why}" for reason in one.reasons}
    for found in one.remarks:
        if found.needs_reason:
            yield f"    warning {found.in_words()} {reasons.get(found.rule, 'No reason was given.')}"
