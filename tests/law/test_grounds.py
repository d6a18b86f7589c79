"""Sections with a letter of their own: every one names a letter that its law has, or what to cite instead."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.law import REGIMES, regime
from foibot.law.grounds import GROUNDS, Ground, Instead, publish_by
from foibot.law.provisions import Provision, read_withheld


def test_every_law_has_its_grounds() -> None:
    assert set(GROUNDS) == {one.key for one in REGIMES}


@pytest.mark.parametrize("law", GROUNDS)
def test_what_a_section_leads_to_is_in_the_law(law: str) -> None:
    for cited, ground in GROUNDS[law].items():
        match ground:
            case Ground(relies_on=""):
                pass
            case Ground(relies_on=section):
                (provision,) = read_withheld(section, regime(law))
                assert isinstance(provision, Provision)
            case Instead(cite=cite):
                for other, _ in cite:
                    assert other != cited
                    known = isinstance(GROUNDS[law].get(other), Ground)
                    assert known or isinstance(read_withheld(other, regime(law))[0], Provision)


def test_only_the_scottish_act_bounds_publication() -> None:
    # FOISA 2002 s.27(1)(a): twelve weeks.
    assert publish_by(regime("foisa"), date(2020, 12, 8)) == date(2021, 3, 2)
    assert publish_by(regime("foia"), date(2020, 12, 8)) is None
