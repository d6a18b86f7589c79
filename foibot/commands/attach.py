"""`attach`: adds the files of the officer's reply to the current letter and makes the next version; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import LIKELY_HELP, again, files_stopped, may_change, new_files
from foibot.officers.roster import Role

_LINE = ("attach", "with the files attached to your reply")


def decide(order: Order, at: Situation) -> Outcome:
    """The next version with these files besides those it has; one of the same name takes its place."""
    refused = may_change(order, at)
    if refused is not None:
        return refused
    letter = at.case.current
    if letter is None:
        return refuse("no-letter", order, ["There is no letter on this case yet."], LIKELY_HELP)
    problems = [*files_stopped(at, at.kinds[letter.kind])]
    if not at.files:
        problems.append("There is no file with your message; a picture in its text does not count.")
    if problems:
        return refuse("files", order, problems, _LINE)
    brought = new_files(at)
    names = {one.name.casefold() for one in brought}
    kept = tuple(one.name for one in letter.files if one.name.casefold() not in names)
    return again(letter, order, files=brought, kept_files=kept)


COMMAND = Command(
    verb="attach",
    form="attach",
    does="adds the files attached to your reply to the letter; one of the same name takes the other's place",
    example="attach",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.NOT_READ,
    decide=decide,
    group=Group.LETTER,
    alone=True,
)
