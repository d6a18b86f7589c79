"""Reads an order from the first line of an officer's own words; one linear look, nothing is guessed; no I/O."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

from foibot.commands.command import Order


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The first line is no order. `nearest` is the verb that was probably meant ("" if none)."""

    line: str
    nearest: str


_VERSION = re.compile(r"v\s?([0-9]{1,4})")
_AFTER_A_VERB = " :-–—"
_SHOWN = 200
_READ_BACK = 200


def read_order(
    line: str, text: str, verbs: Collection[str], alone: Collection[str] = ()
) -> Order | NotUnderstood:
    """The order in a first line that was already normalised, with the officer's text under it.

    `verbs` are the words an order may begin with; the longest that fits wins, so that `not foi` would
    be read before `not`. A colon or a dash after the verb is allowed: `note: rang the requester`. Verbs in `alone`
    have nothing after them, because sentences begin with them: "Answer due: Monday" orders nothing.
    """
    words = " ".join(line.split())
    verb = _begins_with(words.casefold(), verbs)
    rest = words[len(verb) :].lstrip(_AFTER_A_VERB)
    if verb and not (rest and verb in alone):
        return Order(verb, rest, text.strip(), words[:_SHOWN])
    return NotUnderstood(words[:_SHOWN], _nearest(words.casefold(), verbs))


def verb_of(line: str, verbs: Collection[str], alone: Collection[str] = ()) -> str:
    """The verb of the order that `read_order` would read in this line; "" if it would read none."""
    words = " ".join(line.split())
    verb = _begins_with(words.casefold(), verbs)
    return "" if verb in alone and words[len(verb) :].lstrip(_AFTER_A_VERB) else verb


def _begins_with(lowered: str, verbs: Collection[str]) -> str:
    """The longest verb that a line begins with; "" if it begins with none."""
    begun = [verb for verb in verbs if lowered.startswith(verb)]
    whole = [verb for verb in begun if lowered[len(verb) : len(verb) + 1] in {"", " ", ":"}]
    return max(whole, key=len, default="")


def _shared(one: str, other: str) -> int:
    return next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _nearest(lowered: str, verbs: Collection[str]) -> str:
    """The verb that shares the longest beginning with what was written, three letters at least."""
    shared = {verb: _shared(verb, lowered) for verb in sorted(verbs)}
    best = max(shared, key=lambda verb: (shared[verb], -len(verb)), default="")
    return best if shared.get(best, 0) >= 3 else ""


def read_version(words: str) -> tuple[int, str] | None:
    """The version at the start of an order's rest and what follows it; None without one.

    `v2: too long` gives (2, "too long"). A bare `2` is not a version: typing the `v` is the proof
    that a person meant it.
    """
    found = _VERSION.match(words.casefold())
    if found is None:
        return None
    after = words[found.end() :]
    if after and after[0] not in " :.,;-":
        return None
    return int(found.group(1)), after.lstrip(" :.,;-")


def is_own_name(line: str, name: str) -> bool:
    """Whether a line is somebody's whole name or their first name, as a signature begins."""
    whole = name.casefold()
    return line.strip().rstrip(",.").casefold() in {whole, whole.partition(" ")[0]} - {""}


def own_words(text: str, name: str) -> str:
    """What an officer wrote under an order, without a signature that begins with their own name.

    Closings, phone signatures and small print were cut off when the order's line was read.
    """
    kept: list[str] = []
    for line in text.strip().splitlines():
        if is_own_name(line, name):
            break
        kept.append(line)
    return "\n".join(kept).strip()


_GREETING = re.compile(
    r"(?i:dear|hello|hi|good (?:morning|afternoon|evening))(?: [^\s,:;?]+){0,5} ?[,!]"
    r"|(?i:dear)(?: [A-Z][^\s,:;?]*){1,3}|(?i:hello|hi)(?: [A-Z][^\s,:;?]*)?"
)
_SAYS_NOTHING = re.compile(
    r"(?:\W{0,3}\b(?:all|everything|in full|fully|please|thanks|thank you)\b)+", re.IGNORECASE
)
_ROOM = 60  # in so many columns each mail program has room for a line


def words_for_letter(order: Order, on_line: str, name: str) -> str:
    """What an officer wrote for a letter: `on_line`, the words on the order's own line, and those under it.

    The letter has a greeting of its own. The line and the text are paragraphs, unless the line seems to
    go on in the text, because a mail program wrapped it. "all" in `disclose all` says nothing more.
    """
    first, ended, rest = own_words(order.text, name).partition("\n")
    text = rest.strip() if _GREETING.fullmatch(first.strip()) else f"{first}{ended}{rest}"
    nothing = _SAYS_NOTHING.match(on_line)
    if nothing and on_line[nothing.end() :][:1] in {"", ":"}:
        on_line = on_line[nothing.end() :].lstrip(" :")
    on_line += order.end if on_line else ""
    if not on_line or not text:
        return on_line or text
    full = len(order.line) + 1 + len(text.split()[0]) > _ROOM
    goes_on = full and text[0].islower() and not _NAMES_SLOT.fullmatch(text.partition("\n")[0])
    return f"{on_line}{' ' if goes_on else chr(10) * 2}{text}"


def read_back(words: str) -> str:
    """An officer's words as an answer repeats them, so that a slip is seen: in quotes, the first 200 characters or so."""
    flat = " ".join(words.split())
    if len(flat) <= _READ_BACK:
        return f"“{flat}”"
    return f"“{flat[:_READ_BACK].rsplit(' ', 1)[0]} …” ({len(flat):,} characters in all)"


@dataclass(frozen=True, slots=True)
class SlotsRead:
    """The text under an order, by slot. `unplaced` are words before any slot was named; `unknown` names of none."""

    words: tuple[tuple[str, str], ...]
    unplaced: str
    unknown: tuple[str, ...]


_NAMES_SLOT = re.compile(r"\s*([a-z]{2,20}(?: [a-z]{2,20})?)\s?:\s*(.*)", re.IGNORECASE)
_MISSPELT = 0.75  # how alike a name and a slot have to be for one to be meant as the other


def read_slots(
    text: str, first: str, names: Collection[str], elsewhere: Collection[str] = ()
) -> SlotsRead:
    """The slots `names` in the text under an order: `first` (or nothing, if "") until a line names another.

    `payment:` stands on a line of its own, or before the first of its words. A slot that is named twice
    keeps both parts; one without words is left out. A line that holds nothing but the name of a slot of
    another letter (`elsewhere`) is unknown, and so is a name that is nearly a slot's, whether words follow
    on its line or not; "For example:" is text.
    """
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    current = first
    for line in text.splitlines():
        named = _NAMES_SLOT.fullmatch(line)
        name = named[1].casefold() if named else ""
        if named is not None and name in names:
            current = name
            if not named[2]:
                continue
            line = named[2]
        elif named and (_is_near(name, names) or (name in elsewhere and not named[2])):
            unknown.append(name)
        found.setdefault(current, []).append(line)
    words = {name: "\n".join(lines).strip() for name, lines in found.items()}
    unplaced = words.pop("", "")
    kept = tuple((name, words[name]) for name in sorted(words) if words[name])
    return SlotsRead(kept, unplaced, tuple(dict.fromkeys(unknown)))


def _is_near(name: str, names: Collection[str]) -> bool:
    return bool(get_close_matches(name, names, n=1, cutoff=_MISSPELT))
