"""What an officer says about a message that foibot could not place: `1`, `new`, `not foi`, `thanks`, `move`; no I/O.

In reply to a notice about one message the word alone is enough; in reply to a digest the message's
number goes before it, and several may be answered at once: `m57 m58 not foi`.
"""

from __future__ import annotations

import re
from typing import Final

from foibot.case.placing import Place, Placing

MOST: Final = 50
"""How many messages one line may answer."""

_NUMBERS: Final = re.compile(r"(?:m(\d{1,12})(?:\s?-\s?m?(\d{1,12}))?[\s,:]{1,5})*", re.IGNORECASE)
_ONE: Final = re.compile(r"m(\d{1,12})(?:\s?-\s?m?(\d{1,12}))?", re.IGNORECASE)
_WORDS: Final = re.compile(
    r"(?P<guess>[1-9])|(?P<new>new)(?:\s+(?P<address>\S+@\S+))?"
    r"|(?P<not_foi>not foi)(?:\s?[:,]\s?(?P<why>.*)|\s+(?P<because>.+))?|(?P<thanks>thanks)"
    r"|move\s+(?:to\s+)?\[?(?P<case>[^\s\]]{1,40})\]?",
    re.IGNORECASE | re.DOTALL,
)


def read_placing(line: str, message: int = 0) -> Placing | None:
    """The answer in a first line that was already normalised; None if it is something else.

    `message` is the one that the notice asked about, 0 for none: "new" needs it, "m57 new" does not.
    """
    words = " ".join(line.split())
    head = _NUMBERS.match(words)
    start = head.end() if head else 0
    named = _named(words[:start])
    found = _WORDS.fullmatch(words, start)
    if found is None or named is None or not (named or message):
        return None
    return Placing(
        place=_place(found),
        messages=named or (message,),
        line=words[:200],
        guess=int(found["guess"] or 0),
        why=(found["why"] or found["because"] or "").strip(),
        address=found["address"] or "",
        case=(found["case"] or "").rstrip(".,;:"),
        by_number=bool(named),
    )


def _place(found: re.Match[str]) -> Place:
    if found["guess"]:
        return Place.JOIN
    if found["new"]:
        return Place.NEW
    if found["case"]:
        return Place.MOVE
    return Place.NOT_FOI if found["not_foi"] else Place.THANKS


def _named(head: str) -> tuple[int, ...] | None:
    """The messages before the answer; None if they are more than can have been meant."""
    numbers: dict[int, None] = {}
    for found in _ONE.finditer(head):
        first, last = int(found[1]), int(found[2] or found[1])
        if not 0 <= last - first < MOST:
            return None
        numbers |= dict.fromkeys(range(first, last + 1))
    return tuple(numbers) if len(numbers) <= MOST else None
