"""How a letter that neither confirms nor denies argues: limbs, both answers, the public interest (N-04 to N-07); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.linting.citing import by_sentence
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.guess import NEITHER
from foibot.letters.linting.laws import citations_of
from foibot.letters.linting.passages import Passage
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FOIA,
    FOISA,
    Hit,
    Rule,
    is_others,
    lacking,
    unless,
    wording,
)

_WEIGHED: Final = r"\bconfirm\w*(?: or |/| nor |,? or to )(?:\w+ )?den\w+|\bneither confirm\w* nor den\w+|\bduty to confirm\b|\bconfirmation\b|\bexclusion\b|\beither answer\b|\ban answer\b|\banswering\b|\bwhether (?:or not )?(?:(?:the|any|such|this) )?(?:information|records?|it|we)\b"
_FACTOR: Final = r"(?:factors?|considerations?|arguments?|reasons?|points?|public interest|case|speaks?|weighs?|interests?|matters)"


def qualified(reading: Reading) -> bool:
    """Whether it relies on a provision for which the public interest has to be weighed."""
    # Section 18 asks another question in Scotland.
    weighed = any(each.needs_public_interest_test for each in reading.provisions)
    return weighed and reading.regime != "foisa"


def absolute(reading: Reading) -> bool:
    """Whether it relies on a provision for which nothing is weighed."""
    return any(not each.needs_public_interest_test for each in reading.provisions)


def _limbs_missing(reading: Reading) -> Iterator[Hit]:
    for provision in reading.provisions:
        if not _by_limb(provision):
            continue
        outer = provision.exemption.subsection
        cited = any(
            len(each.brackets) > 1 and each.subsection in {outer, provision.section}
            for each in reading.cited
        )
        worded = any(
            reading.says(re.escape(_stem(limb.words)), r"\bprejudic|\bharm")
            for limb in provision.exemption.limbs
        )
        if not cited and not worded:
            at = citations_of(reading, provision)[0]
            yield Hit(
                at.line,
                at.shown,
                f"no limb of section {outer} is named for section {provision.section}",
            )


def _stem(words: str) -> str:
    return " ".join(words.split()[:6])


def _likelihood_missing(reading: Reading) -> Iterator[Hit]:
    by_prejudice = [
        each
        for each in reading.provisions
        if each.exemption.ncnd and each.exemption.ncnd.kind == "prejudice"
    ]
    if by_prejudice and not reading.says(
        r"\bwould,? (?:\(?or would\)?,? )?(?:be likely to,? )?(?:\w+ )?(?:prejudice|harm|undermine|hinder|endanger)|\bprejudice\b[^.]{0,80}\bwould\b|\blikely to\b"
    ):
        section = by_prejudice[0].section
        at = citations_of(reading, by_prejudice[0])[0]
        yield Hit(
            at.line,
            at.shown,
            f"how likely the prejudice is ('would' or 'would be likely to') is missing for section {section}",
        )


def _by_limb(provision: Provision) -> bool:
    ncnd = provision.exemption.ncnd
    return ncnd is not None and ncnd.limb_required


_BOTH: Final = (
    r"\bconfirm\w*(?: whether)?[^.]{0,200}\bden(?:y|ies|ying|ial|ied)\b|\bden(?:y|ying|ial)\b[^.]{0,120}\bconfirm\w*|\beither (?:answer|response|way|direction)\b"
    r"|\bany answer\b|\b(?:exists?|held) or (?:does not exist|not(?: held)?)\b|\bwhether or not\b|\b(?:had|did|was|were|is|does) or (?:hadn't|didn't|wasn't|weren't|isn't|doesn't|\w+ not)\b"
)
_NOT_HARM_ARGUED: Final = rf"{NEITHER}|^(?:[-•*] )?(?:the )?(?:factors?|considerations?|arguments?)?\s?(?:for|against|in favour of|favouring)\b"
_EFFECT: Final = r"\b(?:would|could|might|may|will|can)\b"


def _both_answers(reading: Reading) -> bool:
    if reading.says(r"\b(?:section|s)\.?\s?17\(4\)"):
        return True
    return any(
        ignoring_case(_EFFECT).search(match.sentence.text[match.start :])
        and not ignoring_case(_NOT_HARM_ARGUED).search(match.sentence.text)
        for match in reading.find(_BOTH)
    ) or (
        reading.says(
            r"\ba confirmation\b|\bif we confirmed\b|\bconfirming that\b",
            r"\b(?:would|could|might)\b",
        )
        and reading.says(
            r"\ba denial\b|\bif we denied\b|\bdenying that\b", r"\b(?:would|could|might)\b"
        )
    )


def _unreasoned(reading: Reading) -> Iterator[Hit]:
    """A provision that is named and never argued (FOIA 2000 s.17(1)(c)), unless s.17(4) is relied on."""
    if reading.says(r"\b(?:section|s)\.?\s?17\(4\)"):
        return
    for provision in reading.provisions:
        if not _reasoned(reading, provision):
            at = citations_of(reading, provision)[0]
            yield Hit(at.line, at.shown, f"nothing says why section {provision.section} applies")


_MODAL: Final = r"\b(?:would|could|might|may|if|because|since|whether|likely|required|by its nature|falls? within|as it|as the)\b"


def _reasoned(reading: Reading, provision: Provision) -> bool:
    number = provision.exemption.number
    subject = _SUBJECTS.get(number, re.escape(provision.title.split()[0].rstrip(",")))
    cited = rf"\b(?:sections?|s|regulations?|regs?)\.?\s?(?:\d+\(\d\w?\)(?:,| and) )?{number}\b"
    about = ignoring_case(f"{cited}|{subject}")
    under = False
    for sentence in reading.sentences:
        text = sentence.text
        if sentence.passage.is_heading:
            under = ignoring_case(cited).search(text) is not None
        elif (under or about.search(text)) and _argues(text):
            return True
    return False


def _argues(text: str) -> bool:
    return bool(ignoring_case(_MODAL).search(text)) and not ignoring_case(_NO_REASON).search(text)


_SUBJECTS: Final = {
    "23": r"\bsecurity bod\w+|\b(?:bodies|body|agencies) (?:listed|specified|named|dealing|in section)|\bsection 23\(3\)"
    r"|\b(?:relat|suppl|involv|concern)\w+[^.]{0,60}\bsecurity (?:agenc|service)\w*",
    "24": r"\bnational security\b",
    "30": r"\binvestigat\w+|\bprosecut\w+|\bconfidential source",
    "31": r"\blaw enforcement\b|\bcrime\b|\boffenders\b|\bprosecut\w+|\badministration of justice\b|\bimmigration\b",
    "38": r"\bhealth\b|\bsafety\b|\bendanger\w*",
    "40": r"\bpersonal (?:data|information)\b|\bindividual\b|\bdata protection\b",
    "27": r"\binternational\b|\bother (?:states|countries)\b|\boverseas\b|\bforeign\b",
    "26": r"\bdefence\b|\bforces\b",
    "44": r"\bprohibit\w*|\benactment\b|\bcontempt\b",
    "41": r"\bconfiden\w+",
    "42": r"\bprivilege\w*|\blegal advice\b",
    "43": r"\bcommercial\b",
    "36": r"\bqualified person\b|\bpublic affairs\b",
}
_NO_REASON: Final = (
    r"\babsolute\b[^.]{0,140}\b(?:exempt\w*|means)\b[^.]{0,200}\b(?:no|not)\b[^.]{0,40}\b(?:public interest|balanc\w+)"
    r"|\b(?:can|could) neither confirm nor deny that it holds\b|\bqualified\b[^.]{0,60}\brequires?\b|\bmust be considered\b|\bit may\b"
)


def _for(reading: Reading) -> bool:
    return (
        reading.says(
            rf"\b{_FACTOR}\b[^.]{{0,80}}\b(?:for|favour\w*|support\w*|toward)\b[^.]{{0,60}}(?:{_WEIGHED})"
        )
        or reading.says(
            r"\b(?:for|favour\w*|in favour of|supporting) (?:confirm\w+|an answer|answering|(?:complying with |applying )?the duty)\b"
        )
        or reading.says(
            rf"\bpublic interest in\b[^.]{{0,60}}(?:{_WEIGHED}|\btransparen|\bopenness|\baccountab|\bknowing|\bunderstanding)"
        )
        or reading.says(
            r"\b(?:confirm\w*|answer\w*)\b[^.]{0,60}\bwould (?:help|allow|enable|improve|increase|promote|inform|assist|provide|demonstrate|show)\b",
            r"\b(?:public|debate|account\w*|openness|transparen\w+|people)\b",
        )
    )


def _against(reading: Reading) -> bool:
    return (
        reading.says(rf"\bagainst\b[^.]{{0,60}}(?:{_WEIGHED})")
        or reading.says(
            r"\b(?:favour\w*|in favour of|supporting|for) (?:maintaining|neither|not confirming|refusing|excluding|the exclusion|upholding|silence|declining)\b"
        )
        or reading.says(
            r"\bon the other (?:hand|side)\b|\bhowever\b|\bagainst (?:that|this)\b|\bagainst\b",
            r"\b(?:harm|prejudic|undermin|endanger|compromis|assist|help|weaken|damag|risk)\w*",
        )
    )


def _concludes(reading: Reading) -> bool:
    outcome = (
        r"\boutweigh\w*|\bfavours? (?:maintaining|neither|the exclusion|not|excluding|refus\w+)|\b(?:lies|falls|rests|is|weighs|comes down) (?:\w+ )?(?:in favour of|with|against|on the side of)\b"
        r"|\bnot made out\b|\bgreater (?:weight|public interest)\b|\bstronger\b|\bprevails?\b|\boverrides?\b|\bdoes not (?:favour|support)"
    )
    side = (
        r"\bexclusion\b|\bexcluding\b|\bneither confirm\w* nor den\w+|\bnot confirm\w*|\bconfirming (?:n?or )?(?:deny\w*|whether)|\bduty to confirm\b|\bdisclosing whether\b|\bconfirm(?:ation)? or den\w+"
        r"|\bmaintaining\b|\bthe factors (?:for|in favour)|\bsafeguarding\b|\bagainst (?:an answer|answering)|\bnot made out\b"
    )
    # Most letters that use the right words have turned the conclusion round nowhere; N-28 sees to that.
    return reading.says(outcome, side)


def _weighed(reading: Reading) -> bool:
    return _for(reading) and _against(reading) and _concludes(reading)


def _harm_for_class(reading: Reading) -> Iterator[Hit]:
    for sentence, cited in by_sentence(reading.cited):
        # Beside another section the harm may be that section's.
        if {each.number for each in cited} == {"23"} and not _NOT_HARM.search(sentence.text):
            match = _HARM.search(sentence.text, cited[0].end)
            if match:
                yield Hit(cited[0].line, sentence.text[cited[0].start : match.end()][:160])


_HARM: Final = re.compile(r"\b(?:harm|prejudice)\w*\b[^.]{0,60}", re.IGNORECASE)
_NOT_HARM: Final = re.compile(
    r"\b(?:no|not|without|never|rather than|nor)\b[^.]{0,50}\b(?:harm|prejudice)|\bclass[- ]based\b[^.]{0,20}\bnot\b",
    re.IGNORECASE,
)


def _weighs_absolute(reading: Reading) -> Iterator[Hit]:
    for provision in reading.provisions:
        if provision.needs_public_interest_test:
            continue
        section = rf"(?:section |s\.? ?)?{re.escape(provision.section)}"
        yield from wording(
            rf"\b(?:for|against) (?:confirming or denying|confirmation or denial|confirmation nor denial)\W{{1,3}}(?:for |under |in relation to )?{section}"
            rf"|\b(?:factors?|considerations?|public interest test|balanc\w+)\b[^.]{{0,60}}\b(?:for|under|of|in) {section}(?![^.]{{0,80}}\b(?:no|not)\b)",
            but=r"\b(?:no|not|nor|without|absolute)\b",
        )(reading)


def _says_absolute(reading: Reading) -> bool:
    return reading.says(r"\babsolute\b") or reading.says(
        r"\b(?:no|not|without|nor|never)\b[^.]{0,80}\b(?:public interest|balanc\w+)|\bpublic interest\b[^.]{0,60}\b(?:not|no)\b"
    )


def _thin(reading: Reading) -> Iterator[Hit]:
    """A heading of factors for an answer, and one sentence below it (N-06: real on both sides)."""
    heading: Passage | None = None
    points = 0
    for passage in (*reading.passages, None):
        if passage is not None and not (passage.is_heading and not _ITEM.match(passage.text)):
            points += _points(passage.text)
            continue
        if heading is not None and points == 1:
            yield Hit(heading.lines[0], heading.text)
        is_for = passage is not None and ignoring_case(
            rf"(?!.*\bagainst\b).{{0,60}}\b{_FACTOR}\b.{{0,60}}\b(?:for|favour\w*|support\w*)\b"
        ).match(passage.text)
        heading, points = (passage if is_for else None), 0


_ITEM: Final = re.compile(r"(?:[-•*·▪–]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def _points(text: str) -> int:
    return max(1, len(re.findall(r"[.;](?:\s|$)", text)))


REASONS: Final = (
    Rule(
        "N-04",
        "limb",
        Severity.ERROR,
        "the limb relied on is not named",
        "Name it by letter and words: 'section 31(1)(a), the prevention or detection of crime'.",
        _limbs_missing,
        types=ANY_NCND,
        regimes=FOIA,
        concerns=is_others,
        defects=("D-06",),
    ),
    Rule(
        "N-04",
        "likelihood",
        Severity.ERROR,
        "how likely the prejudice is ('would be likely to') is missing",
        "Write that confirming or denying 'would', or 'would be likely to', prejudice the matter named.",
        _likelihood_missing,
        types=ANY_NCND,
        regimes=FOIA,
        concerns=is_others,
        defects=("D-06",),
    ),
    Rule(
        "N-05",
        "both answers",
        Severity.ERROR,
        "the reasons do not argue from a confirmation and from a denial alike",
        "Say what a confirmation would tell people, and what a denial would.",
        unless(_both_answers),
        types=ANY_NCND,
        concerns=is_others,
    ),
    Rule(
        "N-05",
        "reasons",
        Severity.ERROR,
        "a provision is relied on without a reason",
        "Say why it applies (section 17(1)(c)), or rely on section 17(4) in so many words.",
        _unreasoned,
        types=ANY_NCND,
        regimes=FOIA,
        concerns=is_others,
        defects=("D-10",),
    ),
    Rule(
        "N-06",
        "weighed",
        Severity.ERROR,
        "factors for and against confirming or denying, or the conclusion, are missing",
        "Give factors for and against confirming or denying, and conclude that the public interest in "
        "maintaining the exclusion of the duty outweighs that in disclosing whether the information is held.",
        unless(_weighed),
        types=ANY_NCND,
        concerns=lambda reading: is_others(reading) and qualified(reading),
    ),
    Rule(
        "X-12",
        "contrary to the public interest",
        Severity.ERROR,
        "section 18 needs the finding that revealing whether the information exists or is held would be "
        "contrary to the public interest",
        "Say so, in these words.",
        lacking(r"\bcontrary to the public interest\b"),
        types=ANY_NCND,
        regimes=FOISA,
    ),
    Rule(
        "N-06",
        "thin factors",
        Severity.WARNING,
        "one sentence is all that is said for an answer; the test has to be real on both sides",
        "Give the best case for confirming or denying.",
        _thin,
        types=ANY_NCND,
        concerns=qualified,
        defects=("D-35",),
    ),
    Rule(
        "N-07",
        "absolute",
        Severity.ERROR,
        "an absolute provision is not called absolute",
        "Write that it is absolute, so that no public interest test applies to it.",
        unless(_says_absolute),
        types=ANY_NCND,
        regimes=FOIA,
        concerns=lambda reading: is_others(reading) and absolute(reading),
    ),
    Rule(
        "N-07",
        "weighs an absolute provision",
        Severity.ERROR,
        "an absolute provision is weighed, although the Act does not ask for it",
        "Take the test for it out.",
        _weighs_absolute,
        types=ANY_NCND,
        regimes=FOIA,
        concerns=absolute,
    ),
    Rule(
        "N-07",
        "harm for a class",
        Severity.WARNING,
        "section 23 protects a class of information; whether harm would follow is not asked",
        "Write that section 23(5) is absolute and class-based, and say nothing of harm.",
        _harm_for_class,
        types=ANY_NCND,
        regimes=FOIA,
        defects=("D-09",),
    ),
)
"""The rules for the reasons."""
