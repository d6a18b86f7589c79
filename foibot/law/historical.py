"""Which exemptions end when a record grows old (X-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from foibot.law.provision import Provision
from foibot.law.regime import division


@dataclass(frozen=True, slots=True)
class Ends:
    """An exemption that is gone `years` after the year of the record; `partly` if some of it stays."""

    section: str
    years: int
    partly: bool = False


ENDS: Final[tuple[Ends, ...]] = (
    Ends("28(1)", 30),
    Ends("30(1)", 20),
    Ends("31(1)", 100),
    Ends("32(1)", 20),
    Ends("32(2)", 20),
    Ends("33(2)", 20),
    Ends("35(1)", 20),
    Ends("36(2)", 20, partly=True),
    Ends("37(1)(b)", 60),
    Ends("42(1)", 20),
    Ends("43(1)", 30),
    Ends("43(2)", 30),
)
"""FOIA 2000 ss.62 and 63. Years are counted from the end of that in which the record was created."""

_BY_SECTION: Final = {each.section: each for each in ENDS}


def age_warning(provision: Provision, created: int, on: date) -> str:
    """What to tell an officer about a record created in the year `created`; "" if it is young enough.

    Section 63 was amended more than once, so that this is a question and never a refusal. A record of
    2000 is historical from 2021 on: section 42(1) is questioned for it, section 31(1) until 2101 is not.
    """
    ends = _BY_SECTION.get(provision.exemption.section) if provision.regime == "foia" else None
    if ends is None or on.year - created <= ends.years:
        return ""
    how = "for the most part ends" if ends.partly else "ends"
    what = f"{division(provision.regime).capitalize()} {provision.section}"
    return f"{what} {how} after {ends.years} years: check section 63 for a record of {created}."
