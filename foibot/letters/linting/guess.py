"""Tells from its words what type a letter is: the first of many signs that is found; no I/O."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from foibot.letters.linting.by_number import answers_by_number
from foibot.letters.linting.laws import numbers_that_withhold, withholds
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.statements import (
    FIGURES,
    NEITHER,
    keeps_back,
    says_firmly,
    says_not_held,
    supplies,
)

_LATE: Final = (
    r"\b(?:answer|response|reply)\b[^.]{0,20}\b(?:will be|is) (?:late|delayed|overdue)\b|\b(?:sorry|apologi\w+"
    r"|regret)\b[^.]{0,60}\bdelay"
    r"|\bwill not (?:have|receive|be able to)\b[^.]{0,40}\b(?:answer|response|reply|respond)\b"
    r"|\bnot (?:been )?able to (?:respond|answer|reply)\b"
    r"|\b(?:still|continuing to) (?:work\w*|process\w*|deal\w*)\b[^.]{0,30}\brequest\b"
)


def _refuses(reading: Reading) -> bool:
    numbers = numbers_that_withhold(reading.regime)
    relied = withholds(reading) or any(each.number in numbers for each in reading.cited)
    return bool(relied) and keeps_back(reading)


def _decided(reading: Reading) -> bool:
    return supplies(reading) or keeps_back(reading) or says_not_held(reading)


def _about_a_review(reading: Reading) -> bool:
    # Every letter ends with the right to a review; one that is about a review begins with it.
    return replace(reading, sentences=reading.sentences[:12]).says(
        r"\b(?:request for (?:an? |our )?(?:internal )?review|request(?:ed)? (?:that we |us to )?(?:an? )?(?:internal )?review"
        r"|asked (?:us )?(?:to look again|for (?:an? )?(?:internal )?review)|review request|internal review (?:request|of))\b"
    )


def _reviewed(reading: Reading) -> bool:
    done = reading.says(
        r"\b(?:uph[eo]ld|overturn\w*|upholding)\b[^.]{0,60}\b(?:decision|response|complaint|refusal|in part|application|answer)\b"
        r"|\b(?:decision|response|refusal|complaint|answer)\b[^.]{0,40}\b(?:is|was|has been|are|be) (?:partly "
        r"|partially |fully )?(?:upheld|overturned|correct)\b"
        r"|\b(?:i|we) have (?:now )?(?:carried out|conducted|completed|undertaken|concluded|reviewed"
        r"|reconsidered)\b[^.]{0,40}\b(?:review|response|decision|request)\b"
        r"|\breview (?:is|was|has) (?:now )?(?:been )?(?:complete|concluded|carried out|conducted|undertaken)"
    )
    headed = any(
        not ignoring_case(r"\b(?:will|aim|expect|by|when|once|hope|within)\b").search(match.before)
        for match in reading.find(
            r"\b(?:outcome|result|conclusion|findings?|decision) (?:of|on|following) (?:the|your|this|my|our"
            r"|an) (?:request for (?:an )?)?(?:internal )?review\b"
            r"|\binternal review (?:outcome|decision|response|result)\b"
        )
    )
    return (done and (headed or _about_a_review(reading))) or (headed and _decided(reading))


def _review_acknowledged(reading: Reading) -> bool:
    promised = reading.says(
        r"\b(?:aim|will|expect|intend|hope)\b[^.]{0,60}\b(?:result|outcome|respon\w+|reply|answer|decision|review)\b"
    )
    return (
        _about_a_review(reading)
        and promised
        and not keeps_back(reading)
        and not reading.says(NEITHER)
    )


def _neither(reading: Reading) -> bool:
    return reading.says(NEITHER)


def _wants_time(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:need\w*|requir\w*|tak\w+|extend\w*|extension|allow\w*)\b[^.]{0,60}\b(?:time|deadline|period|days|limit|longer)\b"
    ) and not reading.says(r"\bdoes not (?:give|allow) us more time\b")


def _extends(reading: Reading) -> bool:
    return _wants_time(reading) and (
        reading.cites("10(3)", "17(2)")
        or (reading.regime in {"eir", "eisr"} and reading.cites("7", "7(1)", "7(3)"))
        or reading.says(
            r"\b(?:extend\w*|extension|need\w*|requir\w*|tak\w+)\b[^.]{0,80}\b(?:time|deadline|period|days|limit|longer)\b",
            r"\bpublic interest\b|\bextend|\bextension",
        )
    )


def _undecided(reading: Reading) -> bool:
    return _extends(reading) and reading.says(
        r"\b(?:not yet|no (?:final )?decision|still consider\w*|yet to)\b|\bneed(?:s|ed)? (?:more|further|additional) time\b"
    )


def _silent(reading: Reading) -> bool:
    return _neither(reading) and not _undecided(reading)


def _weighed_later(reading: Reading) -> bool:
    return reading.cites("17(3)") and reading.says(
        r"\b(?:letter|notice|email) of \d|\b(?:earlier|previous) (?:letter|notice|email)\b|\b(?:told|wrote to"
        r"|informed|notified) you\b"
    )


def _claims(reading: Reading, *provisions: str) -> bool:
    """Whether it cites one of these without "may" or "if": a warning is no decision."""
    return reading.cites(*provisions) and any(
        not ignoring_case(r"\b(?:may|might|could|if|in case)\b[^.]{0,60}$").search(each.before)
        for each in reading.cited
        if {each.number, each.subsection, each.provision} & set(provisions)
    )


def _repeats(reading: Reading) -> bool:
    return _claims(reading, "14(2)") and not _claims(reading, "14(1)")


def _vexes(reading: Reading) -> bool:
    return _claims(reading, "14(1)", "14") and reading.says(r"\bvexatious\b")


_COST: Final = r"\b(?:costs?|appropriate limit|exceed\w*|18 hours|24 hours|£ ?450|£ ?600)\b"


def _costs_to_confirm(reading: Reading) -> bool:
    # Regulation 12(2) is the presumption in favour of disclosure.
    by_act = reading.regime == "foia"
    return (
        by_act
        and _claims(reading, "12(2)")
        and not _claims(reading, "12(1)")
        and reading.says(_COST)
    )


def _costs(reading: Reading) -> bool:
    by_act = reading.regime in {"foia", "foisa"}
    return by_act and _claims(reading, "12", "12(1)", "12(2)") and reading.says(_COST)


def _charges(reading: Reading) -> bool:
    return reading.says(r"\bfees? notice\b") or (
        reading.says(
            r"\b(?:fee|charge|pay(?:ment)?|pay us)\b[^.]{0,40}£ ?\d",
            r"\b(?:charge|fee|please pay|pay|payment)\b(?! for)",
        )
        and reading.says(r"\b(?:please )?pay\b[^.]{0,60}\b(?:by|before|within|cheque|card)\b")
    )


def _lapsed(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:have|has) (?:now |therefore )?(?:been )?(?:closed|lapsed)\b|\bhave (?:now |therefore )?(?:closed"
        r"|treated|withdrawn)\b[^.]{0,20}\brequest\b|\brequest (?:is|as) (?:now )?(?:closed|withdrawn|lapsed)\b"
    )


def _late(reading: Reading) -> bool:
    return reading.says(_LATE) and not _decided(reading)


def _gives_and_refuses(reading: Reading) -> bool:
    return supplies(reading) and _refuses(reading)


def _only(reading: Reading, number: str) -> bool:
    return all(each.number == number for each in withholds(reading))


_ACCESSIBLE: Final = {
    "foia": ("21", "21(1)"),
    "foisa": ("25", "25(1)"),
    "eir": ("6(1)", "6(1)(b)"),
    "eisr": ("6(1)", "6(1)(b)"),
}


def _points_elsewhere(reading: Reading) -> bool:
    provisions = _ACCESSIBLE[reading.regime]
    number = provisions[0].partition("(")[0]
    return _claims(reading, *provisions) and _only(reading, number)


def _publishes_later(reading: Reading) -> bool:
    number = {"foia": "22", "foisa": "27"}.get(reading.regime, "")
    # Research, in the second subsection, is kept for another reason.
    research = reading.cites(f"{number}(2)")
    return _claims(reading, number, f"{number}(1)") and _only(reading, number) and not research


def _transfers(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:transfer|redirect|forward|pass)(?:r?ed|r?ing)?\b[^.]{0,30}\b(?:your|the|this) request\b"
        r"(?! to (?:the|our) (?:\w+ ){0,3}(?:department|team|unit|bureau|branch|division|squad|section|desk|directorate))"
        r"|\brequest\b[^.]{0,80}\b(?:has|have|was) (?:been )?(?:forwarded|passed|transferred|redirected) to\b"
        r"(?! (?:the|our) (?:\w+ ){0,3}(?:department|team|unit|bureau|branch|division|squad|section|desk|directorate))"
        r"|\banother (?:public )?authority (?:does|holds|may)\b"
    )


def _asks(reading: Reading) -> bool:
    by_regulation = reading.regime in {"eir", "eisr"}
    if by_regulation and reading.cites("12(4)(c)", "10(4)(c)"):
        return True
    if _decided(reading):
        return False
    named = reading.cites("9(2)") if by_regulation else reading.cites("1(3)")
    if named or reading.says(_UNCLEAR):
        return True
    # A question is taken for the requester's, so it is looked for in the whole text.
    own = " ".join(reading.document.text.split())
    return ignoring_case(_QUESTION).search(own) is not None


_UNCLEAR: Final = (
    r"\b(?:please|could you|can you|need you to|ask you to|would you)\b[^.]{0,40}\b(?:clarif\w+"
    r"|tell us (?:which|what)|specify|explain)\b"
    r"|\b(?:need|require)\b[^.]{0,40}\b(?:clarification|(?:further|more) (?:information|detail)|to know more)\b"
    r"|\bnot clear (?:to us )?(?:what|which|whether)\b"
)
_QUESTION: Final = (
    r"\b(?:could|can|would|please) you (?:please )?(?:tell us|let us know|clarify|specify|say|confirm) (?:which"
    r"|what|whether)\b|\bdo you mean\b"
)


def _acknowledges(reading: Reading) -> bool:
    received = reading.says(
        r"\backnowledg\w*\b|\b(?:thank you for|have received|received|receipt of)\b[^.]{0,40}\b(?:request|email|enquiry|letter)\b"
    )
    promises = reading.says(
        r"\b(?:will|shall|aim to|should)\b[^.]{0,60}\b(?:respond|reply|answer|response|deal with|process|consider)\w*"
        r"|\blast day\b|\b(?:respond|reply|answer)\w* (?:to you )?(?:by|within)\b"
    )
    return received and promises


def _only_acknowledges(reading: Reading) -> bool:
    return _acknowledges(reading) and not _decided(reading)


_SIGNS: Final[tuple[tuple[LetterType, Callable[[Reading], bool]], ...]] = (
    (LetterType.IN_PARTS, answers_by_number),
    (LetterType.REVIEW_OUTCOME, _reviewed),
    (LetterType.REVIEW_ACKNOWLEDGEMENT, _review_acknowledged),
    (LetterType.NCND, _silent),
    (LetterType.REPEATED, _repeats),
    (LetterType.VEXATIOUS, _vexes),
    (LetterType.COST_TO_CONFIRM, _costs_to_confirm),
    (LetterType.COST, _costs),
    (LetterType.EXTENSION, _extends),
    (LetterType.SECOND_NOTICE, _weighed_later),
    (LetterType.FEES, _charges),
    (LetterType.LAPSE, _lapsed),
    (LetterType.HOLDING, _late),
    (LetterType.ACCESSIBLE, _points_elsewhere),
    (LetterType.FUTURE_PUBLICATION, _publishes_later),
    (LetterType.CLARIFICATION, _asks),
    (LetterType.TRANSFER, _transfers),
    (LetterType.PART, _gives_and_refuses),
    (LetterType.NOT_HELD, lambda reading: says_not_held(reading) and not supplies(reading)),
    (LetterType.REFUSAL, _refuses),
    (LetterType.ACKNOWLEDGEMENT, _only_acknowledges),
    (
        LetterType.DISCLOSURE,
        lambda reading: supplies(reading) or any(says_firmly(reading, FIGURES)),
    ),
    (LetterType.NOT_HELD, says_not_held),
    (LetterType.REFUSAL, keeps_back),
    (LetterType.ACKNOWLEDGEMENT, _acknowledges),
)


def type_of(reading: Reading) -> LetterType:
    """Say what type of letter this is, by the first sign that is found; UNKNOWN if none is."""
    body = replace(reading, sentences=reading.body)
    for letter_type, sign in _SIGNS:
        if sign(body):
            return _how_much(body) if letter_type is LetterType.NCND else letter_type
    return LetterType.UNKNOWN


def checklists_of(reading: Reading, letter_type: LetterType) -> frozenset[LetterType]:
    """The types whose rules apply to a letter of this type: a review may uphold an NCND answer."""
    if letter_type is LetterType.REVIEW_OUTCOME and _neither(reading):
        return frozenset({letter_type, _how_much(reading)})
    return frozenset({letter_type})


_PART: Final = r"\b(?:any )?other (?:relevant )?information\b|\b(?:question|part|point|item)s? \(?[\dA-Za-z]\)?\b"


def _how_much(reading: Reading) -> LetterType:
    """Whether the whole request is neither confirmed nor denied, or one part of it beside an answer."""
    bounded = any(
        ignoring_case(_PART).search(match.sentence.text) for match in reading.find(NEITHER)
    )
    withheld = any(
        ignoring_case(r"\bexempt|\bwith(?:held|hold)").search(each.sentence.text)
        for each in withholds(reading)
    )
    answered = supplies(reading) or withheld
    return LetterType.NCND_PART if bounded and answered else LetterType.NCND
