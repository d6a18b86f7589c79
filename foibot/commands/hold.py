"""`hold vN`: nobody else can approve this version until the holder does, or a new one is made; no I/O."""

from __future__ import annotations

from foibot.case.letter_events import PutOnHold
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.decisions import change, explain, letter_again, read_decision
from foibot.officers.roster import Role
from foibot.outbox.approval import may_decline


def decide(order: Order, at: Situation) -> Outcome:
    """On hold in the officer's name, with a fresh notice to that officer; or refused."""
    decision = read_decision(order, at, text_allowed=False)
    if isinstance(decision, Outcome):
        return decision
    refusal = may_decline(at.case, decision)
    if refusal is not None:
        return explain(refusal, order, decision, at)
    told = NoticeWanted(
        "declined",
        Audience.OFFICERS_AND_APPROVERS,
        {"version": decision.version, "by": at.officer.name, "what": "put on hold", "why": ""},
        lines=(change(at),),
    )
    again = letter_again(Audience.ORDERING_OFFICER, decision.version)
    return Outcome(
        events=(PutOnHold(decision.version),),
        notices=(told, again),
        revoke=(decision.version,),
        use_secret=True,
    )


COMMAND = Command(
    verb="hold",
    form="hold vN",
    does="keeps version N from being approved by anybody but you",
    example="hold v2",
    who=frozenset({Role.APPROVER}),
    text=Text.FORBIDDEN,
    decide=decide,
    group=Group.LETTER,
)
