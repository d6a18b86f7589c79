"""Every rule of the lint, in the order in which officers are told of them; no I/O."""

from __future__ import annotations

from typing import Final

from foibot.letters.linting.around import AROUND
from foibot.letters.linting.both_rights import BOTH_RIGHTS
from foibot.letters.linting.by_number import BY_NUMBER
from foibot.letters.linting.cost_and_section_14 import COST_AND_SECTION_14
from foibot.letters.linting.cost_estimate import ESTIMATE
from foibot.letters.linting.frame import FRAME
from foibot.letters.linting.law_and_parts import LAW_AND_PARTS
from foibot.letters.linting.ncnd_balance import BALANCE
from foibot.letters.linting.ncnd_formula import FORMULA
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.ncnd_reasons import REASONS
from foibot.letters.linting.ordered import ORDERED
from foibot.letters.linting.other_refusals import OTHER_REFUSALS
from foibot.letters.linting.plain_answers import PLAIN_ANSWERS
from foibot.letters.linting.rule import Rule
from foibot.letters.linting.waiting import WAITING
from foibot.letters.linting.withholding import WITHHOLDING_RULES
from foibot.letters.linting.wordings import WORDINGS

RULES: Final[tuple[Rule, ...]] = (
    *FORMULA,
    *ORDERED,
    *REASONS,
    *BALANCE,
    *LEAKS,
    *BOTH_RIGHTS,
    *FRAME,
    *LAW_AND_PARTS,
    *BY_NUMBER,
    *WITHHOLDING_RULES,
    *OTHER_REFUSALS,
    *ESTIMATE,
    *COST_AND_SECTION_14,
    *WAITING,
    *PLAIN_ANSWERS,
    *WORDINGS,
    *AROUND,
)
"""All of them; id and name together are unique."""
