"""`resume`: ends a pause, so that mail leaves the office again; no I/O."""

from __future__ import annotations

from foibot.commands.command import Command, Group, Text
from foibot.commands.pause import RESUME, WHO, decide

COMMAND = Command(
    verb=RESUME,
    form="resume",
    does="ends the pause of the whole office: mail leaves again",
    example="resume",
    who=WHO,
    text=Text.OPTIONAL,
    decide=decide,
    group=Group.CASE,
)
