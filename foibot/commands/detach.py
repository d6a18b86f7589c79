"""`detach NAME`: takes a file out of the current letter and makes the next version; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.decisions import SHOW
from foibot.commands.drafting import LIKELY_HELP, again, may_change, unanswered
from foibot.officers.roster import Role

_ALL = "all"


def decide(order: Order, at: Situation) -> Outcome:
    """The next version without the file of this name, or without any after `all`."""
    refused = may_change(order, at)
    if refused is not None:
        return refused
    letter = at.case.current
    if letter is None:
        return refuse("no-letter", order, ["There is no letter on this case yet."], LIKELY_HELP)
    lines = [(f"detach {one.name}", "takes this file out") for one in letter.files] or [SHOW]
    wanted = order.rest.strip(" “”\"'").casefold()
    kept = tuple(one.name for one in letter.files if wanted not in {one.name.casefold(), _ALL})
    if len(kept) == len(letter.files):
        why = [f"No file “{order.rest or 'nothing'}” goes with the letter."]
        return refuse("no-file", order, why, *lines)
    missing = unanswered(letter, at, kept)
    if missing:
        why = [
            f"Without this file the letter needs the text for “{name}” first." for name in missing
        ]
        fill = [(f"set {name}", "with the text on the lines under it") for name in missing]
        return refuse("slots", order, why, *fill)
    return again(letter, order, kept_files=kept)


COMMAND = Command(
    verb="detach",
    form="detach NAME",
    does="takes the file of this name out of the letter; “detach all” takes out every one",
    example="detach table.csv",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LETTER,
)
