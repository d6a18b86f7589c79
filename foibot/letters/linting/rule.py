"""A rule of the lint as data: its id, what it looks for, in which letters, and what to write instead; no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Match, Reading, ignoring_case

DATE: Final = (
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b"
)
"""A pattern for a date, in words or figures."""

EVERY_TYPE = frozenset(LetterType)
FOIA = frozenset({"foia"})
REGULATIONS = frozenset({"eir", "eisr"})
FOISA = frozenset({"foisa"})
FULL_NCND = frozenset({LetterType.NCND})
ANY_NCND = frozenset({LetterType.NCND, LetterType.NCND_PART})


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a rule is broken. `why` replaces the rule's own reason if it says more."""

    line: int
    text: str
    why: str = ""
    where: str = ""


Look = Callable[[Reading], Iterable[Hit]]
Asks = Callable[[Reading], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Several may share an id; `id` and `name` together are unique.

    It applies to letters of one of the `types` under one of the `regimes` (empty: any) that it
    `concerns`. `defects` are the faults of the specimen letter it finds. `passed` is the line that
    tells officers that a draft keeps it; empty if it is not told.
    """

    id: str
    name: str
    severity: Severity
    why: str
    instead: str
    look: Look
    types: frozenset[LetterType] = EVERY_TYPE
    regimes: frozenset[str] = frozenset()
    concerns: Asks = lambda _: True
    defects: tuple[str, ...] = ()
    passed: str = ""

    def applies_to(self, reading: Reading) -> bool:
        """Whether a letter has to keep this rule at all."""
        return (
            bool(self.types & reading.checklists)
            and (not self.regimes or reading.regime in self.regimes)
            and self.concerns(reading)
        )

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """Give every breach in the letter, in order; none if the rule does not apply."""
        if self.applies_to(reading):
            for hit in self.look(reading):
                yield Finding(
                    self.id,
                    self.severity,
                    hit.line,
                    hit.text,
                    hit.why or self.why,
                    self.instead,
                    hit.where,
                )


def unless(asks: Asks) -> Look:
    """Look for what has to be there: one hit on the first line where `asks` says no."""

    def look(reading: Reading) -> Iterator[Hit]:
        if not asks(reading):
            yield Hit(1, "")

    return look


def lacking(*patterns: str) -> Look:
    """Look for a sentence that holds all of the patterns: one hit where there is none."""
    return unless(lambda reading: reading.says(*patterns))


def wording(pattern: str, *, but: str = "", after: str = "", within: str = "") -> Look:
    """Look for words. A match does not count if its sentence holds `but`, if what stands before it
    holds `after`, or if its sentence lacks `within`.
    """

    def look(reading: Reading) -> Iterator[Hit]:
        for match in reading.find_bare(pattern):
            if _counts(match, but, after, within):
                yield Hit(match.line, match.text)

    return look


def _counts(match: Match, but: str, after: str, within: str) -> bool:
    text = match.sentence.text
    if but and ignoring_case(but).search(text):
        return False
    if after and ignoring_case(after).search(match.before):
        return False
    return not within or ignoring_case(within).search(text) is not None


def either(*looks: Look) -> Look:
    """Look for several things at once."""

    def look(reading: Reading) -> Iterator[Hit]:
        for each in looks:
            yield from each(reading)

    return look


def is_draft(reading: Reading) -> bool:
    """Whether the letter is a draft of our own under the Act, held to the words its template promises."""
    return reading.ordered is not None and reading.regime == "foia"


def is_others(reading: Reading) -> bool:
    """Whether the letter may say the same in other words: written elsewhere, or under another law."""
    return not is_draft(reading)


def is_whole(reading: Reading) -> bool:
    """Whether the letter is there from greeting to signature, not the text of its decision alone."""
    return reading.whole


def exactly(text: str) -> str:
    """Give a pattern for these very words."""
    return re.escape(text)
