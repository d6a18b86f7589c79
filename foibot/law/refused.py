"""Why a citation in an order is refused, in words every kind of order shares."""

from __future__ import annotations

from dataclasses import dataclass

from foibot.law.citation import Citation, Unread
from foibot.law.provision import Provision
from foibot.law.regime import Exemption, Regime, division

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Refused:
    """What was read, why it is refused, and what to cite `instead` if that is clear."""

    text_read: str
    why: str
    instead: tuple[Provision, ...] = ()


def shortened(text: str) -> str:
    """What was typed, short enough to repeat."""
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def named(regime: Regime, provision: str) -> str:
    """A provision at the start of a sentence: "Section 31(3)", "Regulation 12(6)"."""
    return f"{division(regime.key).capitalize()} {provision}"


def unread(read: Unread, regime: Regime) -> Refused:
    """Words that are no part of a citation."""
    quote, word = shortened(read.text), division(regime.key)
    return Refused(
        quote,
        f"foibot cannot read “{quote}” as part of a {word} number. Name only the {word}s relied on.",
    )


def rows_of(read: Citation, regime: Regime, authority_kind: str) -> tuple[Exemption, ...] | Refused:
    """The rows of the section that was cited, or why this authority has none there (X-08)."""
    rows = tuple(row for row in regime.exemptions if row.number == read.section)
    if not rows:
        return _no_exemption(read, regime)
    if any(authority_kind in row.not_for for row in rows):
        why = f"{named(regime, read.section)} is not for this kind of authority. {rows[0].note}"
        return Refused(shortened(read.text), why)
    return rows


def _no_exemption(read: Citation, regime: Regime) -> Refused:
    for known in regime.not_exemptions:
        if known.section == read.section:
            return Refused(shortened(read.text), known.why)
    why = f"{named(regime, read.section)} is not an {regime.ground} in {regime.short}."
    return Refused(shortened(read.text), why)
