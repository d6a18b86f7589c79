"""The law a letter decides under, cited as it stands, and an answer for every part (L-04, L-05, X-01, X-05 to X-08); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot import law
from foibot.law.regime import Exemption
from foibot.letters.linting.citing import Cited, Law, by_sentence
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    DECIDING,
    WITHHOLDING,
    LetterType,
)
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    FOIA,
    Hit,
    Look,
    Rule,
    unless,
    wording,
)
from foibot.letters.linting.withholding import relied_on

_FOIA_SECTIONS: Final = r"\b(?:sections?|s\.?) ?(?:2[1-9]|3\d|4[0-4])\s?\(\d"


def _wrong_regime_words(reading: Reading) -> Iterator[Hit]:
    # A letter that answers under two laws uses the words of both.
    if len(reading.regimes) > 1:
        return
    if reading.regime in {"foia", "foisa"}:
        yield from wording(
            r"\bexceptions? (?:under|in|at|of|contained|provided|applies|is engaged|are engaged|relied|to disclosure"
            r"|to the duty)\b|\bexceptions? \d|\b(?:this|the following|following|an|qualified"
            r"|absolute) exceptions?\b(?! (?:of|to the rule|cases?))"
            r"|\b(?:the|these|those|each|such|any) exceptions? (?:depends?|requires?|protects?|covers?|concerns?|is (?:absolute"
            r"|qualified|based|class|prejudice)|are (?:absolute|qualified)|do(?:es)? not|outweighs?|exists?|apply)\b"
            r"|\bmaintaining the exceptions?\b",
            after=r"\b(?:with|without|by way of|as)\b(?: the| an)? $|\bwith (?:the )?$",
        )(reading)
    else:
        yield from wording(
            r"\bexempt(?:ions?|ed)?\b|\bis exempt\b",
            after=r"\bexempt from \w+$|\bFreedom of Information\b",
            but=r"\bFreedom of Information Act\b|\bsection 39\b",
        )(reading)
        yield from wording(
            _FOIA_SECTIONS, but=r"\bsection 39\b|\bFreedom of Information Act\b|\bFOIA\b"
        )(reading)


def _names_regime(reading: Reading) -> bool:
    return bool(reading.regimes)


def _scottish_mixed(reading: Reading) -> Iterator[Hit]:
    scottish = {"foisa", "eisr"} & set(reading.regimes)
    english = {"foia", "eir"} & set(reading.regimes)
    if scottish and english:
        match = next(
            reading.find(
                r"\bFreedom of Information (?:\(Scotland\) )?Act\b|\bFOIS?A\b|\bEnvironmental Information\b"
            ),
            None,
        )
        yield Hit(match.line if match else 1, match.text if match else "")


def _unanswered(reading: Reading) -> Iterator[Hit]:
    numbers = sorted(
        {
            int(each)
            for each in re.findall(r"(?:^|\n|[.?!\"“]\s?)\s*Q?(\d{1,2})\s?[.):]\s", reading.request)
        }
    )
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return
    if reading.says(
        r"\b(?:all|both|each|every|any)\b[^.]{0,40}\b(?:questions?|parts?|points?|of your request|of these"
        r"|of them)\b|\bquestions? \d{1,2} ?(?:to|-|–) ?\d{1,2}"
    ):
        return
    answered = {
        int(each)
        for match in reading.find(
            r"\b(?:questions?|parts?|points?|items?|Q)\s?\.?\d{1,2}(?:(?:,| and| &|, and) \d{1,2}){0,9}"
        )
        for each in re.findall(r"\d+", match.text)
    }
    answered |= {
        int(match.group(1))
        for each in reading.passages
        if (match := re.match(r"(?:Q|A)?(\d{1,2})\s?[.):]", each.text))
    }
    # Questions answered in turn, each below its own words, need no number of their own.
    if _answered_in_turn(reading):
        return
    left = [number for number in numbers if number not in answered]
    if left:
        shown = ", ".join(str(number) for number in left)
        yield Hit(1, "", f"nothing says how part {shown} of the request is answered")


def _answered_in_turn(reading: Reading) -> bool:
    own = {each.lines[0] for each in reading.passages}
    asked = _request_lines(reading)
    if len(asked) < 2:
        return False
    return all(
        any(first < line < second for line in own)
        for first, second in zip(asked, [*asked[1:], 10**9], strict=True)
    )


def _request_lines(reading: Reading) -> list[int]:
    return [
        number
        for number, line in enumerate(reading.document.text.splitlines(), start=1)
        if re.match(r"[\s>]*Q?\d{1,2}\s?[.):]\s", line)
        and " ".join(line.strip(" >\t").split())[:60] in reading.request
    ]


def _misjudged(reading: Reading) -> Iterator[Hit]:
    """X-01: an exemption that is called what it is not."""
    for sentence, cited in by_sentence(reading.cited):
        match = ignoring_case(_CALLED).search(sentence.text)
        if match is None or ignoring_case(r"\bnot\b").search(sentence.text):
            continue
        said = match["word"].lower() == "absolute"
        for each in cited:
            rows = [
                row
                for row in law.regime(reading.regime).exemptions
                if row.number == each.number and _meant(row, each)
            ]
            of_act = each.law is Law.ACT and each.end <= match.start()
            if of_act and rows and all(_absolute(row, each) != said for row in rows):
                yield Hit(each.line, sentence.text[each.start : match.end()])


_CALLED: Final = (
    r"\b(?:is|are|as)(?: both| all)? (?:an? )?(?P<word>absolute|qualified)\b(?! person)"
)


def _meant(row: Exemption, cited: Cited) -> bool:
    return (
        not cited.brackets
        or row.subsection == cited.subsection
        or row.ncnd_provision.startswith(cited.subsection)
    )


def _absolute(row: Exemption, cited: Cited) -> bool:
    if row.ncnd and cited.brackets and row.ncnd.provision.startswith(cited.subsection):
        return not row.ncnd.needs_public_interest_test
    return row.absolute


def _old_citations(reading: Reading) -> Iterator[Hit]:
    year = _year(reading)
    for old in law.regime(reading.regime).old_citations:
        for each in reading.cited:
            if old.since.year < year and _is(each.provision, old.section):
                yield Hit(each.line, each.text)


def _is(cited: str, section: str) -> bool:
    """Whether a citation is of that section or of a limb of it: 40(3)(a)(i) is of 40(3)."""
    return cited == section or cited.startswith(f"{section}(")


def _year(reading: Reading) -> int:
    """The first year the letter names outside the title of a law; a letter without one is of today."""
    for match in reading.find(r"\b(?:19|20)\d\d\b"):
        if not ignoring_case(r"\b(?:Act|Regulations)(?: \(Scotland\))? $").search(match.before):
            return int(match.text)
    return 9999


def _not_for_police(reading: Reading) -> Iterator[Hit]:
    # What an order may name is judged when it is given; here only letters written elsewhere count.
    if reading.ordered or not re.search(r"\bPolice\b|\bConstabulary\b", reading.authority):
        return
    barred = {
        row.subsection
        for row in law.regime(reading.regime).exemptions
        if "police" in row.not_for and reading.regime == "foia"
    }
    for each in reading.cited:
        if each.law is Law.ACT and each.subsection in barred:
            yield Hit(each.line, each.text)


def _excluding(*pairs: tuple[str, str]) -> Look:
    """Look for two exemptions that are both claimed, although one information cannot be under both."""

    def look(reading: Reading) -> Iterator[Hit]:
        claimed = {each.subsection: each for each in relied_on(reading)}
        for first, second in pairs:
            if first in claimed and second in claimed and not reading.says(_APART):
                at = claimed[second]
                why = f"sections {first} and {second} cannot both apply to the same information"
                yield Hit(at.line, at.text, why)

    return look


_APART: Final = (
    r"\bin the alternative\b|\bother (?:information|parts?|documents?)\b|\bremain\w+\b|\bto the extent\b"
    r"|\bdifferent (?:information|parts)\b|\bnot (?:both|covered)\b|\bquestion \d"
)


LAW_AND_PARTS: Final = (
    Rule(
        "X-05",
        "exclude each other",
        Severity.WARNING,
        "two exemptions that exclude each other are claimed for the same information",
        "Say which information each one covers, or plead them in the alternative.",
        _excluding(("30(1)", "31(1)"), ("30(2)", "31(1)")),
        types=WITHHOLDING,
        regimes=FOIA,
    ),
    Rule(
        "X-06",
        "exclude each other",
        Severity.WARNING,
        "two exemptions that exclude each other are claimed for the same information",
        "Say which information each one covers, or plead them in the alternative.",
        _excluding(("23(1)", "24(1)")),
        types=WITHHOLDING,
        regimes=FOIA,
    ),
    Rule(
        "L-04",
        "law named",
        Severity.WARNING,
        "the letter names no law under which it decides",
        "Name it: 'Freedom of Information Act 2000' or 'Environmental Information Regulations 2004'.",
        unless(_names_regime),
        types=DECIDING | {LetterType.ACKNOWLEDGEMENT},
    ),
    Rule(
        "L-04",
        "words of another law",
        Severity.ERROR,
        "the Acts have exemptions and sections, the Regulations exceptions and regulations",
        "Use the words of the law that the letter decides under.",
        _wrong_regime_words,
        types=DECIDING,
    ),
    Rule(
        "L-04",
        "laws of two countries",
        Severity.WARNING,
        "the laws of Scotland and of the rest of the United Kingdom are mixed",
        "Decide under the law that binds this authority.",
        _scottish_mixed,
    ),
    Rule(
        "L-05",
        "every part answered",
        Severity.ERROR,
        "a part of the request has no outcome",
        "Answer every numbered part, each by its number.",
        _unanswered,
        types=frozenset(
            {LetterType.PART, LetterType.DISCLOSURE, LetterType.NCND_PART, LetterType.IN_PARTS}
        ),
    ),
    Rule(
        "X-01",
        "absolute or qualified",
        Severity.ERROR,
        "the exemption is not of the kind the letter says",
        "Look it up: absolute are sections 21, 23, 32, 34, 40(1), 41, 44 and parts of 36, 37 and 40(2).",
        _misjudged,
        regimes=FOIA,
    ),
    Rule(
        "X-07",
        "old citation",
        Severity.ERROR,
        "the provision was replaced in 2018",
        "Cite section 40(2) with 40(3A), or 40(5A) or (5B).",
        _old_citations,
    ),
    Rule(
        "X-08",
        "not for the police",
        Severity.ERROR,
        "this exemption is not open to a police force",
        "Choose another.",
        _not_for_police,
    ),
)
"""The rules for the law named and the parts answered."""
