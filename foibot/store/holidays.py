"""The bank holidays an administrator imported, each with its file and the moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, extract, insert, select

from foibot.law.known_holidays import with_holidays
from foibot.law.regime import Nation, Proclaimed, Regime
from foibot.store.tables import holidays


@dataclass(frozen=True, slots=True)
class ImportedHoliday:
    """One day as it was imported (`at` in UTC); `source` is the name of the file and its digest."""

    day: Proclaimed
    source: str
    at: datetime


_EVERY = select(holidays).order_by(holidays.c.day, holidays.c.nation, holidays.c.name)


class Holidays:
    """The imported holidays inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def all(self) -> tuple[ImportedHoliday, ...]:
        """Every imported day, in order."""
        rows = self._connection.execute(_EVERY)
        return tuple(
            ImportedHoliday(Proclaimed(row.day, row.name, Nation(row.nation)), row.source, row.at)
            for row in rows
        )

    def known_to(self, regime: Regime) -> Regime:
        """The law as this office counts it."""
        return self.each_known_to([regime])[0]

    def each_known_to(self, regimes: Iterable[Regime]) -> list[Regime]:
        """These laws as this office counts them."""
        days = [one.day for one in self.all()]
        return [with_holidays(one, days) for one in regimes]

    def replace_years(self, days: Iterable[Proclaimed], source: str, now: datetime) -> None:
        """Put these days, at least one, in the place of all that were imported for their years."""
        new = tuple(days)
        years = sorted({one.day.year for one in new})
        self._connection.execute(delete(holidays).where(extract("year", holidays.c.day).in_(years)))
        self._connection.execute(
            insert(holidays),
            [
                {
                    "day": one.day,
                    "nation": one.nation.value,
                    "name": one.name,
                    "source": source,
                    "at": now,
                }
                for one in new
            ],
        )
