"""The register of subjects that are always neither confirmed nor denied (N-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from foibot.store.tables import topics


@dataclass(frozen=True, slots=True)
class ListedTopic:
    """A topic as it is listed: its phrases, what to rely on ("" for the usual), and the case it was listed on."""

    name: str
    phrases: tuple[str, ...]
    provisions: str
    case_ref: str
    at: datetime


_EVERY = select(topics).order_by(topics.c.name)


class Topics:
    """The register inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def every(self) -> list[ListedTopic]:
        """The whole register, by name."""
        rows = self._connection.execute(_EVERY)
        return [
            ListedTopic(
                one.name, tuple(one.phrases.split("\n")), one.provisions, one.case_ref, one.at
            )
            for one in rows
        ]

    def put(self, name: str, phrases: Sequence[str], provisions: str, reference: str, now: datetime) -> None:  # fmt: skip
        """List a topic, in place of one of the same name."""
        values = {"phrases": "\n".join(phrases), "provisions": provisions, "case_ref": reference, "at": now}  # fmt: skip
        step = update(topics).where(topics.c.name == name).values(**values)
        if self._connection.execute(step).rowcount == 0:
            self._connection.execute(insert(topics).values(name=name, **values))

    def remove(self, name: str) -> None:
        """Take a topic off the register."""
        self._connection.execute(delete(topics).where(topics.c.name == name))
