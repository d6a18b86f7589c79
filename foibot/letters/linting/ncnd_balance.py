"""Whether a letter that neither confirms nor denies weighs what the Act has it weigh, and nothing else (N-06, N-07); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.citing import by_sentence
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.passages import Passage
from foibot.letters.linting.reading import Reading, ignoring_case
from foibot.letters.linting.rule import (
    ANY_NCND,
    FOIA,
    FOISA,
    Hit,
    Rule,
    either,
    is_others,
    lacking,
    unless,
    wording,
)

_WEIGHED: Final = (
    r"\bconfirm\w*(?: or |/| nor |,? or to )(?:\w+ )?den\w+|\bneither confirm\w* nor den\w+|\bduty to confirm\b"
    r"|\bconfirmation\b|\bexclusion\b|\beither answer\b|\ban answer\b|\banswering\b"
    r"|\bwhether (?:or not )?(?:(?:the|any|such|this) )?(?:information|records?|it|we)\b"
)

_FACTOR: Final = r"(?:factors?|considerations?|arguments?|reasons?|points?|public interest|case|speaks?|weighs?|interests?|matters)"


def qualified(reading: Reading) -> bool:
    """Whether it relies on a provision for which the public interest has to be weighed."""
    # Section 18 asks another question in Scotland.
    weighed = any(each.needs_public_interest_test for each in reading.provisions)
    return weighed and reading.regime != "foisa"


def absolute(reading: Reading) -> bool:
    """Whether it relies on a provision for which nothing is weighed."""
    return any(not each.needs_public_interest_test for each in reading.provisions)


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
            r"\b(?:confirm\w*|answer\w*)\b[^.]{0,60}\bwould (?:help|allow|enable|improve|increase|promote|inform|assist"
            r"|provide|demonstrate|show)\b",
            r"\b(?:public|debate|account\w*|openness|transparen\w+|people)\b",
        )
    )


def _against(reading: Reading) -> bool:
    return (
        reading.says(rf"\bagainst\b[^.]{{0,60}}(?:{_WEIGHED})")
        or reading.says(
            r"\b(?:favour\w*|in favour of|supporting|for) (?:maintaining|neither|not confirming|refusing|excluding"
            r"|the exclusion|upholding|silence|declining)\b"
        )
        or reading.says(
            r"\bon the other (?:hand|side)\b|\bhowever\b|\bagainst (?:that|this)\b|\bagainst\b",
            r"\b(?:harm|prejudic|undermin|endanger|compromis|assist|help|weaken|damag|risk)\w*",
        )
    )


def _concludes(reading: Reading) -> bool:
    outcome = (
        r"\boutweigh\w*|\bfavours? (?:maintaining|neither|the exclusion|not|excluding|refus\w+)|\b(?:lies|falls"
        r"|rests|is|weighs|comes down) (?:\w+ )?(?:in favour of|with|against|on the side of)\b"
        r"|\bnot made out\b|\bgreater (?:weight|public interest)\b|\bstronger\b|\bprevails?\b|\boverrides?\b"
        r"|\bdoes not (?:favour|support)"
    )
    side = (
        r"\bexclusion\b|\bexcluding\b|\bneither confirm\w* nor den\w+|\bnot confirm\w*"
        r"|\bconfirming (?:n?or )?(?:deny\w*|whether)|\bduty to confirm\b|\bdisclosing whether\b"
        r"|\bconfirm(?:ation)? or den\w+"
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


def _harm_found_by_parliament(reading: Reading) -> Iterator[Hit]:
    """Give each place where the class is explained by a harm that the legislators found, without its number."""
    for match in reading.find_bare(
        r"\b(?:legislat\w+|Parliament)\b[^.]{0,60}\b(?:found|finds|identif\w+|decid\w+|determin\w+|recogni[sz]\w+|accept\w+"
        r"|consider\w*|assum\w+|judged|concluded|foresaw)\b[^.]{0,60}?\b(?:harm|prejudic)\w*"
    ):
        numbers = {each.number for each in reading.cited if each.sentence is match.sentence}
        # With its own number in the sentence it is found by that; another section may well be about harm.
        if not numbers and not _NOT_HARM.search(match.sentence.text):
            yield Hit(match.line, match.text)


_HARM: Final = re.compile(r"\b(?:harm|prejudice)\w*\b[^.]{0,60}", re.IGNORECASE)

_NOT_HARM: Final = re.compile(
    r"\b(?:no|not|without|never|rather than|nor)\b[^.]{0,50}\b(?:harm|prejudice)|\bclass[- ]based\b[^.]{0,20}\bnot\b",
    re.IGNORECASE,
)


def _weighs_absolute(reading: Reading) -> Iterator[Hit]:
    # Section 37(2) is absolute for some of its classes and weighed for others.
    weighed = {each.section for each in reading.provisions if each.needs_public_interest_test}
    for provision in reading.provisions:
        if provision.section in weighed:
            continue
        section = rf"(?:section |s\.? ?)?{re.escape(provision.section)}"
        yield from wording(
            rf"\b(?:for|against) (?:confirming or denying|confirmation or denial"
            rf"|confirmation nor denial)\W{{1,3}}(?:for |under |in relation to )?{section}"
            rf"|\b(?:factors?|considerations?|public interest test|balanc\w+)\b[^.]{{0,60}}\b(?:for|under|of"
            rf"|in) {section}(?![^.]{{0,80}}\b(?:no|not)\b)",
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


BALANCE: Final = (
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
        either(_harm_for_class, _harm_found_by_parliament),
        types=ANY_NCND,
        regimes=FOIA,
        defects=("D-09",),
    ),
)
"""The rules for the balance."""
