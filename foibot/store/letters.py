"""The words of every version of every letter, as they were approved and as they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from foibot.case.enclosure import EnclosedFile
from foibot.store.database import insert_if_absent
from foibot.store.tables import files, letter_files, letters


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """One version of a letter. `pdf` is empty for kinds that have none; `files` go with it in their order."""

    case_ref: str
    version: int
    subject: str
    text: str
    html: str
    pdf_name: str
    pdf: bytes
    files: tuple[EnclosedFile, ...] = ()


_COLUMNS = tuple(name for name in StoredLetter.__dataclass_fields__ if name != "files")


class Letters:
    """The letters inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, letter: StoredLetter) -> None:
        """Keep a version; it never changes again. The same file in several versions is kept once."""
        values = {name: getattr(letter, name) for name in _COLUMNS}
        self._connection.execute(insert(letters).values(**values))
        for place, file in enumerate(letter.files, start=1):
            digest = sha256(file.content).hexdigest()
            insert_if_absent(self._connection, files, sha256=digest, content=file.content)
            row = {"name": file.name, "content_type": file.content_type, "sha256": digest}
            key = {"case_ref": letter.case_ref, "version": letter.version, "place": place}
            self._connection.execute(insert(letter_files).values(**key, **row))

    def find(self, reference: str, version: int) -> StoredLetter | None:
        """One version of a case's letter."""
        query = select(letters).where(letters.c.case_ref == reference, letters.c.version == version)
        row = self._connection.execute(query).first()
        return self._with_files(row) if row else None

    def every(self) -> Iterator[StoredLetter]:
        """Every version of every letter."""
        query = select(letters).order_by(letters.c.case_ref, letters.c.version)
        for row in self._connection.execute(query).yield_per(50):
            yield self._with_files(row)

    def _with_files(self, row: Row[Any]) -> StoredLetter:
        kept, content = letter_files.c, files.c
        query = (
            select(kept.name, kept.content_type, content.content)
            .join(files, content.sha256 == kept.sha256)
            .where(kept.case_ref == row.case_ref, kept.version == row.version)
            .order_by(kept.place)
        )
        found = tuple(EnclosedFile(*one) for one in self._connection.execute(query))
        return StoredLetter(**row._mapping, files=found)
