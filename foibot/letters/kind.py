"""What kinds of letter and notice there are, as their `letter.toml` and `notice.toml` say; no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from foibot.letters.problem import Problem
from foibot.letters.source import NotToml, TemplateSource

NO_APPROVAL_NEEDED: Final = ("acknowledgement",)
"""The only letters that may leave unseen. A template folder cannot make this list longer."""

FACTS: Final = [
    "authority",
    "review",
    "regulator",
    "case",
    "requester",
    "officer",
    "today",
    "regime",
    "provisions",
    "several",
    "sections",
    "absolute",
    "absolute_in_sentence",
    "several_absolute",
    "qualified",
    "qualified_in_sentence",
    "several_qualified",
    "slots",
]
"""Every name a letter may declare under `facts`; `letters/vocabulary.py` fills them."""

_LETTER_KEYS: Final = ("title", "approval", "states", "facts", "must_say", "pdf", "slots")
_SLOT_KEYS: Final = ("name", "title", "help", "default", "when")


@unique
class Approval(StrEnum):
    """Who has to agree before a letter leaves."""

    NONE = "none"
    OFFICER = "officer"
    FOUR_EYES = "four-eyes"


@unique
class When(StrEnum):
    """In which letters a slot stands: in all, or only where a public interest is weighed."""

    ALWAYS = "always"
    WEIGHING = "weighing"


@dataclass(frozen=True, slots=True)
class Slot:
    """An opening for an officer's own text; everything outside the slots is locked."""

    name: str
    title: str
    help: str
    default_text: str
    when: When = When.ALWAYS


@dataclass(frozen=True, slots=True)
class LetterKind:
    """One folder of `templates/letters/`: who approves it, when it may be drafted, what it needs."""

    name: str
    title: str
    approval: str
    states: tuple[str, ...]
    facts: tuple[str, ...]
    must_say: tuple[str, ...]
    slots: tuple[Slot, ...]
    pdf: bool


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One folder of `templates/notices/`: a mail to officers, and the facts it is made of."""

    name: str
    facts: tuple[str, ...]


class TableReader:
    """Reads one TOML table, gathering every problem instead of stopping at the first."""

    def __init__(
        self, source: TemplateSource, path: str, table: Mapping[str, object], after: int = 0
    ) -> None:
        """Read `table`, which stands in the file `path` past the line `after`."""
        self._source = source
        self._after = after
        self._path = path
        self._table = table
        self.problems: list[Problem] = []

    def note(self, key: str, what: str, fix: str) -> None:
        """Remember a problem at the line of `key`."""
        line = self._source.line_of(self._path, key, self._after)
        self.problems.append(Problem(self._path, line, what, fix))

    def only(self, known: tuple[str, ...]) -> None:
        """Complain about keys that mean nothing here: a misspelt key must not be ignored."""
        for key in self._table:
            if key not in known:
                self.note(key, f"unknown key '{key}'", f"Use one of: {', '.join(known)}")

    def text(self, key: str) -> str:
        """Read a text that has to be there."""
        value = self._table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.note(key, f"'{key}' is missing or not text", f'Add: {key} = "..."')
        return ""

    def optional_text(self, key: str) -> str:
        """Read a text that may be empty or left out."""
        value = self._table.get(key, "")
        if isinstance(value, str):
            return value
        self.note(key, f"'{key}' is not text", f'Write: {key} = "..."')
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts, which may be empty or left out."""
        value = self._table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        self.note(key, f"'{key}' is not a list of texts", f'Write: {key} = ["...", "..."]')
        return ()

    def flag(self, key: str) -> bool:
        """Read true or false; left out is false."""
        value = self._table.get(key, False)
        if isinstance(value, bool):
            return value
        self.note(key, f"'{key}' is neither true nor false", f"Write: {key} = true")
        return False

    def tables(self, key: str) -> tuple[Mapping[str, object], ...]:
        """Read a list of tables (`[[slots]]`), which may be left out."""
        value = self._table.get(key, [])
        if isinstance(value, list) and all(isinstance(each, dict) for each in value):
            return tuple(value)
        self.note(f"[{key}", f"'{key}' is not a list of tables", f"Begin each with [[{key}]]")
        return ()


def read_table(source: TemplateSource, path: str) -> TableReader | Problem:
    """Give a reader of the table at `path`, or the problem that there is none."""
    match source.tables.get(path):
        case None:
            return Problem(path, 1, "the file is missing", "Copy it from the shipped templates")
        case NotToml(line, why):
            return Problem(path, line, f"this is not TOML: {why}", "Correct the line")
        case table:
            return TableReader(source, path, table)


def read_letter_kind(
    source: TemplateSource, name: str, states: frozenset[str]
) -> tuple[LetterKind | None, list[Problem]]:
    """Read `letters/<name>/letter.toml`. With `states` empty, any state name is accepted."""
    reader = read_table(source, f"letters/{name}/letter.toml")
    if isinstance(reader, Problem):
        return None, [reader]
    reader.only(_LETTER_KEYS)
    kind = LetterKind(
        name=name,
        title=reader.text("title"),
        approval=_approval(reader, name),
        states=_states(reader, states),
        facts=_declared(reader, frozenset(FACTS)),
        must_say=reader.texts("must_say"),
        slots=_slots(source, reader, f"letters/{name}/letter.toml"),
        pdf=reader.flag("pdf"),
    )
    return kind, reader.problems


def read_notice_kind(source: TemplateSource, name: str) -> tuple[NoticeKind | None, list[Problem]]:
    """Read `notices/<name>/notice.toml`; a notice names its own facts."""
    reader = read_table(source, f"notices/{name}/notice.toml")
    if isinstance(reader, Problem):
        return None, [reader]
    reader.only(("facts",))
    return NoticeKind(name, reader.texts("facts")), reader.problems


def _approval(reader: TableReader, name: str) -> str:
    value = reader.text("approval")
    if value not in set(Approval):
        reader.note("approval", f"unknown approval '{value}'", f"Use one of: {', '.join(Approval)}")
        return Approval.FOUR_EYES
    if value == Approval.NONE and name not in NO_APPROVAL_NEEDED:
        reader.note(
            "approval",
            f"approval is switched off for '{name}'",
            'Write: approval = "four-eyes". Only an acknowledgement leaves unapproved',
        )
        return Approval.FOUR_EYES
    return value


def _states(reader: TableReader, known: frozenset[str]) -> tuple[str, ...]:
    states = reader.texts("states")
    for state in states:
        if known and state not in known:
            fix = f"Use one or more of: {', '.join(sorted(known))}"
            reader.note("states", f"unknown state '{state}'", fix)
    return states


def _declared(reader: TableReader, known: frozenset[str]) -> tuple[str, ...]:
    facts = reader.texts("facts")
    for name in facts:
        if name not in known:
            fix = f"Use one or more of: {', '.join(sorted(known))}"
            reader.note("facts", f"unknown fact '{name}'", fix)
    return tuple(name for name in facts if name in known)


def _slots(source: TemplateSource, reader: TableReader, path: str) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    after = 0
    for table in reader.tables("slots"):
        after = source.line_of(path, "[[slots]]", after)
        inner = TableReader(source, path, table, after)
        inner.only(_SLOT_KEYS)
        slot = Slot(
            name=inner.text("name"),
            title=inner.text("title"),
            help=inner.text("help"),
            default_text=inner.optional_text("default"),
            when=_when(inner),
        )
        if slot.name in {each.name for each in slots}:
            inner.note("name", f"two slots are called '{slot.name}'", "Give each its own name")
        slots.append(slot)
        reader.problems.extend(inner.problems)
    return tuple(slots)


def _when(reader: TableReader) -> When:
    value = reader.optional_text("when") or When.ALWAYS
    if value in set(When):
        return When(value)
    reader.note("when", f"unknown 'when' value '{value}'", f"Use one of: {', '.join(When)}")
    return When.ALWAYS
