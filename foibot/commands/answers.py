"""`answers`: sends what colleagues have answered, as files, to an officer who may read it; no I/O."""

from __future__ import annotations

from foibot.case.colleague_events import AnswersShown
from foibot.case.enquiries import in_lines
from foibot.case.outcome import Audience, Enclosed, NoticeWanted, Outcome
from foibot.commands.ask import COMMAND as ASK
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.taking_on import CASE
from foibot.law.dates import listed
from foibot.officers.privileged import may_read_answers, readers_of_answers
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The replies enclosed; the words of the notice are the same whatever the replies say (N-13)."""
    if not may_read_answers(at.case, at.officer, at.roster, at.rules.answers_to):
        able = readers_of_answers(at.case, at.roster, at.rules.answers_to)
        who = listed([one.name for one in able]) or "nobody"
        said = f"What colleagues have answered is open to {who} alone on this case."
        return refuse("need-to-know", order, [said], CASE)
    if not at.case.enquiries:
        line = (ASK.example, "with your question on the lines under it")
        return refuse("nobody-asked", order, ["Nobody was asked about this case."], line, CASE)
    told = NoticeWanted(
        "answers",
        Audience.ORDERING_OFFICER,
        {"asked": in_lines(at.case.enquiries, at.roster.name_of)},
        lines=(CASE,),
        enclosed=Enclosed.ANSWERS,
    )
    return Outcome(events=(AnswersShown(),), notices=(told,))


COMMAND = Command(
    verb="answers",
    form="answers",
    does="sends you what colleagues have answered; it goes to those alone whom the configuration names",
    example="answers",
    who=frozenset(Role) - {Role.HOLDER},
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LOOK,
    alone=True,
)
