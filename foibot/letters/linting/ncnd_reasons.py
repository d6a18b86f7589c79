"""How a letter that neither confirms nor denies argues: limbs, and reasons from both answers (N-04, N-05); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import citations_of
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FOIA,
    Hit,
    Rule,
    is_others,
    unless,
)
from foibot.letters.linting.statements import NEITHER


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
        r"\bwould,? (?:\(?or would\)?,? )?(?:be likely to,? )?(?:\w+ )?(?:prejudice|harm|undermine|hinder|endanger)"
        r"|\bprejudice\b[^.]{0,80}\bwould\b|\blikely to\b"
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
    r"\bconfirm\w*(?: whether)?[^.]{0,200}\bden(?:y|ies|ying|ial|ied)\b|\bden(?:y|ying"
    r"|ial)\b[^.]{0,120}\bconfirm\w*|\beither (?:answer|response|way|direction)\b"
    r"|\bany answer\b|\b(?:exists?|held) or (?:does not exist|not(?: held)?)\b|\bwhether or not\b|\b(?:had|did"
    r"|was|were|is|does) or (?:hadn't|didn't|wasn't|weren't|isn't|doesn't|\w+ not)\b"
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
    r"|\b(?:can|could) neither confirm nor deny that it holds\b|\bqualified\b[^.]{0,60}\brequires?\b"
    r"|\bmust be considered\b|\bit may\b"
)


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
)
"""The rules for the reasons."""
