"""The letterbook: the templates compiled once, and the letters and notices they give; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, assert_never

from foibot import law
from foibot.errors import Bug, OfficerMustReword
from foibot.law.provisions import Provision
from foibot.letters.asked import asked_twice, read_asked
from foibot.letters.body import Body
from foibot.letters.check import by_reading, by_writing
from foibot.letters.escape import one_line
from foibot.letters.facts import LetterFacts
from foibot.letters.form_letters import FormLetters
from foibot.letters.kind import (
    LetterKind,
    NoticeKind,
    Relies,
    read_letter_kind,
    read_notice_kind,
)
from foibot.letters.language import ENGLISH, Language
from foibot.letters.open_places import open_slots
from foibot.letters.problem import Problem
from foibot.letters.question_slots import Outcomes
from foibot.letters.slot import Slot
from foibot.letters.source import TemplateSource
from foibot.letters.texts import SUBJECT_AT_MOST, Texts, other_languages
from foibot.letters.translation_check import translations_by_reading, translations_by_writing
from foibot.letters.vocabulary import vocabulary


class NoSuchLetter(Bug):
    """There is no letter or notice of that kind among the templates."""


class NoSuchSlot(OfficerMustReword):
    """The letter has no open slot of that name."""


class LetterNotUnderThisLaw(OfficerMustReword):
    """There is no letter of this kind under the law that governs the request."""


class LetterIncomplete(OfficerMustReword):
    """The letter lacks what only an officer can know; `facts` and `slots` say what has to be given."""

    def __init__(self, kind: LetterKind, facts: tuple[str, ...], slots: tuple[Slot, ...]) -> None:
        """Keep what is missing, so that whoever asked can be sent the lines that would supply it."""
        names = ", ".join((*facts, *(slot.name for slot in slots)))
        super().__init__(f"The letter '{kind.title}' cannot be written without: {names}.")
        self.facts = facts
        self.slots = slots


class ProvisionsDoNotFit(Bug):
    """A letter was given provisions of another sort than it relies on, such as one that withholds for `ncnd`."""


class NoticeFactsDiffer(Bug):
    """The facts given to a notice are not those its notice.toml declares."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as people will read it.

    `subject` and `title` are neutral: no name, no topic, nothing about the decision (L-13).
    """

    kind: str
    title: str
    subject: str
    text: str
    html: str
    _body: Body = field(repr=False)
    _page: Mapping[str, object] = field(repr=False)

    @property
    def blocks_json(self) -> str:
        """What the typesetter makes the PDF from; not every letter becomes one."""
        return self._body.blocks_json(self._page)


@dataclass(frozen=True, slots=True)
class Notice:
    """A mail to officers."""

    subject: str
    text: str
    html: str


class Letterbook:
    """Every template of one folder, compiled once; the same facts always give the same bytes."""

    def __init__(self, source: TemplateSource, *, states: Collection[str] = ()) -> None:
        """Compile `source`. `states` are the case states a letter.toml may name; empty means any."""
        self.source = source
        self._problems: list[Problem] = []
        self.english = Texts(source)
        self._asked, problems = read_asked(source)
        self._problems += problems
        self.translations: Mapping[str, Texts] = MappingProxyType(
            {code: Texts(source.under(code)) for code in other_languages(source)}
        )
        self.kinds: Mapping[str, LetterKind] = MappingProxyType(self._read_kinds(frozenset(states)))
        self.notices: Mapping[str, NoticeKind] = MappingProxyType(self._read_notices())
        self.forms = FormLetters(self)

    def problems(self) -> tuple[Problem, ...]:
        """Give everything that is wrong with the templates, at once, in the order of the files."""
        found = [
            *self._problems,
            *self.english.problems,
            *by_reading(self),
            *translations_by_reading(self),
        ]
        # Letters are only tried when they can be read, or one fault would be reported many times.
        return tuple(sorted(set(found or (*by_writing(self), *translations_by_writing(self)))))

    def slots(
        self, kind: str, provisions: tuple[Provision, ...], outcomes: Outcomes | None = None
    ) -> tuple[Slot, ...]:
        """Give the slots that are open in a letter of this kind on these provisions, with these outcomes."""
        return self._kind(kind).slots_on(provisions, outcomes or {})

    def slots_of_wording(self, path: str) -> Mapping[str, str]:
        """Give the names of slots that the wording file at `path` may use."""
        return {each.slot.name: "" for each in self._asked if each.serves(path)}

    def language_of(self, text: str, languages: Collection[str]) -> str:
        """Give the first of `languages` that a text is written in, else English ("en")."""
        spoken = (
            code
            for code in languages
            if code in self.translations and self.translations[code].language.is_spoken_in(text)
        )
        return next(spoken, ENGLISH)

    def letter(self, kind: str, facts: LetterFacts) -> Letter:
        """Write a letter under the law of `facts`, in their language if it has this letter, else in English.

        Raises `LetterNotUnderThisLaw`, `LetterIncomplete` or `NoSuchSlot` for an order that cannot
        be carried out, and `TemplateMustBeFixed` where the templates fail.
        """
        return self.letter_and_words(kind, facts)[0]

    def letter_and_words(self, kind: str, facts: LetterFacts) -> tuple[Letter, Mapping[str, Any]]:
        """Write a letter, and give with it the vocabulary that it was written from, every open slot filled."""
        self._require(self._kind(kind), facts)
        texts = self.texts_for(kind, facts)
        filled = replace(facts, slots=self._filled(kind, facts, texts.language))
        words = vocabulary(filled, texts.wording(filled), texts.language)
        subject = texts.subject(f"letters/{kind}/subject.txt", words)
        body = texts.body(texts.body_path(kind, facts.regime.key), words)
        return self.put_together(kind, facts, subject, body), words

    def put_together(self, kind: str, facts: LetterFacts, subject: str, body: Body) -> Letter:
        """Give a letter whose subject and body are written, in the language that it was written in."""
        language = self.texts_for(kind, facts).language
        subject = subject[:SUBJECT_AT_MOST]
        return Letter(
            kind=kind,
            title=subject,
            subject=subject,
            text=body.text(),
            html=body.html(title=subject, language=language.tag),
            _body=body,
            _page=_page(facts, language),
        )

    def notice(self, kind: str, facts: Mapping[str, object]) -> Notice:
        """Write a notice from exactly the facts its notice.toml declares.

        Plain words are escaped and put on one line; longer text comes as a `Fragment` made by
        `escape.quotation` or `escape.paragraphs`.
        """
        declared = self.notices.get(kind)
        if declared is None:
            raise NoSuchLetter
        if set(facts) != set(declared.facts):
            differ = ", ".join(sorted(set(facts) ^ set(declared.facts)))
            raise NoticeFactsDiffer(f"The notice {kind} and its notice.toml differ in: {differ}.")
        subject = self.english.subject(f"notices/{kind}/subject.txt", facts)
        body = self.english.body(f"notices/{kind}/body.md", facts)
        return Notice(subject, body.text(), body.html(title=subject))

    def _kind(self, name: str) -> LetterKind:
        kind = self.kinds.get(name)
        if kind is None:
            raise NoSuchLetter
        return kind

    def _require(self, kind: LetterKind, facts: LetterFacts) -> None:
        if facts.regime.key not in kind.regimes:
            laws = " and ".join(law.regime(each).short for each in kind.regimes)
            raise LetterNotUnderThisLaw(
                f"There is no letter '{kind.title}' under the {facts.regime.act}. It exists under {laws}."
            )
        if not _fits(kind.relies, facts.provisions):
            raise ProvisionsDoNotFit
        needs = kind.needs_in(facts.regime.key)
        missing = tuple(name for name in needs if not getattr(facts, name))
        empty = open_slots(kind, facts)
        if missing or empty:
            raise LetterIncomplete(kind, missing, empty)

    def texts_for(self, kind: str, facts: LetterFacts) -> Texts:
        """Give the templates that a letter is written from: those of its language if they have it, else English."""
        texts = self.translations.get(facts.language, self.english)
        return texts if texts.writes(kind, facts) else self.english

    def _filled(self, kind: str, facts: LetterFacts, language: Language) -> dict[str, str]:
        every = dict.fromkeys(self._kind(kind).every_slot, "")
        slots = self.slots(kind, facts.provisions, facts.outcomes)
        here = {slot.name: slot for slot in slots}
        for name in facts.slots:
            if name not in here:
                known = ", ".join(here) or "none"
                raise NoSuchSlot(
                    f"This letter has no slot '{one_line(name)}'. Open slots: {known}."
                )
        usual = {name: slot.default_text for name, slot in here.items()}
        usual |= language.defaults.get(kind, {})
        texts = {name: facts.slots.get(name, "").strip() for name in here}
        return every | {name: text or usual[name] for name, text in texts.items()}

    def _read_kinds(self, states: frozenset[str]) -> dict[str, LetterKind]:
        kinds: dict[str, LetterKind] = {}
        for name in _folders(self.source, "letters"):
            kind, problems = read_letter_kind(self.source, name, states)
            self._problems.extend(problems)
            if kind is None:
                continue
            kinds[name] = replace(kind, asked=self._asked)
            if kind.relies is not Relies.NOTHING:
                self._problems.extend(asked_twice(self.source, self._asked, kind.slots))
        return kinds

    def _read_notices(self) -> dict[str, NoticeKind]:
        notices: dict[str, NoticeKind] = {}
        for name in _folders(self.source, "notices"):
            notice, problems = read_notice_kind(self.source, name)
            self._problems.extend(problems)
            if notice is not None:
                notices[name] = notice
        return notices


def _fits(relies: Relies, provisions: tuple[Provision, ...]) -> bool:
    match relies:
        case Relies.WITHHELD:
            return not any(each.ncnd for each in provisions)
        case Relies.NCND:
            return all(each.ncnd for each in provisions)
        case Relies.WEIGHED:
            return not provisions or any(each.needs_public_interest_test for each in provisions)
        case Relies.NOTHING | Relies.EACH:
            return True
        case _:
            assert_never(relies)


def _folders(source: TemplateSource, parent: str) -> list[str]:
    paths = (path.split("/") for path in source)
    return sorted({path[1] for path in paths if path[0] == parent and len(path) > 2})


def _page(facts: LetterFacts, language: Language) -> dict[str, object]:
    authority = facts.authority
    contact = (authority.email, authority.phone, authority.website)
    return {
        "authority": authority.name,
        "address": [line for line in authority.postal_address if line != authority.name],
        "contact": [line for line in contact if line],
        "reference": facts.case.reference,
        "language": language.tag.partition("-")[0],
        "our_reference": language.our_reference,
        "page": language.page,
    }
