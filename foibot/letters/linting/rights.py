"""Finds in a letter how to ask for a review, and how to apply to the regulator (rules L-06, L-07); no I/O.

One mailbox must not pass for both, so each address belongs to the last of the two that was named.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto, unique
from functools import lru_cache
from typing import Final

from foibot.letters.linting.passages import Passage, Sentence

SIGN_OFF: Final = re.compile(
    r"(?:yours (?:sincerely|faithfully|truly)|kind regards|with (?:kind|best) (?:regards|wishes)"
    r"|best (?:regards|wishes)|regards|sincerely)\b",
    re.IGNORECASE,
)
_REVIEW: Final = re.compile(
    r"\b(?:internal )?reviews?\b(?! (?:all|the published))|\breconsider\w*|\bre-?examin\w+|\bappeal\w*"
    r"|\bcomplaints? (?:procedure|about|to us|should|team)\b"
    r"|\bcomplain (?:to us|about|by)\b|\bright to complain$|\brepresentations\b"
    r"|\blook(?:ed)? (?:at )?(?:(?:it|this|that|our|the|your)\b[^.]{0,30} )?(?:again|afresh)\b",
    re.IGNORECASE,
)
_NO_REVIEW: Final = re.compile(
    r"\b(?:no|not have an?) (?:internal )?(?:review|complaints?) procedure\b", re.IGNORECASE
)
_REGULATOR: Final = re.compile(
    r"(?<!Crime )\bCommission(?:er)?(?:['’]s)?\b|\bICO\b|\bsections? (?:50|47)\b|\bs\.?\s?(?:50|47)\b",
    re.IGNORECASE,
)
_NAMED_REGULATOR: Final = re.compile(r"(?<!Crime )\bCommission(?:er)?\b|\bICO\b", re.IGNORECASE)
_REGULATORS_OWN: Final = re.compile(
    r"ico\.org\.uk|foi\.scot|itspublicknowledge\.info|SK9 ?5AF|KY16 ?9DS|0303 ?123 ?1113|01625 ?545 ?\d{3}|01334 ?464 ?610",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"[^\s@<>()\[\]:,;]{1,64}@[^\s@<>()\[\],;]{2,250}|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
    r"|\b(?:https?://|www\.)[^\s<>()]{3,300}|\b\d{4} ?\d{3} ?\d{4}\b|\b[a-z0-9.-]{2,60}\.(?:org|gov|police)\.uk\b"
)
_TELEPHONE: Final = re.compile(r"\d{4} ?\d{3} ?\d{4}")
_ELSEWHERE: Final = re.compile(
    r"\breply(?:ing)? to this (?:email|e-mail|message|letter)\b|\b(?:details|address"
    r"|email)\b[^.]{0,30}\b(?:below|at the (?:foot|end|head|top) of this letter|on this letter)\b"
    r"|\b(?:write|writing) (?:back )?to me\b|\bcontact me\b",
    re.IGNORECASE,
)
_PERIOD: Final = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)?|two|three|six|eight|twenty|forty|sixty)[ -](?:\(?\d{1,3}\)? )?(?:working "
    r"|calendar )?(?:days?|weeks?|months?)\b",
    re.IGNORECASE,
)
_TARGET: Final = re.compile(
    r"\b(?:aim|respond|reply|answer|complete|carry out|decide|deal with|conduct|expect|notify|let you know"
    r"|tell you|outcome|result|response|carried out)\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\b(?:ask|request|write|contact|email|apply)\b(?!.*\b(?:will|aim)\b)", re.IGNORECASE
)
_CLAUSE: Final = re.compile(r"[,;:] ")


@unique
class _About(Enum):
    NOTHING = auto()
    REVIEW = auto()
    REGULATOR = auto()


@dataclass(slots=True)
class Rights:
    """What a letter says about both rights. `review_by` means that it says until when to ask."""

    review: bool = False
    no_review: bool = False
    review_contact: bool = False
    review_by: bool = False
    review_target: bool = False
    regulator: bool = False
    regulator_contact: bool = False
    _about: _About = field(default=_About.NOTHING)
    _replies: bool = False
    _ours: set[str] = field(default_factory=set)
    _perhaps_regulators: list[str] = field(default_factory=list)

    @property
    def both(self) -> bool:
        """Whether both are told of, or that there is no procedure for a review."""
        return (self.review or self.no_review) and self.regulator


def before_rights(passages: tuple[Passage, ...]) -> int:
    """The line on which the rights begin to be explained: there the decision has ended."""
    half = len(passages) // 2
    for at, passage in enumerate(passages):
        # A summary at the head of a letter may name the rights in passing.
        if at > 2 and (passage.is_heading or at >= half) and _BEGINS.match(passage.text):
            return passage.lines[0]
    return sys.maxsize


_BEGINS: Final = re.compile(
    r"(?:if you (?:are|remain|feel|think|disagree|wish to complain|want to complain)\b.{0,60}?\b(?:satisfied"
    r"|happy|dissatisfied|disagree|content|answer|decision|response|complain\w*|wrong)"
    r"|should you (?:disagree|be (?:dis|un)|wish to)|(?:your )?(?:complaint|appeal|review)s?(?: rights?"
    r"| procedure)?$|your rights?(?: of (?:appeal|review))?$|(?:your )?right to (?:complain|appeal|review|request)"
    r"|how to (?:complain|appeal)|internal review$|what (?:you can do )?if you)",
    re.IGNORECASE,
)


def rights_in(sentences: tuple[Sentence, ...], *, in_mail: bool) -> Rights:
    """Read both rights out of a letter, sentence by sentence.

    A mail can be answered: there, "reply to this email" is an address.
    """
    found = Rights()
    loose = False
    for sentence in sentences:
        if SIGN_OFF.match(sentence.text) and len(sentence.text) < 200:
            found._about = _About.NOTHING
        loose = _read(found, sentence) or loose
    if found._replies and (loose or in_mail):
        found.review_contact = True
    # After the regulator was named, the letter may come to speak of how to reach ourselves.
    theirs = [each for each in found._perhaps_regulators if _where(each) not in found._ours]
    found.regulator_contact |= bool(theirs)
    return found


def _read(found: Rights, sentence: Sentence) -> bool:
    """Read one sentence; say whether it has a contact that belongs to neither right."""
    text = sentence.text
    signs = _signs_in(text)
    found.review |= signs.review
    found.regulator |= signs.named_regulator
    found.no_review |= signs.no_review
    found._replies |= signs.elsewhere
    loose = False
    if signs.review and not signs.regulator:
        # "Write to foi@... if you want this looked at again": the address comes first.
        found._about = _About.REVIEW
    for what, words in signs.in_order:
        if isinstance(what, _About):
            found._about = what
        elif _REGULATORS_OWN.search(words):
            found.regulator_contact = True
        else:
            loose |= found._about is _About.NOTHING
            found.review_contact |= found._about is _About.REVIEW and _reaches(words)
            if found._about is not _About.REGULATOR:
                found._ours.add(_where(words))
            elif not _TELEPHONE.fullmatch(words):
                # Nobody applies for a decision by telephone.
                found._perhaps_regulators.append(words)
    if found._about is _About.REVIEW or signs.review:
        _read_periods(found, text)
    return loose


def _reaches(contact: str) -> bool:
    # A telephone number or a website alone is not where a request for a review is sent.
    return "@" in contact or re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}", contact) is not None


def _where(contact: str) -> str:
    """The place a contact leads to: all addresses and pages of one domain are one authority's."""
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", contact.rpartition("@")[2].lower())
    return bare.partition("/")[0].rstrip(".")


@dataclass(frozen=True, slots=True)
class _Signs:
    """What of both rights stands in a sentence, whatever stands before it.

    `in_order` is what it names of the two, and how each can be reached, as the words stand in it.
    """

    review: bool
    no_review: bool
    regulator: bool
    named_regulator: bool
    elsewhere: bool
    in_order: tuple[tuple[_About | str, str], ...]


# Letters share nearly all of their sentences; as many as all templates have are remembered.
@lru_cache(2048)
def _signs_in(text: str) -> _Signs:
    marks = sorted(_landmarks(text), key=lambda each: each[1].start())
    return _Signs(
        review=_REVIEW.search(text) is not None,
        no_review=_NO_REVIEW.search(text) is not None,
        regulator=_REGULATOR.search(text) is not None,
        named_regulator=_NAMED_REGULATOR.search(text) is not None,
        elsewhere=_ELSEWHERE.search(text) is not None,
        in_order=tuple((what, match.group()) for what, match in marks),
    )


def _landmarks(text: str) -> Iterator[tuple[_About | str, re.Match[str]]]:
    for match in _REVIEW.finditer(text):
        yield _About.REVIEW, match
    for match in _REGULATOR.finditer(text):
        yield _About.REGULATOR, match
    for match in _REGULATORS_OWN.finditer(text):
        yield "own", match
    for match in _CONTACT.finditer(text):
        yield "contact", match


def _read_periods(found: Rights, text: str) -> None:
    for match in _PERIOD.finditer(text):
        before = text[: match.start()][-60:]
        asked_by = _ASKS.search(_CLAUSE.split(before)[-1])
        if _TARGET.search(before) and not asked_by:
            found.review_target = True
        else:
            found.review_by = True
