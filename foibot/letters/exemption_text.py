"""Our wording for each provision, in `templates/exemptions/`, taken apart at its headings; no I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from foibot.law.provisions import Provision
from foibot.law.regime import Exemption
from foibot.letters.problem import Problem
from foibot.letters.source import TemplateSource

FOLDER: Final = "exemptions/"
HEADINGS: Final[Mapping[str, str]] = {
    "why": "Why it applies",
    "factors_for": "For confirming or denying",
    "factors_against": "Against confirming or denying",
    "balance": "Where the balance lies",
}
"""The parts of the wording for a provision that lifts the duty to confirm or deny."""

WITHHOLDING_HEADINGS: Final[Mapping[str, str]] = {
    "why": "Why it applies",
    "factors_for": "For disclosure",
    "factors_against": "Against disclosure",
    "balance": "Where the balance lies",
}
"""The parts of the wording for a provision that withholds."""

# A factor on one side alone, or a balance without factors, would be no weighing (N-26).
_TOGETHER: Final = (
    ("factors_for", "factors_against"),
    ("factors_against", "factors_for"),
    ("balance", "factors_for"),
)
_HEADING = re.compile(r"^##\s+(.*?)\s*$")


@cache
def stem_of(regime: str, section: str) -> str:
    """Give the stem of a provision's wording file: FOIA "40(5B)(a)" is "foia-40-5b-a"."""
    return "-".join([regime, *re.findall(r"[0-9a-z]+", section.lower())])


def stem_to_withhold(regime: str, row: Exemption) -> str:
    """Give the stem of the wording that withholds under this row: 40(2) has one for each condition."""
    return stem_of(regime, row.section if row.condition else row.withheld_as)


def stem_to_stay_silent(regime: str, row: Exemption) -> str:
    """Give the stem of the wording that neither confirms nor denies under this row.

    Section 18(1) of FOISA has one for each exemption that it is read with: "foisa-18-1-with-35-1".
    """
    silent = row.ncnd_provision
    if row.ncnd and row.ncnd.read_with:
        condition = row.section if row.condition else row.withheld_as
        return stem_of(regime, f"{silent} with {condition}")
    return stem_of(regime, silent)


def stem_for(provision: Provision) -> str:
    """Give the stem of the wording a provision would like to have."""
    find = stem_to_stay_silent if provision.ncnd else stem_to_withhold
    return find(provision.regime, provision.exemption)


def default_stem(regime: str, *, ncnd: bool = True) -> str:
    """Give the stem of the neutral wording for provisions without a file of their own."""
    return f"{regime}-{'ncnd' if ncnd else 'withheld'}-default"


def parts_of(source: TemplateSource, path: str) -> tuple[dict[str, str], list[Problem]]:
    """Take a wording file apart; each part keeps its place, so that its lines count as in the file."""
    parts: dict[str, list[str]] = {}
    problems: list[Problem] = []
    here: list[str] | None = None
    headings = _headings_of(source[path])
    names = {title.lower(): part for part, title in headings.items()}
    for number, line in enumerate(source[path].splitlines(), start=1):
        heading = _HEADING.match(line)
        if heading is None:
            if here is not None:
                here.append(line)
            continue
        name = names.get(heading.group(1).lower())
        if name is None or name in parts:
            problems.append(_unexpected(path, number, heading.group(1), headings))
            here = None
            continue
        here = parts[name] = [""] * number
    if "why" not in parts:
        problems.append(_missing(path, headings["why"]))
    for one, other in _TOGETHER:
        if one in parts and other not in parts:
            problems.append(_missing(path, headings[other]))
    return {name: "\n".join(lines) for name, lines in parts.items()}, problems


def _headings_of(text: str) -> Mapping[str, str]:
    """Tell by its factors which sort of wording a file is, so that the two are never mixed in one."""
    titles = {line.removeprefix("##").strip().lower() for line in text.splitlines()}
    withholds = {title.lower() for title in WITHHOLDING_HEADINGS.values()} & titles
    speaks = {title.lower() for title in HEADINGS.values()} & titles
    return WITHHOLDING_HEADINGS if len(withholds) > len(speaks) else HEADINGS


def _unexpected(path: str, line: int, title: str, headings: Mapping[str, str]) -> Problem:
    known = ", ".join(f"'## {each}'" for each in headings.values())
    return Problem(path, line, f"unexpected heading '{title}'", f"Use each of these once: {known}")


def _missing(path: str, title: str) -> Problem:
    return Problem(path, 1, f"the part '{title}' is missing", f"Add: ## {title}")
