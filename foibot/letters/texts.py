"""The templates of one language: its bodies, subjects and wording, and which of them serves a letter; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.body import Body, body_of
from foibot.letters.environment import markdown_environment, plain_environment, render
from foibot.letters.escape import Fragment, one_line, paragraphs
from foibot.letters.exemption_text import FOLDER, HEADINGS, default_stem, parts_of, stem_for
from foibot.letters.facts import LetterFacts
from foibot.letters.language import WORDS, read_language
from foibot.letters.source import TemplateSource
from foibot.letters.vocabulary import Wording, provision_words

SUBJECT_AT_MOST: Final = 200


class Texts:
    """The templates of one language, compiled once. `problems` are those found while reading them."""

    def __init__(self, source: TemplateSource) -> None:
        """Compile `source`, whose paths begin at the folder of the language."""
        self.source = source
        self.language, self.problems = read_language(source)
        self._parts = self._read_exemptions()
        by_stem = groupby(self._parts, key=itemgetter(0))
        self._parts_of = {stem: frozenset(part for _, part in keys) for stem, keys in by_stem}
        self.bodies = markdown_environment(self._load)
        self.subjects = plain_environment(self._load)

    def parts(self, stem: str) -> frozenset[str]:
        """Name the parts the wording file `exemptions/<stem>.md` has; none if there is no file."""
        return self._parts_of.get(stem, frozenset())

    def body_path(self, kind: str, regime: str) -> str:
        """Give the path of the body for one law: its own in a folder named after it, or the common one."""
        own = f"letters/{kind}/{regime}/body.md"
        return own if own in self.source else f"letters/{kind}/body.md"

    def writes(self, kind: str, facts: LetterFacts) -> bool:
        """Whether this language has the letter, and wording for every provision it relies on."""
        return self.body_path(kind, facts.regime.key) in self.source and all(
            self.parts(self.wording_for(each)) for each in facts.provisions
        )

    def wording_for(self, provision: Provision) -> str:
        """Give the stem of the wording file that serves a provision: its own, or the neutral one."""
        own = stem_for(provision)
        return own if self.parts(own) else default_stem(provision.regime, ncnd=provision.ncnd)

    def wording(self, facts: LetterFacts) -> Wording:
        """Give our text for each provision of a letter."""
        slots = {name: paragraphs(text) for name, text in facts.slots.items()}
        return {each: self._wording_of(each, slots) for each in facts.provisions}

    def subject(self, path: str, words: Mapping[str, object]) -> str:
        """Write the subject at `path` on one line."""
        return one_line(render(self.subjects, path, words))[:SUBJECT_AT_MOST]

    def body(self, path: str, words: Mapping[str, object]) -> Body:
        """Write the body at `path`."""
        return body_of(render(self.bodies, path, words))

    def _wording_of(
        self, provision: Provision, slots: Mapping[str, Fragment]
    ) -> dict[str, Fragment]:
        stem = self.wording_for(provision)
        words = {"provision": provision_words(provision), "slots": slots}
        texts = dict.fromkeys(HEADINGS, Fragment(""))
        for part in self.parts(stem):
            text = render(self.bodies, f"{FOLDER}{stem}.md#{part}", words)
            texts[part] = Fragment(text.strip())
        return texts

    def _load(self, path: str) -> str | None:
        file, _, part = path.partition("#")
        if part:
            stem = file.removeprefix(FOLDER).removesuffix(".md")
            return self._parts.get((stem, part))
        return self.source.get(path)

    def _read_exemptions(self) -> dict[tuple[str, str], str]:
        parts: dict[tuple[str, str], str] = {}
        for path in self.source:
            if path.startswith(FOLDER) and path.endswith(".md"):
                texts, problems = parts_of(self.source, path)
                self.problems.extend(problems)
                stem = path.removeprefix(FOLDER).removesuffix(".md")
                parts |= {(stem, part): text for part, text in texts.items()}
        return parts


def other_languages(source: TemplateSource) -> tuple[str, ...]:
    """Name the folders that hold a language besides English: those with a words.toml."""
    folders = (path.partition("/") for path in source)
    return tuple(sorted(name for name, _, rest in folders if rest == WORDS))
