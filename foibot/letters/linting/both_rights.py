"""The right to a review and the right to apply to the regulator, told in full (L-06 to L-08); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    DECIDING,
    REFUSALS,
    LetterType,
)
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import (
    Hit,
    Rule,
    unless,
    wording,
)


def _rights_concern(reading: Reading) -> bool:
    return reading.whole or reading.ordered is not None or reading.rights.review


def _review_to_come(reading: Reading) -> bool:
    """Whether a review can still be asked for: after its outcome there is none (L-36)."""
    return reading.letter_type is not LetterType.REVIEW_OUTCOME


def _review_missing(reading: Reading) -> Iterator[Hit]:
    found = reading.rights
    if found.no_review:
        return
    if not found.review:
        yield Hit(1, "", "how to ask for an internal review is missing")
        return
    lacking = []
    if not found.review_contact:
        lacking.append("an address to send it to")
    if not found.review_by:
        lacking.append("until when it can be asked for")
    if lacking:
        at = next(
            reading.find(
                r"\b(?:internal )?review\b|\bre-?examin\w+|\breconsider\w*|\bcomplain\w*|\bappeal"
            ),
            None,
        )
        yield Hit(
            at.line if at else 1,
            "",
            f"how to ask for an internal review lacks {' and '.join(lacking)}",
        )


def _no_target(reading: Reading) -> bool:
    found = reading.rights
    return found.review_target or found.no_review or not found.review


def _regulator_missing(reading: Reading) -> Iterator[Hit]:
    found = reading.rights
    at = next(reading.find(r"\bCommissioner\b|\bICO\b|\bInformation Commission\b"), None)
    if not found.regulator:
        yield Hit(1, "", "the right to apply to the regulator is missing")
    elif not found.regulator_contact:
        yield Hit(
            at.line if at else 1,
            at.text if at else "",
            "the regulator is named without an address, email or link",
        )


def _right_unnamed(reading: Reading) -> bool:
    if reading.regime in {"foisa", "eisr"}:
        return reading.cites("47", "47(1)")
    return reading.cites("50", "50(1)", "18") or reading.says(
        r"\b(?:apply|application)\b[^.]{0,80}\bCommission(?:er)?\b[^.]{0,80}\bdecision\b|\bdecision\b[^.]{0,60}\bCommission(?:er)?\b"
    )


def _old_regulator(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\bcasework@ico\.org\.uk|\bmail@ico\.gsi\.gov\.uk|\bdataprotection\.gov\.uk"
        r"|\bWycliffe House[^.]{0,60}SK9 5A[A-EG-Z]|\bInformation Tribunal\b|\bData Protection (?:Commissioner"
        r"|Registrar)\b"
    )(reading)


def _above(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\b(?:at|to) the (?:above|address above|address (?:given |shown )?at the (?:top|head))(?: address)?\b|\bthe above address\b"
    )(reading)


def _several_stages(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        r"\b(?:first|second|initial|final|further|next) stage\b|\bstage (?:one|two|three|1|2|3)\b"
        r"|\bfollowed the (?:\w+ )?full process\b|\bfull (?:complaints? )?process\b|\bexhausted (?:the|our"
        r"|all) \w+ stages\b|\bre-examination of your request\b",
        but=r"\b(?:has|have|is|only) (?:only )?(?:one|a single|single) stage\b|\bsingle[- ]stage\b",
    )(reading)


BOTH_RIGHTS: Final = (
    Rule(
        "L-06",
        "review",
        Severity.ERROR,
        "how to ask for an internal review is missing",
        "Give the email and postal address, until when to ask (40 working days), who decides and by when; "
        "or say that there is no procedure.",
        _review_missing,
        types=REFUSALS,
        concerns=lambda reading: _rights_concern(reading) and _review_to_come(reading),
        defects=("D-08",),
        passed="tells how to ask for an internal review, where and by when",
    ),
    Rule(
        "L-06",
        "address above",
        Severity.ERROR,
        "the review address has to stand in the letter",
        "Write the address where the right is explained.",
        _above,
        types=REFUSALS,
        defects=("D-08",),
    ),
    Rule(
        "L-06",
        "review target",
        Severity.NOTE,
        "by when a review is answered is not said",
        "Write 'We aim to tell you the result within 20 working days'.",
        unless(_no_target),
        types=REFUSALS,
        concerns=lambda reading: reading.whole and _review_to_come(reading),
    ),
    Rule(
        "L-06",
        "one stage",
        Severity.WARNING,
        "the wording suggests a review in several stages, or is unclear; a review has one stage",
        "Write 'You can ask us for an internal review of this decision'.",
        _several_stages,
        types=DECIDING,
        defects=("D-33",),
    ),
    Rule(
        "L-07",
        "regulator",
        Severity.ERROR,
        "the right to apply to the regulator, with the particulars, is missing",
        "Name the right (section 50 of the Act) and give the regulator's name, address, email and link.",
        _regulator_missing,
        types=REFUSALS | {LetterType.REVIEW_OUTCOME},
        concerns=_rights_concern,
        defects=("D-07",),
        passed="tells of the right to apply to the regulator, with the particulars",
    ),
    Rule(
        "L-07",
        "right named",
        Severity.WARNING,
        "the right to apply to the regulator is not named as what it is",
        "Write 'Under section 50 of the Act you may apply to the regulator for a decision' "
        "(in Scotland: section 47).",
        unless(_right_unnamed),
        types=REFUSALS | {LetterType.REVIEW_OUTCOME},
        concerns=lambda reading: _rights_concern(reading) and reading.rights.regulator,
        defects=("D-07",),
    ),
    Rule(
        "L-08",
        "old particulars",
        Severity.WARNING,
        "the regulator's name or address is out of date",
        "Take them from the configuration, where they carry the day they were checked.",
        _old_regulator,
    ),
)
"""The rules for both rights."""
