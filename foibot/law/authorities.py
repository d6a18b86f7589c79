"""What the kind of an authority decides: which access laws it may answer under, which cost limit, which exemptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from foibot.law.regime import Exemption, Limb, Regime

UK: Final = frozenset({"foia", "eir"})
SCOTTISH: Final = frozenset({"foisa", "eisr"})


@dataclass(frozen=True, slots=True)
class KindOfAuthority:
    """One kind of authority as `config.toml` names it.

    `larger_limit` are bodies in Part I of Schedule 1 to FOIA 2000, with 600 pounds instead of 450
    (X-13). `regimes` are those that any body of the kind can have; which of the two sets one body has
    depends on where it is.
    """

    name: str
    larger_limit: bool
    regimes: frozenset[str]


_EITHER: Final = UK | SCOTTISH

KINDS: Final[tuple[KindOfAuthority, ...]] = (
    KindOfAuthority("police", larger_limit=False, regimes=_EITHER),
    KindOfAuthority("council", larger_limit=False, regimes=_EITHER),
    KindOfAuthority("health", larger_limit=False, regimes=_EITHER),
    KindOfAuthority("education", larger_limit=False, regimes=_EITHER),
    KindOfAuthority("fire", larger_limit=False, regimes=_EITHER),
    KindOfAuthority("government", larger_limit=True, regimes=_EITHER),
    KindOfAuthority("legislature", larger_limit=True, regimes=_EITHER),
    KindOfAuthority("armed-forces", larger_limit=True, regimes=UK),
    KindOfAuthority("other", larger_limit=False, regimes=_EITHER),
)

_BY_NAME: Final = {kind.name: kind for kind in KINDS}


def kind_of(name: str) -> KindOfAuthority:
    """The kind of that name; one that is not known is treated as "other", with the smaller limit."""
    return _BY_NAME.get(name, _BY_NAME["other"])


@unique
class Use(StrEnum):
    """Whether a kind of authority may rely on an exemption (X-08)."""

    OPEN = "may be used"
    QUESTIONED = "rarely right, so that an officer is asked"
    BLOCKED = "cannot be used"


def use_of(exemption: Exemption, kind: str, limbs: tuple[Limb, ...] = ()) -> Use:
    """Whether an authority of this kind may rely on the exemption, or on these limbs of it.

    A police force cannot use FOIA s.33 or s.35; s.34, s.36(2)(a), s.28 and s.29 are questioned.
    """
    if kind in exemption.not_for:
        return Use.BLOCKED
    if kind in exemption.rarely_for or any(kind in limb.rarely_for for limb in limbs):
        return Use.QUESTIONED
    return Use.OPEN


def may_answer_under(regime: Regime, kind: str, others: frozenset[str] = frozenset()) -> bool:
    """Whether an authority of this kind, which has the regimes `others` already, can have this one too.

    Nobody answers under the law of Scotland and that of the rest of the United Kingdom at once.
    """
    one_side = UK if regime.key in UK else SCOTTISH
    return regime.key in kind_of(kind).regimes and others <= one_side
