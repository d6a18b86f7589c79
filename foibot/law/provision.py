"""One provision a letter relies on: how an officer cites it, how a letter names it, whether it is weighed."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.law.dates import listed
from foibot.law.regime import Exemption, Kind, Limb, division


@dataclass(frozen=True, slots=True)
class Provision:
    """`section` is the provision cited: "31(3)" when `ncnd`, else the subsection that withholds, "31(1)".

    `regime` is the key of the law, `limbs` are those that were named, in the order of the law.
    """

    regime: str
    section: str
    title: str
    exemption: Exemption
    limbs: tuple[Limb, ...]
    ncnd: bool

    @property
    def needs_public_interest_test(self) -> bool:
        """Whether the letter has to weigh the public interest for this provision (FOIA 2000 s.2)."""
        if self.ncnd and self.exemption.ncnd:
            return self.exemption.ncnd.needs_public_interest_test
        return not self.exemption.absolute

    @property
    def test(self) -> Kind:
        """What has to be shown for it: for 31(1), and for 31(3) as well, that there would be prejudice."""
        row = self.exemption
        return row.ncnd.kind if self.ncnd and row.ncnd else row.kind

    @property
    def cited(self) -> str:
        """As an officer writes it and foibot reads it back: "31(3)(a)(b)", "40(5B)(a)", "40(2) with 40(3A)"."""
        letters = "".join(limb.bracketed for limb in self.limbs)
        if not self.ncnd:
            return self._withheld(letters, " with ")
        if self._read_with:
            return f"{self.section} by reference to {self._withheld(letters, ' with ')}"
        if self._by_reference and self._letter_would_mislead:
            return f"{self.section} by reference to {self.exemption.subsection}{letters}"
        return f"{self.section}{letters}"

    @property
    def in_full(self) -> str:
        """As a letter names it: "section 31(3), by reference to section 31(1)(a) and (b)"."""
        word = division(self.regime)
        letters = listed([limb.bracketed for limb in self.limbs])
        if not self.ncnd:
            return f"{word} {self._withheld(letters, f', by virtue of {word} ')}"
        if self._read_with:
            underlying = self._withheld(letters, f", by virtue of {word} ")
            return f"{word} {self.section}, by reference to {word} {underlying}"
        if self._by_reference:
            return f"{word} {self.section}, by reference to {word} {self.exemption.subsection}{letters}"
        return f"{word} {self.section}{letters}"

    def _withheld(self, letters: str, join: str) -> str:
        """The exemption itself with its limbs, which belong to the condition where there is one."""
        row = self.exemption
        condition = f"{join}{row.condition}" if row.condition else ""
        return f"{row.withheld_as}{condition}{letters}"

    @property
    def _read_with(self) -> bool:
        return self.exemption.ncnd is not None and self.exemption.ncnd.read_with

    @property
    def _letter_would_mislead(self) -> bool:
        """27(4)(a) ends in a letter of its own; 30(3)(a) is by reference to 30(1)(a), not to 30(2)(a)."""
        apart = self.exemption.ncnd is not None and self.exemption.ncnd.named_apart
        return apart or self.section.count("(") > 1

    @property
    def _by_reference(self) -> bool:
        return bool(self.limbs) and not self.exemption.own_ncnd_limbs
