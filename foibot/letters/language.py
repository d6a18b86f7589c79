"""What a language calls the months, the days and the parts of a page, from its `words.toml`; no I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from foibot.letters.problem import Problem
from foibot.letters.source import TemplateSource
from foibot.letters.table_reader import TableReader, read_table

WORDS: Final = "words.toml"
ENGLISH: Final = "en"
_KEYS: Final = (
    "language",
    "months",
    "days",
    "date",
    "date_with_day",
    "our_reference",
    "page",
    "told_by",
    "names",
    "must_say",
    "defaults",
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_KINDS_OF_WORDS: Final = 4
_ONE_IN: Final = 5
_FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("{day}", "{month}", "{year}"),
    "date_with_day": ("{weekday}", "{day}", "{month}", "{year}"),
    "page": ("{page}", "{pages}"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """One language: `tag` as pages and PDFs name it ("cy-GB"), its dates, the words around a letter.

    `told_by` are small words, in lower case, by which a text in this language is known.
    `names` puts names that the law or the calendar gives in English into this language; what is
    not there stays as it is. `must_say` and `defaults` are, by kind of letter, the phrases
    without which foibot does not start, and the words of slots that nobody has filled.
    """

    tag: str
    months: tuple[str, ...]
    days: tuple[str, ...]
    short_form: str
    long_form: str
    our_reference: str
    page: str
    told_by: frozenset[str]
    names: Mapping[str, str]
    must_say: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, Mapping[str, str]]

    def is_spoken_in(self, text: str) -> bool:
        """Whether a text is written in this language: many of its words are the small ones known of it.

        A text in two languages is not, and neither is one that only names things in this language.
        """
        words = _WORD.findall(text.casefold())
        known = [word for word in words if word in self.told_by]
        return len(set(known)) >= _KINDS_OF_WORDS and len(known) * _ONE_IN >= len(words)

    def in_words(self, day: date) -> str:
        """A date nobody can misread: "8 December 2020", "8 Rhagfyr 2020"."""
        return self._dated(self.short_form, day)

    def with_weekday(self, day: date) -> str:
        """A date with its weekday: "Monday 11 January 2021"."""
        return self._dated(self.long_form, day)

    def name(self, english: str) -> str:
        """Put every name that is known into this language: "Christmas Day (Scotland)" has two of them."""
        for known in sorted(self.names, key=len, reverse=True):
            english = english.replace(known, self.names[known])
        return english

    def _dated(self, form: str, day: date) -> str:
        return (
            form.replace("{weekday}", self.days[day.weekday()])
            .replace("{day}", str(day.day))
            .replace("{month}", self.months[day.month - 1])
            .replace("{year}", str(day.year))
        )


def read_language(source: TemplateSource) -> tuple[Language, list[Problem]]:
    """Read `words.toml` of one language's templates; with problems, what could be read of it."""
    reader = read_table(source, WORDS)
    if isinstance(reader, Problem):
        return Language("", ("",) * 12, ("",) * 7, "", "", "", "", frozenset(), {}, {}, {}), [
            reader
        ]
    reader.only(_KEYS)
    language = Language(
        tag=reader.text("language"),
        months=_exactly(reader, "months", 12),
        days=_exactly(reader, "days", 7),
        short_form=_form(reader, "date"),
        long_form=_form(reader, "date_with_day"),
        our_reference=reader.text("our_reference"),
        page=_form(reader, "page"),
        told_by=frozenset(word.casefold() for word in reader.texts("told_by")),
        names=_texts(reader, "names"),
        must_say=_by_kind(reader),
        defaults=_defaults(reader),
    )
    return language, reader.problems


def _exactly(reader: TableReader, key: str, number: int) -> tuple[str, ...]:
    texts = reader.texts(key)
    if len(texts) != number:
        reader.note(key, f"'{key}' has to name {number}", "Name them all, in their order")
    # What is wrong is told with all the rest, so that dates have to be written until then.
    return (*texts, *[""] * number)[:number]


def _form(reader: TableReader, key: str) -> str:
    text = reader.text(key)
    lacking = [each for each in _FORMS[key] if each not in text]
    if text and lacking:
        reader.note(
            key, f"'{key}' lacks {', '.join(lacking)}", f"Write it with {' '.join(_FORMS[key])}"
        )
    return text


def _texts(reader: TableReader, key: str) -> Mapping[str, str]:
    inner = reader.table(key)
    texts = {each: inner.text(each) for each in inner.keys}
    reader.problems.extend(inner.problems)
    return texts


def _by_kind(reader: TableReader) -> Mapping[str, tuple[str, ...]]:
    inner = reader.table("must_say")
    phrases = {kind: inner.texts(kind) for kind in inner.keys}
    reader.problems.extend(inner.problems)
    return phrases


def _defaults(reader: TableReader) -> Mapping[str, Mapping[str, str]]:
    inner = reader.table("defaults")
    words = {kind: _texts(inner, kind) for kind in inner.keys}
    reader.problems.extend(inner.problems)
    return words
