"""`sensitive: REASON` marks a case whose letters may need more approvals; `sensitive off: REASON` ends it; no I/O."""

from __future__ import annotations

from foibot.case.approval_events import SensitiveFrom, SensitiveNoLonger
from foibot.case.case import LetterState, LetterVersion
from foibot.case.events import Event
from foibot.case.outcome import Audience, Outcome, plain_notice
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW, turn_down
from foibot.commands.grammar import own_words
from foibot.officers.roster import Role

_ON = ("sensitive: your reason", "marks the case")
_OFF = ("sensitive off: your reason", "takes the mark off")


def decide(order: Order, at: Situation) -> Outcome:
    """Marked or not any more, and everybody told; or refused, with what stands against it."""
    first, _, rest = order.rest.partition(" ")
    off = first.rstrip(":").casefold() == "off"
    said = rest if off else order.rest
    why = " ".join(f"{said} {own_words(order.text, at.officer.name)}".strip(" :").split())
    if not why:
        needed = ["The order `sensitive` needs a reason; it is kept in the record, and no letter can read it."]  # fmt: skip
        return refuse("no-reason", order, needed, _OFF if off else _ON)
    if off is not at.case.sensitive:
        state = "is not marked as sensitive" if off else "is marked as sensitive already"
        return refuse("state", order, [f"The case {state}."], SHOW)
    return _refused(order, at, off=off) or _changed(at, why, off=off)


def _refused(order: Order, at: Situation, *, off: bool) -> Outcome | None:
    """Nothing changes under a letter about to leave, and nobody ends alone what asks for a second person."""
    letter = at.case.current
    if off and not at.officer.may(Role.APPROVER):
        return refuse("role", order, ["Only an approver can take the mark off."], SHOW)
    if letter is not None and letter.state is LetterState.APPROVED:
        why = [f"Version {letter.version} is approved and about to leave: stop it first."]
        return refuse("state", order, why, ("stop", "stops it, as long as it has not left"))
    if off and letter is not None and _half_way(letter):
        why = [f"Version {letter.version} has been approved by one of those the mark asks for; turn it down first, or let it be approved."]  # fmt: skip
        return refuse("state", order, why, turn_down(letter.version), SHOW)
    return None


def _half_way(letter: LetterVersion) -> bool:
    return bool(letter.agreed) and letter.state in {LetterState.DRAFT, LetterState.ON_HOLD}


def _changed(at: Situation, why: str, *, off: bool) -> Outcome:
    event: Event = SensitiveNoLonger(why) if off else SensitiveFrom(why)
    what = "is no longer marked as sensitive" if off else "is marked as sensitive"
    more = "The usual approvals are enough again." if off else _more(at)
    said = [f"{at.officer.name} says why: {why}", f"{more} Nothing in a letter or an acknowledgement shows the mark."]  # fmt: skip
    notice = plain_notice(Audience.OFFICERS_AND_APPROVERS, f"This case {what}", said)
    return Outcome(events=(event,), notices=(notice,))


def _more(at: Situation) -> str:
    if any(one.sensitive for one in at.rules.approvals):
        return "Its letters need the approvals that the rules ask for in sensitive cases."
    return "No rule in the configuration asks for more approvals in such cases, so for now the mark changes nothing."


COMMAND = Command(
    verb="sensitive",
    form="sensitive",
    does="with your reason after a colon or on the lines under it: marks the case, so that its letters need the approvals the rules ask for then; “sensitive off” takes the mark off",
    example="sensitive: a journalist has asked the same",
    who=frozenset({Role.OFFICER, Role.APPROVER, Role.REVIEWER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
