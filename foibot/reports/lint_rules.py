"""The rules of the lint as one Markdown page for `deploy/`, written from the rules themselves; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from foibot.law import REGIMES
from foibot.letters.linting.letter_type import (
    DECIDING,
    GIVES_NOTHING,
    REFUSALS,
    WITHHOLDING,
    LetterType,
)
from foibot.letters.linting.registry import RULES
from foibot.letters.linting.rule import EVERY_TYPE, Rule

_HEAD: Final = """\
# What `foibot lint` looks for

This page is written from the rules in `foibot/letters/linting/`; a test holds it to them.

`foibot lint FILE` reads a letter as text, `.eml`, `.docx` or PDF, by whomever it was written, and checks
it against the rules below. It leaves out the request that the letter repeats and the statute that it
quotes, tells the type of letter and the law from the words and says so; `--kind` sets the type. Where only
the text of a decision is given, without greeting and signature, it does not ask for what surrounds one.

An **error** stops a letter: exit code 1, and a draft of foibot's own is not made. A **warning** needs a
reason if the letter goes out all the same: a draft cannot be approved until somebody has replied
`accept N-24 v2: the reason`. A **note** is advice. Drafts of foibot's own go through the same rules, and are
held to the exact words that their template promises. Before a draft that neither confirms nor denies, the
mails that the requester already has are read as well (N-36, N-37).

How often the rules are right is printed by `python bench/lint_accuracy.py`, over the letters in
`tests/letters/corpus/`. The rules were tuned on those letters, so that others will do worse. The last
thirty-three were written to be hard, good letters in unusual words and leaks in one quiet sentence. Before
they were used for the rules, it told thirty-one for what they are, found eleven of twenty-five faults, and
made nineteen findings that were none, most of them about one wording of the disclaimer and one of the
rights. Quiet leaks need a reader. Give it a folder of your own letters to see how it does on yours.
"""

DEFECTS: Final = {
    "D-01": "the conclusion of the balance is the wrong way round",
    "D-02": "a copyright paragraph that speaks of enclosed information",
    "D-03": "a search is told of",
    "D-04": "a factor that favours confirming alone",
    "D-05": "“any other information” in a letter about the whole request",
    "D-06": "section 31(3) without limb and likelihood",
    "D-07": "the regulator without particulars",
    "D-08": "the review without an address, a time or a mailbox",
    "D-09": "section 23 explained by harm",
    "D-10": "section 23(5) without a reason",
    "D-11": "section 23(5) under a wrong title",
    "D-12": "section 24 called harm-based",
    "D-13": "harm argued from giving information",
    "D-14": "words that take the information for granted",
    "D-15": "the duty described as saying what is held",
    "D-16": "the threat level named",
    "D-17": "dead links",
    "D-18": "national security argued under section 31",
    "D-19": "a policy of never answering",
    "D-20": "a sentence after which the interest in knowing prevails",
    "D-21": "“definitely”, “by default”: not the degrees the law knows",
    "D-22": "attacks called counter-attacks",
    "D-23": "broken halves of the formula",
    "D-24": "several names for the authority",
    "D-25": "not called a refusal notice",
    "D-26": "only one of the two duties explained, and sections cited that do not fit",
    "D-27": "a date that can be read in two ways",
    "D-28": "empty fields",
    "D-29": "a name signed twice",
    "D-30": "a title the requester may not have used",
    "D-31": "a paragraph cut in two",
    "D-32": "slips of grammar and typing",
    "D-33": "a review that sounds like several stages",
    "D-34": "no offer of help or of another format",
    "D-35": "one sentence for the case for an answer",
}
"""The faults of one real letter that neither confirms nor denies, numbered when it was first examined."""

_LIMITS: Final = {
    "D-14": "That the sentence also contradicts itself takes a reader.",
    "D-18": "Found where headings name the sections; in running text it takes a reader.",
    "D-26": "The misplaced sections are found with their paragraph; that the second duty is not explained "
    "is no fault that harms anybody, and is not looked for.",
    "D-30": "A note only: the letter does not show how the requester signed.",
    "D-32": "The commonest slips are known; a spelling checker finds more.",
    "D-34": "Help to narrow a request is asked for in refusals for cost; here it is optional.",
    "D-35": "Counted where a heading stands above the factors; how good they are takes a reader.",
}

_BEYOND: Final = (
    ("L-01, L-02, L-03", "whether date, name and request are those of the case", "drafts take them from the case"),
    ("L-08", "whether the regulator's particulars are those of today", "`foibot check` asks once a year"),
    ("L-29", "whether an earlier notice allows silence", "the record of the case"),
    ("N-11, N-12, N-14, N-15", "whether the same question was answered alike before and elsewhere", "an officer"),
    ("N-13, N-17", "whether the letter would be the same whatever is held", "the tests of foibot"),
    ("N-30", "whether a place or a person is named that the request does not name", "an officer"),
    ("N-38", "entries of the disclosure log and the statistics", "the pages of the log and the figures"),
    ("T-32 to T-40", "whether the letter is in time", "`foibot due`, and the clock of the case"),
    ("X-04, X-09, X-10", "whether the harm is real, an opinion was given, a record is old", "an officer"),
)  # fmt: skip


def lint_rules_page(rules: Iterable[Rule] = RULES) -> str:
    """The page, ending in a newline."""
    known = tuple(rules)
    return "\n".join([_HEAD, *_rules(known), *_defects(known), *_beyond()]) + "\n"


def _rules(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "## The rules\n"
    for name, group in _GROUPS:
        yield f"- *{name}*: {', '.join(sorted(each.value for each in group))}"
    yield ""
    yield _line(("Rule", "What", "Severity", "Letters", "Why", "Write instead"))
    yield _line("---" for _ in range(6))
    for rule in sorted(rules, key=lambda one: (one.id[0], int(one.id[2:]), one.name)):
        cells = (rule.id, rule.name, rule.severity.value, _letters(rule), rule.why, rule.instead)
        yield _line(cells)
    yield ""


_GROUPS: Final = (
    ("refusals", REFUSALS),
    ("letters that give nothing", GIVES_NOTHING),
    ("letters that decide", DECIDING),
    ("letters that withhold", WITHHOLDING),
)


def _letters(rule: Rule) -> str:
    laws = [law.short for law in REGIMES if law.key in rule.regimes]
    under = f" ({', '.join(laws)})" if laws else ""
    return f"{_types(rule.types)}{under}"


def _types(types: frozenset[LetterType]) -> str:
    if types == EVERY_TYPE:
        return "all"
    # The largest group that is wholly meant, then those it leaves out.
    groups = [(name, group) for name, group in _GROUPS if group <= types]
    name, group = max(groups, key=lambda one: len(one[1]), default=("", frozenset()))
    rest = sorted(each.value for each in types - group)
    return ", ".join([name, *rest] if name else rest)


def _defects(rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "## The faults of one letter, and the rules that find them\n"
    yield (
        "The rules grew out of a close reading of one real letter that neither confirmed nor denied. "
        "Every fault found in it has a number.\n"
    )
    yield _line(("Fault", "What it is", "Found by", "Limits"))
    yield _line("---" for _ in range(4))
    for defect, what in DEFECTS.items():
        found = [f"{rule.id} ({rule.name})" for rule in rules if defect in rule.defects]
        yield _line((defect, what, ", ".join(found), _LIMITS.get(defect, "-")))
    yield ""


def _beyond() -> Iterator[str]:
    yield "## What no reading of a letter shows\n"
    yield _line(("Rule", "What", "Seen to by"))
    yield _line("---" for _ in range(3))
    yield from (_line(row) for row in _BEYOND)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
