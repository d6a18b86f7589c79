"""`set SLOT`: puts the officer's words into an open slot of the letter and makes the next version; no I/O."""

from __future__ import annotations

from foibot.case.outcome import Outcome
from foibot.commands.command import Command, Group, Order, Situation, Text, refuse
from foibot.commands.drafting import LIKELY_HELP, again, may_change
from foibot.commands.grammar import words_for_letter
from foibot.officers.roster import Role

_ATTACH = ("attach", "in a mail of its own, with the files, if they are to go with the letter")


def decide(order: Order, at: Situation) -> Outcome:
    """The next version with these words in the slot; or which slots there are."""
    letter = at.case.current
    if letter is None:
        why = ["There is no letter with slots on this case yet."]
        return refuse("no-letter", order, why, LIKELY_HELP)
    refused = may_change(order, at)
    if refused is not None:
        return refused
    if at.files:
        names = ", ".join(one.name for one in at.files)
        why = [
            f"Files came with your order: {names}. Words and files are changed one after the other."
        ]
        return refuse("files", order, why, (order.line, "without the files"), _ATTACH)
    slot, on_line = _named(order.rest, at)
    text = words_for_letter(order, on_line, at.officer.name)
    lines = tuple(
        (f"set {slot.name}", f"with your words under it: {slot.help}") for slot in at.slots
    )
    if not slot:
        shown = order.rest or "nothing"
        why = [
            f"`{shown}` is not an open slot of this letter; the other paragraphs are fixed by the statute."
        ]
        return refuse("no-such-slot", order, why, *lines)
    if not text:
        why = [f"The words for `{slot}` are missing: write them on the lines under the order."]
        return refuse("no-text", order, why, *lines)
    slots = {**dict(letter.slots), slot: text}
    return again(letter, order, slots=tuple(sorted(slots.items())))


def _named(rest: str, at: Situation) -> tuple[str, str]:
    """The slot that the rest of an order's line begins with, and the words behind it; "" for none.

    `set harm: It would help` has its words on its line, as people write it.
    """
    words = " ".join(rest.split())
    for slot in sorted(at.slots, key=lambda one: -len(one.name)):
        before, behind = words[: len(slot.name)], words[len(slot.name) :]
        if before.casefold() == slot.name.casefold() and behind[:1] in {"", " ", ":"}:
            return slot.name, behind.lstrip(" :")
    return "", ""


COMMAND = Command(
    verb="set",
    form="set SLOT",
    does="puts the lines under it into an open slot of the letter and makes the next version",
    example="set harm",
    who=frozenset({Role.OFFICER, Role.APPROVER}),
    text=Text.NEEDED,
    decide=decide,
    group=Group.LETTER,
)
