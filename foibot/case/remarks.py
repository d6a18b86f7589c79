"""What the checks said about a version of a letter, and the reasons given for letting it stand; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

OPEN_PLACE: Final = "open-place"
"""The rule of a remark that is no finding: it names a slot whose words are still to be written."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding on a version: the rule, the words it was found in ("" for something missing), why, what instead.

    `where` names the part of the mail, "" for the letter itself. A version with a remark that
    `needs_reason` cannot be approved until somebody has said why it may stand; the others are advice.
    """

    rule: str
    words: str
    why: str
    instead: str = ""
    where: str = ""
    needs_reason: bool = True

    def in_words(self) -> str:
        """As an officer reads it: "N-24: It takes for granted that the information exists. ..."."""
        place = f"In the {self.where}: " if self.where else ""
        why = f"{place}{self.why}"
        parts = [f"{self.rule}: {why[:1].upper()}{why[1:].rstrip('.')}."]
        if self.words:
            parts.append(f"The words are: “{self.words}”.")
        if self.instead:
            parts.append(f"Instead: {self.instead}")
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the warnings of one rule may stand in one version, and the address of who said so."""

    rule: str
    why: str
    by: str
    version: int


def open_place(slot: str, title: str, help: str) -> Remark:
    """The note that a version was drafted without the words for this slot, and what belongs there."""
    return Remark(OPEN_PLACE, slot, title, help, needs_reason=False)


def rules_open(remarks: Iterable[Remark], reasons: Iterable[Reason]) -> tuple[str, ...]:
    """The rules that still need a reason, each once, in the order of the remarks."""
    given = {one.rule for one in reasons}
    return tuple(
        dict.fromkeys(one.rule for one in remarks if one.needs_reason and one.rule not in given)
    )


def carried(
    before: Iterable[Remark], reasons: Iterable[Reason], now: Iterable[Remark]
) -> tuple[Reason, ...]:
    """The reasons that hold for the next version too: those of rules that found nothing new there."""
    known, found = set(before), tuple(now)
    return tuple(
        reason
        for reason in reasons
        if any(one.rule == reason.rule for one in found)
        and all(one in known for one in found if one.rule == reason.rule)
    )
