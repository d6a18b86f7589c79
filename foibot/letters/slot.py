"""An opening in a letter for an officer's own words, as a TOML table describes it; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum, unique
from typing import Final

from foibot import law
from foibot.letters.escape import unwrapped
from foibot.letters.source import TemplateSource
from foibot.letters.table_reader import TableReader

SLOT_KEYS: Final = (
    "name", "title", "help", "default", "required", "unless", "example", "when", "about",
    "help_under", "example_under",
)  # fmt: skip
_REGIMES: Final = tuple(regime.key for regime in law.REGIMES)
_ByLaw = tuple[tuple[str, str], ...]


@unique
class When(StrEnum):
    """In which letters a slot stands: in all, where a public interest is weighed, or where harm has to be shown."""

    ALWAYS = "always"
    WEIGHING = "weighing"
    HARM = "harm"


@unique
class About(StrEnum):
    """Which provisions decide whether a slot stands: all, those that withhold, or those that lift the duty to confirm or deny."""

    ALL = "all"
    WITHHELD = "withheld"
    NCND = "ncnd"


@dataclass(frozen=True, slots=True)
class Slot:
    """An opening for an officer's own text; everything outside the slots is locked.

    A `required` slot has no default, because only the officer can know: no letter is written without
    it, except where the fact named by `unless` is there. `example` is what such text may look like.
    What ends in `_under` stands in the place of the other under the law of that key.
    """

    name: str
    title: str
    help: str
    default_text: str
    when: When = When.ALWAYS
    required: bool = False
    unless: str = ""
    example: str = ""
    about: About = About.ALL
    help_under: _ByLaw = ()
    example_under: _ByLaw = ()

    def under(self, regime: str) -> Slot:
        """The slot with its help and its example as they are under one law."""
        help = dict(self.help_under).get(regime, self.help)
        return replace(self, help=help, example=dict(self.example_under).get(regime, self.example))


def read_slots(
    source: TemplateSource, reader: TableReader, path: str, facts: frozenset[str]
) -> tuple[Slot, ...]:
    """Read every `[[slots]]` of the file at `path`; `facts` are the names that `unless` may hold."""
    slots = []
    for inner in slot_tables(source, reader, path):
        inner.only(SLOT_KEYS)
        slot = read_slot(inner)
        if slot.unless and slot.unless not in facts:
            fix = f"Use one of: {', '.join(sorted(facts))}"
            inner.note("unless", f"unknown fact '{slot.unless}'", fix)
        slots.append(slot)
        reader.problems.extend(inner.problems)
    return tuple(slots)


def slot_tables(source: TemplateSource, reader: TableReader, path: str) -> Iterator[TableReader]:
    """Give a reader of each `[[slots]]`, one after the other; a name used twice is noted at the second."""
    after, names = 0, set()
    for table in reader.tables("slots"):
        after = source.line_of(path, "[[slots]]", after)
        inner = TableReader(source, path, table, after)
        name = table.get("name")
        if name in names:
            inner.note("name", f"two slots are called '{name}'", "Give each its own name")
        names.add(name)
        yield inner


def read_slot(reader: TableReader) -> Slot:
    """Read one slot; what is wrong with it is noted in `reader`."""
    slot = Slot(
        name=reader.text("name"),
        title=reader.text("title"),
        help=reader.text("help"),
        default_text=unwrapped(reader.optional_text("default")),
        when=_when(reader),
        required=reader.flag("required"),
        unless=reader.optional_text("unless"),
        example=unwrapped(reader.optional_text("example")),
        about=_about(reader),
        help_under=_by_law(reader, "help_under"),
        example_under=_by_law(reader, "example_under"),
    )
    if slot.required and slot.default_text:
        fix = "Take the default out, or take 'required' out"
        reader.note("required", f"the slot '{slot.name}' is required and has a default", fix)
    if slot.required and not slot.example:
        fix = 'Add: example = "..." with words an officer might write'
        reader.note("required", f"the required slot '{slot.name}' has no example", fix)
    return slot


def _by_law(reader: TableReader, key: str) -> _ByLaw:
    inner = reader.table(key)
    inner.only(_REGIMES)
    texts = tuple(
        (regime, unwrapped(inner.text(regime))) for regime in inner.keys if regime in _REGIMES
    )
    reader.problems.extend(inner.problems)
    return texts


def _about(reader: TableReader) -> About:
    value = reader.optional_text("about") or About.ALL
    if value in set(About):
        return About(value)
    reader.note("about", f"unknown 'about' value '{value}'", f"Use one of: {', '.join(About)}")
    return About.ALL


def _when(reader: TableReader) -> When:
    value = reader.optional_text("when") or When.ALWAYS
    if value in set(When):
        return When(value)
    reader.note("when", f"unknown 'when' value '{value}'", f"Use one of: {', '.join(When)}")
    return When.ALWAYS
