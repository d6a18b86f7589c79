"""The bank holidays an office counts with: each day, who keeps it, and where it is known from; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from foibot.law.bank_holidays import SOURCE
from foibot.law.dates import in_words, listed, with_weekday
from foibot.law.holiday_file import HolidayFile
from foibot.law.known_holidays import Moved
from foibot.law.regime import Nation, Proclaimed, Regime
from foibot.law.working_days import holidays_known, horizon, where
from foibot.reports.tables import Table

NOT_PUBLISHED = f"{SOURCE}, provisional: not published yet"
"""Where a day is known from that the rules of the law give, as long as nothing else is proclaimed (T-15)."""


@dataclass(frozen=True, slots=True)
class HolidayRow:
    """One holiday: `nations` in the order of `Nation`."""

    day: date
    name: str
    nations: tuple[Nation, ...]
    source: str


def holiday_rows(
    regime: Regime, sources: Mapping[Proclaimed, str], years: Iterable[int]
) -> tuple[HolidayRow, ...]:
    """Every holiday of `years` under this law, in order; `sources` says where the imported ones are from."""
    nations: dict[tuple[date, str, str], list[Nation]] = {}
    for year in years:
        for one in holidays_known(regime, year):
            source = sources.get(one) or (SOURCE if one.day <= horizon(regime) else NOT_PUBLISHED)
            nations.setdefault((one.day, one.name, source), []).append(one.nation)
    return tuple(
        HolidayRow(day, name, tuple(keepers), source)
        for (day, name, source), keepers in nations.items()
    )


def holidays_json(rows: Iterable[HolidayRow]) -> list[dict[str, object]]:
    """One object for each holiday."""
    return [
        {
            "date": row.day.isoformat(),
            "name": row.name,
            "nations": [nation.value for nation in row.nations],
            "source": row.source,
        }
        for row in rows
    ]


def holidays_table(rows: Iterable[HolidayRow]) -> Table:
    """The same as a table; a day at a weekend is listed too, though it changes no count."""
    cells = tuple(
        (with_weekday(row.day), row.name, where(list(row.nations)), row.source) for row in rows
    )
    return Table("Bank holidays", ("Day", "Name", "Kept in", "Known from"), cells)


def import_lines(moved: Iterable[Moved]) -> list[str]:
    """What an import changed, a line for each weekday."""
    lines = [
        f"  {with_weekday(one.day)} is {'now a' if one.is_holiday else 'no longer a'} holiday "
        f"in {one.nation}: {one.name}"
        for one in moved
    ]
    return ["Changed:", *lines] if lines else ["No weekday changed."]


def after_import(file: HolidayFile, known: Regime) -> list[str]:
    """How far the holidays are known now, which years are missing before the imported ones, and days with two names."""
    until = horizon(known)
    lines = [f"Bank holidays are known until {in_words(until)}; a date after that is provisional."]
    beyond = [year for year in file.years if year > until.year]
    missing = sorted(set(range(until.year + 1, max(beyond, default=0))) - file.years)
    if missing:
        which = listed([str(year) for year in missing])
        lines.append(
            f"Nothing was imported for {which}: import that too, and the later years count."
        )
    return [*lines, *_named_twice(file)]


def _named_twice(file: HolidayFile) -> Iterator[str]:
    names: dict[tuple[date, Nation], list[str]] = {}
    for one in file.days:
        names.setdefault((one.day, one.nation), []).append(one.name)
    for (day, nation), found in names.items():
        if len(found) > 1:
            yield (
                f"{with_weekday(day)} has {len(found)} names in {nation}: {'; '.join(found)}. If one "
                "belongs to another day, mend the file and import it again."
            )
