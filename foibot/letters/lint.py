"""Checks a letter against the rules of law, whoever wrote it: finds what is missing and what gives something away; no I/O.

There is one set of rules. A draft of our own is held to the words its template promises; a letter
written elsewhere may say the same in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from foibot.letters.facts import LetterFacts
from foibot.letters.linting.by_number import readings_of
from foibot.letters.linting.document import Document
from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.letter_type import LetterType, letter_type
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.passages import flat
from foibot.letters.linting.read import read
from foibot.letters.linting.reading import Ordered, Reading
from foibot.letters.linting.registry import RULES
from foibot.letters.linting.rule import Rule
from foibot.letters.parts_in_words import NCND_SLOTS
from foibot.letters.threat_level import NO_THREAT_LEVEL, ThreatLevel

__all__ = [
    "NO_LEAK_FOUND",
    "Finding",
    "Report",
    "Severity",
    "check_after_silence",
    "check_draft",
    "check_slot",
    "checks_passed",
    "lint",
]

NO_LEAK_FOUND: Final = (
    "no wording was found that is known to give away whether the information is held; "
    "read your own words for this too, because a check by wording cannot catch everything"
)
"""What is told of a letter without leaks. Nobody can promise more, and whoever reads it must go on reading."""

_NUMBER: Final = re.compile(r"(?<![\w(/.-])\d[\d,.]*\b(?!\s*\()")
_CITED: Final = re.compile(
    r"\b(?:sub)?sections?\s+\d+\w*(?:\(\w+\))*(?:(?:,| and| or|, and)?\s*\d+\w*\(\w+\)(?:\(\w+\))*)*"
    r"|\bAct (?:19|20)\d\d\b|\bRegulations (?:19|20)\d\d\b|\bs\.?\s?\d+\w*(?:\(\w+\))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """What a letter was taken for, and what is wrong with it, in the order of its lines.

    `guessed` is true if the type was told from the words. `whole` is false for the text of a
    decision alone, in which nobody looks for what a whole letter carries (L-01, L-06, L-07).
    """

    letter_type: LetterType
    guessed: bool
    regime: str
    whole: bool
    findings: tuple[Finding, ...]


def lint(
    document: Document,
    known: LetterType | None = None,
    *,
    threat_level: ThreatLevel = NO_THREAT_LEVEL,
    today: date = date.min,
) -> Report:
    """Check a letter read from a file; its type is told from its words where it is not `known`.

    `threat_level` is how the office words the national level, if it is known `today`.
    Never raises; linear in the length of the letter.
    """
    reading = read(document, letter_type=known, threat_level=threat_level, today=today)
    findings = _findings(reading)
    return Report(
        letter_type=reading.letter_type,
        guessed=known is None,
        regime=reading.regime,
        whole=reading.whole,
        findings=tuple(sorted([*findings, *_in_other_texts(document, reading)], key=_by_line)),
    )


def check_draft(kind: str, document: Document, facts: LetterFacts) -> tuple[Finding, ...]:
    """Check a draft of our own with everything that is known about its case, officers' slots by themselves too.

    Of `document`, the text is the letter's, and the mail around it what it would be sent in. Words
    that are marked as the requester's and are theirs do not count.
    """
    found = list(_findings(_draft(kind, document, facts)))
    for name, text in facts.slots.items():
        for one in check_slot(kind, name, text, facts):
            if not any(_tells(other, one) for other in found):
                found.append(replace(one, where=f"slot {name}"))
    return tuple(found)


def check_slot(kind: str, name: str, text: str, facts: LetterFacts) -> tuple[Finding, ...]:
    """Check an officer's own text for one slot, where no mark and no heading around it hides anything.

    Besides the leaks, any number that is neither a section nor in the request is a warning (N-30): it
    may say more than the request did. Other kinds of letter may say what an NCND letter may not.
    """
    if kind == LetterType.IN_PARTS and name.startswith(NCND_SLOTS):
        name = name.removeprefix(NCND_SLOTS)
    elif kind != LetterType.NCND:
        return ()
    reading = _silent(text, facts)
    return (*_leaks(reading), *_one_sided(name, reading), *_numbers(reading))


def check_after_silence(facts: LetterFacts, *, stays: bool) -> tuple[Finding, ...]:
    """Check officers' own text in a letter that follows an answer which neither confirmed nor denied (N-38).

    If that answer `stays`, what would give away whether the information is held is an error; if a review
    changes it, a warning, as it may have been decided to say so.
    """
    found = [
        replace(one, where=f"slot {name}")
        for name, text in facts.slots.items()
        for one in _leaks(_silent(text, facts))
    ]
    if facts.files:
        found.append(Finding("N-38", Severity.ERROR, 1, ", ".join(facts.files), _A_FILE, _AGAIN))
    return (*found,) if stays else tuple(replace(one, severity=Severity.WARNING) for one in found)


_A_FILE: Final = "the first answer neither confirmed nor denied; a file says that something is held"
_AGAIN: Final = "Decide again on confirming or denying alone; if the review gives the information, its result is “overturned”."


def _leaks(reading: Reading) -> tuple[Finding, ...]:
    return _once(found for rule in LEAKS if rule.id != "N-30" for found in rule.findings(reading))


def _silent(text: str, facts: LetterFacts) -> Reading:
    """An officer's own text as one that has to keep silent about what is held."""
    return read(
        Document(_unmarked(text)),
        letter_type=LetterType.NCND,
        ordered=_ordered(replace(facts, provisions=())),
        threat_level=facts.threat_level,
        today=facts.today,
    )


def checks_passed(kind: str, text: str, facts: LetterFacts) -> tuple[str, ...]:
    """Give one line of plain English for each check that the `text` of a draft has passed.

    The lines say nothing about the case that the letter does not say itself.
    """
    reading = _draft(kind, Document(text), facts)
    if reading.letter_type is LetterType.UNKNOWN:
        return ()
    asked = [*_asked(reading)]
    met = [(rule, here) for rule, here in asked if not any(rule.findings(here))]
    kept = [rule for rule, _ in met]
    passed = [rule.passed for rule in kept if rule.passed]
    if reading.letter_type is LetterType.NCND and set(LEAKS) <= set(kept):
        passed.append(NO_LEAK_FOUND)
    if met == asked:
        passed.append("breaks none of the rules for a letter of this kind")
    return tuple(passed)


def _draft(kind: str, document: Document, facts: LetterFacts) -> Reading:
    # An authority's own kind of letter is held to the rules for every letter, and not guessed at.
    judged = letter_type(kind) or LetterType.UNKNOWN
    return read(
        document,
        letter_type=judged,
        ordered=_ordered(facts),
        threat_level=facts.threat_level,
        today=facts.today,
    )


def _ordered(facts: LetterFacts) -> Ordered:
    return Ordered(
        tuple(one for one in facts.provisions if one.ncnd),
        facts.authority.name,
        facts.regime.key,
        facts.case.asked,
        facts.requester.name,
    )


def _unmarked(text: str) -> str:
    return "\n".join(line.lstrip(" \t>") for line in text.splitlines())


def _tells(finding: Finding, other: Finding) -> bool:
    return finding.rule == other.rule and other.text in finding.text


def _findings(reading: Reading) -> tuple[Finding, ...]:
    return _once(found for rule, here in _asked(reading) for found in rule.findings(here))


def _asked(reading: Reading) -> Iterator[tuple[Rule, Reading]]:
    """Every rule the letter has to keep, with the words in which it has to keep it."""
    whole, *answers = readings_of(reading)
    for rule in RULES:
        if rule.applies_to(whole):
            yield rule, whole
        else:
            yield from ((rule, each) for each in answers if rule.applies_to(each))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    # Two patterns of one rule may meet in the same words.
    return tuple(dict.fromkeys(findings))


def _by_line(finding: Finding) -> tuple[str, int, str]:
    return finding.where, finding.line, finding.rule


def _in_other_texts(document: Document, reading: Reading) -> Iterator[Finding]:
    """What leaks from the other texts of an NCND mail, unless they say the same as the letter."""
    if document.mail is None or reading.letter_type is not LetterType.NCND:
        return
    attached = ((file.name, file.text) for file in document.mail.files if file.text is not None)
    for name, text in (*document.versions, *attached):
        if flat(text) == flat(document.text):
            continue
        other = read(
            Document(text),
            letter_type=LetterType.NCND,
            threat_level=reading.threat_level,
            today=reading.today,
        )
        for rule in LEAKS:
            for found in rule.findings(other):
                yield replace(found, where=name)


def _one_sided(name: str, reading: Reading) -> Iterator[Finding]:
    """Warn of harm argued from one answer only (N-05): what it leaves out can be read as the truth."""
    confirms = reading.says(r"\bconfirm|\beither answer\b|\bany answer\b")
    denies = reading.says(r"\bden(?:y|ial|ied)|\beither answer\b|\bany answer\b")
    if name == "harm" and confirms != denies:
        why = "the harm has to be argued from a confirmation and from a denial alike"
        yield Finding("N-05", Severity.WARNING, 1, reading.passages[0].text[:60], why)


def _numbers(reading: Reading) -> Iterator[Finding]:
    figures = {one.group().rstrip(".,") for one in _NUMBER.finditer(reading.request)}
    for passage in reading.passages:
        rest = _CITED.sub(lambda match: "x" * len(match.group()), passage.text)
        for match in _NUMBER.finditer(rest):
            if match.group().rstrip(".,") in figures:
                continue
            why = "a number that is not in the request may say more than the request did"
            line = passage.line_at(match.start())
            yield Finding("N-30", Severity.WARNING, line, match.group(), why)
