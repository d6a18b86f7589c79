"""Tries the letters that have been put into another language, as check.py tries the English ones; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from foibot.letters.check import PUT_BACK, of_subject, paths_of, scope_of, unsaid
from foibot.letters.environment import TemplateMustBeFixed
from foibot.letters.exemption_text import FOLDER
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import LetterKind
from foibot.letters.language import WORDS
from foibot.letters.problem import Problem
from foibot.letters.samples import sample_provisions, samples
from foibot.letters.template_check import TemplateCheck
from foibot.letters.vocabulary import provision_words

if TYPE_CHECKING:
    from foibot.letters.render import Letterbook
    from foibot.letters.texts import Texts


def translations_by_reading(book: Letterbook) -> Iterator[Problem]:
    """Give what is wrong with the templates of other languages, without writing anything."""
    for code, texts in book.translations.items():
        for problem in (*texts.problems, *_read(book, texts)):
            yield replace(problem, file=f"{code}/{problem.file}")


def translations_by_writing(book: Letterbook) -> Iterator[Problem]:
    """Give what is wrong with the letters that other languages write about invented facts."""
    for code, texts in book.translations.items():
        for kind in book.kinds.values():
            for facts in samples(kind):
                if texts.writes(kind.name, facts):
                    for problem in _write(book, texts, kind, replace(facts, language=code)):
                        yield replace(problem, file=f"{code}/{problem.file}")


def _read(book: Letterbook, texts: Texts) -> Iterator[Problem]:
    check = TemplateCheck(texts.source)
    for path in texts.source:
        if path.startswith(FOLDER) and path.endswith(".md"):
            words = provision_words(sample_provisions("24(2)")[0])
            check.check(path, {"provision": words, "slots": book.slots_of_wording(path)})
    for name in _letters(texts):
        kind = book.kinds.get(name)
        if kind is None:
            fix = "Rename the folder to that of an English letter"
            yield Problem(f"letters/{name}/body.md", 1, f"there is no letter '{name}'", fix)
            continue
        for path in paths_of(texts, kind):
            check.check(path, scope_of(book, kind))
        yield from _words_missing(texts, kind)
    yield from check.problems


def _letters(texts: Texts) -> list[str]:
    return sorted({path.split("/")[1] for path in texts.source if path.startswith("letters/")})


def _words_missing(texts: Texts, kind: LetterKind) -> Iterator[Problem]:
    language, source = texts.language, texts.source
    if not language.must_say.get(kind.name):
        line = source.line_of(WORDS, "[must_say]")
        fix = f"Add: {kind.name} = [...] with what the letter has to say in this language"
        yield Problem(WORDS, line, f"must_say has nothing for '{kind.name}'", fix)
    there = language.defaults.get(kind.name, {})
    for slot in kind.slots:
        if slot.default_text and slot.name not in there:
            fix = f'Add to [defaults.{kind.name}]: {slot.name} = "..."'
            what = f"the slot '{slot.name}' has no words in this language"
            yield Problem(WORDS, source.line_of(WORDS, "[defaults"), what, fix)


def _write(
    book: Letterbook, texts: Texts, kind: LetterKind, facts: LetterFacts
) -> Iterator[Problem]:
    try:
        letter = book.letter(kind.name, facts)
    except TemplateMustBeFixed as error:
        yield Problem(error.path, error.line, error.reason, "Correct the line")
        return
    yield from of_subject(letter, f"letters/{kind.name}/subject.txt", facts)
    for phrase in unsaid(letter, texts.language.must_say[kind.name]):
        line = texts.source.line_of(WORDS, "[must_say]")
        yield Problem(WORDS, line, f"the letter '{kind.name}' does not say '{phrase}'", PUT_BACK)
