"""What a letter asks an officer because of the provisions it relies on, as `exemptions/slots.toml` says; no I/O.

Whoever relies on a prohibition has to name the enactment, and whoever relies on a qualified person's
opinion has to say whose it was: no template can know, and a letter without it would be no good in law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from foibot.law.provisions import Provision
from foibot.letters.exemption_text import FOLDER, stem_for
from foibot.letters.problem import Problem
from foibot.letters.slot import Slot, read_slot, slot_tables
from foibot.letters.source import TemplateSource
from foibot.letters.table_reader import read_table

PATH: Final = f"{FOLDER}slots.toml"
_KEYS: Final = ("name", "title", "help", "required", "example", "wording", "limbs")


@dataclass(frozen=True, slots=True)
class Asked:
    """A slot in the wording of some provisions: `stems` name their files, `limbs` the letters it is for.

    Without `limbs` it is for all of them.
    """

    slot: Slot
    stems: frozenset[str]
    limbs: frozenset[str]

    def serves(self, path: str) -> bool:
        """Whether the wording file at `path` is one of those it stands in."""
        return path.removeprefix(FOLDER).removesuffix(".md") in self.stems

    def concerns(self, provisions: Iterable[Provision]) -> bool:
        """Whether one of these provisions asks for it."""
        return any(
            stem_for(each) in self.stems
            and (not self.limbs or any(limb.letter in self.limbs for limb in each.limbs))
            for each in provisions
        )


def read_asked(source: TemplateSource) -> tuple[tuple[Asked, ...], list[Problem]]:
    """Read `exemptions/slots.toml`; a folder without one asks for nothing."""
    if PATH not in source:
        return (), []
    reader = read_table(source, PATH)
    if isinstance(reader, Problem):
        return (), [reader]
    reader.only(("slots",))
    asked = []
    for inner in slot_tables(source, reader, PATH):
        inner.only(_KEYS)
        slot = read_slot(inner)
        one = Asked(slot, frozenset(inner.texts("wording")), frozenset(inner.texts("limbs")))
        for what, fix in _not_used(source, one):
            inner.note("wording", what, fix)
        asked.append(one)
        reader.problems.extend(inner.problems)
    return tuple(asked), reader.problems


def asked_twice(
    source: TemplateSource, asked: Iterable[Asked], slots: Iterable[Slot]
) -> Iterator[Problem]:
    """Name each slot that a letter has too: what an officer writes for one would stand in both."""
    own = {slot.name for slot in slots}
    for each in asked:
        if each.slot.name in own:
            line = source.line_of(PATH, f'name = "{each.slot.name}"')
            what = f"a letter has a slot '{each.slot.name}' of its own"
            yield Problem(PATH, line, what, "Give this one another name")


def _not_used(source: TemplateSource, asked: Asked) -> Iterator[tuple[str, str]]:
    name = f"slots.{asked.slot.name}"
    if not asked.stems:
        yield "'wording' names no file", 'Write: wording = ["foia-44-1"]'
    for stem in sorted(asked.stems):
        path = f"{FOLDER}{stem}.md"
        if path not in source:
            yield f"there is no file '{path}'", "Name a file of this folder, without its ending"
        elif name not in source[path]:
            yield f"'{path}' does not use it", f"Write {{{{ {name} }}}} there, or take it out here"
