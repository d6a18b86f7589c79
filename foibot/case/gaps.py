"""What an officer still has to write in a draft, marked in its words so that nobody can overlook it; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_BEGIN: Final = "[Still to be written: "


def gap(wanted: str) -> str:
    """Stand-in words for a text that is not there yet: "[Still to be written: Say where you looked.]"."""
    return f"{_BEGIN}{wanted}]"


def gaps_in(slots: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The names of the slots that hold such words, alone or among others."""
    mark = _BEGIN.strip().casefold()
    return tuple(name for name, words in slots if mark in " ".join(words.split()).casefold())
