"""Reads an order from the first line of an officer's own words; one linear look, nothing is guessed; no I/O."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from foibot.commands.command import Order


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The first line is no order. `nearest` is the verb that was probably meant ("" if none)."""

    line: str
    nearest: str


_VERSION = re.compile(r"v\s?([0-9]{1,4})")
_SHOWN = 200


def read_order(line: str, text: str, verbs: Collection[str]) -> Order | NotUnderstood:
    """The order in a first line that was already normalised, with the officer's text under it.

    `verbs` are the words an order may begin with; the longest that fits wins, so that `not foi` would
    be read before `not`. A colon after the verb is allowed: `note: rang the requester`.
    """
    words = " ".join(line.split())
    lowered = words.casefold()
    for verb in sorted(verbs, key=len, reverse=True):
        if lowered == verb or lowered.startswith((f"{verb} ", f"{verb}:")):
            rest = words[len(verb) :].lstrip(" :")
            return Order(verb, rest, text.strip(), words[:_SHOWN])
    return NotUnderstood(words[:_SHOWN], _nearest(lowered, verbs))


def _nearest(lowered: str, verbs: Collection[str]) -> str:
    first = lowered.split(" ", 1)[0]
    starts = [verb for verb in sorted(verbs) if len(first) >= 3 and verb.startswith(first[:3])]
    return starts[0] if starts else ""


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


_SIGN_OFF = re.compile(
    r"(--+|__+|(many |kind |best |warm )?(regards|wishes|thanks)|thank you|thanks|cheers|yours\b.*|"
    r"sent from\b.*|get outlook\b.*|sent with\b.*)[ ,.!]*",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"confidential|intended (solely )?for|intended recipient|disclaimer|privileged|virus|"
    r"official(-sensitive)?$|please consider the environment",
    re.IGNORECASE,
)
_LONGEST_ASIDE = 200


def substance(text: str, name: str) -> str:
    """What an officer wrote under an order besides signature, sign-off and disclaimer.

    Everything from the first sign-off line, or a line that is the officer's own name, belongs to the
    signature; a paragraph with a disclaimer's words is left out.
    """
    kept: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines: list[str] = []
        for line in paragraph.splitlines():
            stripped = line.strip()
            if _SIGN_OFF.fullmatch(stripped) or stripped.casefold() == name.casefold():
                return "\n".join([*kept, *lines]).strip()
            lines.append(stripped)
        if not _DISCLAIMER.search(paragraph):
            kept.extend(lines)
    return "\n".join(kept).strip()


def says_more(text: str, name: str) -> bool:
    """Whether the text under a bare decision says something that a machine must not ignore (rule E11)."""
    return len(substance(text, name)) > _LONGEST_ASIDE
