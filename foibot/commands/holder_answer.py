"""Reads what sort of answer a colleague gave, from the first line of the reply; it can order nothing; no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, unique
from typing import Final

from foibot.law.dates_said import dates_said


@unique
class Sort(StrEnum):
    """The sorts of answer; the value is how the list of answers names them."""

    NIL = "nothing held"
    PART = "a part, more is to come"
    HOURS = "an estimate of hours"
    NOT_US = "not the right place"
    FREE = "an answer in its own words"


@dataclass(frozen=True, slots=True)
class Said:
    """The sort of an answer, the hours it names ("" for none), and the day by which more comes."""

    sort: Sort
    hours: str = ""
    more_by: date | None = None


# A word alone or before a mark: sentences begin with these words too.
_NIL: Final = re.compile(r"nil(?: return)?(?:\s?[:,;.–—-].*|\s+we\b.*)?", re.IGNORECASE)
_PART: Final = re.compile(r"part(?:\s?[:,;.–—-].*|\s+(?:more|by)\b.*)?", re.IGNORECASE)
_HOURS: Final = re.compile(r"(?:about )?(?:hours?\s?[:=]?\s?(?P<after>\d{1,4}(?:\.\d{1,2})?)\b.*|(?P<before>\d{1,4}(?:\.\d{1,2})?)\s?hours?\b.*)", re.IGNORECASE)  # fmt: skip
_NOT_US: Final = re.compile(r"not us\b.*", re.IGNORECASE)


def read_answer(line: str, text: str, today: date, otherwise: date) -> Said:
    """What a reply with this first line and this text under it says.

    `otherwise` is the day by which the rest is waited for if a part names none.
    """
    hours = _HOURS.fullmatch(line)
    if _NIL.fullmatch(line):
        return Said(Sort.NIL)
    if _NOT_US.fullmatch(line):
        return Said(Sort.NOT_US)
    if hours:
        return Said(Sort.HOURS, hours["after"] or hours["before"])
    if _PART.fullmatch(line):
        named = dates_said(f"{line}\n{text}", today)
        return Said(Sort.PART, more_by=named[0] if named else otherwise)
    return Said(Sort.FREE)
