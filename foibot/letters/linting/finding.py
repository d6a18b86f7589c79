"""What the lint says about a letter: one breach of one rule, with the words it was found in; no I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Severity(StrEnum):
    """An error stops the letter; a warning an officer may dismiss with a reason; a note is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: the rule's id, the line (from 1), the words found, why it matters, what to write instead.

    `text` is empty where something is missing. `where` names the part of a mail the line counts in
    ("subject", "letter.pdf"); it is empty for the letter itself.
    """

    rule: str
    severity: Severity
    line: int
    text: str
    why: str
    instead: str = ""
    where: str = ""
