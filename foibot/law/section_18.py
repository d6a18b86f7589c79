"""Judges one citation in a Scottish order to neither confirm nor deny, where section 18 is read with an exemption.

FOISA 2002 has one provision for this, open where the information, if it existed and were held, could be
refused under the exemptions that section 18(1) lists.
"""

from __future__ import annotations

from dataclasses import replace

from foibot.law.citation import Citation, Unread
from foibot.law.provision import Provision
from foibot.law.refused import Refused, named, shortened
from foibot.law.regime import Regime
from foibot.law.withheld import judge_withheld

_ITSELF = frozenset({"18", "18(1)"})


def names_section_18(read: Citation | Unread) -> bool:
    """Whether this is section 18 itself, which says nothing without the exemptions beside it."""
    return isinstance(read, Citation) and read.text in _ITSELF


def is_read_with(regime: Regime) -> bool:
    """Whether this law has one provision for all, cited together with an exemption."""
    return any(row.ncnd and row.ncnd.read_with for row in regime.exemptions)


def judge_with_section_18(
    read: Citation | Unread, regime: Regime, authority_kind: str
) -> tuple[Provision, ...] | Refused:
    """The provisions that section 18 is read with, at least one, or the refusal: "35(1)(a)", not "36(1)"."""
    answer = judge_withheld(read, regime, authority_kind)
    if isinstance(answer, Refused):
        return replace(answer, instead=_under_18(answer.instead))
    for provision in answer:
        if provision.exemption.ncnd is None:
            what, note = named(regime, provision.section), provision.exemption.note
            why = f"{what} cannot be used to neither confirm nor deny. {note}"
            return Refused(shortened(provision.cited), why, _under_18(answer))
    return _under_18(answer)


def _under_18(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    return tuple(
        replace(each, section=each.exemption.ncnd.provision, ncnd=True)
        for each in provisions
        if each.exemption.ncnd
    )
