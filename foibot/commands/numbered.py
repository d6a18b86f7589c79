"""Reads an officer's lines that begin with the numbers of questions: "2 refuse", "1(a), 3 and 4: disclose"; no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foibot.case.question_marks import joined_number
from foibot.case.questions import Question

Key = tuple[str, ...]
"""A question's number without the way it is written: "1(a)", "1a" and "Q1.a" are ("1", "a")."""

_NUMBER: Final = r"(?:\d{1,2}(?:\.\d{1,2}|[ ]?\([a-z]{1,5}\)|\.?[a-z](?![a-z]))?|\(?[a-z]\)(?:\(?\d{1,2}\))?|\([ivx]{1,5}\))"
_WORD: Final = r"(?:questions?|qu?n?s?)[ .]{0,2}"
_LIST: Final = re.compile(
    rf"(?:[-*•] {{0,3}})?(?:{_WORD})?[(\[]?(?P<numbers>{_NUMBER}(?:(?:,| and|, and| &| to|[ ]?[-–]) {{0,2}}(?:{_WORD})?{_NUMBER})*)"
    r"(?P<mark>[).:\]]{0,2}(?: [-–—])?)(?:\s+|$)",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    rf"(?P<to>(?: to|[ ]?[-–]) {{0,2}})?(?:{_WORD})?(?P<number>{_NUMBER})", re.IGNORECASE
)
_PREFIX: Final = re.compile(
    r"\W{0,3}(?:(?:questions?|qu?n?)[ .#:]{0,3}(?=[\d(])|questions?\s{1,3}(?=\w))", re.IGNORECASE
)
_TOKENS: Final = re.compile(r"\d+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Begun:
    """The beginning of a line: the numbers as they are written, whether a mark follows them, the rest of the line."""

    numbers: str
    marked: bool
    rest: str


def begins(line: str) -> Begun | None:
    """What a line begins with; None if not with the number of a question."""
    line = " ".join(line.split())
    found = _LIST.match(line[:200])
    if found is None:
        return None
    return Begun(found["numbers"], bool(found["mark"]), line[found.end() :])


def key_of(number: str) -> Key:
    """The number of a question without the way it is written; empty if there is none in it."""
    rest = number[prefix.end() :] if (prefix := _PREFIX.match(number)) else number
    return tuple(one.lstrip("0") or "0" for one in _TOKENS.findall(rest.casefold()))


def shown(key: Key) -> str:
    """A number as letters write it: ("1", "a") is "1(a)"."""
    return key[0] if len(key) == 1 else joined_number(key[0], "".join(key[1:]))


def keys_in(numbers: str, known: Sequence[Key]) -> Iterator[Key]:
    """Every number that is named: "2, 3 and 5", "2-4" as those `known` from the one to the other.

    A question that was told apart further stands for all of its parts: "1" for 1(a) and 1(b).
    """
    last: Key | None = None
    for found in _ONE.finditer(numbers):
        key = key_of(found["number"])
        if found["to"] and last in known and key in known:
            start, end = known.index(last), known.index(key)
            yield from known[start + 1 : end + 1]
        else:
            parts = [one for one in known if one[: len(key)] == key]
            yield from parts or [key]
        last = key


def questions_in(text: str) -> tuple[Question, ...] | str:
    """The questions in an officer's lines, each beginning with its number; or the line that belongs to none.

    A line that mail broke may begin with a number too. So a number without a mark after it counts only
    where none of them has one, and where it is the next.
    """
    found: list[tuple[Key, list[str]]] = []
    marked = False
    for line in text.splitlines():
        begun = begins(line)
        key = key_of(begun.numbers) if begun and begun.rest else ()
        if begun and key and (_is_marked(begun) or (not marked and _is_next(key, found))):
            found.append((key, [begun.rest]))
            marked = begun.marked
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            return line.strip()
    return tuple(Question(shown(key), "\n".join(lines).strip()) for key, lines in found)


def _is_marked(begun: Begun) -> bool:
    return begun.marked or ")" in begun.numbers


def _is_next(key: Key, found: Sequence[tuple[Key, list[str]]]) -> bool:
    if not found:
        return True
    last, here = found[-1][0][0], key[0]
    return last == here or (last.isdigit() and here.isdigit() and int(here) == int(last) + 1)


def twice(keys: Iterable[Key]) -> list[Key]:
    """Those that are named more than once, each once."""
    seen: set[Key] = set()
    again: dict[Key, None] = {}
    for key in keys:
        if key in seen:
            again[key] = None
        seen.add(key)
    return list(again)
