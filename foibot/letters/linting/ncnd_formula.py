"""What a letter that neither confirms nor denies says in so many words (N-01 to N-03, N-08, N-10); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.citing import Cited
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import citations_of
from foibot.letters.linting.letter_type import (
    LetterType,
)
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FOIA,
    FULL_NCND,
    Hit,
    Rule,
    is_draft,
    is_others,
    lacking,
    unless,
)
from foibot.letters.linting.statements import NEITHER

_HOLDING: Final = r"\b(?:hold|holds|held|holding|has|have|had|exists?|existence|possess\w*|information|records?)\b"


def _neither(reading: Reading) -> bool:
    for match in reading.find(NEITHER):
        text = match.sentence.text
        if ignoring_case(_HOLDING).search(text) and _named_right(reading, text):
            return True
    return False


def _named_right(reading: Reading, text: str) -> bool:
    if reading.ordered is None:
        return True
    return (
        re.search(rf"\b{re.escape(reading.ordered.authority_name)}\b", text, re.IGNORECASE)
        is not None
    )


def _duty_excluded(reading: Reading) -> bool:
    duty = (
        r"\b(?:section|s)\.?\s?1\s?\(1\)\s?\(a\)|\bduty to (?:confirm or deny|say whether)"
        r"|\bobligation to confirm or deny|\b(?:duty|obligation|requirement) (?:in|under|imposed by|of)\b"
    )
    lifted = (
        r"\b(?:does|do|did) not (?:apply|arise)|\b(?:is|are) (?:excluded|lifted|removed|disapplied)|\bexclu(?:des?"
        r"|sion of)|\bexempts?\b|\bexempt from\b|\bdisapplie[sd]|\bnot (?:obliged|required) to|\blifts?\b"
        r"|\bremoves?\b|\bfree[ds]? from"
    )
    return any(
        ignoring_case(r"\b(?:section|s)\.?\s?1\s?\(1\)\s?\(a\)").search(each.sentence.text)
        or reading.cites("1(1)")
        for each in reading.find(duty)
        if ignoring_case(lifted).search(each.sentence.text)
    )


def _title_words(title: str) -> list[str]:
    return [
        word
        for word in re.findall(r"[a-z]{3,}", title.lower())
        if word not in {"and", "the", "for", "with"}
    ]


def _untitled(reading: Reading) -> Iterator[Hit]:
    for provision in reading.provisions:
        cited = citations_of(reading, provision)
        wanted = _title_words(provision.title.partition(":")[0])
        if not any(_titled(each, wanted) for each in cited):
            first = cited[0]
            yield Hit(
                first.line,
                first.shown,
                f"section {provision.section} is not given its title, '{provision.title}'",
            )


def _titled(cited: Cited, wanted: list[str]) -> bool:
    # The title may stand in the sentence after the number; a whole page is not looked through.
    at = cited.sentence.start
    near = cited.sentence.passage.text[at : at + len(cited.sentence.text) + 200].lower()
    return sum(1 for word in wanted if word in near) >= 0.6 * len(wanted)


def _no_provision(reading: Reading) -> Iterator[Hit]:
    if reading.provisions:
        return
    bare = [
        each
        for each in reading.cited
        if each.number
        in {
            "22",
            "23",
            "24",
            "26",
            "27",
            "28",
            "29",
            "30",
            "31",
            "36",
            "38",
            "40",
            "42",
            "43",
            "44",
        }
    ]
    text = bare[0].shown if bare else ""
    yield Hit(bare[0].line if bare else 1, text)


def _both_ways(reading: Reading) -> bool:
    reads = (
        r"\b(?:should|must|can|could|may|is|does|do|are|ought|will) ?(?:not|never)\b[^.]{0,60}\b(?:taken|viewed"
        r"|read|construed|interpreted|seen|regarded|understood|infer\w*|indicat\w*|treated|mean|imply|suggest\w*"
        r"|conclu\w+|assum\w+)"
        r"|\bnone of the above\b|\bnothing (?:here|above|in this|said here)\b|\bno (?:inference|conclusion|indication)\b|\b(?:nobody|no one) (?:should|may|can|must)\b|\b(?:taken|viewed"
        r"|read) as neither\b|\bnot (?:an indication|to be (?:taken|read|understood))\b|\bneither (?:an indication"
        r"|implies)\b"
    )
    both = (
        r"\b(?:does|do|did),? or (?:does|do|did) not\b|\bexists?,? or (?:does|do) not exist\b|\b(?:is"
        r"|are)(?: held)?,? or (?:is |are )?not(?: held)?\b|\bwhether or not\b|\bheld or not(?: held)?\b"
        r"|\beither way\b|\bexists?,? or that it does not\b"
        r"|\bholds? or (?:does|do) not hold\b|\b(?:existence|presence)(?: or (?:the )?(?:absence|otherwise"
        r"|non-existence))\b|\bor otherwise\b|\bone way or (?:the other|another)\b|\bdoes or doesn't\b"
        r"|\beither that\b|\bmay or may not\b|\bor that it (?:is|does) not\b"
    )
    return reading.says(reads, both)


def _pairing(reading: Reading) -> bool:
    sections = {each.section for each in reading.provisions}
    return (
        "23(5)" not in sections
        or "24(2)" in sections
        or not reading.says(r"\bterror\w*|\bnational security\b|\bextremis\w+|\bespionage\b")
        or bool(is_draft(reading))
    )


def _boundary(reading: Reading) -> bool:
    return any(
        ignoring_case(
            r"\bany other (?:relevant )?information\b|\b(?:question|part|point|item|element"
            r"|section)s? \(?[\dA-Za-z]{1,2}\)?\b|\b(?:this|that) part\b|\bremainder\b|\brest of\b"
        ).search(each.sentence.text)
        for each in reading.find(NEITHER)
    )


FORMULA: Final = (
    Rule(
        "N-01",
        "neither confirms nor denies",
        Severity.ERROR,
        "no sentence says that the authority can neither confirm nor deny that it holds it",
        "Write '[authority] can neither confirm nor deny that it holds the information you requested'.",
        unless(_neither),
        types=ANY_NCND,
        passed="neither confirms nor denies, in one sentence under the authority's one name",
    ),
    Rule(
        "N-02",
        "duty lifted",
        Severity.ERROR,
        "it does not say that the duty in section 1(1)(a) does not apply",
        "Write 'The duty in section 1(1)(a) of the Act does not apply, because of ...'.",
        unless(_duty_excluded),
        types=ANY_NCND,
        regimes=FOIA,
        passed="says that the duty in section 1(1)(a) does not apply",
    ),
    Rule(
        "L-23",
        "called a refusal notice",
        Severity.WARNING,
        "it does not say that it is a refusal notice under section 17(1)",
        "Write 'This letter is a refusal notice under section 17(1) of the Act'.",
        lacking(
            r"\brefusal notice\b|\bnotice of refusal\b|\b(?:section|s)\.?\s?17\(1\)|\bacts as a refusal\b"
            r"|\bsection 17\b[^.]{0,60}\bnotice\b|\bnotice\b[^.]{0,60}\bsection 17\b"
        ),
        types=FULL_NCND,
        regimes=FOIA,
        concerns=lambda reading: reading.letter_type is LetterType.NCND,
        defects=("D-25",),
        passed="says that it is a refusal notice under section 17(1)",
    ),
    Rule(
        "N-03",
        "cites what lifts the duty",
        Severity.ERROR,
        "no subsection that lifts the duty to confirm or deny is cited",
        "Cite the subsection itself, such as 24(2) or 31(3), and its title.",
        _no_provision,
        types=ANY_NCND,
        concerns=is_others,
    ),
    Rule(
        "N-03",
        "titles",
        Severity.WARNING,
        "a provision is not named with its title",
        "Give each provision its title in the Act, such as 'Information supplied by, or relating to, "
        "bodies dealing with security matters'.",
        _untitled,
        types=ANY_NCND,
        regimes=FOIA,
        concerns=is_others,
        defects=("D-11",),
    ),
    Rule(
        "N-08",
        "no inference either way",
        Severity.ERROR,
        "no sentence says that it is no indication that the information exists or does not exist",
        "Write 'This should not be taken as an indication that the information you requested exists or "
        "does not exist'.",
        unless(_both_ways),
        types=ANY_NCND,
        passed="may not be read as saying that the information exists or does not exist",
    ),
    Rule(
        "N-03",
        "23(5) without 24(2)",
        Severity.WARNING,
        "section 23(5) alone can show that a security body is involved",
        "Rely on section 24(2) as well, so that neither tells which applies.",
        unless(_pairing),
        types=ANY_NCND,
        regimes=FOIA,
    ),
    Rule(
        "N-10",
        "boundary of the part",
        Severity.ERROR,
        "it is not clear which part of the request is neither confirmed nor denied",
        "Name the part: 'any other information', or the number of the question.",
        unless(_boundary),
        types=frozenset({LetterType.NCND_PART}),
    ),
)
"""The rules for the formula."""
