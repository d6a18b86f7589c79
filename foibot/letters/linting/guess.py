"""Tells from its words under which law a letter was written and what type it is; no I/O."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from foibot import law
from foibot.law.regime import Regime
from foibot.letters.linting.citing import Cited, Law
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import Passage, Sentence
from foibot.letters.linting.reading import Reading

NEITHER: Final = (
    r"\bneither (?:be able to |to )?(?:confirm|verify)\w*,? ?(?:n?or)\b[^.]{0,20}?\bden(?:y|ies|ying)\b"
    r"|\bneither confirms?\b|\bnot (?:in a position to |able to |obliged to |required to |going to )?"
    r"(?:either )?confirm(?:ing)?,? n?or (?:to )?deny(?:ing)?\b"
    r"|\b(?:cannot|can't|unable to|refus\w+ to|declin\w+ to|decid\w+ not to|exclud\w+ from) (?:either )?(?:confirm|say),? ?n?or (?:to )?deny\b"
    r"|\b(?:duty|obligation|requirement)\b[^.]{0,60}\bconfirm(?:ing)? or (?:to )?deny\b[^.]{0,80}\b(?:does|do) not (?:arise|apply)"
    r"|\b(?:refus\w+|declin\w+|cannot|unable|not)\b[^.]{0,30}\b(?:say|state|confirm|tell you)\b[^.]{0,20}\bwhether or not\b"
)
"""The ways of saying that one neither confirms nor denies."""

_NAMES: Final = (
    ("eisr", r"\bEnvironmental Information \(Scotland\)|\bEI\(?S\)?RS?\b"),
    ("foisa", r"\bFreedom of Information \(Scotland\)|\bFOI\(?S\)?A\b"),
    ("eir", r"\bEnvironmental Information Regulations?\b|\bEIRs?\b"),
    (
        "foia",
        r"\bFreedom of Information Act\b|\bFOIA\b|\bFOI Act\b|\bthe Act 2000\b|\bFreedom of Information\b",
    ),
)
_LETTERHEAD_NAME: Final = re.compile(
    r"(?:[Tt]he )?(?P<name>(?:[A-Z][\w'’&-]*(?: of| and| for)? ){1,6}?"
    r"(?:Police(?: Service)?|Constabulary|Council|Trust|University|College|School|Authority|Agency|Office|Board"
    r"|Department|Service|Commission|Ministry|Executive|Partnership|Board|Force))\b(?! of\b)"
)
_HOLDS: Final = re.compile(
    r"^[^.]{0,12}?(?:\([^)]{1,40}\) ?)?\s?(?:can|will|do(?:es)?|is|are|has|have|holds?|neither|refus)\b"
)


def regimes_of(sentences: tuple[Sentence, ...], cited: tuple[Cited, ...]) -> tuple[str, ...]:
    """Name the laws a letter names, the one it decides under first; none if it names none."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        rest = sentence.text
        for key, pattern in _NAMES:
            rest, times = re.subn(pattern, " ", rest, flags=re.IGNORECASE if key != "eir" else 0)
            found[key] += times
    named = [key for key, _ in found.most_common() if found[key]]
    scottish = any(key in {"foisa", "eisr"} for key in named)
    acts = sum(1 for each in cited if each.law is Law.ACT)
    for unit, keys in ((acts, ("foia", "foisa")), (len(cited) - acts, ("eir", "eisr"))):
        key = keys[scottish]
        if found[key]:
            found[key] += unit
    return tuple(sorted(named, key=lambda key: -found[key]))


def authority_of(passages: tuple[Passage, ...], sentences: tuple[Sentence, ...]) -> str:
    """Name the authority: the subject of its decision, else the last line that looks like its name."""
    for sentence in sentences:
        for match in _LETTERHEAD_NAME.finditer(sentence.text):
            if _HOLDS.match(sentence.text[match.end() : match.end() + 80]):
                return match["name"]
    for passage in reversed(passages):
        named = _LETTERHEAD_NAME.match(passage.text)
        if named and passage.is_heading:
            return named["name"]
    return ""


def ncnd_provisions(regime: Regime) -> frozenset[str]:
    """Every provision under which the law lets an authority neither confirm nor deny: "31(3)", "12(6)"."""
    named = {each.ncnd_provision for each in regime.exemptions if each.ncnd_provision}
    outer = {re.sub(r"\([a-z]\)$", "", each) for each in named}
    return frozenset(named | outer | _NCND_ELSEWHERE.get(regime.key, frozenset()))


_NCND_ELSEWHERE: Final = {
    "eir": frozenset({"12(6)", "13(5A)", "13(5B)"}),
    "eisr": frozenset({"10(8)", "11(6)"}),
    "foisa": frozenset({"18", "18(1)"}),
}


def withholds(reading: Reading) -> list[Cited]:
    """The citations of provisions that keep information back, which assert that it is held."""
    known = ncnd_provisions(law.regime(reading.regime))
    part = {
        "foia": range(21, 45),
        "foisa": range(25, 42),
        "eir": range(12, 14),
        "eisr": range(10, 12),
    }
    numbers = {str(number) for number in part[reading.regime]} | {"22A"}
    return [
        each
        for each in reading.cited
        if each.number in numbers and each.brackets and each.subsection not in known
    ]


_SUPPLIES: Final = (
    r"\b(?:please find|attached|enclosed|set out|shown|listed|given|provided|supplied|contained) (?:below|in the (?:attached|table|appendix|annex|spreadsheet|enclosed))\b"
    r"|\b(?:please find|find) (?:attached|enclosed|below)\b|\b(?:is|are) (?:attached|enclosed|as follows)\b"
    r"|\b(?:we|i) (?:can|am able to|are able to) (?:now )?(?:provide|disclose|release|supply|confirm that (?:we hold|the))\b"
    r"|\b(?:answers?|information|data|figures?|table)\b[^.]{0,60}\b(?:is|are) (?:below|as follows|provided|disclosed|released|supplied|set out)\b"
    r"|\b(?:we|i) (?:have )?(?:attach|enclose|provide|disclose|release)d?\b(?! (?:the )?(?:reasons|advice|an explanation|a review))"
    r"|\b(?:is|are) (?:being )?(?:disclosed|released|provided|supplied) (?:to you|in full|with this)\b"
    r"|\b(?:copy|copies|spreadsheet|document|table)\b[^.]{0,40}\b(?:attached|enclosed|below)\b"
)
_KEEPS_BACK: Final = (
    r"\bwith(?:held|hold|holding)\b|\bexempt\b|\bredact\w*|\brefus(?:e|es|ed|ing)\b|\bwill not (?:provide|disclose|release|supply)\b"
    r"|\b(?:cannot|not able to|unable to) (?:provide|disclose|release|supply|give)\b|\bexemptions? (?:at|in|under|contained|applies|is engaged)\b"
    r"|\bexceptions? (?:at|in|under|contained|applies|is engaged)\b|\bhas been removed\b"
)
NOT_HELD: Final = (
    r"\b(?:do|does|did) not (?:currently )?(?:hold|have|possess|record)\b|\b(?:is|are|was|were) not (?:held|recorded)\b"
    r"|\bno (?:recorded |relevant |such )?(?:information|records?|data|documents?)\b[^.]{0,60}\b(?:is|are|was|were) (?:held|found|recorded)\b"
    r"|\bholds? no\b|\bno information held\b|\bnot held\b|\bhas no (?:recorded |relevant )?(?:information|records?)\b"
)
"""The ways of saying that information is not held."""


def _reviewed(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:outcome|result|conclusion|findings?) of (?:the|your|this|my|our|an) (?:request for (?:an )?)?(?:internal )?review\b"
        r"|\b(?:i|we) have (?:now )?(?:carried out|conducted|completed|undertaken|concluded|considered)\b[^.]{0,40}\breview\b"
        r"|\breview is (?:now )?(?:complete|concluded)|\b(?:uphold|overturn|upheld|overturned)\b[^.]{0,60}\b(?:original|decision|response|complaint|refusal)\b"
        r"|\binternal review (?:outcome|decision|response)\b|\b(?:decision|response) (?:is|was|has been) (?:partly |fully )?(?:upheld|overturned)"
    )


def _review_acknowledged(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:acknowledge|thank you for|received|receipt of)\b[^.]{0,60}\b(?:request for (?:an )?(?:internal )?review|review request|complaint)\b"
    )


def _acknowledges(reading: Reading) -> bool:
    received = reading.says(
        r"\backnowledg\w*\b|\b(?:thank you for|have received|received|receipt of)\b[^.]{0,40}\b(?:request|email|enquiry|letter)\b"
    )
    promises = reading.says(
        r"\b(?:will|shall|aim to|should)\b[^.]{0,60}\b(?:respond|reply|answer|response|deal with|process|consider)\w*|\blast day\b|\b(?:respond|reply|answer) (?:to you )?by\b"
    )
    return received and promises and not _decided(reading)


def _decided(reading: Reading) -> bool:
    return reading.says(_SUPPLIES) or reading.says(_KEEPS_BACK) or _not_held(reading)


def _neither(reading: Reading) -> bool:
    return reading.says(NEITHER)


def _extends(reading: Reading) -> bool:
    return reading.says(
        r"\b(?:extend\w*|extension|further time|more time|additional time|longer than|additional \d+ working days)\b"
    ) and (
        reading.cites("10(3)", "17(2)", "7", "7(1)")
        or reading.says(
            r"\b(?:extend\w*|extension|further time|more time|additional)\b",
            r"\b(?:time|deadline|limit|working days|public interest)\b",
        )
    )


def _costs(reading: Reading) -> bool:
    return (
        reading.cites("12", "12(1)", "12(2)")
        and reading.says(
            r"\b(?:cost|costs|appropriate limit|exceed\w*|18 hours|24 hours|£450|£600)\b"
        )
        and reading.regime in {"foia", "foisa"}
    )


def _charges(reading: Reading) -> bool:
    return reading.says(r"\bfees? notice\b") or (
        reading.says(r"\b(?:fee|charge|payment) of £\s?\d|\bpay\b[^.]{0,40}£\s?\d")
        and not _costs(reading)
    )


def _asks(reading: Reading) -> bool:
    return reading.says(
        r"\bclarif\w+\b|\b(?:need|require)\b[^.]{0,40}\b(?:further|more) (?:information|detail)[^.]{0,40}\b(?:identify|locate|understand|from you)\b"
        r"|\bnot clear (?:to us )?(?:what|which|whether)\b|\b(?:please|could you)\b[^.]{0,30}\b(?:clarify|tell us which|specify)\b"
    )


def _transfers(reading: Reading) -> bool:
    return reading.says(
        r"\btransfer(?:red|ring)?\b[^.]{0,40}\b(?:request|it)\b|\b(?:redirect|forward|pass)(?:ed|ing)?\b[^.]{0,30}\b(?:your|the|this) request\b"
    )


def _not_held(reading: Reading) -> bool:
    return any(
        not re.search(NEITHER, each.sentence.text, re.IGNORECASE) and not hypothetical(each.before)
        for each in reading.find(NOT_HELD)
    )


def hypothetical(before: str) -> bool:
    """Whether what stands before a statement makes it none: "whether", "if", "neither confirm nor deny that"."""
    return (
        re.search(
            r"\b(?:whether|if|were|would|neither|nor|unless|may|might|either|suppos\w+|assum\w+|(?:confirming|denying|deny|saying|stating|confirmation|denial|indication|inference|suggest\w*|imply|mean|taken as)\b[^,;]{0,60}\bthat)\b",
            before,
            re.IGNORECASE,
        )
        is not None
    )


def _about_ncnd(reading: Reading) -> LetterType:
    elsewhere = [
        each
        for each in reading.find(NEITHER)
        if re.search(
            r"\b(?:any )?other (?:relevant )?information\b|\b(?:question|part|point|item)s? \(?[\dA-Za-z]\)?",
            each.sentence.text,
            re.IGNORECASE,
        )
    ]
    answers = reading.says(_SUPPLIES) or any(
        each.provision
        for each in withholds(reading)
        if re.search(r"\bexempt|with(?:held|hold)", each.sentence.text, re.IGNORECASE)
    )
    return LetterType.NCND_PART if elsewhere and answers else LetterType.NCND


def _repeats(reading: Reading) -> bool:
    return reading.cites("14(2)") or reading.says(
        r"\brepeated\b", r"\brequest\b", r"\bsection 14\b"
    )


def _vexes(reading: Reading) -> bool:
    return reading.cites("14(1)", "14") and reading.says(r"\bvexatious\b")


def _points_elsewhere(reading: Reading) -> bool:
    return reading.cites("21", "21(1)") and reading.regime == "foia" and not _others(reading, "21")


def _publishes_later(reading: Reading) -> bool:
    return reading.cites("22", "22(1)") and reading.regime == "foia" and not _others(reading, "22")


def _others(reading: Reading, but: str) -> bool:
    return any(each.number != but for each in withholds(reading))


def _gives_and_refuses(reading: Reading) -> bool:
    return reading.says(_SUPPLIES) and _refuses(reading)


def _refuses(reading: Reading) -> bool:
    relied = withholds(reading) or any(each.number in _part_two(reading) for each in reading.cited)
    return bool(relied) and reading.says(_KEEPS_BACK)


def _part_two(reading: Reading) -> set[str]:
    first, last = {"foia": (21, 44), "foisa": (25, 41), "eir": (12, 13), "eisr": (10, 11)}[
        reading.regime
    ]
    return {str(number) for number in range(first, last + 1)}


def _supplies(reading: Reading) -> bool:
    return reading.says(_SUPPLIES)


def _keeps_back(reading: Reading) -> bool:
    return reading.says(_KEEPS_BACK)


_SIGNS: Final[tuple[tuple[LetterType, Callable[[Reading], bool]], ...]] = (
    (LetterType.REVIEW_OUTCOME, _reviewed),
    (LetterType.NCND, lambda reading: _neither(reading) and not _undecided(reading)),
    (LetterType.EXTENSION, lambda reading: _extends(reading) and not _costs(reading)),
    (LetterType.REPEATED, _repeats),
    (LetterType.VEXATIOUS, _vexes),
    (LetterType.COST, _costs),
    (LetterType.FEES, _charges),
    (LetterType.PART, _gives_and_refuses),
    (LetterType.ACCESSIBLE, _points_elsewhere),
    (LetterType.FUTURE_PUBLICATION, _publishes_later),
    (LetterType.REFUSAL, _refuses),
    (LetterType.TRANSFER, _transfers),
    (LetterType.NOT_HELD, _not_held),
    (LetterType.REVIEW_ACKNOWLEDGEMENT, _review_acknowledged),
    (LetterType.DISCLOSURE, _supplies),
    (LetterType.CLARIFICATION, _asks),
    (LetterType.ACKNOWLEDGEMENT, _acknowledges),
    (LetterType.REFUSAL, _keeps_back),
)


def _undecided(reading: Reading) -> bool:
    return _extends(reading) and reading.says(
        r"\b(?:not yet|no decision|still consider\w*|yet to)\b|\bneed(?:s|ed)? (?:more|further|additional) time\b"
    )


def type_of(reading: Reading) -> LetterType:
    """Say what type of letter this is, by the first sign that is found; UNKNOWN if none is."""
    for letter_type, sign in _SIGNS:
        if sign(reading):
            return _about_ncnd(reading) if letter_type is LetterType.NCND else letter_type
    return LetterType.UNKNOWN


def checklists_of(reading: Reading, letter_type: LetterType) -> frozenset[LetterType]:
    """The types whose rules apply to a letter of this type."""
    if letter_type is LetterType.REVIEW_OUTCOME and _neither(reading):
        return frozenset({letter_type, _about_ncnd(reading)})
    return frozenset({letter_type})
