"""Letters after which the answer has to wait: more time, a question, a fee (L-24, L-30, L-31, L-38, N-16); no I/O."""

from __future__ import annotations

from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.laws import withholds
from foibot.letters.linting.letter_type import (
    LetterType,
)
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import (
    DATE,
    FOIA,
    REGULATIONS,
    Rule,
    lacking,
    unless,
    wording,
)
from foibot.letters.linting.statements import NEITHER, says_whether_held

_SUM: Final = r"(?:£\s?\d[\d,.]*|\d[\d,.]*\s?(?:p\b(?!\.m)|pence\b))"
_RECKONED: Final = (
    r"\b(?:calculat\w+|(?:per|an?) (?:page|sheet|side|copy|disc|hour)\b|each\b|made up|based on|breakdown"
    r"|postage|photocop\w+|\d+ (?:pages|sheets|sides|copies|discs)\b|(?:a|one) tenth\b|10\s?(?:%|per ?cent\b))"
    # Hours alone may be those of the office; beside a sum they are what is paid for.
    rf"|\b\d[\d,.]* hours?\b(?! a day).{{0,80}}?{_SUM}"
    # "100 x 10p", "40 at £2.50", "£225 less £100", "£10.00 + £2.50"; the signs for times and minus in any form.
    rf"|\d\s?(?:[x\u00d7*@]|times\b|at\b)\s?{_SUM}"
    rf"|{_SUM}\s?(?:[x\u00d7*+]|[\u2212\u2013-]\s|times\b|plus\b|less\b|minus\b)\s?£?\s?\d"
)
"""How a fee was reckoned: its items and their prices, or the sum."""


def _only_absolute(reading: Reading) -> bool:
    cited = withholds(reading)
    return not cited or not all(
        each.number in {"21", "23", "32", "34", "41", "44"} or each.subsection == "40(1)"
        for each in cited
    )


def _asks_something(reading: Reading) -> bool:
    text = reading.document.text
    return "?" in text or reading.says(
        r"\b(?:please|could you|can you|would you|let us know|tell us|specify|clarify)\b"
    )


WAITING: Final = (
    Rule(
        "L-24",
        "no decision yet",
        Severity.ERROR,
        "it does not say that the public interest has not been decided",
        "Write 'We have not yet reached a decision on the public interest'.",
        lacking(
            r"\b(?:not (?:yet )?(?:been )?(?:reached|made|decided|concluded|completed|finished|able)"
            r"|no (?:final )?decision|still consider\w*|yet to (?:reach|decide|make|complete)|need\w* (?:more|further"
            r"|additional|extra|longer)|further (?:time|consideration)|additional time|more time|longer)\b"
        ),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "L-24",
        "exemption named",
        Severity.ERROR,
        "the exemption that is being considered is not named",
        "Name every one, with its subsection.",
        unless(
            lambda reading: any(
                each.number.rstrip("A").isdigit() and 21 <= int(each.number.rstrip("AB")) <= 44
                for each in reading.cited
            )
        ),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "L-24",
        "only absolute exemptions",
        Severity.ERROR,
        "absolute exemptions leave no public interest to weigh, so that there is no extension",
        "Answer in time.",
        unless(_only_absolute),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "L-24",
        "estimated date",
        Severity.ERROR,
        "the date by which a decision is expected is missing",
        "Give it as a date (section 17(2)).",
        lacking(
            DATE,
            r"\b(?:by|before|until|expect\w*|estimat\w*|hope|aim|intend|date|respond|reply|decision|extend\w*|anticipat\w*)\b",
        ),
        types=frozenset({LetterType.EXTENSION}),
    ),
    Rule(
        "L-24",
        "wrong reason",
        Severity.ERROR,
        "time may be extended only to weigh the public interest",
        "Leave workload, searches and consultation out.",
        wording(
            r"\b(?:workload|volume of (?:requests|work)|staff (?:shortage|absence|sickness|leave)|short[- ]staffed|busy"
            r"|annual leave|on leave|backlog|still (?:search|locat|gather|collat)\w*|await\w* (?:a )?(?:reply|response"
            r"|information|input)|complexity of (?:your|the) request|consult\w* (?:with )?(?:colleagues|other|third)"
            r"|(?:colleagues?|staff|officers?|managers?|team)\b[^.;]{0,40}\b(?:is|are|was|were|being|been) (?:\w+ ){0,2}?(?:away"
            r"|absent|off (?:work|sick)|on (?:\w+ )?(?:holiday|leave|training|courses?)|unavailable|out of (?:the )?office)"
            r"|(?:we|i) (?:are|am|need to|have to|must|wish to|want to|will) (?:\w+ )?consult\w*|consultation (?:with|is|has)"
            r"|many (?:other )?requests|lack of (?:staff|resources|time)|under pressure)\b"
        ),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "L-24",
        "already concluded",
        Severity.ERROR,
        "the letter concludes on the public interest that it says is still to be weighed",
        "Leave the conclusion for the answer.",
        wording(
            r"\bpublic interest\b[^.]{0,120}\boutweighs?\b|\bbalance (?:lies|falls|favours)\b"
            r"|\b(?:we|i) (?:have |had )?(?:already |now |therefore )?(?:decided|concluded|determined)\b[^.;]{0,40}?\b(?:against"
            r"|in favour of|(?:not )?to (?:withhold|refuse|release|disclose|give|provide|maintain|answer|uphold))\b"
            r"|\b(?:the|this) information (?:will|is to) (?:not )?be (?:withheld|released|disclosed|given)\b",
            after=r"\b(?:whether|if|where)\b[^.]{0,160}$",
        ),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "L-24",
        "held",
        Severity.WARNING,
        "it does not say whether the information is held",
        "Say so, unless it is to be neither confirmed nor denied.",
        unless(lambda reading: says_whether_held(reading) or reading.says(NEITHER)),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
    ),
    Rule(
        "N-16",
        "hints at disclosure",
        Severity.WARNING,
        "an extension on a provision that lifts the duty to confirm or deny must not hint at disclosure",
        "Speak of the duty to confirm or deny alone.",
        wording(
            r"\b(?:disclos\w+|releas\w+) (?:of )?(?:the|this|that) information\b",
            within=r"public interest",
        ),
        types=frozenset({LetterType.EXTENSION}),
        regimes=FOIA,
        concerns=lambda reading: reading.says(NEITHER),
    ),
    Rule(
        "L-38",
        "complex and voluminous",
        Severity.ERROR,
        "regulation 7 needs both complexity and volume",
        "Say why the request is both complex and voluminous.",
        unless(lambda reading: reading.says(r"\bcomplex\w*") and reading.says(r"\bvolum\w+")),
        types=frozenset({LetterType.EXTENSION}),
        regimes=REGULATIONS,
    ),
    Rule(
        "L-38",
        "public interest alone",
        Severity.ERROR,
        "the Regulations give no more time for the public interest",
        "Answer within 20 working days.",
        wording(r"\bpublic interest\b", but=r"\bcomplex\w*"),
        types=frozenset({LetterType.EXTENSION}),
        regimes=REGULATIONS,
    ),
    Rule(
        "L-30",
        "asks",
        Severity.ERROR,
        "it does not ask anything",
        "Say precisely what is unclear and give options.",
        unless(_asks_something),
        types=frozenset({LetterType.CLARIFICATION}),
    ),
    Rule(
        "L-30",
        "asks why",
        Severity.ERROR,
        "a requester need not say why they ask",
        "Leave the question out.",
        wording(
            r"\b(?:why (?:you|do you)|the (?:reason|purpose) (?:for|of|you)[^.]{0,30}\b(?:request|asking|want|need"
            r"|require)|what (?:you|do you) (?:intend|plan|want) to (?:do|use)|how you (?:intend|plan) to use"
            r"|reasons? for (?:your|the|this|making))\b",
            but=r"\b(?:need not|not need|do not have to|not ask\w*|no need)\b",
        ),
        types=frozenset({LetterType.CLARIFICATION, LetterType.ACKNOWLEDGEMENT}),
    ),
    Rule(
        "L-30",
        "asks for identity",
        Severity.ERROR,
        "identity does not matter for a request in a plausible name",
        "Leave the question out.",
        wording(
            r"\b(?:proof of|evidence of|confirm|verify|prove) (?:your )?(?:identity|address|who you are|residence)\b"
            r"|\b(?:passport|driving licence|utility bill|identification)\b",
            but=r"\b(?:need not|not need|do not (?:have|need) to|no need)\b",
        ),
        types=frozenset({LetterType.CLARIFICATION, LetterType.ACKNOWLEDGEMENT}),
    ),
    Rule(
        "L-30",
        "implies what is held",
        Severity.ERROR,
        "it tells what is held",
        "Ask about the words of the request only.",
        wording(
            r"\b(?:we|police|council|constabulary) (?:do )?hold(?:s)?\b|\bthe (?:records|information|files"
            r"|data) we (?:hold|have)\b|\bour (?:records|files|systems?) (?:hold|contain|show)s?\b",
            after=r"\b(?:whether|if|neither)\b[^.]{0,60}$",
        ),
        types=frozenset({LetterType.CLARIFICATION}),
    ),
    Rule(
        "L-30",
        "clock",
        Severity.WARNING,
        "it does not say what becomes of the time to answer",
        "Write that the 20 working days begin when the clarification comes.",
        lacking(
            r"\b(?:20|twenty) working days\b|\bclock\b|\btime (?:limit|allowed|to answer)\b|\bdeadline\b|\b(?:starts?"
            r"|begins?|begin|start|resum\w+|paus\w+|on hold) (?:when|once|on|from|again|until)\b"
        ),
        types=frozenset({LetterType.CLARIFICATION}),
    ),
    Rule(
        "L-30",
        "lapse",
        Severity.NOTE,
        "it does not say when the request lapses",
        "Give the date by which you need a reply.",
        lacking(
            rf"\b(?:if (?:we|you)|by|within|lapse\w*|close\w*)\b[^.]{{0,120}}(?:{DATE}|\b(?:months?|weeks|days)\b)|\blapse"
        ),
        types=frozenset({LetterType.CLARIFICATION}),
    ),
    Rule(
        "L-30",
        "rights",
        Severity.ERROR,
        "under the Regulations a request for clarification needs a notice under regulation 12(4)(c) with the rights of regulation 14(5)",
        "Name the exception and give both rights.",
        unless(lambda reading: reading.cites("12(4)(c)", "10(4)(c)") and reading.rights.both),
        types=frozenset({LetterType.CLARIFICATION}),
        regimes=REGULATIONS,
    ),
    Rule(
        "L-31",
        "amount",
        Severity.ERROR,
        "the amount is missing",
        "Give it in pounds.",
        lacking(r"£\s?\d"),
        types=frozenset({LetterType.FEES}),
    ),
    Rule(
        "L-31",
        "how calculated",
        Severity.ERROR,
        "it does not say how the fee was calculated",
        "Give the number of copies and the price of each, postage, and the like.",
        lacking(_RECKONED),
        types=frozenset({LetterType.FEES}),
    ),
    Rule(
        "L-31",
        "until when to pay",
        Severity.ERROR,
        "the end of the three months is missing",
        "Give the last day to pay as a date.",
        lacking(
            r"\b(?:three|3) months\b|\b60 working days\b|\b(?:by|before|until)\b[^.]{0,40}\b(?:19|20)\d\d\b"
        ),
        types=frozenset({LetterType.FEES}),
    ),
    Rule(
        "L-31",
        "how to pay",
        Severity.WARNING,
        "how to pay is missing",
        "Say how: cheque, transfer, card.",
        lacking(
            r"\b(?:cheque|bank|card|transfer|bacs|online|payable|sort code|postal order|invoice)\b"
        ),
        types=frozenset({LetterType.FEES}),
    ),
    Rule(
        "L-31",
        "clock",
        Severity.WARNING,
        "what becomes of the time to answer is missing",
        "Say that the days until payment are not counted.",
        lacking(
            r"\b(?:20 working days|clock|time (?:limit|to answer|for)|not count\w*|working days|suspend\w*|paus\w+"
            r"|disregard\w*|resum\w*)\b"
        ),
        types=frozenset({LetterType.FEES}),
    ),
    Rule(
        "L-31",
        "staff time",
        Severity.ERROR,
        "a fee covers copying, postage and format, never staff time",
        "Take staff time out.",
        wording(
            r"\bstaff (?:time|cost)s?\b|\bper hour\b|\ban hour\b|\bofficer time\b|\bhourly\b|£25\b",
            but=r"\b(?:not|no)\b[^.]{0,30}\b(?:charg\w*|includ\w*|staff)\b",
        ),
        types=frozenset({LetterType.FEES}),
        regimes=FOIA,
    ),
)
"""The rules for letters that ask to wait."""
