"""`approve vN`: lets exactly this version leave, after the undo window; no I/O."""

from __future__ import annotations

from datetime import timedelta

from foibot.case.case import LetterVersion
from foibot.case.events import Approved
from foibot.case.interim import too_late_to_extend
from foibot.case.outcome import Audience, NoticeWanted, Outcome, Release
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import explain, read_decision
from foibot.commands.extend import too_late
from foibot.law.dates import in_words, london_date
from foibot.letters.fingerprint import shown
from foibot.officers.roster import Role
from foibot.outbox.approval import Refusal, may_approve


def decide(order: Order, at: Situation) -> Outcome:
    """Approved, with the mail released after the undo window; or refused with the reason."""
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
    refusal = may_approve(at.case, decision, at.rules.four_eyes)
    letter = at.case.current
    if refusal is not None or letter is None:
        return explain(refusal or Refusal.NO_LETTER, order, decision, at)
    return _approved(letter, at)


def _overtaken(at: Situation) -> str:
    """Why the day that the letter names has been overtaken; "" if it has not."""
    letter, today = at.case.current, london_date(at.now)
    if letter is None or letter.until is None:
        return ""
    if letter.until < today:
        return f"The letter names {in_words(letter.until)}, and that day is past."
    told_by = too_late_to_extend(at.case, at.regime, today) if letter.kind == "extension" else None
    return too_late(told_by) if told_by else ""


def _approved(letter: LetterVersion, at: Situation) -> Outcome:
    send_after = at.now + timedelta(minutes=at.rules.undo_minutes)
    notice = NoticeWanted(
        "approved",
        Audience.OFFICERS_AND_APPROVERS,
        {
            "version": letter.version,
            "by": at.officer.name,
            "at": at.now,
            "send_after": send_after,
            "recipient": letter.recipient,
            "fingerprint": shown(letter.fingerprint),
        },
        lines=(("stop", "cancels the sending, as long as it has not left"),),
    )
    return Outcome(
        events=(Approved(letter.version, letter.fingerprint, send_after),),
        release=Release(letter.version, send_after),
        notices=(notice,),
        revoke=(letter.version,),
        use_secret=True,
    )


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
