"""Tries the whole letterbook before it is trusted: reads every template, then writes every letter; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from foibot import law
from foibot.letters.environment import TemplateMustBeFixed
from foibot.letters.escape import Fragment
from foibot.letters.exemption_text import FOLDER, HEADINGS, default_stem, stem_of
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import LetterKind
from foibot.letters.lint import Severity, check_ncnd
from foibot.letters.problem import Problem
from foibot.letters.samples import SAMPLE, sample_provisions, samples
from foibot.letters.template_check import TemplateCheck
from foibot.letters.vocabulary import provision_words, vocabulary

if TYPE_CHECKING:
    from foibot.letters.render import Letter, Letterbook

_NCND: Final = "ncnd"


def by_reading(book: Letterbook) -> list[Problem]:
    """Give what is wrong with the templates as they stand, without writing anything."""
    problems: list[Problem] = []
    for kind in book.kinds.values():
        problems += _read_letter(book, kind)
    for notice in book.notices.values():
        facts: dict[str, object] = dict.fromkeys(notice.facts)
        path = f"notices/{notice.name}"
        problems += _read_pair(book, path, f"{path}/notice.toml", facts)
    problems += _read_exemptions(book)
    return problems


def by_writing(book: Letterbook) -> list[Problem]:
    """Give what is wrong with the letters that the templates write about invented facts."""
    return [
        problem
        for kind in book.kinds.values()
        for facts in samples()
        for problem in _write(book, kind, facts)
    ]


def _read_letter(book: Letterbook, kind: LetterKind) -> list[Problem]:
    wording = {
        each.section: dict.fromkeys(HEADINGS, Fragment(""))
        for each in sample_provisions(_SAMPLE_ORDER)
    }
    facts = replace(
        SAMPLE,
        provisions=sample_provisions(_SAMPLE_ORDER),
        slots={slot.name: "" for slot in kind.slots},
    )
    words = vocabulary(facts, wording)
    scope = {name: words[name] for name in kind.facts}
    folder = f"letters/{kind.name}"
    return _read_pair(book, folder, f"{folder}/letter.toml", scope)


def _read_pair(
    book: Letterbook, folder: str, toml: str, scope: Mapping[str, object]
) -> list[Problem]:
    check = TemplateCheck(book.source, book.bodies)
    check.check(f"{folder}/body.md", scope)
    check.check(f"{folder}/subject.txt", scope)
    line = book.source.line_of(toml, "facts")
    for name in sorted(set(scope) - check.used):
        fix = "Use it, or take it out of facts"
        check.problems.append(Problem(toml, line, f"the fact '{name}' is never used", fix))
    return check.problems


def _read_exemptions(book: Letterbook) -> list[Problem]:
    sample = provision_words(sample_provisions(_SAMPLE_ORDER)[0])
    problems: list[Problem] = []
    for path in book.source:
        if path.startswith(FOLDER) and path.endswith(".md"):
            check = TemplateCheck(book.source, book.bodies)
            check.check(path, {"provision": sample})
            problems += check.problems
            problems += _weighing_problems(book, path)
    return problems


def _weighing_problems(book: Letterbook, path: str) -> list[Problem]:
    """Ask for factors where the law weighs, and for none where it does not (N-06, N-07)."""
    stem = path.removeprefix(FOLDER).removesuffix(".md")
    weighed = _weighed_by_stem().get(stem)
    has_factors = "factors_for" in book.parts(stem)
    if weighed is True and not has_factors:
        fix = f"Add: ## {HEADINGS['factors_for']} and ## {HEADINGS['factors_against']}"
        return [Problem(path, 1, "the public interest has to be weighed here", fix)]
    if weighed is False and has_factors:
        line = book.source.line_of(path, f"## {HEADINGS['factors_for']}")
        what = "this provision is absolute, so no public interest is weighed"
        return [Problem(path, line, what, "Take the factors out")]
    return []


def _weighed_by_stem() -> dict[str, bool]:
    """Say for each wording file the law knows whether any provision it serves is weighed."""
    weighed: dict[str, bool] = {}
    for regime in law.REGIMES:
        for exemption in regime.exemptions:
            if exemption.ncnd is not None:
                stem = stem_of(regime.key, exemption.ncnd.provision)
                here = exemption.ncnd.needs_public_interest_test
                weighed[stem] = weighed.get(stem, False) or here
        weighed[default_stem(regime.key)] = True
    return weighed


def _write(book: Letterbook, kind: LetterKind, facts: LetterFacts) -> Iterator[Problem]:
    folder = f"letters/{kind.name}"
    try:
        letter = book.letter(kind.name, facts)
    except TemplateMustBeFixed as error:
        yield Problem(error.path, error.line, error.reason, "Correct the line")
        return
    if not letter.subject:
        fix = "Write one line, with {{ case.reference }} in it"
        yield Problem(f"{folder}/subject.txt", 1, "the subject is empty", fix)
    elif facts.case.reference not in letter.subject:
        fix = "Put {{ case.reference }} into it"
        yield Problem(f"{folder}/subject.txt", 1, "the subject lacks the reference", fix)
    yield from _unsaid(book, kind, letter)
    if kind.name == _NCND:
        yield from _ncnd_findings(folder, letter, facts)


def _unsaid(book: Letterbook, kind: LetterKind, letter: Letter) -> Iterator[Problem]:
    said = " ".join(letter.text.split()).lower()
    path = f"letters/{kind.name}/letter.toml"
    for phrase in kind.must_say:
        if " ".join(phrase.split()).lower() not in said:
            line = book.source.line_of(path, "must_say")
            fix = "Put it back into body.md or the shared text it includes"
            yield Problem(path, line, f"the letter does not say '{phrase}'", fix)


def _ncnd_findings(folder: str, letter: Letter, facts: LetterFacts) -> Iterator[Problem]:
    findings = check_ncnd(
        letter.text,
        request_text=facts.case.request_text,
        provisions=facts.provisions,
        authority_name=facts.authority.name,
    )
    for finding in findings:
        if finding.severity is Severity.ERROR:
            what = f"the letter breaks {finding.rule}: {finding.why} ('{finding.text}')"
            yield Problem(f"{folder}/body.md", 1, what, "Restore the shipped wording there")


_SAMPLE_ORDER: Final = "24(2) 23(5) 31(3)(a)"
