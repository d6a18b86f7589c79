"""`stop`: takes an approved letter back before it leaves; it then needs approval again; no I/O."""

from __future__ import annotations

from foibot.case.case import LetterState
from foibot.case.letter_events import Stopped
from foibot.case.outcome import Audience, NoticeWanted, Outcome, Recall
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW, change, letter_again
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """Stopped, with fresh drafts to the approvers; or refused when there is nothing to stop."""
    letter = at.case.current
    if letter is None or letter.state is not LetterState.APPROVED:
        state = (
            "there is no letter"
            if letter is None
            else f"version {letter.version} is {letter.state}"
        )
        why = [f"Nothing is about to be sent on this case: {state}."]
        return refuse("nothing-to-stop", order, why, SHOW)
    told = NoticeWanted(
        "declined",
        Audience.OFFICERS_AND_APPROVERS,
        {"version": letter.version, "by": at.officer.name, "what": "stopped", "why": ""},
        lines=(change(at),),
    )
    again = letter_again(Audience.APPROVERS, letter.version)
    return Outcome(
        events=(Stopped(letter.version),),
        recall=Recall(letter.version),
        notices=(told, again),
    )


COMMAND = Command(
    verb="stop",
    form="stop",
    does="stops an approved letter as long as it has not left",
    example="stop",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LETTER,
)
