"""Answers that refuse nothing, and acknowledgements (L-20, L-32, L-33, A-02, A-03); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    Hit,
    Rule,
    either,
    lacking,
    unless,
    wording,
)
from foibot.letters.linting.statements import HELD, NOT_HELD, says_not_held


def _cites_exemptions(reading: Reading) -> Iterator[Hit]:
    for each in withholds(reading):
        yield Hit(each.line, each.text)


def _brings_nothing(reading: Reading) -> bool:
    """Whether it is a mail without a file, but for the letter itself as a PDF."""
    mail = reading.document.mail
    return mail is not None and all(_LETTER_ITSELF.fullmatch(each.name) for each in mail.files)


_LETTER_ITSELF: Final = re.compile(r"letter-[\w-]+\.pdf", re.IGNORECASE)
_PAPER: Final = (
    r"(?:lists?|spreadsheets?|tables?|files?|documents?|cop(?:y|ies)|schedules?|reports?|information|data|figures"
    r"|pdfs?|polic(?:y|ies)|records?|papers?|e-?mails?|ann?ex(?:es)?|append(?:ix|ices)|sheets?|workbooks?|extracts?"
    r"|responses?|answers?|minutes|maps?|plans?|photographs?|pages?|material|details)"
)
# What is attached to something else than this letter.
_ELSEWHERE: Final = r"(?! (?:to|by|in|with) (?!this|our|the (?:letter|e-?mail|message|reply)\b))"
_ENCLOSES: Final = (
    r"\b(?:I|we)(?: also| now| therefore)? (?:attach|enclose)\b"
    r"(?! (?:\w+ )?(?:weight|importance|significance|value|conditions?)\b)"
    r"|(?:\bhave|['’]ve) (?:also |now )?(?:attached|enclosed) (?:it|them|this|these|the|a|an|our|all|both)\b"
    r"|\b(?:am|are) (?:also |now )?(?:attaching|enclosing)\b"
    rf"|\b(?:is|are|find|see) (?:also |now |both |all )?(?:attached|enclosed)\b{_ELSEWHERE}"
    rf"|\b(?:the|an|this|these|our|in|on|per) (?:attached|enclosed) (?:\w+ ){{0,2}}?{_PAPER}\b"
    rf"|(?<!your )\b{_PAPER},? (?:attached|enclosed)\b{_ELSEWHERE}"
    r"|\b(?:attached|enclosed) (?:to|in|with) this (?:letter|e-?mail|message|reply)\b"
    rf"|\b(?:in|see|as) (?:the |an |our )?attachments?\b{_ELSEWHERE}"
    rf"|(?:^|\()(?:attached|enclosed)\b{_ELSEWHERE}"
)


PLAIN_ANSWERS: Final = (
    Rule(
        "L-20",
        "nothing attached",
        Severity.WARNING,
        "the letter speaks of an attachment, and the mail has none",
        "Attach the file, or put the information into the letter.",
        wording(_ENCLOSES, but=r"\byou (?:have |had )?(?:attached|enclosed)\b"),
        concerns=_brings_nothing,
    ),
    Rule(
        "L-20",
        "review",
        Severity.NOTE,
        "how to ask for a review is not said",
        "Good practice: give the review and the regulator here as well.",
        unless(lambda reading: reading.rights.review),
        types=frozenset({LetterType.DISCLOSURE}),
        concerns=lambda reading: reading.whole,
    ),
    Rule(
        "L-32",
        "plain statement",
        Severity.ERROR,
        "it does not say plainly that the information is not held",
        "Write '[authority] does not hold the information you requested'.",
        unless(says_not_held),
        types=frozenset({LetterType.NOT_HELD}),
    ),
    Rule(
        "L-32",
        "help",
        Severity.WARNING,
        "there is no help: what was searched, or who may hold it (section 16)",
        "Say what was searched, or name who may hold it.",
        lacking(
            r"\b(?:search\w*|may (?:be )?(?:held|hold)|might (?:be )?hold|contact|website|publish\w*|suggest"
            r"|advi[sc]e\w*|responsib\w+|because|as (?:it|this|we|such)|not required|no (?:business|legal) (?:need"
            r"|requirement|reason)|help|you (?:may|might|could)|would need to|held by)\b"
        ),
        types=frozenset({LetterType.NOT_HELD}),
    ),
    Rule(
        "L-32",
        "withholds",
        Severity.ERROR,
        "what is not held cannot be withheld or exempt",
        "Leave exemptions and withholding out.",
        either(
            wording(
                r"\bwithh(?:eld|old)\w*|\bexempt(?:ion|ions)?\b",
                but=r"\b(?:no|not)\b[^.]{0,20}\b(?:exempt\w*|withh\w+)\b",
            ),
            _cites_exemptions,
        ),
        types=frozenset({LetterType.NOT_HELD}),
        regimes=frozenset({"foia", "foisa"}),
    ),
    Rule(
        "L-32",
        "rights",
        Severity.WARNING,
        "the review and the regulator are missing (good practice under the Act)",
        "Give both, as in a refusal.",
        unless(lambda reading: reading.rights.both),
        types=frozenset({LetterType.NOT_HELD}),
        regimes=FOIA,
        concerns=lambda reading: reading.whole,
    ),
    Rule(
        "L-32",
        "regulation 14",
        Severity.WARNING,
        "under the Regulations 'not held' is a refusal under regulation 12(4)(a)",
        "Name the exception.",
        unless(lambda reading: reading.cites("12(4)(a)", "10(4)(a)", "12(4)", "10(4)")),
        types=frozenset({LetterType.NOT_HELD}),
        regimes=REGULATIONS,
    ),
    Rule(
        "L-33",
        "permission",
        Severity.WARNING,
        "a request is transferred only with the requester's permission",
        "Ask first, or tell the requester where to write.",
        lacking(
            r"\b(?:permission|consent|agree\w*|if you (?:wish|would like|are happy|want)|with your|you (?:asked"
            r"|may wish|can)|would you like)\b"
        ),
        types=frozenset({LetterType.TRANSFER}),
        regimes=FOIA,
    ),
    Rule(
        "L-33",
        "passed on already",
        Severity.WARNING,
        "it says that the request was passed on, and not that the requester agreed to it",
        "Offer to pass it on, and wait for the answer; or say when the requester agreed.",
        wording(
            r"\b(?:we|i) (?:have |had )?(?:now |already |today |also )?(?:passed|sent|forwarded|transferred|redirected|referred)"
            r"(?: on)? (?:your|the|this) request\b(?! (?:back|on )?to (?:our|the (?:right|relevant|responsible)|colleagues|you))"
            r"|\b(?:your|the|this) request (?:was|has been|is being) (?:passed|sent|forwarded|transferred|redirected|referred)\b"
            r"(?! (?:back |on )?to (?:our|us|the (?:right|relevant|responsible)|colleagues|you))",
            but=r"\b(?:permission|consent\w*|agree\w*|you asked|at your request|as you wish\w*)\b",
            after=r"\b(?:if|whether|unless|after|once|would|not)\b[^.;]{0,60}$",
        ),
        types=frozenset({LetterType.TRANSFER, LetterType.NOT_HELD}),
        regimes=FOIA,
    ),
    Rule(
        "L-33",
        "not held",
        Severity.ERROR,
        "a transfer leaves the duty to say that the information is not held",
        "Say so.",
        unless(says_not_held),
        types=frozenset({LetterType.TRANSFER}),
        regimes=FOIA,
    ),
    Rule(
        "L-33",
        "rights",
        Severity.ERROR,
        "under regulation 10 the name and address come with a refusal notice",
        "Give the other authority's address and both rights.",
        unless(lambda reading: reading.rights.both),
        types=frozenset({LetterType.TRANSFER}),
        regimes=REGULATIONS,
    ),
    Rule(
        "A-02",
        "received and due",
        Severity.WARNING,
        "the date of receipt or the last day to answer is missing",
        "Give both as dates.",
        unless(lambda reading: len({each.text.lower() for each in reading.find(DATE)}) >= 2),
        types=frozenset({LetterType.ACKNOWLEDGEMENT}),
    ),
    Rule(
        "A-03",
        "says what is held",
        Severity.ERROR,
        "an acknowledgement must not say that information is or may be held",
        "Leave it out.",
        wording(
            rf"{HELD}|\bmay (?:be held|hold)\b|{NOT_HELD}",
            but=r"\b(?:whether|if)\b|\byour (?:personal|name|details)|\bon hold\b|\bpersonal (?:data|information)\b",
        ),
        types=frozenset({LetterType.ACKNOWLEDGEMENT}),
    ),
    Rule(
        "A-03",
        "search begun",
        Severity.ERROR,
        "an acknowledgement must not say that a search has begun, or who is looking",
        "Leave it out.",
        wording(
            r"\b(?:are|have begun|have started|now|currently|will) (?:now )?(?:search\w*|locat\w+|collat\w+|gather\w*"
            r"|retriev\w+)\b|\bsearch(?:es)? (?:is|are|has|have|will)\b|\b(?:passed|forwarded|sent|allocated|referred"
            r"|assigned) (?:it |your request |this |them )?to (?:the"
            r"|our) (?:(?-i:[A-Z])\w+ )?(?:\w+ ){0,4}?(?:department|unit|bureau|branch|division|directorate|command|squad)\b"
        ),
        types=frozenset({LetterType.ACKNOWLEDGEMENT}),
    ),
    Rule(
        "A-03",
        "exemptions and cost",
        Severity.ERROR,
        "an acknowledgement must not quote exemptions, or warn of cost or section 14",
        "Leave it out.",
        wording(
            r"\bexempt(?:ion|ions)?\b|\bmanifestly unreasonable\b|\bvexatious\b|\bappropriate limit\b|\bfees? (?:may"
            r"|will|might)\b|\b(?:may|might|will) (?:be )?(?:charge\w*|a fee)\b|\b(?:18|24) hours\b|£\s?\d|\bcosts?\b"
        ),
        types=frozenset({LetterType.ACKNOWLEDGEMENT}),
    ),
)
"""The rules for plain answers."""
