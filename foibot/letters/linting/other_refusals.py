"""Refusals because of publication, outcomes of reviews, and the rights of the other laws (L-34 to L-40); no I/O."""

from __future__ import annotations

from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import (
    WITHHOLDING,
    LetterType,
)
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import (
    FOISA,
    REGULATIONS,
    Rule,
    lacking,
    unless,
    wording,
)
from foibot.letters.linting.statements import says_held
from foibot.letters.linting.withholding import weighs_disclosure


def _has_pointer(reading: Reading) -> bool:
    return reading.says(
        r"\bhttps?://\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:gov|police|org|co)\.uk\b|\blibrary\b|\bpage \d+"
        r"|\bregister (?:at|of|kept)\b|\bpublication scheme\b"
    )


OTHER_REFUSALS: Final = (
    Rule(
        "L-34",
        "held",
        Severity.ERROR,
        "section 21 applies only to information that is held",
        "Say that the information is held.",
        unless(says_held),
        types=frozenset({LetterType.ACCESSIBLE}),
    ),
    Rule(
        "L-34",
        "where it is",
        Severity.ERROR,
        "the place where the information is to be found is missing",
        "Give the exact link or place.",
        unless(_has_pointer),
        types=frozenset({LetterType.ACCESSIBLE}),
    ),
    Rule(
        "L-35",
        "intention",
        Severity.ERROR,
        "it does not say that publication was intended before the request came",
        "Say that the intention to publish is older than the request.",
        lacking(
            r"\b(?:intend\w*|intention|plan(?:s|ned)?|schedul\w+|due to be published|will be published"
            r"|publish\w*)\b[^.]{0,160}\b(?:before|prior|already|at the time|when (?:you|your|we received)|pre-?dat\w+"
            r"|older|previously)\b|\b(?:before|prior to|at the time|already|when)\b[^.]{0,160}\b(?:intend\w*|intention"
            r"|plan(?:s|ned)?|schedul\w+)\b"
        ),
        types=frozenset({LetterType.FUTURE_PUBLICATION}),
    ),
    Rule(
        "L-35",
        "reasonable",
        Severity.ERROR,
        "it does not say why it is reasonable to wait",
        "Say why it is reasonable in all the circumstances to wait for publication.",
        lacking(r"\breasonable\b"),
        types=frozenset({LetterType.FUTURE_PUBLICATION}),
    ),
    Rule(
        "L-35",
        "public interest",
        Severity.ERROR,
        "section 22 is qualified, and the public interest is not weighed",
        "Give factors for and against disclosure now.",
        unless(weighs_disclosure),
        types=frozenset({LetterType.FUTURE_PUBLICATION}),
    ),
    Rule(
        "L-35",
        "decided after",
        Severity.ERROR,
        "publication that was decided because of the request is outside section 22",
        "Rely on section 22 only if the intention is older.",
        wording(
            r"\b(?:following|because of|as a result of|in (?:the )?light of|since) (?:your|this"
            r"|the) request\b[^.]{0,80}\b(?:publish|publication|decided)\w*|\b(?:have now|now) decided to publish\b"
        ),
        types=frozenset({LetterType.FUTURE_PUBLICATION}),
    ),
    Rule(
        "L-36",
        "outcome",
        Severity.ERROR,
        "it does not say whether the decision is upheld",
        "Say 'upheld', 'upheld in part' or 'overturned', ground by ground.",
        lacking(
            r"\b(?:uph[eo]ld\w*|overturn\w*|revers\w+|revis\w+|agree\w* with|maintain\w*|stands?|modif\w+|substitut\w+"
            r"|allow(?:ed)?|correct\w*|original (?:decision|response))\b"
        ),
        types=frozenset({LetterType.REVIEW_OUTCOME}),
    ),
    Rule(
        "L-36",
        "another reviewer",
        Severity.WARNING,
        "it does not say that the reviewer took no part in the decision",
        "Say who reviewed, and that they took no part in the decision.",
        lacking(
            r"\b(?:not|no|neither|never)\b[^.]{0,40}\b(?:involved|involvement|part|dealt)\b|\bindependent\w*|\bfresh\b"
            r"|\bsomebody else\b|\banother officer\b|\bmore senior\b|\bsenior (?:officer|manager)\b|\bunconnected\b"
            r"|\bimpartial\w*"
        ),
        types=frozenset({LetterType.REVIEW_OUTCOME}),
    ),
    Rule(
        "L-36",
        "second review",
        Severity.ERROR,
        "a review has one stage, and here a second is offered",
        "After the review comes the regulator.",
        wording(
            r"\b(?:further|second|another) (?:internal )?review\b|\bask (?:us )?for (?:an"
            r"|another) (?:internal )?review\b|\bstage (?:two|2)\b",
            after=r"\bno\b[^.]{0,20}$",
            but=r"\b(?:no|not) (?:a )?(?:further|second|another)\b",
        ),
        types=frozenset({LetterType.REVIEW_OUTCOME}),
    ),
    Rule(
        "L-37",
        "representations",
        Severity.ERROR,
        "the right to make representations under regulation 11 is missing",
        "Say that representations may be made within 40 working days.",
        unless(lambda reading: reading.rights.review),
        types=WITHHOLDING | {LetterType.NOT_HELD},
        regimes=REGULATIONS,
    ),
    Rule(
        "L-37",
        "enforcement",
        Severity.ERROR,
        "the right to apply to the regulator (regulation 18) is missing",
        "Name it, with the regulator's particulars.",
        unless(lambda reading: reading.rights.regulator),
        types=WITHHOLDING | {LetterType.NOT_HELD},
        regimes=REGULATIONS,
    ),
    Rule(
        "L-37",
        "at discretion",
        Severity.ERROR,
        "the review is a right under regulation 11",
        "Leave the discretion out.",
        wording(
            r"\b(?:at|in) (?:our|its|the \w+'?s?) (?:sole |absolute )?discretion\b|\bdiscretionary review\b|\bno obligation to review\b"
        ),
        regimes=REGULATIONS,
    ),
    Rule(
        "L-39",
        "rights",
        Severity.ERROR,
        "the rights of section 19 (review under section 20, application under section 47) are missing",
        "Give both, with the Scottish Information Commissioner's address.",
        unless(
            lambda reading: (
                reading.says(r"\breview\b")
                and reading.says(r"\bScottish Information Commissioner\b|\bCommissioner\b")
            )
        ),
        types=WITHHOLDING | {LetterType.NOT_HELD},
        regimes=FOISA,
    ),
    Rule(
        "L-39",
        "regulator of another country",
        Severity.ERROR,
        "the regulator of Scottish authorities is the Scottish Information Commissioner",
        "Take the other regulator's address out.",
        wording(r"\bico\.org\.uk\b|\bWycliffe House\b|\bSK9 5AF\b|\bICO\b"),
        regimes=frozenset({"foisa", "eisr"}),
    ),
    Rule(
        "L-40",
        "rights after a review",
        Severity.ERROR,
        "the rights under sections 47(1) and 56 are missing",
        "Name both.",
        unless(lambda reading: reading.cites("47", "47(1)") and reading.cites("56")),
        types=frozenset({LetterType.REVIEW_OUTCOME}),
        regimes=FOISA,
    ),
)
"""The rules for these letters."""
