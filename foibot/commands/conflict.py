"""`conflict: REASON` takes an officer out of a case they have an interest in; an approver can for others; no I/O."""

from __future__ import annotations

from dataclasses import replace

from foibot.case.approval_events import InterestDeclared, InterestEnded
from foibot.case.case import Case, LetterState
from foibot.case.colleague_events import AssignmentEnded
from foibot.case.events import Event
from foibot.case.interests import keeps_out
from foibot.case.letter_events import Stopped
from foibot.case.outcome import Audience, NoticeWanted, Outcome, Recall, plain_notice
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.grammar import own_words
from foibot.commands.people import person_in
from foibot.commands.taking_on import told
from foibot.officers.roster import Officer, Role

_MINE = ("conflict: your reason", "takes you out of the case")
_ENDS = ("conflict off NAME: your reason", "lets that person work on it again")
HELP = ("help", "lists every order")


def decide(order: Order, at: Situation) -> Outcome:
    """The person keeps out from now on, or works on it again; or why not."""
    first, _, rest = order.rest.partition(" ")
    off = first.rstrip(":").casefold() == "off"
    person, said = _whom(rest if off else order.rest, at, named=off)
    if isinstance(person, str):
        return refuse("person", order, [person], _ENDS if off else _MINE)
    why = " ".join(f"{said} {own_words(order.text, at.officer.name)}".strip(" :").split())
    if not why or why == "your reason":
        needed = ["The order `conflict` needs a reason; it is kept in the record, and no letter can read it."]  # fmt: skip
        return refuse("no-reason", order, needed, _ENDS if off else _MINE)
    if (off or person != at.officer) and not at.officer.may(Role.APPROVER):
        return refuse(
            "role", order, ["Only an approver can say this of somebody else."], _MINE, SHOW
        )
    if off:
        return _ended(order, at, person, why)
    if keeps_out(at.case, person):
        return refuse("state", order, [f"{person.name} keeps out of the case already."], HELP)
    return _declared(at, person, why)


def _whom(words: str, at: Situation, *, named: bool) -> tuple[Officer | str, str]:
    """Of whom it is said, and the reason; without a name before a colon, of whoever orders."""
    name, colon, said = words.partition(":")
    person = person_in(name, at.roster) if colon or named else at.officer
    if isinstance(person, Officer):
        return person, said if colon or named else words
    return (person, "") if named else (at.officer, words)


def _ended(order: Order, at: Situation, person: Officer, why: str) -> Outcome:
    if person == at.officer:
        return refuse("state", order, ["Somebody else has to find that you have no interest in it."])  # fmt: skip
    if person.address not in at.case.interests:
        said = f"{person.name} has declared no interest in this case."
        more = [
            "The configuration names the requester for that person; an administrator can change it."
        ]
        return refuse("state", order, [said, *(more if keeps_out(at.case, person) else ())], SHOW)
    notice = plain_notice(
        Audience.OFFICERS_AND_APPROVERS,
        f"{person.name} can work on this case again",
        [f"{at.officer.name} says why: {why}"],
    )
    return Outcome(events=(InterestEnded(person.address, why),), notices=(notice,))


def _declared(at: Situation, person: Officer, why: str) -> Outcome:
    case = at.case
    stops = _lets_it_go(case, person)
    events: list[Event] = [InterestDeclared(person.address, why)]
    if case.assignment and person.is_at(case.assignment.to):
        events.append(AssignmentEnded())
    letter = case.current
    if stops and letter:
        events.append(Stopped(letter.version))
    facts = list(_what_follows(case, person, stops=stops))
    others = plain_notice(
        Audience.OFFICERS_AND_APPROVERS,
        f"{person.name} keeps out of this case",
        [f"{at.officer.name} says why: {why}", "That person is sent nothing more about it."],
        facts=facts,
    )
    sentence = "You are sent nothing more about this case, and can neither draft nor approve on it. The others have been told."
    mine: NoticeWanted = (
        answer("You keep out of this case", [sentence])
        if person == at.officer
        else replace(told(person.address, "You keep out of this case", f"{at.officer.name} says that you have an interest in it. {sentence}", lines=(HELP,)), to_who_keeps_out=True)
    )  # fmt: skip
    recall = Recall(letter.version) if stops and letter else None
    # Whoever keeps out is sent this one last mail, without a word of what is in the case.
    return Outcome(events=tuple(events), recall=recall, notices=(mine, others))


def _lets_it_go(case: Case, person: Officer) -> bool:
    letter = case.current
    if letter is None or letter.state is not LetterState.APPROVED:
        return False
    return any(person.is_at(one) for one in (letter.drafter, *letter.agreed))


def _what_follows(case: Case, person: Officer, *, stops: bool) -> list[str]:
    letter = case.current
    said: list[str] = []
    if case.assignment and person.is_at(case.assignment.to):
        said.append("Nobody has the case now.")
    if stops:
        said.append("The letter that was about to leave has been stopped; it needs approval again.")
    elif (
        letter
        and letter.state in {LetterState.DRAFT, LetterState.ON_HOLD}
        and person.is_at(letter.drafter)
    ):
        said.append(f"Version {letter.version} of the letter was drafted by that person: look at it anew, or draft another.")  # fmt: skip
    return said


COMMAND = Command(
    verb="conflict",
    form="conflict",
    does="with your reason after a colon: takes you out of a case in which you have an interest; you are sent nothing more about it. “conflict off NAME” ends it for somebody else",
    example="conflict: the requester is my brother",
    who=frozenset({Role.OFFICER, Role.APPROVER, Role.REVIEWER}),
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
