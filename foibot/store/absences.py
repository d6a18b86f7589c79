"""Who of the office is away, as their own automatic replies say: one entry for a person, gone when they are back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from foibot.store.tables import absences


@dataclass(frozen=True, slots=True)
class Away:
    """The officer at this registered address is back on that day; `instead` is whom the reply names, or ""."""

    officer: str
    back: date
    instead: str


_EVERY = select(absences).order_by(absences.c.back, absences.c.officer)


class Absences:
    """The absences inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def every(self) -> list[Away]:
        """Every entry, of those who are back as well until it is dropped."""
        return [
            Away(one.officer, one.back, one.instead) for one in self._connection.execute(_EVERY)
        ]

    def on(self, today: date) -> list[Away]:
        """Who is away on this day, the first to be back first."""
        return [one for one in self.every() if one.back > today]

    def put(self, away: Away) -> None:
        """Keep an absence, in place of what the same person's mailbox said before."""
        self._connection.execute(delete(absences).where(absences.c.officer == away.officer))
        self._connection.execute(
            insert(absences).values(officer=away.officer, back=away.back, instead=away.instead)
        )

    def forget(self, today: date) -> None:
        """Drop those who are back: nobody needs to know any more."""
        self._connection.execute(delete(absences).where(absences.c.back <= today))
