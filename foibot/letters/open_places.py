"""The places of a letter where an officer's words are still to be written: which there are, and how they are marked; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foibot.case.remarks import Remark, open_place
from foibot.letters.facts import LetterFacts
from foibot.letters.kind import LetterKind
from foibot.letters.slot import Slot


def open_slots(kind: LetterKind, facts: LetterFacts) -> tuple[Slot, ...]:
    """The slots that only an officer can fill, and nobody has."""
    return tuple(
        slot
        for slot in kind.under(facts.regime.key).slots_on(facts.provisions, facts.outcomes)
        if slot.required
        and not facts.slots.get(slot.name, "").strip()
        and not (slot.unless and getattr(facts, slot.unless))
    )


def mark_of(slot: Slot) -> str:
    """What stands in the letter in the place of the words: no letter with it can be approved."""
    line = f"Reply “set {slot.name}” with the words under it."
    return f"[Still to be written: {_asked_for(slot)}. {slot.help} {line}]"


def with_marks(facts: LetterFacts, places: Sequence[Slot]) -> LetterFacts:
    """The facts with a mark in each open place."""
    return replace(facts, slots={**facts.slots, **{one.name: mark_of(one) for one in places}})


def as_remark(slot: Slot) -> Remark:
    """The open place as it is kept with the version, whatever its template asks for later."""
    return open_place(slot.name, _asked_for(slot), slot.help)


def _asked_for(slot: Slot) -> str:
    title = slot.title[:1].lower() + slot.title[1:]
    return f"{title}, here or in files that go with it" if slot.unless == "files" else title
