"""`approve vN`: lets exactly this version leave, after the undo window; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from foibot.case.approval_events import ApprovalGiven, InPlaceOf
from foibot.case.case import LetterState, LetterVersion
from foibot.case.interim import too_late_to_ask, too_late_to_extend
from foibot.case.later_letters import LOOKING_BACK
from foibot.case.letter_events import Approved
from foibot.case.outcome import Audience, NoticeWanted, Outcome, Release
from foibot.commands import clarify
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW, Lines, explain, letter_again, read_decision, turn_down
from foibot.commands.extend import too_late
from foibot.law.dates import in_words, listed, london_date
from foibot.letters.fingerprint import shown
from foibot.officers.roster import Officer, Role
from foibot.outbox.approval import Refusal, against_person, may_approve
from foibot.outbox.approval_rules import Turn, people_who_agreed
from foibot.outbox.undo import leaves_at


def decide(order: Order, at: Situation) -> Outcome:
    """Approved, with the mail released after the undo window; kept until others have approved; or refused."""
    decision = read_decision(order, at, text_allowed=False)
    if isinstance(decision, Outcome):
        return decision
    overtaken = _overtaken(at)
    if overtaken and decision.version == at.case.letters[-1].version:
        instead = (
            f"reject v{decision.version}: its day is over",
            "so that another letter can be made",
        )
        return refuse("too-late", order, [overtaken], instead)
    refusal = may_approve(at.case, decision, at.policy)
    letter = at.case.current
    if refusal is not None or letter is None:
        return explain(refusal or Refusal.NO_LETTER, order, decision, at)
    if at.policy.turn(at.case, at.officer) is Turn.COUNTS:
        return _one_of_several(letter, at)
    return _approved(letter, at)


def _overtaken(at: Situation) -> str:
    """Why the day that the letter names has been overtaken; "" if it has not."""
    letter, today = at.case.current, london_date(at.now)
    if letter is None or letter.until is None or letter.kind in LOOKING_BACK:
        return ""
    if letter.until < today:
        return f"The letter names {in_words(letter.until)}, and that day is past."
    if letter.kind == "clarification":
        return _asked_too_late(letter, at)
    told_by = too_late_to_extend(at.case, at.regime, today) if letter.kind == "extension" else None
    return too_late(told_by) if told_by else ""


def _asked_too_late(letter: LetterVersion, at: Situation) -> str:
    """Why a question can no longer be put in these words; "" if it can."""
    today, due = london_date(at.now), at.case.due
    asked_by = too_late_to_ask(at.case, at.regime, today)
    if asked_by:
        return clarify.too_late(asked_by)
    # It was written when that day was still to come, and says so.
    if london_date(letter.drafted_at) <= due < today:
        return f"The letter calls {in_words(due)} the present last day, and that day is past. Order the question again."
    return ""


def _approved(letter: LetterVersion, at: Situation) -> Outcome:
    undo = timedelta(minutes=at.rules.undo_minutes)
    send_after = leaves_at(at.now, undo, at.rules.office_hours, at.regime, at.case.clocks)
    notice = NoticeWanted(
        "approved",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "version": letter.version,
            "by": _names(letter, at),
            "at": at.now,
            "send_after": send_after,
            "recipient": letter.recipient,
            "fingerprint": shown(letter.fingerprint),
        },
        lines=(("stop", "cancels the sending, as long as it has not left"),),
    )
    return Outcome(
        events=(*_in_place(at.officer), Approved(letter.version, letter.fingerprint, send_after)),
        release=Release(letter.version, send_after),
        notices=(notice,),
        revoke=(letter.version,),
        use_secret=True,
    )


def _names(letter: LetterVersion, at: Situation) -> str:
    people = (*people_who_agreed(at.case, letter, at.roster), at.officer)
    return listed(list(dict.fromkeys(map(_as_approver, people))))


def _as_approver(officer: Officer) -> str:
    """The name, and in whose place, of somebody who approves only for another."""
    if Role.APPROVER not in officer.lent:
        return officer.name
    return f"{officer.name} in place of {officer.approving_for()[0].name}"


def _in_place(officer: Officer) -> tuple[InPlaceOf, ...]:
    if Role.APPROVER not in officer.lent:
        return ()
    first = officer.approving_for()[0]
    return (InPlaceOf(first.of, first.until),)


def _one_of_several(letter: LetterVersion, at: Situation) -> Outcome:
    """Kept: whoever may approve next is sent the letter afresh, everybody else hears what is missing."""
    agreed = (*letter.agreed, at.officer.address)
    after = replace(letter, agreed=agreed, state=LetterState.DRAFT, held_by="")
    case = replace(at.case, letters=(*at.case.letters[:-1], after))
    facts = {
        "version": letter.version,
        "by": _as_approver(at.officer),
        "at": at.now,
        "wanted": at.policy.wanted(case),
        "fingerprint": shown(letter.fingerprint),
    }
    notices = [
        _to_next(one, letter.version)
        if against_person(case, one, at.policy) is None
        else _told(one, letter.version, facts)
        for one in at.roster.with_role(Role.OFFICER, Role.APPROVER)
    ]
    given = ApprovalGiven(letter.version, letter.fingerprint)
    return Outcome(events=(*_in_place(at.officer), given), notices=tuple(notices), use_secret=True)


def _told(officer: Officer, version: int, facts: Mapping[str, object]) -> NoticeWanted:
    """What somebody hears who cannot approve it now, but may still turn it down."""
    lines: Lines = (SHOW,)
    if officer.may(Role.APPROVER):
        lines = (turn_down(version), SHOW)
    return NoticeWanted(
        "agreed", Audience.PERSON, facts, lines, decides=version, person=officer.address
    )


def _to_next(officer: Officer, version: int) -> NoticeWanted:
    return letter_again(Audience.PERSON, version, person=officer.address)


COMMAND = Command(
    verb="approve",
    form="approve vN",
    does="sends version N of the letter, exactly as shown, once the time to undo is over",
    example="approve v2",
    who=frozenset({Role.APPROVER}),
    text=Text.FORBIDDEN,
    decide=decide,
    group=Group.LETTER,
)
