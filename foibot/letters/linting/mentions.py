"""Tells the provisions a letter relies on from those it only mentions; no I/O."""

from __future__ import annotations

from typing import Final

from foibot.letters.linting.citing import Cited, Law
from foibot.letters.linting.reading import Reading, ignoring_case

_MENTIONED: Final = (
    r"\b(?:by reference to|by virtue of the matters|matters?(?: (?:listed|set out|mentioned|specified|described"
    r"|covered))? (?:in|under|at)"
    r"|(?:listed|described|specified|mentioned|set out|contained|referred to|covered) (?:in|at|by)|meaning of"
    r"|purposes? (?:of|in|under)"
    r"|interests? (?:in|under|protected by|listed in)|limbs?(?: of| in| at)?|prejudice(?: to)?|engages? the"
    r"|class (?:described )?(?:in|of)"
    r"|in terms of|as defined (?:in|by)|which (?:is|are) in)"
    r"(?: the)?(?: (?:sections?|s\.?|and|or|,|\d+\(\d\)(?:\([a-z]\))?))*\s?$"
)

_NOT_RELIED: Final = r"\b(?:not|nor|neither|never)\b[^.]{0,40}\b(?:rel(?:y|ied|ying)|claim\w*|appl(?:y|ied|ies)|engaged|cit\w+|use[sd]?)\b"


def is_only_mentioned(each: Cited) -> bool:
    """Whether a provision is named without being relied on, as the limb of another or in a denial."""
    if each.law is Law.REGULATIONS or ignoring_case(_NOT_RELIED).search(each.sentence.text):
        return True
    return ignoring_case(_MENTIONED).search(each.before[-160:]) is not None


def is_limb(each: Cited, reading: Reading) -> bool:
    """Whether it is the limb by which a provision that was relied on is explained: 31(1)(a) for 31(3)."""
    named = {provision.exemption.subsection for provision in reading.provisions}
    by_limb = len(each.brackets) > 1 and (each.subsection in named or reading.ordered is not None)
    after = each.sentence.text[each.end : each.end + 120]
    return (
        by_limb
        and not ignoring_case(_CLAIMED).search(each.before[-60:])
        and not ignoring_case(_CLAIMS).match(after)
    )


_CLAIMED: Final = r"\b(?:exempt\w*|withh\w+|refus\w+)\b[^.]*$"
_CLAIMS: Final = (
    r"(?: of (?:the )?(?:Act|FOIA|FOI Act|Freedom of Information Act)(?: 2000)?)?,? (?:also |therefore )?"
    r"(?:exempts (?!\w+ (?:force )?from|.{0,40}\b(?:duty|confirm))|(?:covers|applies to|protects) (?:the|this|that|your) "
    r"(?:requested )?(?:information|data|records?|files?|material)\b)"
)
