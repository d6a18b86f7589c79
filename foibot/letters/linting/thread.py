"""What the mails sent earlier on a case have said already, before it is neither confirmed nor denied (N-36, N-37); no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from foibot.letters.facts import LetterFacts
from foibot.letters.linting.around import hints, tells_in_file_name, tells_in_subject
from foibot.letters.linting.document import Document
from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.letter_type import LetterType, letter_type
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.passages import passages
from foibot.letters.linting.quoted import Voice, marked_voices
from foibot.letters.linting.read import read
from foibot.letters.linting.reading import Ordered
from foibot.letters.linting.rule import ANY_NCND

_TOLD: Final = frozenset({"N-20", "N-21", "N-23", "N-31", "N-32"})
"""The leaks that a mail before the letter can have let out already."""

_INSTEAD: Final = "It cannot be unsaid: consider whether the letter still protects anything, and record why it may go."
_ASKED_FOR_MONEY: Final = "a fees notice tells that there is something to pay for"


@dataclass(frozen=True, slots=True)
class EarlierMail:
    """A mail the requester already has from us: what it is called, its kind of letter, what it says and carries."""

    name: str
    kind: str
    subject: str
    text: str
    files: tuple[str, ...] = ()


def check_thread(
    kind: str, earlier: Iterable[EarlierMail], facts: LetterFacts
) -> tuple[Finding, ...]:
    """Check what the requester was sent before a draft of this kind; nothing unless it is NCND.

    Nor is any of the `earlier` mails read then, which takes a while.

    Every finding is a warning: what has left cannot be mended, only weighed.
    """
    if letter_type(kind) not in ANY_NCND:
        return ()
    return tuple(dict.fromkeys(one for mail in earlier for one in _of_mail(mail, facts)))


def _of_mail(mail: EarlierMail, facts: LetterFacts) -> Iterator[Finding]:
    if tells := tells_in_subject(mail.subject):
        yield _warn("N-36", mail, tells, "its subject says something about the answer")
    for file in mail.files:
        if tells_in_file_name(file):
            yield _warn("N-36", mail, file, "the name of its file says something about the answer")
    if letter_type(mail.kind) is LetterType.FEES:
        yield _warn("N-37", mail, "", _ASKED_FOR_MONEY)
    yield from _of_words(mail, facts)


def _of_words(mail: EarlierMail, facts: LetterFacts) -> Iterator[Finding]:
    ordered = Ordered(
        (), facts.authority.name, facts.regime.key, facts.case.asked, facts.requester.name
    )
    reading = read(Document(mail.text), letter_type=LetterType.NCND, ordered=ordered)
    told = {
        found.text: found for rule in LEAKS if rule.id in _TOLD for found in rule.findings(reading)
    }
    for found in told.values():
        yield _warn("N-37", mail, found.text, found.why)
    for _, words in hints(_own_words(mail.text, facts.case.asked)):
        if not any(words in other for other in told):
            yield _warn(
                "N-37", mail, words, "it tells of a search, a department, cost or what is held"
            )


def _own_words(text: str, request: str) -> str:
    spoken = marked_voices(passages(text), request)
    return "\n\n".join(one.passage.text for one in spoken if one.voice is Voice.OWN)


def _warn(rule: str, mail: EarlierMail, words: str, why: str) -> Finding:
    return Finding(rule, Severity.WARNING, 1, words, why, _INSTEAD, mail.name)
