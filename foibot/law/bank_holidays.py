"""Which days are bank holidays in each part of the UK, what each is called, and how far ahead that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.machinery import SourceFileLoader
from types import MappingProxyType, ModuleType

import holidays
from holidays.version import __version__

from foibot.law.regime import Nation

# GOV.UK adds one year each November, about three years ahead (T-15). Past this day the dates below
# are what the Act's rules would give, without whatever is proclaimed in between.
HORIZON = date(2028, 12, 31)
HORIZON_CHECKED = date(2026, 11, 22)

# What an administrator reads where a day was not imported.
SOURCE = f"foibot (holidays {__version__})"

# England and Wales have one list in law; the package keeps it twice, and a test compares the two.
_SUBDIVISION = {
    Nation.ENGLAND_AND_WALES: "ENG",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}

# As GOV.UK calls them, so that an officer who checks finds the same word.
_PLAIN = {
    "May Day": "Early May Bank Holiday",
    "Late Summer Bank Holiday": "Summer Bank Holiday",
    "Saint Andrew's Day": "St Andrew's Day",
    "Saint Patrick's Day": "St Patrick's Day",
    "Battle of the Boyne": "Battle of the Boyne (Orangemen's Day)",
    "Scotland's participation in the FIFA World Cup final": "World Cup Bank Holiday",
}


@cache
def holidays_of(nation: Nation, year: int) -> Mapping[date, tuple[str, ...]]:
    """Every bank holiday of `nation` in `year` with its names, Good Friday and Christmas Day included.

    One day can be two holidays: 2 January 2023 in Scotland was the substitute for New Year's Day and
    the New Year Holiday itself. Days at a weekend are listed too; they change no count.
    """
    entries = _united_kingdom().UnitedKingdom(
        subdiv=_SUBDIVISION[nation], years=year, expand=False, language="en_GB"
    )
    return MappingProxyType(
        {day: tuple(_plain(name) for name in names.split("; ")) for day, names in entries.items()}
    )


@cache
def _united_kingdom() -> ModuleType:
    """The package's module for this country alone: by its own way all 250 are loaded, 7 MB of them."""
    module = ModuleType("holidays.countries.united_kingdom")
    file = f"{holidays.__path__[0]}/countries/united_kingdom.py"
    SourceFileLoader(module.__name__, file).exec_module(module)
    return module


def _plain(name: str) -> str:
    day, observed, _ = name.partition(" (observed)")
    return _PLAIN.get(day, day) + (", substitute day" if observed else "")
