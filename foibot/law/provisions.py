"""Turns an officer's section numbers into provisions the law has, or says of each why not and what would work."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from foibot.law.citation import Citation, Unread, read_citations
from foibot.law.ncnd import Refused, judge
from foibot.law.provision import Provision
from foibot.law.regime import Regime

_LEAVES_OUT = frozenset({"not", "no", "without", "except", "excluding", "minus", "never"})

__all__ = ["Problem", "Provision", "advice", "read_ncnd"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in an order that cannot be carried out: what was read, why not, a whole order that would work."""

    text_read: str
    why: str
    line_that_works: str


def read_ncnd(
    text: str, regime: Regime, *, authority_kind: str = "police"
) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions of an order to neither confirm nor deny, or every problem with it at once.

    `23 5, s24(2) and 31(3)(a) 31(3)(b)` gives 23(5), 24(2) and 31(3) with two limbs. A section that
    withholds, such as 24(1), is refused: relying on it says that the information is held (L-22).
    `authority_kind` is the configuration's; some exemptions are not for every authority (X-08).
    Never raises, and never returns an empty tuple.
    """
    read = read_citations(text)
    judged = [judge(each, regime, authority_kind) for each in read]
    refused = [answer for answer in judged if isinstance(answer, Refused)]
    good = [provision for answer in judged if isinstance(answer, tuple) for provision in answer]
    if good and not refused:
        return _merged(good)
    line = _line(_kept(read, judged), regime)
    if not refused:
        return (Problem("", "The order names no provision to rely on.", line),)
    return tuple(Problem(answer.text_read, answer.why, line) for answer in refused)


def advice(provisions: Iterable[Provision], *, authority_kind: str = "police") -> tuple[str, ...]:
    """What an officer should know before drafting on these provisions; nothing here stops the order."""
    provisions = tuple(provisions)
    sections = {provision.section for provision in provisions}
    found = []
    if "23(5)" in sections and "24(2)" not in sections:
        found.append(
            "Section 23(5) on its own can show that a security body is involved. It is usually relied on "
            "together with section 24(2), so that neither tells which of them applies."
        )
    for provision in provisions:
        if authority_kind in provision.exemption.rarely_for:
            found.append(
                f"Section {provision.section} is rarely right for this kind of authority: check that it applies."
            )
        if provision.section == "36(3)":
            found.append(f"Section 36(3): {provision.exemption.note}")
    return tuple(found)


def _kept(
    read: Iterable[Citation | Unread], judged: Iterable[tuple[Provision, ...] | Refused]
) -> list[str]:
    """The citations for a line that works: those read, what stands in for those refused."""
    kept: list[str] = []
    leave_out = False
    for each, answer in zip(read, judged, strict=True):
        provisions = answer.instead if isinstance(answer, Refused) else answer
        # "23(5) not 24(2)": a line that relied on 24(2) would say the opposite of what was typed.
        kept.extend([] if leave_out else [provision.cited for provision in provisions])
        leave_out = isinstance(each, Unread) and not _LEAVES_OUT.isdisjoint(
            each.text.lower().split()
        )
    return kept


def _line(kept: list[str], regime: Regime) -> str:
    if kept:
        return " ".join(["ncnd", *dict.fromkeys(kept)])
    return regime.ncnd_example or "help"


def _merged(provisions: list[Provision]) -> tuple[Provision, ...]:
    """One provision for each section and exemption, its limbs in the order of the law."""
    found: dict[tuple[str, str], Provision] = {}
    for provision in provisions:
        key = (provision.section, provision.exemption.section)
        earlier = found.get(key, provision)
        named = {*earlier.limbs, *provision.limbs}
        limbs = tuple(limb for limb in provision.exemption.ncnd_limbs if limb in named)
        found[key] = replace(earlier, limbs=limbs)
    return tuple(found.values())
