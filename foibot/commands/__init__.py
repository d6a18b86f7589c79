"""What officers may order, one verb a file; the registry, in the order of the help; no I/O."""

from foibot.commands import (
    accept,
    ack,
    answer,
    answered,
    answers,
    approve,
    ask,
    assign,
    attach,
    clarify,
    clock,
    confirm,
    conflict,
    detach,
    disclose,
    edit,
    extend,
    fee,
    find,
    help,
    hold,
    holding,
    lapse,
    link,
    ncnd,
    ncnd_part,
    new_received,
    not_foi,
    not_held,
    not_mine,
    note,
    opinion,
    own_letter,
    part,
    pause,
    questions,
    received,
    refuse,
    regime,
    reject,
    reopen,
    restrict,
    resume,
    review,
    review_outcome,
    second_notice,
    sensitive,
    set_slot,
    show,
    snooze,
    split,
    stop,
    topic,
    transfer,
    when,
    why,
    withdrawn,
)
from foibot.commands.command import Command, Group

COMMANDS: tuple[Command, ...] = (
    disclose.COMMAND,
    answer.COMMAND,
    part.COMMAND,
    refuse.COMMAND,
    ncnd.COMMAND,
    ncnd_part.COMMAND,
    not_held.COMMAND,
    transfer.COMMAND,
    second_notice.COMMAND,
    own_letter.COMMAND,
    clarify.COMMAND,
    extend.COMMAND,
    fee.COMMAND,
    holding.COMMAND,
    lapse.COMMAND,
    set_slot.COMMAND,
    attach.COMMAND,
    detach.COMMAND,
    edit.COMMAND,
    approve.COMMAND,
    reject.COMMAND,
    hold.COMMAND,
    accept.COMMAND,
    opinion.COMMAND,
    stop.COMMAND,
    assign.COMMAND,
    not_mine.COMMAND,
    ask.COMMAND,
    answered.COMMAND,
    conflict.COMMAND,
    restrict.COMMAND,
    note.COMMAND,
    questions.COMMAND,
    link.COMMAND,
    split.COMMAND,
    snooze.COMMAND,
    topic.COMMAND,
    ack.COMMAND,
    received.COMMAND,
    new_received.COMMAND,
    regime.COMMAND,
    sensitive.COMMAND,
    review.COMMAND,
    review_outcome.COMMAND,
    clock.COMMAND,
    withdrawn.COMMAND,
    not_foi.COMMAND,
    reopen.COMMAND,
    pause.COMMAND,
    resume.COMMAND,
    confirm.COMMAND,
    show.COMMAND,
    answers.COMMAND,
    when.COMMAND,
    why.COMMAND,
    find.COMMAND,
    help.COMMAND,
)

VERBS = {command.verb: command for command in COMMANDS}

ALONE = frozenset(command.verb for command in COMMANDS if command.alone)
"""Verbs that have nothing after them on their line."""

_PLACING = (
    "A message that was not placed, or is in the wrong place",
    (
        'Reply "1" to "3", "new", "not foi" or "thanks": says where the message belongs',
        'Reply "move REFERENCE": puts a message with another case; in reply to anything else with its number, "mN move REFERENCE"',
    ),
)
_SEVERAL = (
    "Several orders on one mail",
    (
        "Each on a line of its own; they are carried out one after the other until one is refused, and one mail tells of all",
        "An order with text under it comes last; to approve, reject, hold, stop or edit takes a mail of its own",
    ),
)
HELP: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(
        (
            group.value,
            tuple(
                f'Reply "{command.form}": {command.does}'
                for command in COMMANDS
                if command.group is group
            ),
        )
        for group in Group
    ),
    _PLACING,
    _SEVERAL,
)
"""Each group's heading and its orders."""

ORDERS = tuple(line for _, lines in HELP for line in lines)
"""The help, one line for each order; none of its lines is an order when it comes back (E2)."""
