"""`reject vN: why`: this version will not be sent; the officers hear why; no I/O."""

from __future__ import annotations

from foibot.case.letter_events import Rejected
from foibot.case.outcome import Audience, NoticeWanted, Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text
from foibot.commands.decisions import change, explain, read_decision
from foibot.commands.grammar import own_words, read_version
from foibot.officers.roster import Role
from foibot.outbox.approval import may_decline

_SHOW = ("show", "sends you the letter again, to change its words there with edit")


def decide(order: Order, at: Situation) -> Outcome:
    """Rejected, with the reason given on the line or under it if there is one; or refused."""
    decision = read_decision(order, at, text_allowed=True)
    if isinstance(decision, Outcome):
        return decision
    refusal = may_decline(at.case, decision)
    if refusal is not None:
        return explain(refusal, order, decision, at)
    found = read_version(order.rest)
    on_line = found[1] if found else ""
    why = "\n".join(part for part in (on_line, own_words(order.text, at.officer.name)) if part)
    notice = NoticeWanted(
        "declined",
        Audience.OFFICERS_AND_APPROVERS,
        {"version": decision.version, "by": at.officer.name, "what": "rejected", "why": why},
        lines=(change(at), *((_SHOW,) if at.slots else ())),
    )
    return Outcome(
        events=(Rejected(decision.version, why),),
        notices=(notice,),
        revoke=(decision.version,),
        use_secret=True,
    )


COMMAND = Command(
    verb="reject",
    form="reject vN: REASON",
    does="turns version N down and gives the officers your reason",
    example="reject v2: the harm is too general",
    who=frozenset({Role.APPROVER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.LETTER,
)
