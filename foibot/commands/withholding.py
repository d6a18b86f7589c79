"""Reads the provisions of an order to withhold information, or says what is wrong with them; no I/O."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from foibot.case.outcome import Outcome
from foibot.commands.command import Order, Situation, refuse
from foibot.law import regime
from foibot.law.combinations import combination_problems
from foibot.law.provisions import Problem, Provision, read_withheld

_TWO: Final = 2
_REGULATION: Final = re.compile(r"\breg(?:ulation)?s?\.?\s*[0-9]", re.IGNORECASE)
_BESIDE: Final = {"foia": "eir", "foisa": "eisr"}
"""The regulations that an officer means who cites one in a request under an Act."""


def of_another_law(order: Order, at: Situation, cited: str) -> Outcome | None:
    """The refusal of an order that cites a regulation where the law of the case has sections; None if it does not.

    Read as a section, "reg 12(5)(b)" would be the limit on cost.
    """
    other = _BESIDE.get(at.regime.key)
    if other is None or not _REGULATION.search(cited):
        return None
    why = f"A regulation belongs to the {regime(other).act}. This request is under the {at.regime.act}, which has sections."
    moves = (
        f"regime {other}",
        "moves the request to those regulations; then send your order again",
    )
    return refuse(
        "regime", order, [why], moves if other in at.rules.regimes else ("help", "lists the orders")
    )


def read_provisions(
    order: Order, at: Situation, cited: str, verb: str
) -> tuple[Provision, ...] | Outcome:
    """The provisions named in `cited`, for an order that begins with `verb`; or the refusal with all problems.

    No two of them may exclude each other for the same information (X-05, X-06).
    """
    elsewhere = of_another_law(order, at, cited)
    if elsewhere is not None:
        return elsewhere
    read = read_withheld(cited, at.regime, authority_kind=at.rules.authority_kind, verb=verb)
    problems = [one for one in read if isinstance(one, Problem)]
    if problems:
        return not_read(order, problems)
    provisions = tuple(one for one in read if isinstance(one, Provision))
    together = combination_problems(provisions)
    if together:
        refused = not_read(order, together, verb)
        return _also_by_question(refused, order, at, provisions, verb)
    return provisions


def _also_by_question(
    refused: Outcome, order: Order, at: Situation, provisions: Sequence[Provision], verb: str
) -> Outcome:
    """The same refusal with how both can stand in one letter, if they are for different information (X-05)."""
    if verb not in {"part", "refuse"}:
        return refused
    shown = [one.cited for one in provisions]
    numbers = [one.number for one in at.case.questions][:2]
    one, other = numbers if len(numbers) == _TWO else ("1", "2")
    under = f"“{one} refuse {shown[0]}”, “{other} refuse {shown[-1]}”"
    does = f"for different information: on lines of their own under it {under}, and an outcome for each other question"
    apart = ("answer", does)
    tells_apart = (
        "questions",
        "first, with what is asked under it in lines that begin “1.” and “2.”",
    )
    lines = (apart,) if len(numbers) == _TWO else (tells_apart, apart)
    return Outcome(
        notices=tuple(replace(each, lines=(*each.lines, *lines)) for each in refused.notices),
        refusal=refused.refusal,
    )


def not_read(order: Order, problems: Sequence[Problem], verb: str = "") -> Outcome:
    """The refusal of an order for what is wrong with its provisions, with the lines that would work.

    With `verb` those lines begin with it, in the place of the one they were written for.
    """
    why = [one.in_words for one in problems]
    lines = dict.fromkeys(one.line_that_works for one in problems if one.line_that_works)
    shown = [f"{verb} {line.partition(' ')[2]}" if verb else line for line in lines]
    return refuse("provisions", order, why, *((line, "would work") for line in shown))
