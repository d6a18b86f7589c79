"""`when`: the last lawful day with its working, day by day; changes nothing; no I/O."""

from __future__ import annotations

from foibot.case.clocks import clock_in_words
from foibot.case.deadlines import steps
from foibot.case.outcome import Outcome
from foibot.case.working import day_by_day, working_in_words
from foibot.commands.command import Command, Group, Order, Situation, Text, answer
from foibot.law.dates import london_date, with_weekday
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The working of the case's date, in words."""
    paragraphs, facts = working_in_words(at.case, at.regime, london_date(at.now))
    clocks = [clock_in_words(clock) for clock in at.case.clocks] if len(at.case.clocks) > 1 else []
    receipt = f"How the date of receipt was found: {at.case.receipt_basis}."
    return Outcome(
        notices=(
            answer(
                "The last day to answer",
                [*paragraphs, receipt],
                facts=[*clocks, *facts, *_milestones(at)],
                lists=day_by_day(at.case, at.regime),
            ),
        )
    )


def _milestones(at: Situation) -> list[str]:
    """The office's own dates on the way to the last day (E11)."""
    dated = sorted((day, rung.say) for day, rung in steps(at.case, at.regime, at.rules.ladder))
    return [f"{with_weekday(day)}, our own aim: {say}" for day, say in dated]


COMMAND = Command(
    verb="when",
    form="when",
    does="shows the last day to answer and how it was counted",
    example="when",
    who=frozenset(Role) - {Role.HOLDER},
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LOOK,
)
