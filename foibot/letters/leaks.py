"""Wording that gives away whether information is held, as patterns with the reason for each; no I/O.

The patterns are read over one paragraph at a time, on one line, upper and lower case alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Leak:
    """One way to give the answer away, by the rule's id; `only_warns` if an officer may dismiss it."""

    rule: str
    pattern: re.Pattern[str]
    why: str
    only_warns: bool = False


_NOT_WHETHER: Final = r"(?<!nor deny that )(?<!nor deny whether )(?<!whether )(?<!whether or not )"
_HOLDS: Final = r"(?: do| does)?(?: not)? holds?\b"


def _leak(rule: str, why: str, pattern: str, *, only_warns: bool = False) -> Leak:
    return Leak(rule, re.compile(pattern, re.IGNORECASE), why, only_warns)


def authority_leak(name: str) -> Leak:
    """Give N-20 for the authority's own name: "Example Police holds", "Example Police does not hold"."""
    return _leak("N-20", _SAYS_HELD, rf"{_NOT_WHETHER}\b{re.escape(name)}{_HOLDS}")


_SAYS_HELD: Final = "it says that the information is, or is not, held"

LEAKS: Final = (
    _leak(
        "N-20",
        _SAYS_HELD,
        rf"{_NOT_WHETHER}\b(?:we|the (?:force|police|council|authority|constabulary)"
        rf"|[A-Z]\w+ (?:Police|Constabulary|Council)){_HOLDS}|\bcan confirm\b"
        r"|\b(?:no|some|relevant) (?:relevant )?information (?:is|was) (?:not )?held\b",
    ),
    _leak(
        "N-21",
        "it tells of a search, and so of what was or was not found",
        r"\b(?:search(?:es)?|enquir(?:y|ies)) (?:was|were|has been|have been) "
        r"(?:conducted|carried out|undertaken|made)\b"
        r"|\b(?:located|retrieved|identified) (?:the|relevant|some) ",
    ),
    _leak(
        "N-22",
        "it speaks as if information were being given",
        r"\b(?:enclosed|attached|attachments?|please find)\b|\breleased? the\b",
    ),
    _leak(
        "N-23",
        "keeping information back says that there is some",
        r"\bwithh(?:old|eld)\w*|\bredact\w*|\bexempt from disclosure\b"
        r"|\bunable to (?:provide|release|supply|disclose)\b",
    ),
    _leak(
        "N-24",
        "it takes for granted that the information exists; write 'if it were held' or 'any'",
        r"\b(?:this|such|the requested) information (?:would|may|will|could|is|was)\b",
        only_warns=True,
    ),
    _leak(
        "N-25",
        "'other' information implies that there is some; it belongs in a partial answer only",
        r"\bany other information\b",
        only_warns=True,
    ),
    _leak(
        "N-26",
        "only one of the two answers is weighed; write 'confirming or denying'",
        r"\bfavours? (?:disclosure|releas\w+|confirming (?!or |nor )|confirmation (?!or |nor ))",
    ),
    _leak(
        "N-27",
        "what is weighed is disclosing whether the information is held",
        r"\bpublic interest in (?:disclosing|releasing) the information\b",
        only_warns=True,
    ),
    _leak(
        "N-28",
        "the conclusion is upside down: it finds for confirming",
        r"\bbalance test for confirm[^.]*\bis made out\b",
    ),
    _leak(
        "N-29",
        "an exemption for keeping information back asserts that it is held",
        r"\bsection (?:23\(1\)|24\(1\)|30\([12]\)|40\([12]\)|41\(1\)|42\(1\)|43\([12]\))",
    ),
    _leak(
        "N-31",
        "cost presupposes that there is something to find",
        r"\bappropriate limit\b|£\s?\d|\b\d+ hours\b",
    ),
    _leak(
        "N-32",
        "sending the requester elsewhere says that it is not held here",
        r"\bmay be held by\b|\byou may wish to contact (?!us)"
        r"|\btransfer(?:red)? (?:your|the) request\b",
    ),
    _leak(
        "N-33",
        "the harm must come from confirming or denying, not from giving information",
        r"\b(?:impact of providing|disclosure of (?:the|this)|any release"
        r"|providing (?:the )?information|information (?:that|which) is released)\b",
        only_warns=True,
    ),
    _leak(
        "N-34",
        "the duty is to say whether information is held, not what",
        r"\bconfirm what information is held\b",
        only_warns=True,
    ),
    _leak(
        "N-35",
        "the threat level changes; a letter that names it is soon wrong",
        r"\bthreat level\b",
        only_warns=True,
    ),
    _leak("L-06", "the review address has to stand in the letter", r"\bat the above address\b"),
    _leak(
        "L-12",
        "a placeholder or an empty link was left in",
        r"\]\(#\)|\{\{|\bTBC\b|\bXX+\b|(?-i:\[[A-Z _]{3,60}\])",
    ),
)
"""Every leak that can be told from the words alone."""
