"""A letter as the rules see it: the authority's own sentences, what they cite, and what the letter is; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import count
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.linting.citing import Cited
from foibot.letters.linting.document import Document
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import Passage, Sentence
from foibot.letters.linting.rights import Rights
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a draft of our own was ordered to say, and whose words in it are the requester's.

    `regime` is the key of the law; `request` and `requester_name` are as they were received.
    """

    provisions: tuple[Provision, ...]
    authority_name: str
    regime: str
    request: str = ""
    requester_name: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Words of the letter that a pattern found."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.sentence.text[self.start : self.end].strip()

    @property
    def line(self) -> int:
        """The line of the letter on which they begin."""
        return self.sentence.line_at(self.start)

    @property
    def before(self) -> str:
        """What stands before them in their sentence."""
        return self.sentence.text[: self.start]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the rules may ask of a letter.

    `sentences` and `cited` are the authority's own; `body` are those before the
    rights are explained; `request` is what the letter repeats of the request. `checklists` are the types whose rules apply: a review can uphold an NCND answer.
    `regimes` are the keys of the laws it names, `regime` the one it decides under ("foia" if none).
    `whole` is false for the text of a decision alone, without the letter around it.
    `rights` is what it says about a review and the regulator.
    `ordered` is None for a letter that is not a draft of foibot's own. `threat_level` is how the
    office words the national level, and `today` the day on which that is asked.
    """

    document: Document
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    cited: tuple[Cited, ...]
    body: tuple[Sentence, ...]
    request: str
    whole: bool
    rights: Rights
    authority: str = ""
    regimes: tuple[str, ...] = ()
    regime: str = "foia"
    letter_type: LetterType = LetterType.UNKNOWN
    checklists: frozenset[LetterType] = frozenset()
    provisions: tuple[Provision, ...] = ()
    ordered: Ordered | None = None
    threat_level: ThreatLevel = NO_THREAT_LEVEL
    today: date = date.min

    def find(self, pattern: str) -> Iterator[Match]:
        """Find a pattern in every own sentence, quoted words included."""
        for sentence in self.sentences:
            for start, end in _places(pattern, sentence.text):
                yield Match(sentence, start, end)

    def find_bare(self, pattern: str) -> Iterator[Match]:
        """Find a pattern in every own sentence, quoted words left out."""
        for sentence in self.sentences:
            for start, end in _places(pattern, sentence.bare):
                yield Match(sentence, start, end)

    def says(self, *patterns: str) -> bool:
        """Whether one own sentence holds all of the patterns."""
        return any(all(_places(one, each.text) for one in patterns) for each in self.sentences)

    def has_passage(self, pattern: str) -> bool:
        """Whether an own passage begins with the pattern, or a line of one does."""
        compiled = ignoring_case(pattern)
        return any(compiled.match(each.text) for each in self.passages)

    def cites(self, *numbers: str) -> bool:
        """Whether it cites any of these: "12", "17(1)"; a number alone stands for all below it."""
        return any(
            each.number == one or each.subsection == one or each.provision == one
            for each in self.cited
            for one in numbers
        )


@cache
def ignoring_case(pattern: str) -> re.Pattern[str]:
    """Compile a rule's pattern, once."""
    return re.compile(pattern, re.IGNORECASE)


_Places = tuple[tuple[int, int], ...]
_NOWHERE: Final[_Places] = ()
_number: Final = count()


def _places(pattern: str, text: str) -> _Places:
    """Where a pattern stands in a sentence.

    Letters share most of their sentences, and most patterns stand in none: that a pattern is not in a
    sentence is remembered, in a bit.
    """
    without, bit = _without(text), _bit(pattern)
    if without.bits & bit:
        return _NOWHERE
    found = tuple(match.span() for match in ignoring_case(pattern).finditer(text))
    if not found:
        without.bits |= bit
    return found


@dataclass(slots=True)
class _Without:
    """The patterns that are known not to stand in a sentence, a bit for each."""

    bits: int = 0


@lru_cache(4096)
def _without(_text: str) -> _Without:
    return _Without()


@cache
def _bit(_pattern: str) -> int:
    return 1 << next(_number)
