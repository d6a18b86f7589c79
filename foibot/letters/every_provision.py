"""Every provision that a letter can rely on, with each of its limbs, so that no wording stays untried; no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from foibot.law.provisions import Provision
from foibot.law.regime import Exemption, Limb, Regime


def every_provision(regime: Regime) -> Iterator[Provision]:
    """Give everything a letter can rely on under `regime`, to withhold and then to stay silent."""
    yield from every_withheld(regime)
    yield from every_ncnd(regime)


def fullest(regime: Regime) -> Iterator[Provision]:
    """Give each provision once, with all of its limbs: a letter on it says everything that its wording can say."""
    for _, variants in groupby(every_provision(regime), key=_row_of):
        yield max(variants, key=lambda each: len(each.limbs))


def _row_of(provision: Provision) -> tuple[str, str, bool]:
    return provision.section, provision.exemption.section, provision.ncnd


def every_withheld(regime: Regime) -> Iterator[Provision]:
    """Give everything that withholds under `regime`: without a limb where that is allowed, each limb, all of them."""
    for row in regime.exemptions:
        bare = row.whole or not row.limbs
        yield from _with(regime, row, row.limbs, bare=bare, ncnd=False)


def every_ncnd(regime: Regime) -> Iterator[Provision]:
    """Give everything that lifts the duty to confirm or deny under `regime`, in the same way."""
    for row in regime.exemptions:
        if row.ncnd is not None:
            read_with = row.ncnd.read_with and bool(row.limbs) and not row.whole
            bare = not row.ncnd.limb_required and not read_with
            yield from _with(regime, row, row.ncnd_limbs, bare=bare, ncnd=True)


def _with(
    regime: Regime, row: Exemption, limbs: tuple[Limb, ...], *, bare: bool, ncnd: bool
) -> Iterator[Provision]:
    section = row.ncnd_provision if ncnd else row.withheld_as
    named: list[tuple[Limb, ...]] = [()] if bare else []
    named += [(limb,) for limb in limbs]
    named += [limbs] if len(limbs) > 1 else []
    for each in named:
        yield Provision(regime.key, section, row.title, row, each, ncnd=ncnd)
