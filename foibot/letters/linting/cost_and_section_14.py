"""Refusals for cost, and of vexatious or repeated requests (L-26 to L-28); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.cost_estimate import COST
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    LetterType,
)
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import (
    DATE,
    FOIA,
    Hit,
    Rule,
    lacking,
    unless,
    wording,
)
from foibot.letters.linting.statements import NEITHER, says_whether_held

_HELP: Final = (
    r"\b(?:narrow\w*|refin\w+|reduc(?:e|ing)|restrict\w*|shorter period|one (?:day|week|month|year)|a single"
    r"|fewer|focus\w*|reword\w*|rephras\w*"
    r"|(?:limit|limiting) (?:it|them|your|the request|this)|changed? (?:your|the) request|a changed request)\b"
)


def _after_ncnd(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        rf"{NEITHER}|\b(?:refus\w+|withh(?:eld|old)\w*|exempt\w*)\b[^.]{{0,60}}\b(?:earlier|previous|last"
        rf"|original)\b|\b(?:earlier|previous|last|original) (?:request|answer|response)\b[^.]{{0,60}}\b(?:was "
        rf"|were )?(?:refus\w+|withh(?:eld|old))"
    )(reading)


COST_AND_SECTION_14: Final = (
    Rule(
        "L-26",
        "held",
        Severity.ERROR,
        "section 12(1) leaves the duty to say whether the information is held",
        "Say so, or rely on section 12(2).",
        unless(says_whether_held),
        types=frozenset({LetterType.COST}),
        regimes=FOIA,
    ),
    Rule(
        "L-26",
        "subsection",
        Severity.WARNING,
        "it does not say whether section 12(1) or 12(2) is relied on",
        "Name the one.",
        unless(lambda reading: reading.cites("12(1)", "12(2)")),
        types=frozenset({LetterType.COST}),
        regimes=FOIA,
    ),
    Rule(
        "L-26",
        "help to narrow",
        Severity.ERROR,
        "there is no advice how to bring the request within the limit (section 16)",
        "Say what could be given within the limit.",
        lacking(_HELP),
        types=COST,
    ),
    Rule(
        "L-26",
        "promises",
        Severity.ERROR,
        "a narrower request can meet other grounds of refusal, so nothing may be promised",
        "Write 'we would consider it as a new request'.",
        wording(
            r"\b(?:we|i) (?:will|shall) (?:then )?(?:be able to )?(?:provide|answer|disclose|supply|release|comply|send"
            r"|meet|(?:give|share|let you have) (?:you )?(?:it|them|those|these|all|copies|what|(?:the|this|that) (?!help|advice|reasons?)\w+))\b|\b(?:guarantee|promise)\w*",
            within=r"\b(?:narrow|refin|reduc|if you|limit|restrict|chang|fewer|short|then|new request)\w*",
        ),
        types=COST,
    ),
    Rule(
        "L-26",
        "public interest",
        Severity.ERROR,
        "section 12 has no public interest test",
        "Leave it out.",
        wording(r"\bpublic interest\b", but=r"\b(?:no|not)\b"),
        types=COST | {LetterType.VEXATIOUS, LetterType.REPEATED},
        regimes=FOIA,
    ),
    Rule(
        "L-26",
        "called an exemption",
        Severity.WARNING,
        "section 12 and section 14 are no exemptions",
        "Write 'section 12 applies', not 'exemption'.",
        wording(
            r"\bexempt(?:ion|ions|ed)?\b",
            within=r"\b(?:section|s)\.? ?1[24]\b",
            but=r"\bnot an? exemption\b|\bexemption review\b",
        ),
        types=COST | {LetterType.VEXATIOUS, LetterType.REPEATED},
        regimes=FOIA,
    ),
    Rule(
        "L-27",
        "reliance",
        Severity.ERROR,
        "it does not say that section 14(1) is relied on",
        "Write 'We rely on section 14(1) of the Act'.",
        unless(lambda reading: reading.cites("14(1)")),
        types=frozenset({LetterType.VEXATIOUS}),
        regimes=FOIA,
    ),
    Rule(
        "L-27",
        "calls the person vexatious",
        Severity.ERROR,
        "the request can be vexatious, the person never",
        "Write 'the request is vexatious'.",
        wording(
            r"\b(?:you are|you're|you have been|he is|she is|your (?:behaviour"
            r"|conduct) is) (?:being )?(?:\w+ )?vexatious\b|\bvexatious (?:requester|applicant|person|individual"
            r"|complainant|correspondent|campaigner)\b|\b(?:deem|consider|regard|find|declar)\w* (?:you|him|her"
            r"|them)\b(?! request)[^.']{0,20}\bvexatious\b"
        ),
        types=frozenset({LetterType.VEXATIOUS, LetterType.REPEATED}),
    ),
    Rule(
        "L-28",
        "earlier request",
        Severity.ERROR,
        "the earlier request is not named by date or reference",
        "Give its reference and the date it was answered.",
        unless(
            lambda reading: reading.says(
                r"\b(?:earlier|previous|first|last|original|same|identical|similar)\b",
                rf"{DATE}|\b(?:ref\w*|FOI|no\.?|number)\b[^A-Za-z]{{0,8}}\w*\d|\b\d{{3,6}}/\d\d\b",
            )
        ),
        types=frozenset({LetterType.REPEATED}),
    ),
    Rule(
        "L-28",
        "earlier refusal",
        Severity.ERROR,
        "only a request that was complied with counts; after a refusal, section 14(2) tells what the refusal protected",
        "Answer it again in the same way.",
        _after_ncnd,
        types=frozenset({LetterType.REPEATED}),
    ),
)
"""The rules for these refusals."""
