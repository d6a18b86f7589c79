"""The words of every version of every letter, as they were approved and as they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from foibot.store.tables import letters


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """One version of a letter. `pdf` is empty for kinds that have none."""

    case_ref: str
    version: int
    subject: str
    text: str
    html: str
    pdf_name: str
    pdf: bytes


class Letters:
    """The letters inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, letter: StoredLetter) -> None:
        """Keep a version; it never changes again."""
        values = {name: getattr(letter, name) for name in StoredLetter.__dataclass_fields__}
        self._connection.execute(insert(letters).values(**values))

    def find(self, reference: str, version: int) -> StoredLetter | None:
        """One version of a case's letter."""
        query = select(letters).where(letters.c.case_ref == reference, letters.c.version == version)
        row = self._connection.execute(query).first()
        return StoredLetter(**row._mapping) if row else None

    def every(self) -> Iterator[StoredLetter]:
        """Every version of every letter."""
        query = select(letters).order_by(letters.c.case_ref, letters.c.version)
        for row in self._connection.execute(query).yield_per(50):
            yield StoredLetter(**row._mapping)
