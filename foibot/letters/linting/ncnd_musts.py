"""What a letter that neither confirms nor denies has to say (FOIA 2000 s.17; N-01 to N-10); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.linting.citing import Cited
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.guess import NEITHER
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FULL_NCND,
    Asks,
    Hit,
    Look,
    Rule,
    lacking,
    unless,
    wording,
)

_HOLDING: Final = r"\b(?:hold|holds|held|holding|has|have|had|exists?|existence|possess\w*|information|records?)\b"
_WEIGHED: Final = r"\bconfirm\w*(?: or |/| nor |,? or to )(?:\w+ )?den\w+|\bneither confirm\w* nor den\w+|\bduty to confirm\b|\bconfirmation\b|\bexclusion\b|\beither answer\b|\ban answer\b|\banswering\b|\bwhether (?:or not )?(?:(?:the|any|such|this) )?(?:information|records?|it|we)\b"
_FACTOR: Final = r"(?:factors?|considerations?|arguments?|reasons?|points?|public interest|case|speaks?|weighs?|interests?|matters)"


def is_draft(reading: Reading) -> bool:
    """Whether the letter is a draft of our own, whose provisions were ordered."""
    return reading.ordered is not None


def is_others(reading: Reading) -> bool:
    """Whether the letter was written elsewhere."""
    return reading.ordered is None


def qualified(reading: Reading) -> bool:
    """Whether it relies on a provision for which the public interest has to be weighed."""
    if reading.regime == "foia":
        return any(each.needs_public_interest_test for each in reading.provisions)
    return not any(each.provision.startswith(("13(5", "11(6")) for each in reading.cited)


def absolute(reading: Reading) -> bool:
    """Whether it relies on a provision for which nothing is weighed."""
    return any(not each.needs_public_interest_test for each in reading.provisions)


def _neither(reading: Reading) -> bool:
    for match in reading.find(NEITHER):
        text = match.sentence.text
        if ignoring_case(_HOLDING).search(text) and _named_right(reading, text):
            return True
    return False


def _named_right(reading: Reading, text: str) -> bool:
    if reading.ordered is None:
        return True
    return (
        re.search(rf"\b{re.escape(reading.ordered.authority_name)}\b", text, re.IGNORECASE)
        is not None
    )


def _duty_excluded(reading: Reading) -> bool:
    duty = r"\b(?:section|s)\.?\s?1\s?\(1\)\s?\(a\)|\bduty to (?:confirm or deny|say whether)|\bobligation to confirm or deny|\bduty (?:in|under|imposed by|of)\b"
    lifted = r"\b(?:does|do|did) not (?:apply|arise)|\bis excluded|\bexclu(?:des?|sion of)|\bexempts?\b|\bexempt from\b|\bdisapplie[sd]|\bnot (?:obliged|required) to|\blifts?\b|\bremoves?\b|\bfree[ds]? from"
    return any(
        ignoring_case(r"\b(?:section|s)\.?\s?1\s?\(1\)\s?\(a\)").search(each.sentence.text)
        or reading.cites("1(1)")
        for each in reading.find(duty)
        if ignoring_case(lifted).search(each.sentence.text)
    )


def _title_words(title: str) -> list[str]:
    return [
        word
        for word in re.findall(r"[a-z]{3,}", title.lower())
        if word not in {"and", "the", "for", "with"}
    ]


def _untitled(reading: Reading) -> Iterator[Hit]:
    for provision in reading.provisions:
        cited = [each for each in reading.cited if each.provision.startswith(provision.section)]
        wanted = _title_words(provision.title.partition(":")[0])
        if cited and not any(_titled(each, wanted, reading) for each in cited):
            first = cited[0]
            yield Hit(
                first.line,
                _around(first),
                f"section {provision.section} is not given its title, '{provision.title}'",
            )


def _titled(cited: Cited, wanted: list[str], reading: Reading) -> bool:
    text = cited.sentence.passage.text.lower()
    found = sum(1 for word in wanted if word in text)
    return found >= 0.6 * len(wanted)


def _around(cited: Cited) -> str:
    return cited.sentence.text[cited.start : cited.end + 60].strip()


def _no_provision(reading: Reading) -> Iterator[Hit]:
    if reading.provisions:
        return
    bare = [
        each
        for each in reading.cited
        if each.number
        in {
            "22",
            "23",
            "24",
            "26",
            "27",
            "28",
            "29",
            "30",
            "31",
            "36",
            "38",
            "40",
            "42",
            "43",
            "44",
        }
    ]
    text = _around(bare[0]) if bare else ""
    yield Hit(bare[0].line if bare else 1, text)


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
            at = next(
                each for each in reading.cited if each.provision.startswith(provision.section)
            )
            yield Hit(
                at.line,
                _around(at),
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
        at = next(each for each in reading.cited if each.provision.startswith(section))
        yield Hit(
            at.line,
            _around(at),
            f"how likely the prejudice is ('would' or 'would be likely to') is missing for section {section}",
        )


def _by_limb(provision: Provision) -> bool:
    ncnd = provision.exemption.ncnd
    return ncnd is not None and ncnd.limb_required


_BOTH: Final = (
    r"\bconfirm\w*(?: whether)?[^.]{0,200}\bden(?:y|ies|ying|ial|ied)\b|\bden(?:y|ying|ial)\b[^.]{0,120}\bconfirm\w*|\beither (?:answer|response|way|direction)\b"
    r"|\bany answer\b|\b(?:exists?|held) or (?:does not exist|not(?: held)?)\b|\bwhether or not\b|\b(?:had|did|was|were|is|does) or (?:hadn't|didn't|wasn't|weren't|isn't|doesn't|\w+ not)\b"
)
_EFFECT: Final = r"\b(?:would|could|might|may|will|can)\b"


def _both_answers(reading: Reading) -> bool:
    if reading.says(r"\b(?:section|s)\.?\s?17\(4\)"):
        return True
    return any(
        ignoring_case(_EFFECT).search(match.sentence.text[match.start :])
        and not ignoring_case(NEITHER).search(match.sentence.text)
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
            at = next(
                (each for each in reading.cited if each.provision.startswith(provision.section)),
                None,
            )
            if at is not None:
                yield Hit(
                    at.line, _around(at), f"nothing says why section {provision.section} applies"
                )


_MODAL: Final = r"\b(?:would|could|might|may|if|because|since|whether|likely|required|by its nature|falls? within|as it|as the)\b"


def _reasoned(reading: Reading, provision: Provision) -> bool:
    number = provision.exemption.number
    subject = _SUBJECTS.get(number, re.escape(provision.title.split()[0].rstrip(",")))
    about = ignoring_case(
        rf"\b(?:sections?|s)\.?\s?(?:\d+\(\d\w?\)(?:,| and) )?{number}\b|{subject}"
    )
    for sentence in reading.sentences:
        text = sentence.text
        if (
            about.search(text)
            and ignoring_case(_MODAL).search(text)
            and not ignoring_case(_NO_REASON).search(text)
        ):
            return True
    return False


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


def _both_ways(reading: Reading) -> bool:
    reads = (
        r"\b(?:should|must|can|could|may|is|does|do|are|ought|will) ?(?:not|never)\b[^.]{0,60}\b(?:taken|viewed|read|construed|interpreted|seen|regarded|understood|infer\w*|indicat\w*|treated|mean|imply|suggest\w*|conclu\w+|assum\w+)"
        r"|\bnone of the above\b|\bnothing in this\b|\bno (?:inference|conclusion|indication)\b|\b(?:taken|viewed|read) as neither\b|\bnot (?:an indication|to be (?:taken|read|understood))\b|\bneither (?:an indication|implies)\b"
    )
    both = (
        r"\b(?:does|do|did) or (?:does|do|did) not\b|\bexists? or (?:does|do) not exist\b|\b(?:is|are) (?:held )?or (?:is |are )?not(?: held)?\b|\bwhether or not\b|\bheld or not(?: held)?\b|\beither way\b"
        r"|\bholds? or (?:does|do) not hold\b|\b(?:existence|presence)(?: or (?:the )?(?:absence|otherwise|non-existence))\b|\bor otherwise\b|\bone way or (?:the other|another)\b|\bdoes or doesn't\b|\beither that\b|\bmay or may not\b|\bor that it (?:is|does) not\b"
    )
    return reading.says(reads, both)


def _harm_for_class(reading: Reading) -> Iterator[Hit]:
    for each in reading.cited:
        if each.number != "23" or _NOT_HARM.search(each.sentence.text):
            continue
        match = re.search(
            r"\b(?:harm|prejudice)\w*\b[^.]{0,60}", each.sentence.text[each.end :], re.IGNORECASE
        )
        alone = {one.number for one in reading.cited if one.sentence is each.sentence} == {"23"}
        if match and alone:
            yield Hit(each.line, each.sentence.text[each.start : each.end + match.end()][:160])


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
    heading = None
    points = 0
    for passage in (*reading.passages, None):
        if passage is not None and not (passage.is_heading and not _ITEM.match(passage.text)):
            points += _points(passage.text)
            continue
        if heading is not None and points == 1:
            yield Hit(heading.lines[0], heading.text)
        is_for = passage is not None and ignoring_case(
            rf"\b{_FACTOR}\b.{{0,60}}\b(?:for|favour\w*|support\w*)\b(?!.*\bagainst\b)"
        ).search(passage.text)
        heading, points = (passage if is_for else None), 0


_ITEM: Final = re.compile(r"(?:[-•*·▪–]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def _points(text: str) -> int:
    return max(1, len(re.findall(r"[.;](?:\s|$)", text)))


def _pairing(reading: Reading) -> bool:
    sections = {each.section for each in reading.provisions}
    return (
        "23(5)" not in sections
        or "24(2)" in sections
        or not reading.says(r"\bterror\w*|\bnational security\b|\bextremis\w+|\bespionage\b")
        or bool(is_draft(reading))
    )


def _boundary(reading: Reading) -> bool:
    return any(
        ignoring_case(
            r"\bany other (?:relevant )?information\b|\b(?:question|part|point|item|element|section)s? \(?[\dA-Za-z]{1,2}\)?\b|\b(?:this|that) part\b|\bremainder\b|\brest of\b"
        ).search(each.sentence.text)
        for each in reading.find(NEITHER)
    )


def _must(
    id: str,
    name: str,
    passed: str,
    why: str,
    instead: str,
    look: Look,
    *defects: str,
    concerns: Asks = lambda _: True,
    regimes: frozenset[str] = frozenset(),
    severity: Severity = Severity.ERROR,
    types: frozenset[LetterType] = ANY_NCND,
) -> Rule:
    return Rule(id, name, severity, why, instead, look, types, regimes, concerns, defects, passed)


_FOIA: Final = frozenset({"foia"})

MUSTS: Final = (
    _must(
        "N-01",
        "neither confirms nor denies",
        "neither confirms nor denies, in one sentence under the authority's one name",
        "no sentence says that the authority can neither confirm nor deny that it holds it",
        "Write '[authority] can neither confirm nor deny that it holds the information you requested'.",
        unless(_neither),
    ),
    _must(
        "N-02",
        "duty lifted",
        "says that the duty in section 1(1)(a) does not apply",
        "it does not say that the duty in section 1(1)(a) does not apply",
        "Write 'The duty in section 1(1)(a) of the Act does not apply, because of ...'.",
        unless(_duty_excluded),
        regimes=_FOIA,
    ),
    _must(
        "L-23",
        "called a refusal notice",
        "says that it is a refusal notice under section 17(1)",
        "it does not say that it is a refusal notice under section 17(1)",
        "Write 'This letter is a refusal notice under section 17(1) of the Act'.",
        lacking(
            r"\brefusal notice\b|\bnotice of refusal\b|\b(?:section|s)\.?\s?17\(1\)|\bacts as a refusal\b|\bsection 17\b[^.]{0,60}\bnotice\b|\bnotice\b[^.]{0,60}\bsection 17\b"
        ),
        "D-25",
        regimes=_FOIA,
        severity=Severity.WARNING,
        types=FULL_NCND,
    ),
    _must(
        "N-03",
        "cites what lifts the duty",
        "",
        "no subsection that lifts the duty to confirm or deny is cited",
        "Cite the subsection itself, such as 24(2) or 31(3), and its title.",
        _no_provision,
        concerns=is_others,
        regimes=_FOIA,
    ),
    _must(
        "N-03",
        "titles",
        "",
        "a provision is not named with its title",
        "Give each provision its title in the Act, such as 'Information supplied by, or relating to, "
        "bodies dealing with security matters'.",
        _untitled,
        "D-11",
        concerns=is_others,
        regimes=_FOIA,
        severity=Severity.WARNING,
    ),
    _must(
        "N-04",
        "limb",
        "",
        "the limb relied on is not named",
        "Name it by letter and words: 'section 31(1)(a), the prevention or detection of crime'.",
        _limbs_missing,
        "D-06",
        concerns=is_others,
        regimes=_FOIA,
    ),
    _must(
        "N-04",
        "likelihood",
        "",
        "how likely the prejudice is ('would be likely to') is missing",
        "Write that confirming or denying 'would', or 'would be likely to', prejudice the matter named.",
        _likelihood_missing,
        "D-06",
        concerns=is_others,
        regimes=_FOIA,
    ),
    _must(
        "N-05",
        "both answers",
        "",
        "the reasons do not argue from a confirmation and from a denial alike",
        "Say what a confirmation would tell people, and what a denial would.",
        unless(_both_answers),
        concerns=is_others,
    ),
    _must(
        "N-05",
        "reasons",
        "",
        "a provision is relied on without a reason",
        "Say why it applies (section 17(1)(c)), or rely on section 17(4) in so many words.",
        _unreasoned,
        "D-10",
        concerns=is_others,
        regimes=_FOIA,
    ),
    _must(
        "N-06",
        "weighed",
        "",
        "factors for and against confirming or denying, or the conclusion, are missing",
        "Give factors for and against confirming or denying, and conclude that the public interest in "
        "maintaining the exclusion of the duty outweighs that in disclosing whether the information is held.",
        unless(_weighed),
        concerns=lambda reading: is_others(reading) and qualified(reading),
    ),
    _must(
        "N-06",
        "thin factors",
        "",
        "one sentence is all that is said for an answer; the test has to be real on both sides",
        "Give the best case for confirming or denying.",
        _thin,
        "D-35",
        severity=Severity.WARNING,
        concerns=qualified,
    ),
    _must(
        "N-07",
        "absolute",
        "",
        "an absolute provision is not called absolute",
        "Write that it is absolute, so that no public interest test applies to it.",
        unless(_says_absolute),
        concerns=lambda reading: is_others(reading) and absolute(reading),
        regimes=_FOIA,
    ),
    _must(
        "N-07",
        "weighs an absolute provision",
        "",
        "an absolute provision is weighed, although the Act does not ask for it",
        "Take the test for it out.",
        _weighs_absolute,
        concerns=absolute,
        regimes=_FOIA,
    ),
    _must(
        "N-07",
        "harm for a class",
        "",
        "section 23 protects a class of information; whether harm would follow is not asked",
        "Write that section 23(5) is absolute and class-based, and say nothing of harm.",
        _harm_for_class,
        "D-09",
        severity=Severity.WARNING,
        regimes=_FOIA,
    ),
    _must(
        "N-08",
        "no inference either way",
        "may not be read as saying that the information exists or does not exist",
        "no sentence says that it is no indication that the information exists or does not exist",
        "Write 'This should not be taken as an indication that the information you requested exists or "
        "does not exist'.",
        unless(_both_ways),
    ),
    _must(
        "N-03",
        "23(5) without 24(2)",
        "",
        "section 23(5) alone can show that a security body is involved",
        "Rely on section 24(2) as well, so that neither tells which applies.",
        unless(_pairing),
        severity=Severity.WARNING,
        regimes=_FOIA,
    ),
    _must(
        "N-10",
        "boundary of the part",
        "",
        "it is not clear which part of the request is neither confirmed nor denied",
        "Name the part: 'any other information', or the number of the question.",
        unless(_boundary),
        types=frozenset({LetterType.NCND_PART}),
    ),
)
"""Every requirement that can be told from the words of a letter."""
