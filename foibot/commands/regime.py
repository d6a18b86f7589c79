"""`regime KEY`: moves the request to another information law, counted from the same day; no I/O."""

from __future__ import annotations

from datetime import date

from foibot.case.case import LetterState, State
from foibot.case.clock_events import RegimeChanged
from foibot.case.clocks import ClockName, last_of, pauses_of
from foibot.case.lifecycle import can_happen
from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, answer, refuse
from foibot.commands.decisions import SHOW
from foibot.law import regime
from foibot.law.calendar import answer_by
from foibot.law.dates import in_words
from foibot.law.horizon import provisional_mark
from foibot.law.regime import Duty
from foibot.officers.roster import Role


def decide(order: Order, at: Situation) -> Outcome:
    """The case under the other law; or which laws this authority answers under."""
    key = order.rest.casefold().strip()
    others = [one for one in at.rules.regimes if one != at.case.regime]
    lines = [(f"regime {one}", f"moves it to the {regime(one).act}") for one in others]
    if key not in others:
        why = [f"`{order.rest or 'nothing'}` is not another law that this authority answers under."]
        return refuse("regime", order, why, *lines)
    law = regime(key)
    due = answer_by(law, at.case.day_zero, pauses_of(last_of(at.case.clocks, ClockName.ANSWER))).due
    citation = law.limit(Duty.ANSWER, at.case.day_zero).citation
    event = RegimeChanged(at.case.regime, key, citation, at.case.due, due)
    if at.case.state is State.APPROVED:
        why = ["A letter under the present law is approved and about to leave. Stop it first."]
        return refuse("state", order, why, ("stop", "stops a letter that has not left"))
    if not can_happen(at.case, event):
        return refuse("state", order, ["No period to answer runs on this case."], SHOW)
    letter = at.case.current
    waiting = letter is not None and letter.state in {LetterState.DRAFT, LetterState.ON_HOLD}
    told = answer(
        "Another law",
        [
            f"The request is now answered under the {law.act}.",
            _last_day(at.case.due, due) + f"{provisional_mark(due, law)}.",
            *(
                [
                    f"Version {letter.version} was written under the law before; order the letter again."
                ]
                if letter and waiting
                else []
            ),
        ],
    )
    revoke = (letter.version,) if letter and waiting else ()
    return Outcome(events=(event,), notices=(told,), revoke=revoke)


def _last_day(was: date, due: date) -> str:
    if was == due:
        return f"The last day to answer is still {in_words(due)}"
    return f"The last day to answer was {in_words(was)} and is {in_words(due)}"


COMMAND = Command(
    verb="regime",
    form="regime KEY",
    does="moves the request to another information law: foia, eir, foisa or eisr",
    example="regime eir",
    who=frozenset({Role.OFFICER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.CASE,
)
