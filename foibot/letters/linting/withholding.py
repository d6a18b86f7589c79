"""What a refusal on exemptions or exceptions needs, and an answer that gives a part (L-20 to L-22, L-37, L-39, X-05); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot import law
from foibot.law.regime import Exemption, Kind
from foibot.letters.linting.citing import Cited
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import (
    limbs_cited,
    ncnd_provisions,
    numbers_that_withhold,
    withholds,
)
from foibot.letters.linting.letter_type import (
    WITHHOLDING,
    LetterType,
)
from foibot.letters.linting.mentions import is_only_mentioned
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import (
    ANY_NCND,
    FOIA,
    FOISA,
    REGULATIONS,
    Hit,
    Rule,
    lacking,
    unless,
    wording,
)
from foibot.letters.linting.statements import NEITHER, says_held, supplies


def relied_on(reading: Reading) -> list[Cited]:
    """The provisions a letter withholds on, without those it only mentions."""
    return [each for each in withholds(reading) if not is_only_mentioned(each)]


def _row(cited: Cited, reading: Reading) -> Exemption | None:
    rows = law.regime(reading.regime).exemptions
    here = [row for row in rows if row.subsection == cited.subsection]
    # Several rows share 37(1), and are told apart by their letters.
    lettered = [row for row in here if len(here) > 1 and cited.provision in limbs_cited(row)]
    for row in lettered or here:
        if "with" not in row.section or cited.provision.startswith(row.section):
            return row
    return None


def qualified_rows(reading: Reading) -> list[Exemption]:
    """The rows of the law's table that are relied on and ask for the public interest to be weighed."""
    return [
        row
        for each in relied_on(reading)
        if (row := _row(each, reading)) and not row.absolute and row.section[:2] != "40"
    ]


def _needs_balance(reading: Reading) -> bool:
    return bool(qualified_rows(reading)) or (
        reading.regime in REGULATIONS
        and any(each.number == "12" or each.number == "10" for each in relied_on(reading))
    )


def _by_prejudice(reading: Reading) -> list[Cited]:
    return [
        each
        for each in relied_on(reading)
        if (row := _row(each, reading)) and row.kind is Kind.PREJUDICE
    ]


def weighs_disclosure(reading: Reading) -> bool:
    """Whether it weighs the public interest in disclosure, on both sides."""
    weighed = reading.says(r"\bpublic interest\b|\bbalanc\w+")
    sides = reading.says(
        r"\b(?:favour\w*|for|support\w*)\b[^.]{0,60}\b(?:disclos\w*|releas\w*|withh\w*|openness|transparen\w+|maintain\w*)"
    ) or reading.says(
        r"\b(?:transparen\w+|openness|accountab\w+|public (?:debate|understanding|money|scrutiny))\b"
    )
    other = reading.says(
        r"\bagainst\b|\bhowever\b|\bon the other (?:hand|side)\b|\bfavour\w* (?:of )?(?:maintaining|withholding"
        r"|non-disclosure)\b|\boutweigh\w*"
    )
    return weighed and sides and other


_CONCLUSION: Final = (
    r"\boutweigh\w*|\bfavours? (?:maintaining|withholding|non-disclosure|the exemption|the exception|keeping)"
    r"|\b(?:lies|falls|rests|is|weighs|comes down) (?:\w+ )?(?:in favour of|with|against|on the side of)\b"
    r"|\bgreater public interest\b|\bpublic interest is (?:better|best) served\b|\bprevails?\b"
)


def _bare_exemptions(reading: Reading) -> Iterator[Hit]:
    """Sections of Part II cited without a subsection anywhere."""
    numbers = numbers_that_withhold(reading.regime)
    detailed = {each.number for each in reading.cited if each.brackets}
    seen: set[str] = set()
    for each in reading.cited:
        if each.number in numbers - _WHOLE and each.number not in detailed | seen:
            seen.add(each.number)
            yield Hit(
                each.line,
                each.text,
                f"section {each.number} is cited without the subsection relied on",
            )


_WHOLE: Final = frozenset({"21", "22", "25", "39", "42"})


def _unreasoned(reading: Reading) -> bool:
    return reading.says(
        r"\bbecause\b|\bsince\b|\bas (?:it|the|this|they|disclos\w+|releas\w+|we)\b|\b(?:would|could|might)\b"
        r"|\bin that\b|\bin confidence\b|\brisks?\b|\b(?:is|are) (?:still |currently )?being\b|\b(?:was"
        r"|were) given\b|\bthe reasons?\b|\bapplies (?:to|where|as)\b|\brelates? to\b|\bis (?:personal data"
        r"|the personal)\b|\bconstitutes?\b"
    )


def _ncnd_cited(reading: Reading) -> Iterator[Hit]:
    known = ncnd_provisions(law.regime(reading.regime))
    for each in reading.cited:
        if (
            each.subsection in known
            and each.subsection not in {"18"}
            and not is_only_mentioned(each)
        ):
            yield Hit(each.line, each.text)


def _prejudice_unlikely(reading: Reading) -> Iterator[Hit]:
    cited = _by_prejudice(reading)
    if cited and not reading.says(
        r"\bwould\b[^.]{0,60}\b(?:prejudic\w*|harm\w*|undermin\w*|inhibit\w*|endanger\w*|hinder\w*|damag\w*|likely)"
        r"|\blikely to\b|\bprejudic\w+[^.]{0,60}\bwould\b"
    ):
        yield Hit(cited[0].line, cited[0].text)


def _limb_missing(reading: Reading) -> Iterator[Hit]:
    named = {each.subsection for each in reading.cited if len(each.brackets) > 1}
    first = {each.subsection: each for each in reversed(relied_on(reading))}
    for subsection, each in first.items():
        row = _row(each, reading)
        if row is None or row.kind is not Kind.PREJUDICE or not row.limbs or subsection in named:
            continue
        if not any(reading.says(re.escape(" ".join(limb.words.split()[:5]))) for limb in row.limbs):
            yield Hit(each.line, each.text, f"no limb of section {subsection} is named")


def _blanket(reading: Reading) -> bool:
    if len({each.subsection for each in relied_on(reading)}) < 2:
        return True
    return any(
        re.search(
            r"\b(?:questions?|parts?|points?|items?|documents?|pages?|columns?|names?|figures?|sections? of|paragraphs?"
            r"|report|remaining|some of|those|details?|address\w*|emails?|contract|price\w*|(?:applies|apply) to)\b",
            each.sentence.text,
            re.IGNORECASE,
        )
        for each in relied_on(reading)
    )


def _says_ncnd(reading: Reading) -> bool:
    return reading.says(NEITHER)


_PIT_CONCLUSION: Final = "Conclude that 'in all the circumstances of the case, the public interest in maintaining the exemption outweighs the public interest in disclosing the information'."


WITHHOLDING_RULES: Final = (
    Rule(
        "L-20",
        "withholds",
        Severity.ERROR,
        "a disclosure in full keeps nothing back",
        "If something is kept back, make it an answer in part.",
        wording(
            r"\bwithh(?:eld|old)\w*|\b(?:is|are) (?:therefore )?exempt\b|\bredact\w*",
            but=r"\b(?:nothing|no (?:information|part))\b|\bnot\b",
        ),
        types=frozenset({LetterType.DISCLOSURE}),
    ),
    Rule(
        "L-21",
        "says what is given",
        Severity.ERROR,
        "it does not say what is given",
        "Say what is supplied, and where it stands.",
        unless(supplies),
        types=frozenset({LetterType.PART}),
    ),
    Rule(
        "L-21",
        "blanket list",
        Severity.WARNING,
        "the exemptions are listed for the whole request",
        "Say for each part which exemption applies to it.",
        unless(_blanket),
        types=frozenset({LetterType.PART}),
    ),
    Rule(
        "L-22",
        "held",
        Severity.ERROR,
        "it does not say that the information is held",
        "Write '[authority] holds the information you requested'.",
        unless(says_held),
        types=frozenset({LetterType.REFUSAL}),
        regimes=FOIA,
    ),
    Rule(
        "L-22",
        "reliance",
        Severity.ERROR,
        "it does not say that an exemption is relied on",
        "Write 'The information is exempt under section ...'.",
        lacking(
            r"\bexempt\w*|\bwithh(?:eld|old)\w*|\brefus\w+|\brely(?:ing)?\b|\brelies\b|\bexception\b"
        ),
        types=WITHHOLDING,
        regimes=FOIA,
    ),
    Rule(
        "L-22",
        "subsection",
        Severity.ERROR,
        "an exemption is cited without its subsection",
        "Cite subsection and limb: 'section 31(1)(a)'.",
        _bare_exemptions,
        types=WITHHOLDING,
    ),
    Rule(
        "L-22",
        "reason",
        Severity.ERROR,
        "no reason is given why the exemption applies",
        "Say why it applies to this information.",
        unless(_unreasoned),
        types=WITHHOLDING,
    ),
    Rule(
        "L-22",
        "limb",
        Severity.WARNING,
        "the limb of a prejudice-based exemption is not named",
        "Name it by letter and words.",
        _limb_missing,
        types=WITHHOLDING,
        regimes=FOIA,
    ),
    Rule(
        "L-22",
        "likelihood",
        Severity.ERROR,
        "how likely the prejudice is ('would' or 'would be likely to') is missing",
        "Say that disclosure 'would', or 'would be likely to', prejudice the interest, and how.",
        _prejudice_unlikely,
        types=WITHHOLDING,
        regimes=FOIA,
    ),
    Rule(
        "L-22",
        "public interest",
        Severity.ERROR,
        "a qualified exemption is relied on and the public interest is not weighed on both sides",
        "Give factors for and against disclosure.",
        unless(weighs_disclosure),
        types=WITHHOLDING,
        regimes=FOIA,
        concerns=_needs_balance,
    ),
    Rule(
        "L-22",
        "conclusion",
        Severity.ERROR,
        "the public interest test has no conclusion",
        _PIT_CONCLUSION,
        lacking(_CONCLUSION),
        types=WITHHOLDING,
        regimes=FOIA,
        concerns=_needs_balance,
    ),
    Rule(
        "L-22",
        "NCND subsection",
        Severity.ERROR,
        "a provision that lifts the duty to confirm or deny is cited, although the letter says that the information is held",
        "Cite the subsection that withholds, such as 31(1) in place of 31(3).",
        _ncnd_cited,
        types=WITHHOLDING,
        concerns=lambda reading: not _says_ncnd(reading),
    ),
    Rule(
        "L-37",
        "exception",
        Severity.ERROR,
        "the exception is not cited by its regulation",
        "Cite it: 'regulation 12(5)(b)'.",
        unless(
            lambda reading: any(
                each.number in {"12", "13", "10", "11", "5", "6"} and each.brackets
                for each in reading.cited
            )
        ),
        types=WITHHOLDING,
        regimes=REGULATIONS,
    ),
    Rule(
        "L-37",
        "public interest",
        Severity.ERROR,
        "the matters considered on the public interest are missing",
        "Give them, with the conclusion (regulation 14(3)).",
        unless(weighs_disclosure),
        types=WITHHOLDING,
        regimes=REGULATIONS,
        concerns=_needs_balance,
    ),
    Rule(
        "L-37",
        "presumption",
        Severity.ERROR,
        "the presumption in favour of disclosure is not mentioned",
        "Say that regulation 12(2) was applied.",
        lacking(r"\bpresumption\b|\b12\(2\)"),
        types=WITHHOLDING,
        regimes=frozenset({"eir"}),
    ),
    Rule(
        "L-37",
        "would adversely affect",
        Severity.ERROR,
        "the exceptions of regulation 12(5) ask whether disclosure would adversely affect something; that it is likely to is not enough",
        "Write 'would adversely affect', if it is more likely than not, or do not rely on it.",
        wording(
            r"\b(?:would|will|is|are|be)(?: be)? (?:\w+ )?likely to,? (?:\w+ )?(?:adversely (?:\w+ )?affect|have an adverse effect)\b",
            after=r"\b(?:not enough|whether|not|never)\b[^.;]{0,40}$",
        ),
        types=WITHHOLDING | ANY_NCND,
        regimes=frozenset({"eir"}),
    ),
    Rule(
        "L-39",
        "held",
        Severity.ERROR,
        "a refusal under section 16 has to say that the information is held",
        "Say that it is held.",
        unless(says_held),
        types=frozenset({LetterType.REFUSAL}),
        regimes=FOISA,
    ),
    Rule(
        "L-25",
        "balance",
        Severity.ERROR,
        "the notice after the public interest was weighed does not say how the balance fell, and why",
        "Give the factors on both sides and the conclusion.",
        lacking(_CONCLUSION, r"\bpublic interest\b|\bbalance\b|\bexclusion\b"),
        types=frozenset({LetterType.SECOND_NOTICE}),
        concerns=lambda reading: (
            _needs_balance(reading)
            or any(each.needs_public_interest_test for each in reading.provisions)
        ),
    ),
)
"""The rules for letters that withhold."""
