"""Tells from its words which law a letter was written under, by which authority, and on what it relies; no I/O."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from foibot import law
from foibot.law.provision import Provision
from foibot.law.regime import Exemption, Regime
from foibot.letters.linting.citing import Cited, Law
from foibot.letters.linting.passages import Passage, Sentence
from foibot.letters.linting.reading import Reading

_NAMES: Final = (
    (
        "eisr",
        re.compile(r"\bEnvironmental Information \(Scotland\)|\bEI\(?S\)?RS?\b", re.IGNORECASE),
    ),
    (
        "foisa",
        re.compile(r"\bFreedom of Information \(Scotland\)|\bFOI\(?S\)?A\b", re.IGNORECASE),
    ),
    ("eir", re.compile(r"\bEnvironmental Information Regulations?\b|\bEIRs?\b")),
    (
        "foia",
        re.compile(
            r"\bFreedom of Information Act\b|\bFOIA\b|\bFOI Act\b|\bthe 2000 Act\b",
            re.IGNORECASE,
        ),
    ),
)
_LETTERHEAD_NAME: Final = re.compile(
    r"(?:[Tt]he )?(?P<name>(?:[A-Z][\w'’&-]*(?: of| and| for)? ){1,6}?"
    r"(?:Police(?: Service)?|Constabulary|Council|Trust|University|College|School|Authority|Agency|Office|Board"
    r"|Department|Service|Commission|Ministry|Executive|Partnership|Board|Force))\b(?! of\b)"
)
_HOLDS: Final = re.compile(
    r"^[^.]{0,12}?(?:\([^)]{1,40}\) ?)?\s?(?:can|will|do(?:es)?|is|are|has|have|holds?|neither|refus)\b"
)


def regimes_of(sentences: tuple[Sentence, ...], cited: tuple[Cited, ...]) -> tuple[str, ...]:
    """Name the laws a letter names, the one it decides under first; none if it names none."""
    found: Counter[str] = Counter()
    for sentence in sentences:
        found.update(_named_in(sentence.text))
    named = [key for key, _ in found.most_common() if found[key]]
    scottish = any(key in {"foisa", "eisr"} for key in named)
    acts = sum(1 for each in cited if each.law is Law.ACT)
    for unit, keys in ((acts, ("foia", "foisa")), (len(cited) - acts, ("eir", "eisr"))):
        key = keys[scottish]
        if found[key]:
            found[key] += unit
    # Where both are named alike, as in an acknowledgement, it is the Act.
    order = [key for key, _ in _NAMES]
    return tuple(sorted(named, key=lambda key: (-found[key], -order.index(key))))


# Letters share nearly all of their sentences; as many as all templates have are remembered.
@lru_cache(2048)
def _named_in(text: str) -> tuple[str, ...]:
    """The laws that a sentence names, each as often as it does."""
    found: list[str] = []
    for key, pattern in _NAMES:
        text, times = pattern.subn(" ", text)
        found += [key] * times
    return tuple(found)


def authority_of(passages: tuple[Passage, ...], sentences: tuple[Sentence, ...]) -> str:
    """Name the authority: the subject of its decision, else the last line that looks like its name."""
    for sentence in sentences:
        for match in _LETTERHEAD_NAME.finditer(sentence.text):
            if _HOLDS.match(sentence.text[match.end() : match.end() + 80]):
                return match["name"]
    for passage in reversed(passages):
        named = _LETTERHEAD_NAME.match(passage.text)
        if named and passage.is_heading:
            return named["name"]
    return ""


def ncnd_provisions(regime: Regime) -> frozenset[str]:
    """Every provision under which the law lets an authority neither confirm nor deny: "31(3)", "12(6)"."""
    named = {each.ncnd_provision for each in regime.exemptions if each.ncnd_provision}
    outer = {re.sub(r"\([a-z]\)$", "", each) for each in named}
    # Section 18 stands alone in Scotland, and is cited with and without its subsection.
    alone = {
        row.ncnd.provision.partition("(")[0]
        for row in regime.exemptions
        if row.ncnd and row.ncnd.read_with
    }
    return frozenset(named | outer | alone)


def ncnd_relied_on(reading: Reading) -> tuple[Provision, ...]:
    """The provisions cited that lift the duty to confirm or deny, in the order of the letter."""
    table = law.regime(reading.regime)
    known = ncnd_provisions(table)
    # 30(3), 32(3) and 37(2) serve several rows: the one is meant whose limb is named beside it.
    named = {each.provision for each in reading.cited}
    meant_first = sorted(table.exemptions, key=lambda row: named.isdisjoint(limbs_cited(row)))
    found: dict[str, Provision] = {}
    for each in reading.cited:
        row = next((row for row in meant_first if _serves(row, each)), None)
        if row is not None and each.subsection in known:
            lifted = Provision(table.key, row.ncnd_provision, row.title, row, limbs=(), ncnd=True)
            found.setdefault(row.ncnd_provision, lifted)
    return tuple(found.values())


def limbs_cited(row: Exemption) -> frozenset[str]:
    """The lettered paragraphs of a row as they are cited: "37(1)(ac)" and "37(1)(ad)"."""
    return frozenset(f"{row.subsection}{limb.bracketed}" for limb in row.limbs)


def citations_of(reading: Reading, provision: Provision) -> list[Cited]:
    """Where a provision of `ncnd_relied_on` is cited, at least once."""
    return [each for each in reading.cited if _serves(provision.exemption, each)]


def _serves(row: Exemption, cited: Cited) -> bool:
    """Whether the row is the one cited: 40(5B)(a) of "40(5B)(a)(i)", or of "40(5B)" alone."""
    lifted = row.ncnd_provision
    return bool(lifted) and (
        cited.provision.startswith(lifted) or lifted.startswith(f"{cited.provision}(")
    )


def numbers_that_withhold(regime: str) -> frozenset[str]:
    """The sections or regulations, without brackets, that a law's exemptions stand in: "21" to "44"."""
    return frozenset(row.number for row in law.regime(regime).exemptions)


def withholds(reading: Reading) -> list[Cited]:
    """The citations of provisions that keep information back, which assert that it is held."""
    known = ncnd_provisions(law.regime(reading.regime))
    unit = Law.REGULATIONS if reading.regime in {"eir", "eisr"} else Law.ACT
    numbers = numbers_that_withhold(reading.regime)
    return [
        each
        for each in reading.cited
        if each.law is unit
        and each.number in numbers
        and each.brackets
        and each.subsection not in known
    ]
