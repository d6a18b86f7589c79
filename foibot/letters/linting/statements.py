"""What a letter says about holding, giving and keeping back, outright and not in passing; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.reading import Match, Reading, ignoring_case

NEITHER: Final = (
    r"\bneither (?:be able to |to )?(?:confirm|verify)\w*,? ?(?:n?or)\b[^.]{0,20}?\bden(?:y|ies|ying)\b"
    r"|\bneither confirms?\b|\bnot (?:in a position to |able to |obliged to |required to |going to )?"
    r"(?:either )?confirm(?:ing)?,? n?or (?:to )?deny(?:ing)?\b"
    r"|\b(?:cannot|can't|unable to|refus\w+ to|declin\w+ to|decid\w+ not to"
    r"|exclud\w+ from) (?:either )?(?:confirm|say),? ?n?or (?:to )?deny\b"
    r"|\b(?:duty|obligation|requirement)\b[^.]{0,60}\bconfirm(?:ing)? or (?:to )?deny\b[^.]{0,80}\b(?:does"
    r"|do) not (?:arise|apply)"
    r"|\b(?:refus\w+|declin\w+|cannot|unable|will not)\b[^.]{0,30}\b(?:say|state|confirm|tell you)\b[^.]{0,20}\bwhether or not\b"
)
"""The ways of saying that one neither confirms nor denies."""

NOT_HELD: Final = (
    r"\b(?:do|does|did) not (?:currently )?(?:(?:hold|possess|record)\b|have (?:any|this|such|that|records?"
    r"|information|data|recorded)\b(?! objection))|\b(?:is|are|was|were) not (?:held|recorded)\b"
    r"|\bno (?:recorded |relevant |such )?(?:information|records?|data|documents?)\b[^.]{0,60}\b(?:is|are|was"
    r"|were) (?:held|found|recorded)\b"
    r"|\bholds? no\b|\bno information held\b|\bnot held\b|\bhas no (?:recorded |relevant )?(?:information|records?)\b"
)
"""The ways of saying that information is not held."""

HELD: Final = (
    r"\b(?:we|i|police|constabulary|council|authority|trust|university|department|service|force|office"
    r"|organisation|college|agency)"
    r" (?:can confirm that (?:we|it|the \w+) |does |do |also |already )?(?:holds?|held)\b(?! no\b)"
    r"|\b(?:is|are|was|were|being) (?:indeed )?held\b|\bhas been (?:located|identified|found)\b"
    r"|\binformation (?:that )?(?:we|it) holds?\b"
    r"|\bheld by (?:us|the|this)\b|\bholding (?:the|this|some)\b|\bin our possession\b"
)
"""The ways of saying that information is held."""

_HYPOTHETICAL: Final = (
    r"\b(?:whether|if|were|would|neither|nor|unless|may|might|either|suppos\w+|assum\w+"
    r"|(?:confirming|denying|deny|saying|stating|confirmation|denial|indication|inference|suggest\w*|imply|mean"
    r"|taken as|statement|to say|to state)\b[^;]{0,80}\bthat|(?:not|never|cannot)\b[^;]{0,40}\bthat)\b"
)

_SUPPLIES: Final = (
    r"\bfind (?:\w+ ){0,6}(?:attached|enclosed|below)\b|\b(?:is|are) (?:attached|enclosed|as follows)\b"
    r"|\b(?:i|we)(?: have| are| am|'m|'re| can| will| also| now| therefore){0,3} "
    r"(?:attach|enclos|provid|disclos|releas|suppl|giv|shar)(?:e|es|ed|ing|y|ied|ying)\b(?! (?:reasons"
    r"|the reasons|advice|an explanation|a review|you (?:the )?reasons|up|details of|no|neither|evidence|your))"
    r"|\b(?:is|are) (?:being )?(?:disclosed|released|provided|supplied|given|set out|shown|listed)"
    r" (?:to you|in full|with this|below|in (?:the|an?) (?:attached|table|appendix|annex|spreadsheet|enclosed))\b"
    r"|\b(?:table|list|copy|copies|spreadsheet|documents?|figures?|answers?|information)\b[^.]{0,40}\b(?:is"
    r"|are) (?:attached|enclosed|below)\b"
    r"|\byou (?:receive|will find)\b[^.]{0,40}\b(?:with this|below|attached|enclosed)\b"
    r"|\bcan confirm that (?:there|the (?:number|total|cost|figure))\b"
    r"|\b(?:and|therefore|hereby|now) (?:disclose|provide|release|supply|enclose|attach) (?:it|them|this|the|these)\b"
    r"|^(?:questions?|parts?|points?|items?|Q) ?\d{1,2}\s?[:.)–-]\s(?![^.]{0,200}\b(?:withh\w+|exempt\w*"
    r"|refus\w+|not h[eo]ld|neither|we hold)\b)\S"
    r"|\battached (?:is|are|you will find|spreadsheet|document|table|file|to this)\b|\b(?:here is|here are) (?:the|what|our)\b"
    r"|\b(?:answer|response|figure|total|number)\b[^.]{0,30}\b(?:is|was) (?:£ ?)?\d"
)

FIGURES: Final = (
    r"\b(?:there (?:is|are|were|was|have been)|(?:we|council|police|force|trust|university|department|it|service)"
    r" (?:\w+ )?(?:mended|issued|recorded|spent|paid|made|had|cost|costs|employed|held|carried out|bought"
    r"|sold))\b (?!no\b)[^.]{0,40}?"
    r"(?:£ ?)?\d[\d,.]*\b(?! (?:working|hours|days|months|January|February|March|April|May|June|July|August"
    r"|September|October|November|December))"
)

_NOT_GIVEN: Final = (
    r"\b(?:not|cannot|unable|nothing|neither|no)\b[^.,;]{0,20}$|\b(?:what|how|when|before) $"
)

_KEEPS_BACK: Final = (
    r"\bwithh(?:eld|old|olding)\b|\bexempt\w*\b(?! (?:may|might|could)\b)|\bredact\w*|\brefus(?:e|es|ed|ing"
    r"|al)\b|\bexceptions?\b"
    r"|\b(?:cannot|not able to|unable to|will not|are not|have decided not to|(?<!need )not) (?:provide"
    r"|disclose|release|supply|give|giving|disclosing|releasing)\b(?! (?:us|me|reasons|more))|\b(?:been removed"
    r"|left out)\b"
)


def hypothetical(before: str) -> bool:
    """Whether what stands before a statement makes it none: "whether", "if", "deny that"."""
    return ignoring_case(_HYPOTHETICAL).search(before) is not None


def says_firmly(reading: Reading, pattern: str) -> Iterator[Match]:
    """The places where something is said outright, neither supposed nor denied nor about silence."""
    for match in reading.find_bare(pattern):
        silent = ignoring_case(NEITHER).search(match.sentence.text)
        if not silent and not hypothetical(match.before):
            yield match


def says_not_held(reading: Reading) -> bool:
    """Whether it says outright that something is not held."""
    return any(says_firmly(reading, NOT_HELD))


def says_held(reading: Reading) -> bool:
    """Whether it says outright that something is held."""
    return any(says_firmly(reading, HELD))


def says_whether_held(reading: Reading) -> bool:
    """Whether it tells if the information is held, or relies on section 12(2), which frees it of that."""
    return reading.says(HELD) or reading.says(NOT_HELD) or reading.cites("12(2)")


def supplies(reading: Reading) -> bool:
    """Whether it says outright that something is given."""
    return any(
        not ignoring_case(_NOT_GIVEN).search(match.before)
        for match in says_firmly(reading, _SUPPLIES)
    )


def keeps_back(reading: Reading) -> bool:
    """Whether it says outright that something is kept back or left out."""
    return any(says_firmly(reading, _KEEPS_BACK))
