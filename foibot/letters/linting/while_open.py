"""What is said of a letter in which words are still to be written: what is missing stops nothing yet, a leak does; no I/O."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from foibot.letters.linting.finding import Finding, Severity
from foibot.letters.linting.ncnd_leaks import LEAKS
from foibot.letters.linting.passages import flat

_LEAKS: Final = frozenset(rule.id for rule in LEAKS)
_BY_SLOT: Final = "slot "


def while_open(
    found: Iterable[Finding], written: Collection[str], marks: Collection[str]
) -> Iterator[Finding]:
    """The findings as they count while some places are open: all as advice, since the letter cannot be approved.

    What an officer has `written` may give something away all the same, and goes to many people: that
    stays what it is. Of the `marks` in the open places nothing is said.
    """
    own, marked = flat(" ".join(written)), flat(" ".join(marks))
    for one in found:
        words = flat(one.text)
        leaks = one.rule in _LEAKS and bool(words) and words in own
        if leaks or one.where.startswith(_BY_SLOT):
            yield one
        elif not words or words not in marked:
            yield replace(one, severity=Severity.NOTE)
