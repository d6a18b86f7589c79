"""What refusals on exemptions and exceptions, and answers in part, need and may not say (L-20 to L-22, L-34 to L-40); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot import law
from foibot.law.regime import Exemption, Kind
from foibot.letters.linting.citing import Cited, Law
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.guess import NEITHER, NOT_HELD, ncnd_provisions, withholds
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.ncnd_leaks import is_only_mentioned
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rights import rights
from foibot.letters.linting.rule import EVERY_TYPE, Asks, Hit, Look, Rule, lacking, unless, wording

_T = LetterType
_WITHHOLDING: Final = frozenset({_T.REFUSAL, _T.PART})
_FOIA: Final = frozenset({"foia"})
_EIR: Final = frozenset({"eir", "eisr"})
_SCOTTISH: Final = frozenset({"foisa"})

HELD: Final = (
    r"\b(?:we|i|police|constabulary|council|authority|trust|university|department|service|force|office|organisation|college|agency) (?:can confirm that (?:we|it|the \w+) |does |do )?(?:holds?|held)\b(?! no\b)"
    r"|\b(?:is|are|was|were|being) (?:indeed )?held\b|\bhas been (?:located|identified|found)\b|\binformation (?:that )?(?:we|it) holds?\b|\bheld by (?:us|the|this)\b|\bholding (?:the|this|some)\b|\bin our possession\b"
)
"""The ways of saying that information is held."""


def _says_held(reading: Reading) -> bool:
    return any(
        not re.search(rf"{NOT_HELD}", each.sentence.text, re.IGNORECASE)
        or "some" in each.sentence.text
        for each in reading.find(HELD)
    )


def relied_on(reading: Reading) -> list[Cited]:
    """The provisions a letter withholds on, without those it only mentions."""
    return [each for each in withholds(reading) if not is_only_mentioned(each)]


def _row(cited: Cited, reading: Reading) -> Exemption | None:
    rows = law.regime(reading.regime).exemptions
    for row in rows:
        if row.subsection == cited.subsection and (
            not _third_bracket(row) or cited.provision.startswith(row.section)
        ):
            return row
    return None


def _third_bracket(row: Exemption) -> bool:
    return "with" in row.section or " to " in row.section


def qualified_rows(reading: Reading) -> list[Exemption]:
    """The rows of the law's table that are relied on and ask for the public interest to be weighed."""
    return [
        row
        for each in relied_on(reading)
        if (row := _row(each, reading)) and not row.absolute and row.section[:2] != "40"
    ]


def _needs_balance(reading: Reading) -> bool:
    return bool(qualified_rows(reading)) or (
        reading.regime in _EIR
        and any(each.number == "12" or each.number == "10" for each in relied_on(reading))
    )


def _by_prejudice(reading: Reading) -> list[Cited]:
    return [
        each
        for each in relied_on(reading)
        if (row := _row(each, reading)) and row.kind is Kind.PREJUDICE
    ]


def _balanced(reading: Reading) -> bool:
    weighed = reading.says(r"\bpublic interest\b|\bbalanc\w+")
    sides = reading.says(
        r"\b(?:favour\w*|for|support\w*)\b[^.]{0,60}\b(?:disclos\w*|releas\w*|withh\w*|openness|transparen\w+|maintain\w*)"
    ) or reading.says(
        r"\b(?:transparen\w+|openness|accountab\w+|public (?:debate|understanding|money|scrutiny))\b"
    )
    other = reading.says(
        r"\bagainst\b|\bhowever\b|\bon the other (?:hand|side)\b|\bfavour\w* (?:of )?(?:maintaining|withholding|non-disclosure)\b|\boutweigh\w*"
    )
    return weighed and sides and other


_CONCLUSION: Final = r"\boutweigh\w*|\bfavours? (?:maintaining|withholding|non-disclosure|the exemption|the exception|keeping)|\b(?:lies|falls|rests|is|weighs|comes down) (?:\w+ )?(?:in favour of|with|against|on the side of)\b|\bgreater public interest\b|\bpublic interest is (?:better|best) served\b|\bprevails?\b"


def _bare_exemptions(reading: Reading) -> Iterator[Hit]:
    """Sections of Part II cited without a subsection anywhere."""
    first, last = {"foia": (21, 44), "foisa": (25, 41), "eir": (12, 13), "eisr": (10, 11)}[
        reading.regime
    ]
    detailed = {each.number for each in reading.cited if each.brackets}
    seen: set[str] = set()
    for each in reading.cited:
        number = int(re.match(r"\d+", each.number)[0])  # type: ignore[index]
        if (
            first <= number <= last
            and not each.brackets
            and each.number not in detailed | seen | _WHOLE
        ):
            seen.add(each.number)
            yield Hit(
                each.line,
                each.text,
                f"section {each.number} is cited without the subsection relied on",
            )


_WHOLE: Final = frozenset({"21", "22", "25", "39", "42"})


def _unreasoned(reading: Reading) -> bool:
    return reading.says(
        r"\bbecause\b|\bsince\b|\bas (?:it|the|this|they|disclos\w+|releas\w+|we)\b|\bwould\b|\bin that\b|\bthe reasons?\b|\bapplies (?:to|where|as)\b|\brelates? to\b|\bis (?:personal data|the personal)\b|\bconstitutes?\b"
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
        r"\bwould\b[^.]{0,60}\b(?:prejudic\w*|harm\w*|undermin\w*|inhibit\w*|endanger\w*|hinder\w*|damag\w*|likely)|\blikely to\b|\bprejudic\w+[^.]{0,60}\bwould\b"
    ):
        yield Hit(cited[0].line, cited[0].text)


def _limb_missing(reading: Reading) -> Iterator[Hit]:
    for each in relied_on(reading):
        row = _row(each, reading)
        if row is not None and row.limbs and len(each.brackets) < 2 and row.kind is Kind.PREJUDICE:
            named = any(
                one.subsection == each.subsection and len(one.brackets) > 1 for one in reading.cited
            )
            worded = any(
                reading.says(re.escape(" ".join(limb.words.split()[:5]))) for limb in row.limbs
            )
            if not named and not worded:
                yield Hit(
                    each.line,
                    each.text,
                    f"no limb of section {each.subsection} is named",
                )


def _misjudged(reading: Reading) -> Iterator[Hit]:
    """X-01: an exemption that is called what it is not."""
    for sentence in reading.sentences:
        match = re.search(
            r"\b(?:is|are|as)(?: both| all)? (?:an? )?(?P<word>absolute|qualified)\b(?! person)",
            sentence.text,
            re.IGNORECASE,
        )
        cited = [
            each
            for each in reading.cited
            if each.sentence is sentence
            and each.law is Law.ACT
            and each.end <= (match.start() if match else 0)
        ]
        if match is None or re.search(r"\bnot\b", sentence.text, re.IGNORECASE):
            continue
        for each in cited:
            said = match["word"].lower() == "absolute"
            rows = [
                row for row in law.regime(reading.regime).exemptions if row.number == each.number
            ]
            if (
                rows
                and all(_absolute(row, each) != said for row in rows if _meant(row, each))
                and any(_meant(row, each) for row in rows)
            ):
                yield Hit(each.line, sentence.text[each.start : match.end()])


def _meant(row: Exemption, cited: Cited) -> bool:
    return (
        not cited.brackets
        or row.subsection == cited.subsection
        or row.ncnd_provision.startswith(cited.subsection)
    )


def _absolute(row: Exemption, cited: Cited) -> bool:
    if row.ncnd and cited.brackets and row.ncnd.provision.startswith(cited.subsection):
        return not row.ncnd.needs_public_interest_test
    return row.absolute


def _old_citations(reading: Reading) -> Iterator[Hit]:
    year = next(
        (
            int(found)
            for each in reading.find(r"\b(?:19|20)\d\d\b")
            if "Act" not in each.sentence.text
            for found in [each.text]
        ),
        2100,
    )
    if reading.regime == "foia" and year > 2018:
        for each in reading.cited:
            if each.number == "40" and each.brackets[:1] in {("3",), ("4",), ("5",)}:
                yield Hit(each.line, each.text)
    if reading.regime == "eir" and year > 2018:
        for each in reading.cited:
            if each.law is Law.REGULATIONS and each.provision == "13(5)":
                yield Hit(each.line, each.text)


def _not_for_police(reading: Reading) -> Iterator[Hit]:
    # What an order may name is judged when it is given; here only letters written elsewhere count.
    if reading.ordered or not re.search(r"\bPolice\b|\bConstabulary\b", reading.authority):
        return
    for each in reading.cited:
        if each.law is Law.ACT and each.number in {"33", "35"} and each.brackets:
            yield Hit(each.line, each.text)


def _excluding_each_other(reading: Reading) -> Iterator[Hit]:
    sections = {each.subsection: each for each in relied_on(reading)}
    for pair in (("30(1)", "31(1)"), ("30(2)", "31(1)"), ("23(1)", "24(1)")):
        if set(pair) <= set(sections) and not reading.says(
            r"\bin the alternative\b|\bother (?:information|parts?|documents?)\b|\bremain\w+\b|\bto the extent\b|\bdifferent (?:information|parts)\b|\bnot (?:both|covered)\b|\bquestion \d"
        ):
            at = sections[pair[1]]
            yield Hit(
                at.line,
                at.text,
                f"sections {pair[0]} and {pair[1]} cannot both apply to the same information",
            )


def _blanket(reading: Reading) -> bool:
    if len({each.subsection for each in relied_on(reading)}) < 2:
        return True
    return any(
        re.search(
            r"\b(?:questions?|parts?|points?|items?|documents?|pages?|columns?|names?|figures?|sections? of|paragraphs?|report|remaining|some of|those|details?|address\w*|emails?|contract|price\w*|(?:applies|apply) to)\b",
            each.sentence.text,
            re.IGNORECASE,
        )
        for each in relied_on(reading)
    )


def _says_ncnd(reading: Reading) -> bool:
    return reading.says(NEITHER)


def _has_pointer(reading: Reading) -> bool:
    return reading.says(
        r"\bhttps?://\S+|\bwww\.\S+|\b[a-z0-9-]+\.(?:gov|police|org|co)\.uk\b|\blibrary\b|\bpage \d+|\bregister (?:at|of|kept)\b|\bpublication scheme\b"
    )


def _rule(
    id: str,
    name: str,
    severity: Severity,
    why: str,
    instead: str,
    look: Look,
    types: frozenset[LetterType],
    *,
    regimes: frozenset[str] = frozenset(),
    concerns: Asks = lambda _: True,
) -> Rule:
    return Rule(id, name, severity, why, instead, look, types, regimes, concerns)


_E, _W = Severity.ERROR, Severity.WARNING
_PIT_CONCLUSION: Final = "Conclude that 'in all the circumstances of the case, the public interest in maintaining the exemption outweighs the public interest in disclosing the information'."

REFUSAL_RULES: Final = (
    _rule(
        "L-20",
        "withholds",
        _E,
        "a disclosure in full keeps nothing back",
        "If something is kept back, make it an answer in part.",
        wording(
            r"\bwithh(?:eld|old)\w*|\b(?:is|are) (?:therefore )?exempt\b|\bredact\w*",
            but=r"\b(?:nothing|no (?:information|part))\b|\bnot\b",
        ),
        frozenset({_T.DISCLOSURE}),
    ),
    _rule(
        "L-21",
        "says what is given",
        _E,
        "it does not say what is given",
        "Say what is supplied, and where it stands.",
        lacking(
            r"\b(?:attached|enclosed|below|provid\w*|suppl\w*|disclos\w*|releas\w*|answers?|confirm\w*|listed|copy|table|set out)\b"
        ),
        frozenset({_T.PART}),
    ),
    _rule(
        "L-21",
        "blanket list",
        _W,
        "the exemptions are listed for the whole request",
        "Say for each part which exemption applies to it.",
        unless(_blanket),
        frozenset({_T.PART}),
    ),
    _rule(
        "L-22",
        "held",
        _E,
        "it does not say that the information is held",
        "Write '[authority] holds the information you requested'.",
        unless(_says_held),
        frozenset({_T.REFUSAL}),
        regimes=frozenset({"foia"}),
    ),
    _rule(
        "L-22",
        "reliance",
        _E,
        "it does not say that an exemption is relied on",
        "Write 'The information is exempt under section ...'.",
        lacking(
            r"\bexempt\w*|\bwithh(?:eld|old)\w*|\brefus\w+|\brely(?:ing)?\b|\brelies\b|\bexception\b"
        ),
        _WITHHOLDING,
        regimes=_FOIA,
    ),
    _rule(
        "L-22",
        "subsection",
        _E,
        "an exemption is cited without its subsection",
        "Cite subsection and limb: 'section 31(1)(a)'.",
        _bare_exemptions,
        _WITHHOLDING,
    ),
    _rule(
        "L-22",
        "reason",
        _E,
        "no reason is given why the exemption applies",
        "Say why it applies to this information.",
        unless(_unreasoned),
        _WITHHOLDING,
    ),
    _rule(
        "L-22",
        "limb",
        _W,
        "the limb of a prejudice-based exemption is not named",
        "Name it by letter and words.",
        _limb_missing,
        _WITHHOLDING,
        regimes=_FOIA,
    ),
    _rule(
        "L-22",
        "likelihood",
        _E,
        "how likely the prejudice is ('would' or 'would be likely to') is missing",
        "Say that disclosure 'would', or 'would be likely to', prejudice the interest, and how.",
        _prejudice_unlikely,
        _WITHHOLDING,
        regimes=_FOIA,
    ),
    _rule(
        "L-22",
        "public interest",
        _E,
        "a qualified exemption is relied on and the public interest is not weighed on both sides",
        "Give factors for and against disclosure.",
        unless(_balanced),
        _WITHHOLDING,
        regimes=_FOIA,
        concerns=_needs_balance,
    ),
    _rule(
        "L-22",
        "conclusion",
        _E,
        "the public interest test has no conclusion",
        _PIT_CONCLUSION,
        lacking(_CONCLUSION),
        _WITHHOLDING,
        regimes=_FOIA,
        concerns=_needs_balance,
    ),
    _rule(
        "L-22",
        "NCND subsection",
        _E,
        "a provision that lifts the duty to confirm or deny is cited, although the letter says that the information is held",
        "Cite the subsection that withholds, such as 31(1) in place of 31(3).",
        _ncnd_cited,
        _WITHHOLDING,
        concerns=lambda reading: not _says_ncnd(reading),
    ),
    _rule(
        "L-34",
        "held",
        _E,
        "section 21 applies only to information that is held",
        "Say that the information is held.",
        unless(_says_held),
        frozenset({_T.ACCESSIBLE}),
    ),
    _rule(
        "L-34",
        "where it is",
        _E,
        "the place where the information is to be found is missing",
        "Give the exact link or place.",
        unless(_has_pointer),
        frozenset({_T.ACCESSIBLE}),
    ),
    _rule(
        "L-35",
        "intention",
        _E,
        "it does not say that publication was intended before the request came",
        "Say that the intention to publish is older than the request.",
        lacking(
            r"\b(?:intend\w*|intention|plan(?:s|ned)?|schedul\w+|due to be published|will be published|publish\w*)\b[^.]{0,160}\b(?:before|prior|already|at the time|when (?:you|your|we received)|pre-?dat\w+|older|previously)\b|\b(?:before|prior to|at the time|already|when)\b[^.]{0,160}\b(?:intend\w*|intention|plan(?:s|ned)?|schedul\w+)\b"
        ),
        frozenset({_T.FUTURE_PUBLICATION}),
    ),
    _rule(
        "L-35",
        "reasonable",
        _E,
        "it does not say why it is reasonable to wait",
        "Say why it is reasonable in all the circumstances to wait for publication.",
        lacking(r"\breasonable\b"),
        frozenset({_T.FUTURE_PUBLICATION}),
    ),
    _rule(
        "L-35",
        "public interest",
        _E,
        "section 22 is qualified, and the public interest is not weighed",
        "Give factors for and against disclosure now.",
        unless(_balanced),
        frozenset({_T.FUTURE_PUBLICATION}),
    ),
    _rule(
        "L-35",
        "decided after",
        _E,
        "publication that was decided because of the request is outside section 22",
        "Rely on section 22 only if the intention is older.",
        wording(
            r"\b(?:following|because of|as a result of|in (?:the )?light of|since) (?:your|this|the) request\b[^.]{0,80}\b(?:publish|publication|decided)\w*|\b(?:have now|now) decided to publish\b"
        ),
        frozenset({_T.FUTURE_PUBLICATION}),
    ),
    _rule(
        "L-36",
        "outcome",
        _E,
        "it does not say whether the decision is upheld",
        "Say 'upheld', 'upheld in part' or 'overturned', ground by ground.",
        lacking(
            r"\b(?:uph[eo]ld\w*|overturn\w*|revers\w+|revis\w+|agree\w* with|maintain\w*|stands?|modif\w+|substitut\w+|allow(?:ed)?|correct\w*|original (?:decision|response))\b"
        ),
        frozenset({_T.REVIEW_OUTCOME}),
    ),
    _rule(
        "L-36",
        "another reviewer",
        _W,
        "it does not say that the reviewer took no part in the decision",
        "Say who reviewed, and that they took no part in the decision.",
        lacking(
            r"\b(?:not|no|neither|never)\b[^.]{0,40}\b(?:involved|involvement|part|dealt)\b|\bindependent\w*|\bfresh\b|\bsomebody else\b|\banother officer\b|\bmore senior\b|\bsenior (?:officer|manager)\b|\bunconnected\b|\bimpartial\w*"
        ),
        frozenset({_T.REVIEW_OUTCOME}),
    ),
    _rule(
        "L-36",
        "second review",
        _E,
        "a review has one stage, and here a second is offered",
        "After the review comes the regulator.",
        wording(
            r"\b(?:further|second|another) (?:internal )?review\b|\bask (?:us )?for (?:an|another) (?:internal )?review\b|\bstage (?:two|2)\b",
            after=r"\bno\b[^.]{0,20}$",
            but=r"\b(?:no|not) (?:a )?(?:further|second|another)\b",
        ),
        frozenset({_T.REVIEW_OUTCOME}),
    ),
    _rule(
        "L-37",
        "exception",
        _E,
        "the exception is not cited by its regulation",
        "Cite it: 'regulation 12(5)(b)'.",
        unless(
            lambda reading: any(
                each.number in {"12", "13", "10", "11", "5", "6"} and each.brackets
                for each in reading.cited
            )
        ),
        _WITHHOLDING,
        regimes=_EIR,
    ),
    _rule(
        "L-37",
        "public interest",
        _E,
        "the matters considered on the public interest are missing",
        "Give them, with the conclusion (regulation 14(3)).",
        unless(_balanced),
        _WITHHOLDING,
        regimes=_EIR,
        concerns=_needs_balance,
    ),
    _rule(
        "L-37",
        "presumption",
        _E,
        "the presumption in favour of disclosure is not mentioned",
        "Say that regulation 12(2) was applied.",
        lacking(r"\bpresumption\b|\b12\(2\)"),
        _WITHHOLDING,
        regimes=frozenset({"eir"}),
    ),
    _rule(
        "L-37",
        "representations",
        _E,
        "the right to make representations under regulation 11 is missing",
        "Say that representations may be made within 40 working days.",
        unless(lambda reading: rights(reading).review),
        _WITHHOLDING | {_T.NOT_HELD},
        regimes=_EIR,
    ),
    _rule(
        "L-37",
        "enforcement",
        _E,
        "the right to apply to the regulator (regulation 18) is missing",
        "Name it, with the regulator's particulars.",
        unless(lambda reading: rights(reading).regulator),
        _WITHHOLDING | {_T.NOT_HELD},
        regimes=_EIR,
    ),
    _rule(
        "L-37",
        "at discretion",
        _E,
        "the review is a right under regulation 11",
        "Leave the discretion out.",
        wording(
            r"\b(?:at|in) (?:our|its|the \w+'?s?) (?:sole |absolute )?discretion\b|\bdiscretionary review\b|\bno obligation to review\b"
        ),
        EVERY_TYPE,
        regimes=_EIR,
    ),
    _rule(
        "L-39",
        "held",
        _E,
        "a refusal under section 16 has to say that the information is held",
        "Say that it is held.",
        unless(_says_held),
        frozenset({_T.REFUSAL}),
        regimes=_SCOTTISH,
    ),
    _rule(
        "L-39",
        "rights",
        _E,
        "the rights of section 19 (review under section 20, application under section 47) are missing",
        "Give both, with the Scottish Information Commissioner's address.",
        unless(
            lambda reading: (
                reading.says(r"\breview\b")
                and reading.says(r"\bScottish Information Commissioner\b|\bCommissioner\b")
            )
        ),
        _WITHHOLDING | {_T.NOT_HELD},
        regimes=_SCOTTISH,
    ),
    _rule(
        "L-39",
        "regulator of another country",
        _E,
        "the regulator of Scottish authorities is the Scottish Information Commissioner",
        "Take the other regulator's address out.",
        wording(r"\bico\.org\.uk\b|\bWycliffe House\b|\bSK9 5AF\b|\bICO\b"),
        EVERY_TYPE,
        regimes=frozenset({"foisa", "eisr"}),
    ),
    _rule(
        "L-40",
        "rights after a review",
        _E,
        "the rights under sections 47(1) and 56 are missing",
        "Name both.",
        unless(lambda reading: reading.cites("47", "47(1)") and reading.cites("56")),
        frozenset({_T.REVIEW_OUTCOME}),
        regimes=_SCOTTISH,
    ),
    _rule(
        "X-01",
        "absolute or qualified",
        _E,
        "the exemption is not of the kind the letter says",
        "Look it up: absolute are sections 21, 23, 32, 34, 40(1), 41, 44 and parts of 36, 37 and 40(2).",
        _misjudged,
        EVERY_TYPE,
        regimes=_FOIA,
    ),
    _rule(
        "X-05",
        "exclude each other",
        _W,
        "two exemptions that exclude each other are claimed for the same information",
        "Say which information each one covers, or plead them in the alternative.",
        _excluding_each_other,
        _WITHHOLDING,
        regimes=_FOIA,
    ),
    _rule(
        "X-07",
        "old citation",
        _E,
        "the provision was replaced in 2018",
        "Cite section 40(2) with 40(3A), or 40(5A) or (5B).",
        _old_citations,
        EVERY_TYPE,
    ),
    _rule(
        "X-08",
        "not for the police",
        _E,
        "this exemption is not open to a police force",
        "Choose another.",
        _not_for_police,
        EVERY_TYPE,
    ),
)
"""The rules for answers that withhold."""
