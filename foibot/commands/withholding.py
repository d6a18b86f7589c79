"""Reads the provisions of an order to withhold information, or says what is wrong with them; no I/O."""

from __future__ import annotations

from collections.abc import Sequence

from foibot.case.outcome import Outcome
from foibot.commands.command import Order, Situation, refuse
from foibot.law.combinations import combination_problems
from foibot.law.provisions import Problem, Provision, read_withheld


def read_provisions(
    order: Order, at: Situation, cited: str, verb: str
) -> tuple[Provision, ...] | Outcome:
    """The provisions named in `cited`, for an order that begins with `verb`; or the refusal with all problems.

    No two of them may exclude each other for the same information (X-05, X-06).
    """
    read = read_withheld(cited, at.regime, authority_kind=at.rules.authority_kind, verb=verb)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems:
        return not_read(order, problems)
    provisions = tuple(one for one in read if isinstance(one, Provision))
    together = combination_problems(provisions)
    if together:
        return not_read(order, together, verb)
    return provisions


def not_read(order: Order, problems: Sequence[Problem], verb: str = "") -> Outcome:
    """The refusal of an order for what is wrong with its provisions, with the lines that would work.

    With `verb` those lines begin with it, in the place of the one they were written for.
    """
    why = [f"{one.text_read}: {one.why}" if one.text_read else one.why for one in problems]
    lines = dict.fromkeys(one.line_that_works for one in problems if one.line_that_works)
    shown = [f"{verb} {line.partition(' ')[2]}" if verb else line for line in lines]
    return refuse("provisions", order, why, *((line, "would work") for line in shown))
