"""What stands before a numbered question: “1.”, “(a)”, “iii)”, “Q2”, “Question 3:”, “1(b)”, “2.1”; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import Final, assert_never


@unique
class Family(Enum):
    """What a list counts with."""

    NUMBERS = auto()
    LETTERS = auto()
    ROMAN = auto()


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark as it was written. `token` is in lower case, `style` its shape: "n.", "(a)",
    "question n"; "1(a)" or "1.1" where it names the question it is within.

    `parent` is the number of the question that the mark itself names ("1" in "1(b)"). `indent` counts
    the blanks before it, `end` is where its words begin.
    """

    token: str
    style: str
    parent: str
    indent: int
    end: int

    def value(self, family: Family) -> int:
        """The place the mark gives itself in a list of this family, from 1; 0 if it is none of it."""
        return value_of(self.token, family)


_ROMAN: Final = {
    name: at
    for at, name in enumerate(
        ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
         "xv", "xvi", "xvii", "xviii", "xix", "xx"),
        start=1,
    )
}  # fmt: skip

_LEAD: Final = r"(?P<lead>[ \t\u00a0]{0,60})(?:[-*•·][ \t\u00a0]{1,4})?[*_]{0,3}"
_SUB: Final = r"(?:\.(?P<decimal>\d{1,2})|\.?[(\[]?(?P<letter>[a-z])(?![a-z]))?"
_NAMED: Final = re.compile(
    _LEAD
    + r"(?:question|qu?n?)[ .#]{0,3}(?:no\.? ?)?(?P<token>\d{1,2})(?!\d)"
    + _SUB
    # "Question 1 was not answered" speaks of a question and asks none.
    + r"(?P<close>[)\].:]{0,2}[*_]{0,3}(?: ?[-–—])?)(?:\s+|$)(?!(?:of|was|is|has|and|to|in|on|or|above|below)\b)",
    re.IGNORECASE,
)
_PLAIN: Final = re.compile(
    _LEAD + r"(?P<open>[(\[]?)(?P<token>\d{1,2}|[ivxIVX]{2,5}|[A-Za-z])" + _SUB
    + r"(?P<close>[)\].:]{1,2}[*_]{0,3}|[ \u00a0]?[-–—](?=[ \u00a0][^\d]))?(?:\s+|$|(?<=\d[.)])(?=[A-Z]))"
)  # fmt: skip


def mark_of(line: str) -> Mark | None:
    """The mark a line begins with, or None. Looks at its first hundred characters, once.

    A number needs something after it: "12 High Street" and "1 January 2020" begin with no mark.
    """
    line = line[:100]
    named = _NAMED.match(line)
    if named:
        return _read(named, "question n")
    plain = _PLAIN.match(line)
    if plain is None or not _ends(plain):
        return None
    token = plain["token"]
    shape = "n" if token.isdigit() else "A" if token.isupper() else "a"
    return _read(plain, f"{plain['open']}{shape}{(plain['close'] or '').strip(' *_')[:1]}")


def _ends(found: re.Match[str]) -> bool:
    """Whether the mark comes to an end: "1." and "1.1" do, "1" does not, "3d" is the beginning of words."""
    if found["decimal"]:
        return found["token"].isdigit()
    if found["letter"]:
        return found["token"].isdigit() and bool(found["close"])
    return bool(found["close"])


def _read(found: re.Match[str], style: str) -> Mark:
    token = found["token"].lower()
    sub = found["decimal"] or (found["letter"] or "").lower()
    indent = len(found["lead"])
    if not sub:
        return Mark(token.lstrip("0") or "0", style, "", indent, found.end())
    kind = "1.1" if found["decimal"] else "1(a)"
    return Mark(sub.lstrip("0") or "0", kind, token.lstrip("0") or "0", indent, found.end())


def value_of(token: str, family: Family) -> int:
    """The place of a token in a list of this family, from 1: "c" is 3, "iii" is 3; 0 if it is none of it."""
    match family:
        case Family.NUMBERS:
            return int(token) if token.isdigit() else 0
        case Family.LETTERS:
            return ord(token) - ord("a") + 1 if len(token) == 1 and token.isalpha() else 0
        case Family.ROMAN:
            return _ROMAN.get(token, 0)
        case _:
            assert_never(family)


def joined_number(parent: str, token: str) -> str:
    """The number of a question within a question: "1(b)", "2.1", "3(ii)", "a(1)"."""
    both = parent.isdigit() and token.isdigit()
    return f"{parent}.{token}" if both else f"{parent}({token})"
