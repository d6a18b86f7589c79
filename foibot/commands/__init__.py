"""What officers may order, one verb a file; the registry, in the order of the help; no I/O."""

from foibot.commands import approve, help, hold, ncnd, note, reject, set_slot, show, stop, when, why
from foibot.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    ncnd.COMMAND,
    set_slot.COMMAND,
    approve.COMMAND,
    reject.COMMAND,
    hold.COMMAND,
    stop.COMMAND,
    note.COMMAND,
    show.COMMAND,
    when.COMMAND,
    why.COMMAND,
    help.COMMAND,
)

VERBS = {command.verb: command for command in COMMANDS}

ORDERS = tuple(f'"{command.form}": {command.does}' for command in COMMANDS)
"""The help, one line for each order; in quotes, so that no line of it is one when it comes back (E2)."""
