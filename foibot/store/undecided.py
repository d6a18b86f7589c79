"""Messages that wait for an officer to say what they are: listed every morning until one of them does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select

from foibot.store.inbox import SETTLED, Settled, settled_from
from foibot.store.tables import inbox, undecided


@dataclass(frozen=True, slots=True)
class StillOpen:
    """A message that nobody has said anything of yet, and when it came."""

    message: Settled
    arrived_at: datetime


_OLDEST: Select[Any] = (
    select(*SETTLED, inbox.c.arrived_at)
    .join(undecided, undecided.c.message == inbox.c.id)
    .order_by(undecided.c.message)
    .limit(bindparam("most"))
)
_MANY = select(func.count()).select_from(undecided)


class Undecided:
    """What waits inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, message: int) -> None:
        """It waits from now on."""
        self._connection.execute(insert(undecided).values(message=message))

    def decided(self, messages: Collection[int]) -> None:
        """These wait no longer; those that did not are passed over."""
        if messages:
            self._connection.execute(delete(undecided).where(undecided.c.message.in_(messages)))

    def oldest(self, most: int) -> list[StillOpen]:
        """Those that came first, up to `most`."""
        rows = self._connection.execute(_OLDEST, {"most": most})
        return [StillOpen(settled_from(row), row.arrived_at) for row in rows]

    def many(self) -> int:
        """How many there are."""
        return self._connection.execute(_MANY).scalar_one()
