"""Keeps who asked out of what colleagues are asked: finds and takes out name and address; no I/O."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from foibot.case.case import Requester

_WORD: Final = re.compile(r"[^\W\d_]+")
_TITLES: Final = frozenset({"mrs", "miss", "mister", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "the", "and", "for"})  # fmt: skip
_OFFICES: Final = frozenset({"info", "enquiries", "requests", "request", "office", "contact", "mail", "email", "admin", "news", "newsdesk"})  # fmt: skip
_SHORTEST: Final = 3
MASK: Final = "[…]"
_MASKS: Final = re.compile(r"\[…\](?:[\s,.'’-]{0,3}\[…\])+")


def readable(text: str) -> str:
    """The text without characters that nobody sees, so that no name can hide behind them."""
    kept = unicodedata.normalize("NFKC", text)
    return "".join(one for one in kept if unicodedata.category(one) != "Cf")


def gives_away(text: str, requester: Requester) -> tuple[str, ...]:
    """What in a text would tell who asked, as it stands there, each once; the text is `readable`.

    A part of the name counts where it begins with a capital, as "field" is a word and "Field" may be
    Mark Field; the whole name counts however it is written.
    """
    return tuple(dict.fromkeys(text[start:end] for start, end in _spans(text, requester)))


def masked(text: str, requester: Requester) -> str:
    """The text with all of that taken out."""
    text = readable(text)
    at, kept = 0, []
    for start, end in _spans(text, requester):
        kept += [text[at:start], MASK]
        at = end
    return _MASKS.sub(MASK, "".join((*kept, text[at:])))


def _spans(text: str, requester: Requester) -> Iterator[tuple[int, int]]:
    """Where each of them begins and ends, in order; of those within another only the longest."""
    at = 0
    for start, end in sorted(_found(text, requester), key=lambda span: (span[0], -span[1])):
        if start >= at:
            yield start, end
            at = end


def _found(text: str, requester: Requester) -> Iterator[tuple[int, int]]:
    address = requester.address
    for written in filter(None, (address, address.partition("@")[0])):
        if written == address or (len(written) >= 5 and written.casefold() not in _OFFICES):
            pattern = rf"(?<![\w.+-]){re.escape(written)}(?![\w+-])"
            yield from (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))
    name = [_folded(part[0]) for part in _WORD.finditer(readable(requester.name))]
    words = [(found, _folded(found[0])) for found in _WORD.finditer(text)]
    parts = {one for one in name if len(one) >= _SHORTEST and one not in _TITLES}
    for at, (found, folded) in enumerate(words):
        if folded in parts and found[0][0].isupper():
            yield found.span()
        following = words[at : at + len(name)]
        if len(name) > 1 and [one for _, one in following] == name:
            yield found.start(), following[-1][0].end()


def _folded(word: str) -> str:
    bare = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in bare if not unicodedata.combining(one))
