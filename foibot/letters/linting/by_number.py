"""What a letter that answers by number keeps: one outcome for each question, and silence kept apart (L-05, N-10); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import withholds
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.mentions import is_only_mentioned
from foibot.letters.linting.passages import Passage
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import Hit, Rule
from foibot.letters.linting.statements import NEITHER, supplies

_HEADING: Final = re.compile(r"(?:Question|Part) ([\w().]{1,12})")
_LISTED: Final = r"(?:[\w().]{1,12}(?:, (?:and |or )?| and | or | to | ?[-–] ?)){0,20}"
_LAW_OF_SILENCE: Final = re.compile(r"The law on what we neither confirm nor deny\b")
_GOES_ON: Final = re.compile(
    r"(?:What we can suggest|Using what we have given you|If you are not satisfied)\b"
)
_AFTER: Final = re.compile(r"(?:Files with this letter|The law on|If you are not satisfied)\b")
_OUTCOMES: Final = (
    r"\bWe hold this information and give it to you\b",
    r"\bWe hold this information and give you some of it\b",
    r"\bWe hold this information, but we do not give it to you\b",
    r"\bdoes not hold the information you requested in question\b",
    NEITHER,
)


@dataclass(slots=True)
class _Answer:
    """What stands under the heading of one question, in the authority's own words."""

    number: str
    line: int
    passages: list[Passage] = field(default_factory=list)

    @property
    def outcomes(self) -> int:
        text = " ".join(one.text for one in self.passages)
        return sum(ignoring_case(each).search(text) is not None for each in _OUTCOMES)

    @property
    def silent(self) -> bool:
        return any(ignoring_case(NEITHER).search(one.text) for one in self.passages)


def _answers(reading: Reading) -> list[_Answer]:
    found: list[_Answer] = []
    inside = False
    for passage in reading.passages:
        heading = _HEADING.fullmatch(passage.text)
        if heading:
            found.append(_Answer(heading[1], passage.lines[0]))
            inside = True
        elif _AFTER.match(passage.text):
            inside = False
        elif inside:
            found[-1].passages.append(passage)
    return found


def answers_by_number(reading: Reading) -> bool:
    """Whether a letter answers several questions, each below its number with an outcome of its own."""
    answers = _answers(reading)
    return len(answers) > 1 and all(one.outcomes for one in answers)


def readings_of(reading: Reading) -> tuple[Reading, ...]:
    """The readings in which a letter is held to the rules: as a whole, and its answers by their types.

    What it says where it neither confirms nor denies is held to the rules for such a letter, and what
    it keeps back to those for a refusal, each without the words of the other.
    """
    if reading.letter_type is not LetterType.IN_PARTS:
        return (reading,)
    silent, rest = _apart(reading)
    found = [reading]
    if any(ignoring_case(NEITHER).search(one.text) for one in silent):
        types = frozenset({LetterType.NCND, LetterType.NCND_PART})
        found.append(_only(reading, silent, types))
    beside = _only(reading, rest, frozenset())
    if any(not is_only_mentioned(each) for each in withholds(beside)):
        kind = LetterType.PART if supplies(beside) else LetterType.REFUSAL
        found.append(replace(beside, checklists=frozenset({kind})))
    return tuple(found)


def _apart(reading: Reading) -> tuple[list[Passage], list[Passage]]:
    """The passages on what is neither confirmed nor denied, and all others."""
    lines = {
        passage.lines[0]
        for answer in _answers(reading)
        if answer.silent
        for passage in answer.passages
    }
    silent: list[Passage] = []
    rest: list[Passage] = []
    inside = False
    for passage in reading.passages:
        if _LAW_OF_SILENCE.match(passage.text):
            inside = True
        elif _GOES_ON.match(passage.text):
            inside = False
        (silent if inside or passage.lines[0] in lines else rest).append(passage)
    return silent, rest


def _only(reading: Reading, passages: list[Passage], types: frozenset[LetterType]) -> Reading:
    lines = {one.lines[0] for one in passages}
    return replace(
        reading,
        passages=tuple(passages),
        sentences=tuple(one for one in reading.sentences if one.passage.lines[0] in lines),
        body=tuple(one for one in reading.body if one.passage.lines[0] in lines),
        cited=tuple(one for one in reading.cited if one.sentence.passage.lines[0] in lines),
        checklists=types,
    )


def _not_one_outcome(reading: Reading) -> Iterator[Hit]:
    answers = _answers(reading)
    numbers = [one.number for one in answers]
    for one in answers:
        if numbers.count(one.number) > 1:
            yield Hit(one.line, f"Question {one.number}", "a question is answered more than once")
        elif one.outcomes != 1:
            why = f"question {one.number} has {one.outcomes or 'no'} outcome{'s' * (one.outcomes > 1)}"
            yield Hit(one.line, f"Question {one.number}", why)


def _speaks_of_silence(reading: Reading) -> Iterator[Hit]:
    answers = _answers(reading)
    silent = [re.escape(one.number) for one in answers if one.silent]
    if not silent:
        return
    named = ignoring_case(rf"\bquestions? {_LISTED}(?:{'|'.join(silent)})(?![\w(])")
    for one in answers:
        for passage in () if one.silent else one.passages:
            match = named.search(passage.text)
            if match:
                line = passage.lines[0]
                why = f"the answer to question {one.number} speaks of one that is neither confirmed nor denied"
                yield Hit(line, match.group(), why)


BY_NUMBER: Final = (
    Rule(
        "L-05",
        "one outcome each",
        Severity.ERROR,
        "a question has no outcome, or more than one",
        "Give each question exactly one outcome.",
        _not_one_outcome,
        types=frozenset({LetterType.IN_PARTS}),
        concerns=lambda reading: reading.ordered is not None,
        passed="gives each question exactly one outcome",
    ),
    Rule(
        "N-10",
        "other answers",
        Severity.ERROR,
        "the answer to another question speaks of one that is neither confirmed nor denied",
        "Leave it out there; its own answer says all that may be said.",
        _speaks_of_silence,
        types=frozenset({LetterType.IN_PARTS}),
    ),
)
"""The rules for a letter that answers by number."""
