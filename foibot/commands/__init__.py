"""What officers may order, one verb a file; the registry, in the order of the help; no I/O."""

from foibot.commands import (
    accept,
    approve,
    clarify,
    clock,
    confirm,
    extend,
    fee,
    help,
    hold,
    ncnd,
    not_foi,
    note,
    questions,
    received,
    regime,
    reject,
    set_slot,
    show,
    stop,
    topic,
    when,
    why,
    withdrawn,
)
from foibot.commands.command import Command

COMMANDS: tuple[Command, ...] = (
    ncnd.COMMAND,
    clarify.COMMAND,
    extend.COMMAND,
    fee.COMMAND,
    set_slot.COMMAND,
    approve.COMMAND,
    reject.COMMAND,
    hold.COMMAND,
    accept.COMMAND,
    stop.COMMAND,
    note.COMMAND,
    questions.COMMAND,
    topic.COMMAND,
    received.COMMAND,
    regime.COMMAND,
    clock.COMMAND,
    withdrawn.COMMAND,
    not_foi.COMMAND,
    confirm.COMMAND,
    show.COMMAND,
    when.COMMAND,
    why.COMMAND,
    help.COMMAND,
)

VERBS = {command.verb: command for command in COMMANDS}

ALONE = frozenset(command.verb for command in COMMANDS if command.alone)
"""Verbs that have nothing after them on their line."""

ORDERS = tuple(f'Reply "{command.form}": {command.does}' for command in COMMANDS)
"""The help, one line for each order; none of its lines is an order when it comes back (E2)."""
