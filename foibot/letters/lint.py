"""Checks a letter against the rules of law, whoever wrote it: finds what is missing and what gives something away; no I/O.

There is one set of rules. A draft of our own is held to the words its template promises; a letter
written elsewhere may say the same in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.facts import LetterFacts
from foibot.letters.linting.document import Document
from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.letter_type import LetterType
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.passages import flat
from foibot.letters.linting.read import read
from foibot.letters.linting.reading import Ordered, Reading
from foibot.letters.linting.registry import RULES

__all__ = ["Finding", "Report", "Severity", "check_ncnd", "check_slot", "checks_passed", "lint"]

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


def lint(document: Document, letter_type: LetterType | None = None) -> Report:
    """Check a letter read from a file. Never raises; linear in the length of the letter."""
    reading = read(document, letter_type=letter_type)
    findings = _findings(reading)
    return Report(
        letter_type=reading.letter_type,
        guessed=letter_type is None,
        regime=reading.regime,
        whole=reading.whole,
        findings=tuple(sorted([*findings, *_in_other_texts(document, reading)], key=_by_line)),
    )


def check_ncnd(
    text: str, *, request_text: str, provisions: tuple[Provision, ...], authority_name: str
) -> tuple[Finding, ...]:
    """Check a whole NCND letter. Words quoted from the request are the requester's and do not count."""
    return _findings(_draft(text, request_text, Ordered(provisions, authority_name)))


def check_slot(kind: str, name: str, text: str) -> tuple[Finding, ...]:
    """Check an officer's own text for one slot before it goes into a draft.

    Besides the leaks, any number that is not a section is a warning (N-30): it may say more than
    the request did. Other kinds of letter may say what an NCND letter may not.
    """
    if kind != LetterType.NCND:
        return ()
    reading = _draft(text, "", Ordered((), ""))
    leaks = (found for rule in LEAKS if rule.id != "N-30" for found in rule.findings(reading))
    return (*_once(leaks), *_one_sided(name, reading), *_numbers(reading))


def checks_passed(kind: str, text: str, facts: LetterFacts) -> tuple[str, ...]:
    """Give one line of plain English for each check that the `text` of a draft has passed.

    The lines say nothing about the case that the letter does not say itself.
    """
    if kind != LetterType.NCND:
        return ()
    ordered = Ordered(facts.provisions, facts.authority.name)
    reading = _draft(text, facts.case.request_text, ordered)
    passed = [
        rule.passed
        for rule in RULES
        if rule.passed and rule.applies_to(reading) and not any(rule.findings(reading))
    ]
    if not any(found for rule in LEAKS for found in rule.findings(reading)):
        passed.append("nothing in it gives away whether the information is held")
    return tuple(passed)


def _draft(text: str, request_text: str, ordered: Ordered) -> Reading:
    return read(
        Document(text), letter_type=LetterType.NCND, request_text=request_text, ordered=ordered
    )


def _findings(reading: Reading) -> tuple[Finding, ...]:
    return _once(found for rule in RULES for found in rule.findings(reading))


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
        other = read(Document(text), letter_type=LetterType.NCND)
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
    for passage in reading.passages:
        rest = _CITED.sub(lambda match: "x" * len(match.group()), passage.text)
        for match in _NUMBER.finditer(rest):
            why = "a number that is not in the request may say more than the request did"
            line = passage.line_at(match.start())
            yield Finding("N-30", Severity.WARNING, line, match.group(), why)
