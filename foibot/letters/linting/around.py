"""What gives an answer away around an NCND letter: subject, files, copies, earlier mail (N-36, N-37, N-38); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from foibot.letters.linting.document import without_earlier_mail
from foibot.letters.linting.finding import Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.passages import passages
from foibot.letters.linting.reading import Reading
from foibot.letters.linting.rule import ANY_NCND, FULL_NCND, Hit, Rule, wording

_TELLS: Final = re.compile(
    r"(?<![a-z])(?:held|not held|no info\w*|hold|data|response|results?|search\w*|disclos\w*|releas\w*"
    r"|exempt\w*|refus\w*|withh\w*|redact\w*|ncnd|neither|deny|denied|s\.?(?:23|24|30|31|40)|spreadsheet"
    r"|findings?|internal|draft|restricted|secret|confidential|answer)(?![a-z])",
    re.IGNORECASE,
)
_SUBJECT_TELLS: Final = re.compile(
    r"(?<![a-z])(?:held|no info\w*|results?|search\w*|disclos\w*|releas\w*|exempt\w*|refus\w*|withh\w*"
    r"|redact\w*|ncnd|neither|deny|denied|section \d+|s\.?(?:23|24|30|31|40)|internal|restricted|secret"
    r"|confidential|operation)(?![a-z])",
    re.IGNORECASE,
)
_BESIDE_AN_ANSWER: Final = frozenset({LetterType.NCND_PART, LetterType.IN_PARTS})
_HINTS: Final = re.compile(
    r"\b(?:are|is|been|have|has|were|was|be|will) (?:now |currently |being )?(?:searching|searched|locating"
    r"|located|collating|gathering|retriev\w+)\b|\bsearch(?:es)? (?:is|are|was|were|has|have|will)\b"
    r"|\b(?:passed|forwarded|sent|allocated|referred|assigned) (?:it |your request |this |them )?to (?:the"
    r"|our) (?:\w+ ){0,4}?(?:department|unit|branch|division|directorate|command|team)\b"
    r"|\b(?:appropriate limit|18 hours|£\s?450|cost of (?:complying|locating|retrieving))\b"
    r"|\bwe (?:do )?(?:hold|have located|have found)\b|\bwhich of the (?:records|files|reports|incidents"
    r"|operations)\b",
    re.IGNORECASE,
)


def _mail_tells(reading: Reading) -> Iterator[Hit]:
    mail = reading.document.mail
    if mail is None:
        return
    if tells_in_subject(mail.subject):
        yield Hit(1, mail.subject, "the subject says something about the decision", "subject")
    # Where only a part is neither confirmed nor denied, the answer to the rest may come as files.
    if len(mail.files) > 1 and reading.letter_type not in _BESIDE_AN_ANSWER:
        names = ", ".join(file.name for file in mail.files)
        yield Hit(1, names, "more than one file goes with the letter", "files")
    for file in mail.files:
        if file.content_type == "text/calendar":
            yield Hit(1, file.name, "a calendar item goes with the letter", "files")
        elif tells_in_file_name(file.name):
            yield Hit(1, file.name, "the name of the file says something about the answer", "files")
    if mail.wants_receipt:
        yield Hit(1, "", "the mail asks for a receipt", "headers")
    inside = mail.sender.rpartition("@")[2]
    for address in mail.copied_to:
        if inside and address.endswith(f"@{inside}"):
            yield Hit(1, address, "a colleague is copied in, which tells who was asked", "headers")


def _file_tells(reading: Reading) -> Iterator[Hit]:
    for left in reading.document.residue:
        yield Hit(1, left, f"the file still carries {left}")
    for key, value in reading.document.properties:
        if key != "title":
            yield Hit(1, value, f"the file names its {key}")
        elif tells_in_subject(value):
            yield Hit(1, value, "the title of the file says something about the decision")


def _quotes_colleagues(reading: Reading) -> Iterator[Hit]:
    mail = reading.document.mail
    if mail is None:
        return
    inside = mail.sender.rpartition("@")[2]
    first, earlier = _earlier_mail(reading)
    people = re.findall(
        r"(?im)^[>*\s]{0,9}(?:from|to|cc)\s?:[^\n]{0,300}?@([\w.-]{1,200})", earlier
    )
    if inside and len(people) >= 2 and all(each.lower() == inside for each in people[:2]):
        yield Hit(
            first,
            earlier.strip().splitlines()[0][:80],
            "mail between colleagues is quoted below the letter",
            "earlier mail",
        )


def _earlier_hints(reading: Reading) -> Iterator[Hit]:
    first, earlier = _earlier_mail(reading)
    for line, words in hints(earlier):
        yield Hit(first - 1 + line, words, "", "earlier mail")


def _earlier_mail(reading: Reading) -> tuple[int, str]:
    """Give the text from where a mail is quoted below the letter, and its first line; "" if none is.

    A draft repeats the request, and the request may be a forwarded mail: that is no mail of ours, and
    would make one of everything below it, down to the greeting by a name that a stranger chose.
    """
    text = reading.document.text
    if reading.ordered is not None:
        own = {line for each in reading.passages for line in each.lines}
        lines = enumerate(text.splitlines(), start=1)
        text = "\n".join(line if number in own else "" for number, line in lines)
    earlier = without_earlier_mail(text)[1]
    return len(text.splitlines()) - earlier.count("\n"), earlier


def tells_in_subject(subject: str) -> str:
    """Give the words of a subject that say something about a decision; "" if none do."""
    match = _SUBJECT_TELLS.search(subject)
    return match.group() if match else ""


def tells_in_file_name(name: str) -> str:
    """Give the words of a file's name that say something about an answer; "" if none do."""
    match = _TELLS.search(name.rpartition(".")[0].replace("_", " ").replace("-", " "))
    return match.group() if match else ""


def hints(text: str) -> Iterator[tuple[int, str]]:
    """Give what hints at a search, a department, cost or a holding: the line in the text, and the words."""
    for passage in passages(text):
        match = _HINTS.search(passage.text)
        if match:
            yield passage.line_at(match.start()), match.group()


AROUND: Final = (
    Rule(
        "N-36",
        "around the letter",
        Severity.ERROR,
        "what goes with the letter says something about the answer",
        "Send one file at most, under a neutral name, with the reference alone in the subject, to the requester alone.",
        _mail_tells,
        ANY_NCND,
    ),
    Rule(
        "N-36",
        "traces in the file",
        Severity.ERROR,
        "the file carries more than the letter",
        "Accept or reject changes, delete comments and hidden text, and clear author and company.",
        _file_tells,
        FULL_NCND,
    ),
    Rule(
        "N-36",
        "quotes colleagues",
        Severity.ERROR,
        "mail between colleagues is quoted below the letter",
        "Cut it off.",
        _quotes_colleagues,
        ANY_NCND,
    ),
    Rule(
        "N-37",
        "earlier mail",
        Severity.WARNING,
        "an earlier mail on the case tells of a search, a department, cost or what is held",
        "Do not quote it; and consider whether the answer still protects anything.",
        _earlier_hints,
        ANY_NCND,
    ),
    Rule(
        "N-38",
        "review tells",
        Severity.ERROR,
        "the outcome of the review resolves what was neither confirmed nor denied",
        "Decide again on confirming or denying alone.",
        wording(
            r"\b(?:original|earlier|previous|first) (?:decision|response|answer)\b[^.]{0,80}\bas (?:we|no"
            r"|the) [^.]{0,40}\b(?:hold|held)\b|\breview (?:has )?(?:found|established|confirmed"
            r"|identified) that\b[^.]{0,60}\b(?:hold|held|exist)\w*"
        ),
        FULL_NCND,
        concerns=lambda reading: LetterType.REVIEW_OUTCOME in reading.checklists,
    ),
)
"""The rules for what surrounds the letter."""
