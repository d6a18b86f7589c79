"""What the letters without an exemption need and may not say: cost, section 14, fees, clarification and the rest; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.finding import Severity
from foibot.letters.linting.guess import NEITHER, NOT_HELD, hypothetical, withholds
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.refusals import HELD
from foibot.letters.linting.rights import rights
from foibot.letters.linting.rule import Asks, Hit, Look, Rule, either, lacking, unless, wording

_T = LetterType
_FOIA: Final = frozenset({"foia"})
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

_DATE: Final = (
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b"
    r"|\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}[/.]\d{1,2}[/.](?:20)?\d\d\b"
)
_HELP: Final = r"\b(?:narrow\w*|refin\w+|reduc\w+|limit(?:ing|ed)?|restrict\w*|shorter period|one (?:year|month)|fewer|specif\w+|focus\w*|reword\w*|rephras\w*|resubmit\w*|new request|revis\w+)\b"


def _rule(
    id: str,
    name: str,
    severity: Severity,
    why: str,
    instead: str,
    look: Look,
    *types: LetterType,
    regimes: frozenset[str] = frozenset(),
    concerns: Asks = lambda _: True,
) -> Rule:
    return Rule(id, name, severity, why, instead, look, frozenset(types), regimes, concerns)


def _held_or_not(reading: Reading) -> bool:
    return reading.says(HELD) or reading.says(NOT_HELD) or reading.cites("12(2)")


def _at_the_limit(reading: Reading) -> Iterator[Hit]:
    for match in reading.find(r"\b(?:exactly |precisely )?(?:18(?:\.0)? hours|£450(?:\.00)?)\b"):
        text = match.sentence.text
        total = re.search(
            r"\b(?:take|total|estimat\w+|amount\w*|require|need|cost)\b[^.]{0,60}$",
            match.before,
            re.IGNORECASE,
        )
        limit = re.search(
            r"\b(?:limit|exceed\w*|more than|over|above|equivalent|beyond|threshold|set at|maximum)\b",
            text,
            re.IGNORECASE,
        )
        if total and not limit:
            yield Hit(match.line, match.text)


def _wrong_limit(reading: Reading) -> Iterator[Hit]:
    if re.search(
        r"\bPolice\b|\bConstabulary\b|\bCouncil\b|\bTrust\b|\bUniversity\b|\bSchool\b|\bCollege\b",
        reading.authority,
    ):
        yield from wording(r"£600\b|\b24 hours\b", within=r"\b(?:limit|exceed\w*|threshold)\b")(
            reading
        )


def _numbers_given(reading: Reading) -> bool:
    return reading.says(r"\b\d+(?:\.\d+)? (?:hours|minutes|days)\b|£\s?\d")


def _only_absolute(reading: Reading) -> bool:
    cited = withholds(reading)
    return not cited or not all(
        each.number in {"21", "23", "32", "34", "41", "44"} or each.subsection == "40(1)"
        for each in cited
    )


def _after_ncnd(reading: Reading) -> Iterator[Hit]:
    yield from wording(
        rf"{NEITHER}|\b(?:refus\w+|withh(?:eld|old)\w*|exempt\w*)\b[^.]{{0,60}}\b(?:earlier|previous|last|original)\b|\b(?:earlier|previous|last|original) (?:request|answer|response)\b[^.]{{0,60}}\b(?:was |were )?(?:refus\w+|withh(?:eld|old))"
    )(reading)


def _says_not_held(reading: Reading) -> bool:
    return any(not hypothetical(each.before) for each in reading.find(NOT_HELD))


def _cites_exemptions(reading: Reading) -> Iterator[Hit]:
    for each in withholds(reading):
        yield Hit(each.line, each.text)


def _rights_given(reading: Reading) -> bool:
    found = rights(reading)
    return (found.review or found.no_review) and found.regulator


def _asks_something(reading: Reading) -> bool:
    text = reading.document.text
    return "?" in text or reading.says(
        r"\b(?:please|could you|can you|would you|let us know|tell us|specify|clarify)\b"
    )


def _in_mail(reading: Reading) -> bool:
    return reading.document.mail is None or bool(reading.document.mail.files)


OTHER_RULES: Final = (
    # Disclosure
    _rule(
        "L-20",
        "nothing attached",
        _E,
        "the letter speaks of an attachment, and the mail has none",
        "Attach the file, or put the information into the letter.",
        unless(
            lambda reading: (
                _in_mail(reading) or not reading.says(r"\b(?:attached|enclosed|attachment)\b")
            )
        ),
        _T.DISCLOSURE,
        _T.PART,
    ),
    _rule(
        "L-20",
        "review",
        _N,
        "how to ask for a review is not said",
        "Good practice: give the review and the regulator here as well.",
        unless(lambda reading: rights(reading).review),
        _T.DISCLOSURE,
        concerns=lambda reading: reading.whole,
    ),
    # Extension
    _rule(
        "L-24",
        "no decision yet",
        _E,
        "it does not say that the public interest has not been decided",
        "Write 'We have not yet reached a decision on the public interest'.",
        lacking(
            r"\b(?:not (?:yet )?(?:been )?(?:reached|made|decided|concluded|completed|finished|able)|no (?:final )?decision|still consider\w*|yet to (?:reach|decide|make|complete)|need\w* (?:more|further|additional|extra|longer)|further (?:time|consideration)|additional time|more time|longer)\b"
        ),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "L-24",
        "exemption named",
        _E,
        "the exemption that is being considered is not named",
        "Name every one, with its subsection.",
        unless(
            lambda reading: any(
                each.number.rstrip("A").isdigit() and 21 <= int(each.number.rstrip("AB")) <= 44
                for each in reading.cited
            )
        ),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "L-24",
        "only absolute exemptions",
        _E,
        "absolute exemptions leave no public interest to weigh, so that there is no extension",
        "Answer in time.",
        unless(_only_absolute),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "L-24",
        "estimated date",
        _E,
        "the date by which a decision is expected is missing",
        "Give it as a date (section 17(2)).",
        lacking(
            _DATE,
            r"\b(?:by|before|until|expect\w*|estimat\w*|hope|aim|intend|date|respond|reply|decision|extend\w*|anticipat\w*)\b",
        ),
        _T.EXTENSION,
    ),
    _rule(
        "L-24",
        "wrong reason",
        _E,
        "time may be extended only to weigh the public interest",
        "Leave workload, searches and consultation out.",
        wording(
            r"\b(?:workload|volume of (?:requests|work)|staff (?:shortage|absence|sickness|leave)|short[- ]staffed|busy|annual leave|backlog|still (?:search|locat|gather|collat)\w*|await\w* (?:a )?(?:reply|response|information|input)|complexity of (?:your|the) request|consult\w* (?:with )?(?:colleagues|other|third))"
        ),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "L-24",
        "already concluded",
        _E,
        "the letter concludes on the public interest that it says is still to be weighed",
        "Leave the conclusion for the answer.",
        wording(
            r"\bpublic interest\b[^.]{0,120}\boutweighs?\b|\bbalance (?:lies|falls|favours)\b",
            after=r"\b(?:whether|if|where)\b[^.]{0,160}$",
        ),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "L-24",
        "held",
        _W,
        "it does not say whether the information is held",
        "Say so, unless it is to be neither confirmed nor denied.",
        unless(lambda reading: _held_or_not(reading) or reading.says(NEITHER)),
        _T.EXTENSION,
        regimes=_FOIA,
    ),
    _rule(
        "N-16",
        "hints at disclosure",
        _W,
        "an extension on a provision that lifts the duty to confirm or deny must not hint at disclosure",
        "Speak of the duty to confirm or deny alone.",
        wording(
            r"\b(?:disclos\w+|releas\w+) (?:of )?(?:the|this|that) information\b",
            within=r"public interest",
        ),
        _T.EXTENSION,
        regimes=_FOIA,
        concerns=lambda reading: reading.says(NEITHER),
    ),
    _rule(
        "L-38",
        "complex and voluminous",
        _E,
        "regulation 7 needs both complexity and volume",
        "Say why the request is both complex and voluminous.",
        unless(lambda reading: reading.says(r"\bcomplex\w*") and reading.says(r"\bvolum\w+")),
        _T.EXTENSION,
        regimes=frozenset({"eir", "eisr"}),
    ),
    _rule(
        "L-38",
        "public interest alone",
        _E,
        "the Regulations give no more time for the public interest",
        "Answer within 20 working days.",
        wording(r"\bpublic interest\b", but=r"\bcomplex\w*"),
        _T.EXTENSION,
        regimes=frozenset({"eir", "eisr"}),
    ),
    # Cost
    _rule(
        "L-26",
        "held",
        _E,
        "section 12(1) leaves the duty to say whether the information is held",
        "Say so, or rely on section 12(2).",
        unless(_held_or_not),
        _T.COST,
        regimes=_FOIA,
    ),
    _rule(
        "L-26",
        "subsection",
        _W,
        "it does not say whether section 12(1) or 12(2) is relied on",
        "Name the one.",
        unless(lambda reading: reading.cites("12(1)", "12(2)")),
        _T.COST,
        regimes=_FOIA,
    ),
    _rule(
        "L-26",
        "estimate",
        _E,
        "the estimate with its working is missing",
        "Give hours by activity, at £25 an hour, against the limit.",
        unless(_numbers_given),
        _T.COST,
    ),
    _rule(
        "L-26",
        "help to narrow",
        _E,
        "there is no advice how to bring the request within the limit (section 16)",
        "Say what could be given within the limit.",
        lacking(_HELP),
        _T.COST,
    ),
    _rule(
        "L-26",
        "what does not count",
        _E,
        "reading, redacting, considering exemptions and consulting do not count towards the limit",
        "Leave them out of the estimate.",
        wording(
            r"\b(?:redact\w*|review(?:ing)? (?:each|every|the|all|them|whether)|consider\w* (?:the )?exemptions?|apply\w* exemptions?|consult\w*|read(?:ing)? (?:through|each|every))\b",
            within=r"\b(?:hours?|minutes|time|cost|estimate\w*|officer|take)\b",
            but=r"\b(?:not|does not|cannot|no)\b[^.]{0,40}\b(?:includ\w*|count\w*|taken)\b|\binternal review\b|\breview (?:of|procedure|request)\b",
        ),
        _T.COST,
        regimes=_FOIA,
    ),
    _rule(
        "L-26",
        "equal to the limit",
        _E,
        "the estimate has to exceed the limit; equal to it is not enough",
        "Check the estimate: 18 hours exactly is within the limit.",
        _at_the_limit,
        _T.COST,
        regimes=_FOIA,
    ),
    _rule(
        "X-13",
        "wrong limit",
        _E,
        "the limit for this authority is £450 or 18 hours",
        "Write £450 and 18 hours.",
        _wrong_limit,
        _T.COST,
        regimes=_FOIA,
    ),
    _rule(
        "L-26",
        "promises",
        _E,
        "a narrower request can meet other grounds of refusal, so nothing may be promised",
        "Write 'we would consider it as a new request'.",
        wording(
            r"\b(?:we|i) (?:will|shall) (?:then )?(?:be able to )?(?:provide|answer|disclose|supply|release|comply|send|meet)\b|\b(?:guarantee|promise)\w*",
            within=r"\b(?:narrow|refin|reduc|if you|limit|restrict)\w*",
        ),
        _T.COST,
    ),
    _rule(
        "L-26",
        "public interest",
        _E,
        "section 12 has no public interest test",
        "Leave it out.",
        wording(r"\bpublic interest\b", but=r"\b(?:no|not)\b"),
        _T.COST,
        _T.VEXATIOUS,
        _T.REPEATED,
        regimes=_FOIA,
    ),
    _rule(
        "L-26",
        "called an exemption",
        _W,
        "section 12 and section 14 are no exemptions",
        "Write 'section 12 applies', not 'exemption'.",
        wording(
            r"\bexempt(?:ion|ions|ed)?\b",
            within=r"\b(?:section|s)\.? ?1[24]\b",
            but=r"\bnot an? exemption\b|\bexemption review\b",
        ),
        _T.COST,
        _T.VEXATIOUS,
        _T.REPEATED,
        regimes=_FOIA,
    ),
    # Section 14
    _rule(
        "L-27",
        "reliance",
        _E,
        "it does not say that section 14(1) is relied on",
        "Write 'We rely on section 14(1) of the Act'.",
        unless(lambda reading: reading.cites("14(1)")),
        _T.VEXATIOUS,
        regimes=_FOIA,
    ),
    _rule(
        "L-27",
        "calls the person vexatious",
        _E,
        "the request can be vexatious, the person never",
        "Write 'the request is vexatious'.",
        wording(
            r"\b(?:you are|you're|you have been|he is|she is|your (?:behaviour|conduct) is) (?:being )?(?:\w+ )?vexatious\b|\bvexatious (?:requester|applicant|person|individual|complainant|correspondent|campaigner)\b|\b(?:deem|consider|regard|find|declar)\w* (?:you|him|her|them)\b(?! request)[^.']{0,20}\bvexatious\b"
        ),
        _T.VEXATIOUS,
        _T.REPEATED,
    ),
    _rule(
        "L-28",
        "earlier request",
        _E,
        "the earlier request is not named by date or reference",
        "Give its reference and the date it was answered.",
        unless(
            lambda reading: reading.says(
                r"\b(?:earlier|previous|first|last|original|same|identical|similar)\b",
                rf"{_DATE}|\b(?:ref\w*|FOI|no\.?|number)\b[^A-Za-z]{{0,8}}\w*\d|\b\d{{3,6}}/\d\d\b",
            )
        ),
        _T.REPEATED,
    ),
    _rule(
        "L-28",
        "earlier refusal",
        _E,
        "only a request that was complied with counts; after a refusal, section 14(2) tells what the refusal protected",
        "Answer it again in the same way.",
        _after_ncnd,
        _T.REPEATED,
    ),
    # Clarification
    _rule(
        "L-30",
        "asks",
        _E,
        "it does not ask anything",
        "Say precisely what is unclear and give options.",
        unless(_asks_something),
        _T.CLARIFICATION,
    ),
    _rule(
        "L-30",
        "asks why",
        _E,
        "a requester need not say why they ask",
        "Leave the question out.",
        wording(
            r"\b(?:why (?:you|do you)|the (?:reason|purpose) (?:for|of|you)[^.]{0,30}\b(?:request|asking|want|need|require)|what (?:you|do you) (?:intend|plan|want) to (?:do|use)|how you (?:intend|plan) to use|reasons? for (?:your|the|this|making))\b",
            but=r"\b(?:need not|not need|do not have to|not ask\w*|no need)\b",
        ),
        _T.CLARIFICATION,
        _T.ACKNOWLEDGEMENT,
    ),
    _rule(
        "L-30",
        "asks for identity",
        _E,
        "identity does not matter for a request in a plausible name",
        "Leave the question out.",
        wording(
            r"\b(?:proof of|evidence of|confirm|verify|prove) (?:your )?(?:identity|address|who you are|residence)\b|\b(?:passport|driving licence|utility bill|identification)\b",
            but=r"\b(?:need not|not need|do not (?:have|need) to|no need)\b",
        ),
        _T.CLARIFICATION,
        _T.ACKNOWLEDGEMENT,
    ),
    _rule(
        "L-30",
        "implies what is held",
        _E,
        "it tells what is held",
        "Ask about the words of the request only.",
        wording(
            r"\b(?:we|police|council|constabulary) (?:do )?hold(?:s)?\b|\bthe (?:records|information|files|data) we (?:hold|have)\b|\bour (?:records|files|systems?) (?:hold|contain|show)s?\b",
            after=r"\b(?:whether|if|neither)\b[^.]{0,60}$",
        ),
        _T.CLARIFICATION,
    ),
    _rule(
        "L-30",
        "clock",
        _W,
        "it does not say what becomes of the time to answer",
        "Write that the 20 working days begin when the clarification comes.",
        lacking(
            r"\b(?:20|twenty) working days\b|\bclock\b|\btime (?:limit|allowed|to answer)\b|\bdeadline\b|\b(?:starts?|begins?|begin|start|resum\w+|paus\w+|on hold) (?:when|once|on|from|again|until)\b"
        ),
        _T.CLARIFICATION,
    ),
    _rule(
        "L-30",
        "lapse",
        _N,
        "it does not say when the request lapses",
        "Give the date by which you need a reply.",
        lacking(
            rf"\b(?:if (?:we|you)|by|within|lapse\w*|close\w*)\b[^.]{{0,120}}(?:{_DATE}|\b(?:months?|weeks|days)\b)|\blapse"
        ),
        _T.CLARIFICATION,
    ),
    _rule(
        "L-30",
        "rights",
        _E,
        "under the Regulations a request for clarification needs a notice under regulation 12(4)(c) with the rights of regulation 14(5)",
        "Name the exception and give both rights.",
        unless(lambda reading: reading.cites("12(4)(c)", "10(4)(c)") and _rights_given(reading)),
        _T.CLARIFICATION,
        regimes=frozenset({"eir", "eisr"}),
    ),
    # Fees
    _rule(
        "L-31",
        "amount",
        _E,
        "the amount is missing",
        "Give it in pounds.",
        lacking(r"£\s?\d"),
        _T.FEES,
    ),
    _rule(
        "L-31",
        "how calculated",
        _E,
        "it does not say how the fee was calculated",
        "Give the number of copies and the price of each, postage, and the like.",
        lacking(
            r"\b(?:calculat\w+|per (?:page|sheet|copy|disc)|a (?:page|sheet|copy)|each|made up|based on|breakdown|postage|photocop\w+|\d+ (?:pages|sheets|copies)|x £|@ £)"
        ),
        _T.FEES,
    ),
    _rule(
        "L-31",
        "until when to pay",
        _E,
        "the end of the three months is missing",
        "Give the last day to pay as a date.",
        lacking(
            r"\b(?:three|3) months\b|\b60 working days\b|\b(?:by|before|until)\b[^.]{0,40}\b(?:19|20)\d\d\b"
        ),
        _T.FEES,
    ),
    _rule(
        "L-31",
        "how to pay",
        _W,
        "how to pay is missing",
        "Say how: cheque, transfer, card.",
        lacking(
            r"\b(?:cheque|bank|card|transfer|bacs|online|payable|sort code|postal order|invoice)\b"
        ),
        _T.FEES,
    ),
    _rule(
        "L-31",
        "clock",
        _W,
        "what becomes of the time to answer is missing",
        "Say that the days until payment are not counted.",
        lacking(
            r"\b(?:20 working days|clock|time (?:limit|to answer|for)|not count\w*|working days|suspend\w*|paus\w+|disregard\w*|resum\w*)\b"
        ),
        _T.FEES,
    ),
    _rule(
        "L-31",
        "staff time",
        _E,
        "a fee covers copying, postage and format, never staff time",
        "Take staff time out.",
        wording(
            r"\bstaff (?:time|cost)s?\b|\bper hour\b|\ban hour\b|\bofficer time\b|\bhourly\b|£25\b",
            but=r"\b(?:not|no)\b[^.]{0,30}\b(?:charg\w*|includ\w*|staff)\b",
        ),
        _T.FEES,
        regimes=_FOIA,
    ),
    # Not held
    _rule(
        "L-32",
        "plain statement",
        _E,
        "it does not say plainly that the information is not held",
        "Write '[authority] does not hold the information you requested'.",
        unless(_says_not_held),
        _T.NOT_HELD,
    ),
    _rule(
        "L-32",
        "help",
        _W,
        "there is no help: what was searched, or who may hold it (section 16)",
        "Say what was searched, or name who may hold it.",
        lacking(
            r"\b(?:search\w*|may (?:be )?(?:held|hold)|might (?:be )?hold|contact|website|publish\w*|suggest|advi[sc]e\w*|responsib\w+|because|as (?:it|this|we|such)|not required|no (?:business|legal) (?:need|requirement|reason)|help|you (?:may|might|could)|would need to|held by)\b"
        ),
        _T.NOT_HELD,
    ),
    _rule(
        "L-32",
        "withholds",
        _E,
        "what is not held cannot be withheld or exempt",
        "Leave exemptions and withholding out.",
        either(
            wording(
                r"\bwithh(?:eld|old)\w*|\bexempt(?:ion|ions)?\b",
                but=r"\b(?:no|not)\b[^.]{0,20}\b(?:exempt\w*|withh\w+)\b",
            ),
            _cites_exemptions,
        ),
        _T.NOT_HELD,
        regimes=frozenset({"foia", "foisa"}),
    ),
    _rule(
        "L-32",
        "rights",
        _W,
        "the review and the regulator are missing (good practice under the Act)",
        "Give both, as in a refusal.",
        unless(_rights_given),
        _T.NOT_HELD,
        regimes=_FOIA,
        concerns=lambda reading: reading.whole,
    ),
    _rule(
        "L-32",
        "regulation 14",
        _W,
        "under the Regulations 'not held' is a refusal under regulation 12(4)(a)",
        "Name the exception.",
        unless(lambda reading: reading.cites("12(4)(a)", "10(4)(a)", "12(4)", "10(4)")),
        _T.NOT_HELD,
        regimes=frozenset({"eir", "eisr"}),
    ),
    # Transfer
    _rule(
        "L-33",
        "permission",
        _W,
        "a request is transferred only with the requester's permission",
        "Ask first, or tell the requester where to write.",
        lacking(
            r"\b(?:permission|consent|agree\w*|if you (?:wish|would like|are happy|want)|with your|you (?:asked|may wish|can)|would you like)\b"
        ),
        _T.TRANSFER,
        regimes=_FOIA,
    ),
    _rule(
        "L-33",
        "not held",
        _E,
        "a transfer leaves the duty to say that the information is not held",
        "Say so.",
        unless(_says_not_held),
        _T.TRANSFER,
        regimes=_FOIA,
    ),
    _rule(
        "L-33",
        "rights",
        _E,
        "under regulation 10 the name and address come with a refusal notice",
        "Give the other authority's address and both rights.",
        unless(_rights_given),
        _T.TRANSFER,
        regimes=frozenset({"eir", "eisr"}),
    ),
    # Acknowledgement
    _rule(
        "A-02",
        "received and due",
        _W,
        "the date of receipt or the last day to answer is missing",
        "Give both as dates.",
        unless(lambda reading: len({each.text.lower() for each in reading.find(_DATE)}) >= 2),
        _T.ACKNOWLEDGEMENT,
    ),
    _rule(
        "A-03",
        "says what is held",
        _E,
        "an acknowledgement must not say that information is or may be held",
        "Leave it out.",
        wording(
            rf"{HELD}|\bmay (?:be held|hold)\b|{NOT_HELD}",
            but=r"\b(?:whether|if)\b|\byour (?:personal|name|details)|\bon hold\b|\bpersonal (?:data|information)\b",
        ),
        _T.ACKNOWLEDGEMENT,
    ),
    _rule(
        "A-03",
        "search begun",
        _E,
        "an acknowledgement must not say that a search has begun, or who is looking",
        "Leave it out.",
        wording(
            r"\b(?:are|have begun|have started|now|currently|will) (?:now )?(?:search\w*|locat\w+|collat\w+|gather\w*|retriev\w+)\b|\bsearch(?:es)? (?:is|are|has|have|will)\b|\b(?:passed|forwarded|sent|allocated|referred|assigned) (?:it |your request |this |them )?to (?:the|our) (?:(?-i:[A-Z])\w+ )?(?:\w+ ){0,4}?(?:department|unit|branch|division|directorate|command)\b"
        ),
        _T.ACKNOWLEDGEMENT,
    ),
    _rule(
        "A-03",
        "exemptions and cost",
        _E,
        "an acknowledgement must not quote exemptions, or warn of cost or section 14",
        "Leave it out.",
        wording(
            r"\bexempt(?:ion|ions)?\b|\bmanifestly unreasonable\b|\bvexatious\b|\bappropriate limit\b|\bfees? (?:may|will|might)\b|\b(?:may|might|will) (?:be )?(?:charge\w*|a fee)\b|\b(?:18|24) hours\b|£\s?\d|\bcosts?\b"
        ),
        _T.ACKNOWLEDGEMENT,
    ),
)
"""The rules for the other types."""
