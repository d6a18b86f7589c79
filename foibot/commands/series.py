"""Several orders on one mail: where one ends and the next begins, without a guess at what is text; no I/O."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from foibot.commands.command import Command, Text
from foibot.commands.grammar import own_words
from foibot.mail.reply_text import tidy

MOST: Final = 10
"""How many orders of one mail are carried out."""

STANDS_ALONE: Final = frozenset({"approve", "hold", "reject", "stop", "edit", "confirm", "find", "new received", "pause", "resume"})  # fmt: skip
"""Orders that take no other beside them: decisions, and what is a mail of its own."""

PLACING: Final = "m"
"""Stands for the verb of a line that places messages by their numbers, which is whole on its line."""

_ON_ONE_LINE: Final = frozenset({"assign", "accept", "answered", "restrict"})
"""Orders with text of their own that are whole without it."""
_WHOLE_WITH_REASON: Final = frozenset({"received", "sensitive", "conflict", "not mine"})
"""Orders that are whole once their reason stands behind a colon on their line."""
_LONGEST: Final = 12  # words behind a verb; more is a sentence
_SENTENCE: Final = frozenset(
    ["a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "here", "him", "his", "how", "i", "if", "in", "is", "it", "its", "may", "me", "must", "my", "no", "of", "on", "or", "our", "out", "please", "she", "should", "so", "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "too", "us", "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your"]
)  # fmt: skip
"""Words that follow a verb in prose and not in an order: "Note that", "Show us", "Part of it"."""
_REASON: Final = re.compile(r":\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """One order as it was written, and the text that belongs to it."""

    line: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The orders of a mail in their order. `unread` is the first line that may be one more and is not taken for one."""

    orders: tuple[Line, ...]
    unread: str = ""


VerbOf = Callable[[str], tuple[str, str]]
"""Gives the verb of a line and what stands behind it; ("", "") for what begins with no verb."""


def read_series(
    line: str, text: str, name: str, verb_of: VerbOf, commands: dict[str, Command]
) -> Series:
    """The orders of a mail whose first line and further text these are; `name` is the officer's own.

    An order that takes text takes all that follows. An order that is whole on its line ends with it, and what
    follows is an order if it is written as one: a verb with nothing behind it, with a colon, or with what is no
    prose. The first line that is not ends the orders.
    """
    orders: list[Line] = []
    while len(orders) < MOST:
        verb, rest = verb_of(line)
        following, below = _next(text, name)
        if not _is_whole(verb, rest, commands) or not _is_order(following, verb_of):
            orders.append(Line(line, text))
            return Series(tuple(orders), _unread(verb, text, name, verb_of, commands))
        orders.append(Line(line))
        line, text = following, below
    return Series(tuple(orders), line)


def order_below(text: str, name: str, verb_of: VerbOf) -> str:
    """The first line of the words under a line that is no order, if that one is written as an order; else ""."""
    line, _ = _next(text, name)
    return line if _is_order(line, verb_of) else ""


def stands_alone(order: str) -> str:
    """The verb of an order, if that takes a mail of its own; "" if others may stand with it."""
    words = re.split(r"[\s:]+", order.casefold())
    return next((verb for verb in (" ".join(words[:2]), words[0]) if verb in STANDS_ALONE), "")


def _next(text: str, name: str) -> tuple[str, str]:
    """The next line with words, tidied, and what stands under it; nothing of a signature."""
    lines = own_words(text, name).splitlines()
    for at, one in enumerate(lines):
        if tidy(one):
            return tidy(one), "\n".join(lines[at + 1 :])
    return "", ""


def _is_whole(verb: str, rest: str, commands: dict[str, Command]) -> bool:
    """Whether an order ends with its line, so that nothing under it belongs to it."""
    if not verb or verb == PLACING:
        return bool(verb)
    if verb in _WHOLE_WITH_REASON:
        return _REASON.search(rest) is not None
    return verb in _ON_ONE_LINE or commands[verb].text in {Text.NOT_READ, Text.FORBIDDEN}


def _is_order(line: str, verb_of: VerbOf) -> bool:
    verb, rest = verb_of(line)
    if not verb or rest.casefold() in {"", "me"} or rest.startswith(":"):
        return bool(verb)
    words = rest.split()
    if ":" in rest:
        words = rest.partition(":")[0].split()
    return len(words) <= _LONGEST and words[0].casefold().strip(",.;") not in _SENTENCE


def _unread(verb: str, text: str, name: str, verb_of: VerbOf, commands: dict[str, Command]) -> str:
    """The first line under an order that reads no text which begins with a verb all the same."""
    if not verb or (verb != PLACING and commands[verb].text is not Text.NOT_READ):
        return ""
    lines = (tidy(one) for one in own_words(text, name).splitlines())
    return next((one for one in lines if verb_of(one)[0]), "")
