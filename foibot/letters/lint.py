"""What a neither-confirm-nor-deny letter must say, and what would give the answer away; no I/O.

Rules are named by their ids: N-01 to N-09 have to be there, N-20 to N-35 must not be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.facts import LetterFacts
from foibot.letters.leaks import LEAKS, Leak, authority_leak
from foibot.letters.must_have import MUST_HAVE, Decision
from foibot.letters.passages import Passage, own_passages


@unique
class Severity(StrEnum):
    """An error stops the letter; a warning an officer may dismiss with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: the rule's id, the line (from 1) and the words it was found in, and why it matters."""

    rule: str
    severity: Severity
    line: int
    text: str
    why: str


_NUMBER: Final = re.compile(r"(?<![\w(/.-])\d[\d,.]*\b(?!\s*\()")
_CITED: Final = re.compile(
    r"\b(?:sub)?sections?\s+\d+\w*(?:\(\w+\))*(?:(?:,| and| or|, and)?\s*\d+\w*\(\w+\)(?:\(\w+\))*)*"
    r"|\bAct (?:19|20)\d\d\b|\bRegulations (?:19|20)\d\d\b|\bs\.?\s?\d+\w*(?:\(\w+\))*",
    re.IGNORECASE,
)


def check_ncnd(
    text: str, *, request_text: str, provisions: tuple[Provision, ...], authority_name: str
) -> tuple[Finding, ...]:
    """Check a whole NCND letter. Words quoted from the request are the requester's and do not count."""
    passages = tuple(own_passages(text, request_text))
    decision = _decision(passages, provisions, authority_name)
    missing = (
        Finding(need.rule, Severity.ERROR, 1, "", need.why)
        for need in MUST_HAVE
        if need.concerns(decision) and not need.is_met(decision)
    )
    return (*missing, *_leaks(passages, (*LEAKS, authority_leak(authority_name))))


def check_slot(kind: str, name: str, text: str) -> tuple[Finding, ...]:
    """Check an officer's own text for one slot before it goes into a draft.

    Besides the leaks, any number that is not a section is a warning (N-30): it may say more than
    the request did. Other kinds of letter may say what an NCND letter may not.
    """
    if kind != "ncnd":
        return ()
    passages = tuple(own_passages(text, ""))
    return (*_leaks(passages, LEAKS), *_one_sided(name, passages), *_numbers(passages))


def checks_passed(kind: str, text: str, facts: LetterFacts) -> tuple[str, ...]:
    """Give one line of plain English for each check that the `text` of a draft has passed.

    The lines say nothing about the case that the letter does not say itself.
    """
    if kind != "ncnd":
        return ()
    name = facts.authority.name
    passages = tuple(own_passages(text, facts.case.request_text))
    decision = _decision(passages, facts.provisions, name)
    passed = [n.passed for n in MUST_HAVE if n.concerns(decision) and n.is_met(decision)]
    if not _leaks(passages, (*LEAKS, authority_leak(name))):
        passed.append("nothing in it gives away whether the information is held")
    return tuple(passed)


def _decision(
    passages: tuple[Passage, ...], provisions: tuple[Provision, ...], authority_name: str
) -> Decision:
    text = " ".join(passage.text for passage in passages)
    return Decision(text, provisions, authority_name)


def _leaks(passages: tuple[Passage, ...], leaks: tuple[Leak, ...]) -> tuple[Finding, ...]:
    # Two patterns of one rule may meet in the same words.
    return tuple(dict.fromkeys(_each_leak(passages, leaks)))


def _each_leak(passages: tuple[Passage, ...], leaks: tuple[Leak, ...]) -> Iterator[Finding]:
    for leak in leaks:
        severity = Severity.WARNING if leak.only_warns else Severity.ERROR
        for passage in passages:
            for match in leak.pattern.finditer(passage.text):
                line = passage.line_at(match.start())
                yield Finding(leak.rule, severity, line, match.group().strip(), leak.why)


def _one_sided(name: str, passages: tuple[Passage, ...]) -> Iterator[Finding]:
    """Warn of harm argued from one answer only (N-05): what it leaves out can be read as the truth."""
    whole = " ".join(passage.text for passage in passages).casefold()
    confirms = re.search(r"\bconfirm|\beither answer\b|\bany answer\b", whole)
    denies = re.search(r"\bden(?:y|ial|ied)|\beither answer\b|\bany answer\b", whole)
    if name == "harm" and bool(confirms) != bool(denies):
        why = "the harm has to be argued from a confirmation and from a denial alike"
        yield Finding("N-05", Severity.WARNING, 1, passages[0].text[:60], why)


def _numbers(passages: tuple[Passage, ...]) -> Iterator[Finding]:
    for passage in passages:
        rest = _CITED.sub(lambda match: "x" * len(match.group()), passage.text)
        for match in _NUMBER.finditer(rest):
            why = "a number that is not in the request may say more than the request did"
            line = passage.line_at(match.start())
            yield Finding("N-30", Severity.WARNING, line, match.group(), why)
