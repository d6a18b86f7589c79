"""Turns an officer's section numbers into provisions the law has, or says of each why not and what would work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foibot.law.authorities import Use, use_of
from foibot.law.citation import Citation, Unread, read_citations
from foibot.law.ncnd import judge
from foibot.law.provision import Provision
from foibot.law.refused import Refused
from foibot.law.regime import Kind, Limb, Regime, division
from foibot.law.section_18 import is_read_with, judge_with_section_18, names_section_18
from foibot.law.withheld import judge_withheld

# "Not held" is an exception under the Regulations, and a letter of its own.
_NOT_HELD = frozenset({"12(4)(a)", "10(4)(a)"})
_LEAVES_OUT = frozenset({"not", "no", "without", "except", "excluding", "minus", "never"})

__all__ = ["Problem", "Provision", "advice", "names_ncnd", "read_ncnd", "read_withheld"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in an order that cannot be carried out: what was read, why not, a whole order that would work."""

    text_read: str
    why: str
    line_that_works: str

    @property
    def in_words(self) -> str:
        """For the officer: why not, after what was read, if it was any part of the order."""
        return f"{self.text_read}: {self.why}" if self.text_read else self.why


_Read = Citation | Unread
_Judged = tuple[Provision, ...] | Refused


def read_ncnd(
    text: str, regime: Regime, *, authority_kind: str = "police"
) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions of an order to neither confirm nor deny, or every problem with it at once.

    `23 5, s24(2) and 31(3)(a) 31(3)(b)` gives 23(5), 24(2) and 31(3) with two limbs. A section that
    withholds, such as 24(1), is refused: relying on it says that the information is held (L-22). Under
    FOISA the exemptions are named that section 18 is read with: `18 35(1)(a)`.
    `authority_kind` is the configuration's; some exemptions are not for every authority (X-08).
    Never raises, and never returns an empty tuple.
    """
    read = read_citations(text)
    example = regime.ncnd_example
    if not is_read_with(regime):
        judged = [judge(each, regime, authority_kind) for each in read]
        return _answer(read, judged, "ncnd", example)
    beside = tuple(each for each in read if not names_section_18(each))
    if read and not beside:
        why = (
            f"Section {read[0].text} does not say enough: name the exemption that would apply if the "
            "information existed and were held."
        )
        return (Problem(read[0].text, why, f"ncnd {example}"),)
    judged = [judge_with_section_18(each, regime, authority_kind) for each in beside]
    return _answer(beside, judged, "ncnd", example)


def read_withheld(
    text: str, regime: Regime, *, authority_kind: str = "police", verb: str = "refuse"
) -> tuple[Provision, ...] | tuple[Problem, ...]:
    """The provisions of an order to withhold information that is held, or every problem with it at once.

    `31 1 a, section 40(2)` gives 31(1)(a) and 40(2) with its first condition; `reg 12(5)(b)` under the
    EIR. A provision for neither confirming nor denying, such as 31(3), is refused (L-22). `verb` begins
    the line that would work. Never raises, and never returns an empty tuple.
    """
    read = read_citations(text)
    judged = [judge_withheld(each, regime, authority_kind) for each in read]
    return _answer(read, judged, verb, regime.withheld_example)


def names_ncnd(text: str, regime: Regime) -> bool:
    """Whether any provision in `text` is one for neither confirming nor denying, even without its limb: "31(3)".

    A section alone, such as "24", is none: it may mean either.
    """
    return any(isinstance(each, Citation) and _lifts(each, regime) for each in read_citations(text))


def _lifts(read: Citation, regime: Regime) -> bool:
    now = any(row.leads_to(read.provision) for row in regime.exemptions)
    before = any(old.ncnd and read.text.startswith(old.section) for old in regime.old_citations)
    return bool(read.subsection) and (now or before)


def _answer(
    read: Sequence[_Read], judged: Sequence[_Judged], verb: str, example: str
) -> tuple[Provision, ...] | tuple[Problem, ...]:
    refused = [answer for answer in judged if isinstance(answer, Refused)]
    good = [provision for answer in judged if isinstance(answer, tuple) for provision in answer]
    if good and not refused:
        return _merged(good)
    line = " ".join([verb, *(dict.fromkeys(_kept(read, judged)) or [example])])
    if not refused:
        return (Problem("", "The order names no provision to rely on.", line),)
    return tuple(Problem(answer.text_read, answer.why, line) for answer in refused)


def advice(provisions: Iterable[Provision], *, authority_kind: str = "police") -> tuple[str, ...]:
    """What an officer should know before drafting on these provisions; nothing here stops the order."""
    provisions = tuple(provisions)
    sections = {provision.section for provision in provisions if provision.regime == "foia"}
    found = []
    if "23(5)" in sections and "24(2)" not in sections:
        found.append(
            "Section 23(5) on its own can show that a security body is involved. It is usually relied on "
            "together with section 24(2), so that neither tells which of them applies."
        )
    for provision in provisions:
        if use_of(provision.exemption, authority_kind, provision.limbs) is Use.QUESTIONED:
            what = f"{division(provision.regime).capitalize()} {provision.cited}"
            found.append(
                f"{what} is rarely right for this kind of authority: check that it applies."
            )
        if provision.section in _NOT_HELD:
            what = f"Regulation {provision.section}"
            found.append(
                f"{what} says that nothing is held. There is a letter for that alone, which helps the requester "
                "further."
            )
        if provision.exemption.kind is Kind.OPINION:
            found.append(f"Section {provision.section}: {provision.exemption.note}")
    return tuple(found)


def _kept(read: Iterable[_Read], judged: Iterable[_Judged]) -> list[str]:
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


def _limbs(provision: Provision) -> tuple[Limb, ...]:
    return provision.exemption.ncnd_limbs if provision.ncnd else provision.exemption.limbs


def _merged(provisions: list[Provision]) -> tuple[Provision, ...]:
    """One provision for each section and exemption, its limbs in the order of the law."""
    found: dict[tuple[str, str], Provision] = {}
    for provision in provisions:
        key = (provision.section, provision.exemption.section)
        earlier = found.get(key, provision)
        named = {*earlier.limbs, *provision.limbs}
        limbs = tuple(limb for limb in _limbs(provision) if limb in named)
        found[key] = replace(earlier, limbs=limbs)
    return tuple(found.values())
