"""Every rule of the lint, in the order in which officers are told of them; no I/O."""

from __future__ import annotations

from typing import Final

from foibot.letters.linting.around import AROUND
from foibot.letters.linting.elements import ELEMENTS
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.ncnd_musts import MUSTS
from foibot.letters.linting.ordered import ORDERED
from foibot.letters.linting.other_letters import OTHER_RULES
from foibot.letters.linting.refusals import REFUSAL_RULES
from foibot.letters.linting.rule import Rule
from foibot.letters.linting.wordings import WORDINGS

RULES: Final[tuple[Rule, ...]] = (
    *MUSTS,
    *ORDERED,
    *LEAKS,
    *ELEMENTS,
    *REFUSAL_RULES,
    *OTHER_RULES,
    *WORDINGS,
    *AROUND,
)
"""All of them; id and name together are unique."""
