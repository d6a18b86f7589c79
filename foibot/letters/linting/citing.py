"""Finds the sections and regulations that a letter cites in its sentences, however they are written; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import groupby
from typing import Final

from foibot.letters.linting.passages import Sentence

_BRACKETS: Final = r"(?:\s?\(\s?[0-9]{0,2}[A-Za-z]{0,3}\s?\)){0,4}"
_FIRST: Final = re.compile(
    r"(?<![\w£])(?P<word>(?:sub-?)?(?:sections?|sect|sec|ss?)|(?:regulations?|regs?|exceptions?))"
    rf"(?:\.\s?|\s?)(?P<number>\d{{1,2}}[A-Z]{{0,2}})(?P<brackets>{_BRACKETS})(?![\w£%/])",
    re.IGNORECASE,
)
_NEXT: Final = re.compile(
    r"(?:\s?[,;/&]\s?|\s(?:and|or|to)\s|,\s(?:and|or)\s)"
    r"(?:also\s)?(?:(?P<word>sections?|regulations?|regs?|ss?)\.?\s?)?"
    rf"(?P<number>\d{{1,2}}[A-Z]{{0,2}})(?P<brackets>{_BRACKETS})(?![\w£%/]|\s(?:working|hours|days|[A-Z][a-z]+\s\d{{4}}))",
)
_OTHER_LAW: Final = re.compile(
    r"[^.]{0,12}?\s(?:of|to|in|under)\s(?:the\s)?(?!Freedom|FOI|Act\b|Environmental|EIR|Regulations\b|Schedule|Code)"
    r"(?:[A-Z][\w']+\s|and\s|of\s|\([^)]{1,30}\)\s){1,8}?(?:Act|Regulations|Order)\b",
)
_SPACE: Final = re.compile(r"\s+")


@unique
class Law(StrEnum):
    """What kind of law numbers its paragraphs that way."""

    ACT = "section"
    REGULATIONS = "regulation"


@dataclass(frozen=True, slots=True)
class Cited:
    """One provision as cited: `number` "31", `brackets` ("1", "a"); `start` and `end` in the sentence."""

    law: Law
    number: str
    brackets: tuple[str, ...]
    sentence: Sentence
    start: int
    end: int

    @property
    def provision(self) -> str:
        """The whole citation: "31(1)(a)"."""
        return self.number + "".join(f"({each})" for each in self.brackets)

    @property
    def subsection(self) -> str:
        """Without limbs: "31(1)", or "31" where no subsection is named."""
        return self.number + "".join(f"({each})" for each in self.brackets[:1])

    @property
    def text(self) -> str:
        """The words of the citation."""
        return self.sentence.text[self.start : self.end].strip()

    @property
    def shown(self) -> str:
        """The citation with the words after it, for a person to find."""
        return self.sentence.text[self.start : self.end + 60].strip()

    @property
    def before(self) -> str:
        """What stands before it in its sentence."""
        return self.sentence.text[: self.start]

    @property
    def line(self) -> int:
        """The line of the letter it stands on."""
        return self.sentence.line_at(self.start)


def citations(sentence: Sentence) -> Iterator[Cited]:
    """Give every provision cited, in order; those of other Acts are left out.

    "Sections 24(2) and 31(3)", "s.31(1)(a)", "S31", "Regulation 12(4)(b)" and "exception 12(5)(b)".
    """
    at = 0
    text = sentence.text
    while (match := _FIRST.search(text, at)) is not None:
        law = _law(match["word"], Law.ACT)
        found = [_cited(law, match, sentence)]
        at = match.end()
        while (following := _NEXT.match(text, at)) is not None:
            law = _law(following["word"], law)
            found.append(_cited(law, following, sentence))
            at = following.end()
        if not _OTHER_LAW.match(text, at):
            yield from found


def _law(word: str | None, before: Law) -> Law:
    if not word:
        return before
    return Law.REGULATIONS if word[0] in "rReE" else Law.ACT


def by_sentence(cited: Iterable[Cited]) -> Iterator[tuple[Sentence, tuple[Cited, ...]]]:
    """Give each sentence that cites something with what it cites; `cited` is in the order of the letter."""
    for _, group in groupby(cited, key=lambda each: id(each.sentence)):
        together = tuple(group)
        yield together[0].sentence, together


def _cited(law: Law, match: re.Match[str], sentence: Sentence) -> Cited:
    plain = _SPACE.sub("", match["brackets"])
    brackets = tuple(each.lower() for each in plain.strip("()").split(")(")) if plain else ()
    # Subsections keep the capital of the law, 40(5B); limbs are small letters.
    shown = tuple(each.upper() if each[:1].isdigit() else each for each in brackets if each)
    start = match.start("word") if match["word"] else match.start("number")
    return Cited(law, match["number"].upper(), shown, sentence, start, match.end())
