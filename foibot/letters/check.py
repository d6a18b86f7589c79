"""Tries the whole letterbook before it is trusted: reads every template, then writes every letter; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from foibot import law
from foibot.case.parts import PartOutcome
from foibot.letters.elements import absent, words_of
from foibot.letters.environment import TemplateMustBeFixed
from foibot.letters.escape import Fragment
from foibot.letters.exemption_text import (
    FOLDER,
    HEADINGS,
    WITHHOLDING_HEADINGS,
    default_stem,
    stem_to_stay_silent,
    stem_to_withhold,
)
from foibot.letters.facts import LetterFacts, PartFacts
from foibot.letters.kind import LetterKind
from foibot.letters.lint import Severity, check_draft
from foibot.letters.linting.document import Document, Mail
from foibot.letters.problem import Problem
from foibot.letters.samples import SAMPLE, sample_provisions, samples
from foibot.letters.template_check import TemplateCheck
from foibot.letters.vocabulary import provision_words, vocabulary

if TYPE_CHECKING:
    from foibot.letters.render import Letter, Letterbook
    from foibot.letters.texts import Texts

PUT_BACK: Final = "Put it back into body.md or the shared text it includes"


def by_reading(book: Letterbook) -> list[Problem]:
    """Give what is wrong with the templates as they stand, without writing anything."""
    problems: list[Problem] = []
    for kind in book.kinds.values():
        problems += _read_letter(book, kind)
    for notice in book.notices.values():
        facts: dict[str, object] = dict.fromkeys(notice.facts)
        path = f"notices/{notice.name}"
        paths = (f"{path}/body.md", f"{path}/subject.txt")
        problems += _read_together(book, paths, f"{path}/notice.toml", facts)
    problems += _read_exemptions(book)
    return problems


def by_writing(book: Letterbook) -> list[Problem]:
    """Give what is wrong with the letters that the templates write about invented facts."""
    return [
        problem
        for kind in book.kinds.values()
        for facts in samples(kind)
        for problem in problems_of(book, kind, facts)
    ]


def _read_letter(book: Letterbook, kind: LetterKind) -> list[Problem]:
    paths = paths_of(book.english, kind)
    return _read_together(book, paths, f"letters/{kind.name}/letter.toml", scope_of(book, kind))


def scope_of(book: Letterbook, kind: LetterKind) -> dict[str, object]:
    """Give every name the templates of a letter may use, with a value of the right shape."""
    provisions = sample_provisions(_SAMPLE_ORDER)
    wording = {each: dict.fromkeys(HEADINGS, Fragment("")) for each in provisions}
    slots = {slot.name: "" for slot in kind.slots}
    part = PartFacts("1", "", PartOutcome.NCND, provisions)
    facts = replace(SAMPLE, provisions=provisions, slots=slots, files=("a.csv",), parts=(part,))
    words = vocabulary(facts, wording, book.english.language)
    return {name: words[name] for name in kind.facts}


def paths_of(texts: Texts, kind: LetterKind) -> tuple[str, ...]:
    """Name the templates of a letter in one language: its bodies, for whatever laws, and its subject."""
    bodies = {texts.body_path(kind.name, regime): None for regime in kind.regimes}
    return (*bodies, f"letters/{kind.name}/subject.txt")


def _read_together(
    book: Letterbook, paths: Iterable[str], toml: str, scope: Mapping[str, object]
) -> list[Problem]:
    """Read the templates of one letter or notice, which between them have to use every fact it declares."""
    check = TemplateCheck(book.source)
    for path in paths:
        check.check(path, scope)
    line = book.source.line_of(toml, "facts")
    for name in sorted(set(scope) - check.used) if check.whole else ():
        fix = "Use it, or take it out of facts"
        check.problems.append(Problem(toml, line, f"the fact '{name}' is never used", fix))
    return check.problems


def _read_exemptions(book: Letterbook) -> list[Problem]:
    sample = provision_words(sample_provisions(_SAMPLE_ORDER)[0])
    problems = list(_without_wording(book))
    for path in book.source:
        if path.startswith(FOLDER) and path.endswith(".md"):
            check = TemplateCheck(book.source)
            check.check(path, {"provision": sample, "slots": book.slots_of_wording(path)})
            problems += check.problems
            problems += _weighing_problems(book, path)
    return problems


def _without_wording(book: Letterbook) -> Iterator[Problem]:
    """Name the neutral wording where it is missing and some provision has no wording of its own."""
    for stem, served in _served().items():
        regime = stem.partition("-")[0]
        default = default_stem(regime, ncnd=served.headings is HEADINGS)
        if stem != default and not book.english.parts(stem) and not book.english.parts(default):
            path = f"{FOLDER}{default}.md"
            fix = "Copy it from the shipped templates"
            yield Problem(path, 1, "the file is missing, and some provision needs it", fix)


def _weighing_problems(book: Letterbook, path: str) -> list[Problem]:
    """Ask for factors where the law weighs, and for none where it does not (N-06, N-07)."""
    stem = path.removeprefix(FOLDER).removesuffix(".md")
    served = _served().get(stem)
    if served is None:
        return []
    titles = served.headings
    line = _line_of_factors(book, path)
    if line and not served.weighed:
        what = "this provision is absolute, so no public interest is weighed"
        return [Problem(path, line, what, "Take the factors out")]
    if served.weighed and (not line or "factors_for" not in book.english.parts(stem)):
        fix = f"Add: ## {titles['factors_for']} and ## {titles['factors_against']}"
        return [Problem(path, 1, "the public interest has to be weighed here", fix)]
    if served.weighed and not book.source.has_line(path, f"## {titles['factors_for']}"):
        what = "the wrong thing is weighed here"
        fix = f"Call the parts: ## {titles['factors_for']} and ## {titles['factors_against']}"
        return [Problem(path, line, what, fix)]
    return []


def _line_of_factors(book: Letterbook, path: str) -> int:
    """Give the line of the first heading of factors, of either sort; 0 if there is none."""
    titles = (WITHHOLDING_HEADINGS["factors_for"], HEADINGS["factors_for"])
    found = [title for title in titles if book.source.has_line(path, f"## {title}")]
    return min((book.source.line_of(path, f"## {title}") for title in found), default=0)


@dataclass(frozen=True, slots=True)
class _Served:
    """What a wording file is for: whether anything is weighed in it, and what its parts are called."""

    weighed: bool
    headings: Mapping[str, str]


@cache
def _served() -> Mapping[str, _Served]:
    """Say of each wording file the law knows whether any provision it serves is weighed."""
    weighed: dict[str, bool] = {}
    silent: set[str] = set()
    for regime in law.REGIMES:
        for row in regime.exemptions:
            stem = stem_to_withhold(regime.key, row)
            weighed[stem] = weighed.get(stem, False) or not row.absolute
            if row.ncnd is not None:
                stem = stem_to_stay_silent(regime.key, row)
                silent.add(stem)
                here = row.ncnd.needs_public_interest_test
                weighed[stem] = weighed.get(stem, False) or here
        silent.add(default_stem(regime.key))
        weighed[default_stem(regime.key)] = weighed[default_stem(regime.key, ncnd=False)] = True
    return {
        stem: _Served(here, HEADINGS if stem in silent else WITHHOLDING_HEADINGS)
        for stem, here in weighed.items()
    }


def problems_of(
    book: Letterbook, kind: LetterKind, facts: LetterFacts, *, linted: bool = True
) -> Iterator[Problem]:
    """Give what is wrong with one letter on invented facts: what it lacks and, if `linted`, what it breaks."""
    folder = f"letters/{kind.name}"
    body = book.english.body_path(kind.name, facts.regime.key)
    try:
        letter, words = book.letter_and_words(kind.name, facts)
    except TemplateMustBeFixed as error:
        yield Problem(error.path, error.line, error.reason, "Correct the line")
        return
    yield from of_subject(letter, f"{folder}/subject.txt", facts)
    lost = tuple(unsaid(letter, kind.must_say_in(facts.regime.key)))
    for phrase in lost:
        toml = f"{folder}/letter.toml"
        line = book.source.line_of(
            toml, "must_say" if phrase in kind.must_say else "[must_say_under"
        )
        yield Problem(toml, line, f"the letter does not say '{phrase}'", PUT_BACK)
    for each in absent(kind, facts.regime.key, words, letter.text):
        if not set(each.words) & set(lost):
            what = f"the letter lacks {each.what} ({each.rule}) under {facts.regime.short}"
            yield Problem(body, 1, what, PUT_BACK)
    if linted:
        yield from _lint(book, body, letter, facts, words)


def of_subject(letter: Letter, path: str, facts: LetterFacts) -> Iterator[Problem]:
    """Give what is wrong with the subject of a letter, whose template is at `path`."""
    if not letter.subject:
        fix = "Write one line, with {{ case.reference }} in it"
        yield Problem(path, 1, "the subject is empty", fix)
    elif facts.case.reference not in letter.subject:
        yield Problem(
            path, 1, "the subject lacks the reference", "Put {{ case.reference }} into it"
        )


def unsaid(letter: Letter, phrases: Iterable[str]) -> Iterator[str]:
    """Give the phrases that the letter does not hold, upper and lower case alike."""
    said = " ".join(letter.text.split()).lower()
    return (phrase for phrase in phrases if " ".join(phrase.split()).lower() not in said)


def _lint(
    book: Letterbook, body: str, letter: Letter, facts: LetterFacts, words: Mapping[str, Any]
) -> Iterator[Problem]:
    around = Mail(subject=letter.subject, sender=facts.authority.email)
    document = Document(letter.text, mail=around, properties=(("title", letter.title),))
    for finding in check_draft(letter.kind, document, facts):
        if finding.severity is Severity.ERROR:
            found = f" ('{finding.text}')" if finding.text else ""
            what = f"the letter breaks {finding.rule}: {finding.why}{found}"
            path = _wording_that_says(book, finding.text, facts, words) or body
            yield Problem(path, 1, what, "Restore the shipped wording there")


def _wording_that_says(
    book: Letterbook, found: str, facts: LetterFacts, words: Mapping[str, Any]
) -> str:
    """Give the path of the wording that holds the words found; "" if they stand in the letter around it."""
    for provision, said in zip(facts.provisions, words["provisions"], strict=True):
        if found and any(words_of(found) in words_of(said[part]) for part in HEADINGS):
            return f"{FOLDER}{book.english.wording_for(provision)}.md"
    return ""


_SAMPLE_ORDER: Final = "24(2) 23(5) 31(3)(a)"
