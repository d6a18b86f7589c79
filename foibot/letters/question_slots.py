"""The opening for an officer's words on one numbered question, by what was decided for it; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from foibot.case.parts import PartOutcome, slot_of
from foibot.letters.slot import Slot

Outcomes = Mapping[str, PartOutcome]
"""What was decided for each question, by its number, in the order of the questions."""


def question_slots(outcomes: Outcomes) -> Iterator[Slot]:
    """Give a slot for each question but those that are neither confirmed nor denied.

    What those say is locked: a word about one of them could tell what the letter must not.
    """
    for number, outcome in outcomes.items():
        match outcome:
            case PartOutcome.DISCLOSE:
                help = "Give the information here, or attach the files that hold it and name them here."
                yield _slot(number, "Answer to", help, unless="files", example=_GIVEN)
            case PartOutcome.SOME:
                help = "Say what is given, what is left out and where, or in which file."
                yield _slot(number, "What is given and left out on", help, example=_SOME)
            case PartOutcome.REFUSE:
                help = "Left out unless you write something. Say what exactly is not given."
                yield _slot(number, "What is not given on", help, required=False)
            case PartOutcome.NOT_HELD:
                help = "Say where you looked, and who may hold it instead."
                yield _slot(number, "How you looked for", help, example=_LOOKED)
            case PartOutcome.NCND:
                continue
            case _:
                assert_never(outcome)


def _slot(
    number: str,
    title: str,
    help: str,
    *,
    required: bool = True,
    unless: str = "",
    example: str = "",
) -> Slot:
    return Slot(
        slot_of(number),
        f"{title} question {number}",
        help,
        default_text="",
        required=required,
        unless=unless,
        example=example,
    )


_GIVEN = "There were 212 complaints in that year."
_SOME = "There were 14 of them. Their names have been left out."
_LOOKED = "We asked the team that deals with parking. If we had the information, it would be there."
