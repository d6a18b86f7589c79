"""Reads the section numbers an officer typed, however they were typed, without knowing what any of them means.

Brackets, commas and "section" only separate: "s.23(5), 24 2 and section 31(3)(a)-(c)" is three citations.
A word that cannot be placed is returned as unread, never skipped: in "23(5) not 24(2)" it is the word that counts.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<gap>[\s,;:.&+/•*|()\[\]{}]+
            |(?:of\s)?(?:the\s)?(?:freedom\sof\sinformation(?:\s\(scotland\))?(?:\sact)?
               |environmental\sinformation(?:\s\(scotland\))?(?:\sregulations)?
               |foi(?:\(s\)|s)?a|foi\sact|ei(?:\(s\)|s)?r)(?:\s200[024])?(?![a-z0-9])
            |(?:ncnd|and|plus|also|both|sections?|sect?s?|ss?|subsections?|regulations?|regs?|limbs?
               |paragraphs?|paras?|exemptions?|exceptions?|provisions?)(?![a-z]))
    | (?P<reference>(?:by\s(?:reference\sto|virtue\sof)|(?:read\s)?with)(?![a-z0-9]))
    | (?P<range>[-‐‑‒–—―−]|to(?![a-z0-9]))
    | (?P<number>[0-9]{1,3}[a-z]{0,2}(?![a-z0-9]))
    | (?P<letters>(?:[a-i]|a[a-d]|ii|iii|iv)(?![a-z0-9]))
    | (?P<unread>[a-z0-9]+|.)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SUBSECTION = re.compile(r"[1-9][a-z]{0,2}", re.IGNORECASE)
# No section has such a number, so that "(3A)" after 40(2) is a second subsection of section 40.
_INSERTED = re.compile(r"[1-9][A-Z]{1,2}")


@dataclass(frozen=True, slots=True)
class Citation:
    """One section: `section` "31", `subsection` "3" or "", `letters` ("a", "b"), all as the law writes them.

    `reference` is a second citation of the same section, joined by "by reference to", "by virtue of" or "with".
    """

    section: str
    subsection: str = ""
    letters: tuple[str, ...] = ()
    reference: Citation | None = None

    @property
    def provision(self) -> str:
        """Section and subsection: "31(3)", or "31" where no subsection was named."""
        return f"{self.section}({self.subsection})" if self.subsection else self.section

    @property
    def text(self) -> str:
        """All of it: "31(3)(a)", "31(3) by reference to 31(1)(a)"."""
        joined = f" by reference to {self.reference.text}" if self.reference else ""
        return self.provision + "".join(f"({letter})" for letter in self.letters) + joined


@dataclass(frozen=True, slots=True)
class Unread:
    """Words, one after the other, that are no part of a citation."""

    text: str


@dataclass(slots=True)
class _Open:
    """A citation whose tokens are still arriving."""

    section: str
    subsection: str
    letters: list[str]
    reference: _Open | None = None

    def close(self) -> Citation:
        reference = self.reference.close() if self.reference else None
        return Citation(self.section, self.subsection, tuple(self.letters), reference)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    word: str


def read_citations(text: str) -> tuple[Citation | Unread, ...]:
    """Every citation and every run of unread words in `text`, in order. Never raises; linear in the text."""
    # NFKC makes full-width digits and brackets plain; one space makes every phrase above match.
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    matches = _TOKEN.finditer(plain)
    tokens = [_Token(m.lastgroup or "", m.group()) for m in matches if m.lastgroup != "gap"]
    reader = _Reader()
    for place, token in enumerate(tokens):
        reader.take(token, tokens[place + 1] if place + 1 < len(tokens) else None)
    return reader.read()


def _is_letters(token: _Token | None) -> bool:
    return token is not None and token.kind == "letters"


def _is_number(token: _Token | None) -> bool:
    return token is not None and token.kind == "number"


class _Reader:
    """Puts tokens together. `_top` is the citation being read, `_last` it or the one it refers to."""

    def __init__(self) -> None:
        self._found: list[_Open | list[str]] = []
        self._top: _Open | None = None
        self._last: _Open | None = None
        self._joining = False
        self._range_from = ""

    def take(self, token: _Token, following: _Token | None) -> None:
        """One token and the one after it."""
        match token.kind:
            case "number":
                self._number(token.word)
            case "letters" if self._last is not None:
                self._letters(token.word.lower(), self._last)
            case "range" if self._last and self._last.letters and _is_letters(following):
                self._range_from = self._last.letters[-1]
            case "range" if token.word.lower() != "to":
                pass  # a dash between two sections only separates them
            case "reference" if self._last is not None and _is_number(following):
                self._joining = True
            case _:
                self._unread(token.word)

    def read(self) -> tuple[Citation | Unread, ...]:
        return tuple(
            found.close() if isinstance(found, _Open) else Unread(" ".join(found))
            for found in self._found
        )

    def _number(self, word: str) -> None:
        word = word.upper()
        joining, self._joining = self._joining, False
        last = self._last
        if last and not last.subsection and not last.letters and _SUBSECTION.fullmatch(word):
            last.subsection = word
            return
        if last and _INSERTED.fullmatch(word) and last is self._top:
            self._last = last.reference = _Open(last.section, word, [])
            return
        self._last = _Open(word, "", [])
        if joining and self._top and self._top.section == word and not self._top.reference:
            self._top.reference = self._last
            return
        self._top = self._last
        self._found.append(self._last)

    def _letters(self, word: str, last: _Open) -> None:
        start, self._range_from = self._range_from, ""
        if len(start) == len(word) == 1:
            last.letters.extend(chr(code) for code in range(ord(start) + 1, ord(word)))
        last.letters.append(word)

    def _unread(self, word: str) -> None:
        if self._found and isinstance(self._found[-1], list):
            self._found[-1].append(word)
        else:
            self._found.append([word])
