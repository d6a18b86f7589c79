"""The few facts about the office itself: whether it is paused, and when each job last succeeded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from foibot.store.database import insert_if_absent
from foibot.store.tables import switches

RECONCILED = "reconciled"
"""The switch that keeps what the last comparison of the mailbox with the record came to."""

_NAMED = select(switches.c.value, switches.c.at).where(switches.c.name == bindparam("of_name"))
_SET = update(switches).where(switches.c.name == bindparam("of_name"))
_ADD = insert(switches)


@dataclass(frozen=True, slots=True)
class Switch:
    """A named value and when it was set (UTC)."""

    value: str
    at: datetime


class Switches:
    """The switches inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def get(self, name: str) -> Switch | None:
        """The switch, or None if it was never set."""
        row = self._connection.execute(_NAMED, {"of_name": name}).first()
        return Switch(row.value, row.at) if row else None

    def set(self, name: str, value: str, now: datetime) -> None:
        """Set the switch."""
        row = {"value": value, "at": now}
        if self._connection.execute(_SET, {"of_name": name, **row}).rowcount == 0:
            self._connection.execute(_ADD, {"name": name, **row})

    def set_if_absent(self, name: str, value: str, now: datetime) -> None:
        """Set the switch unless it was ever set; of two that do so at once the second one waits, and changes nothing."""
        insert_if_absent(self._connection, switches, name=name, value=value, at=now)

    @property
    def paused(self) -> bool:
        """Whether the administrator has stopped everything from leaving."""
        switch = self.get("paused")
        return switch is not None and switch.value == "yes"
