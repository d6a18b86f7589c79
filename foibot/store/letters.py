"""The words of every version of every letter, as they were approved and as they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

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

_ADD = insert(letters)
_FIND = select(letters).where(
    letters.c.case_ref == bindparam("of_case"), letters.c.version == bindparam("of_version")
)
_FILES = (
    select(letter_files.c.name, letter_files.c.content_type, files.c.content)
    .join(files, files.c.sha256 == letter_files.c.sha256)
    .where(
        letter_files.c.case_ref == bindparam("of_case"),
        letter_files.c.version == bindparam("of_version"),
    )
    .order_by(letter_files.c.place)
)


class Letters:
    """The letters inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, letter: StoredLetter) -> None:
        """Keep a version; it never changes again. The same file in several versions is kept once."""
        values = {name: getattr(letter, name) for name in _COLUMNS}
        self._connection.execute(_ADD, values)
        for place, file in enumerate(letter.files, start=1):
            digest = sha256(file.content).hexdigest()
            insert_if_absent(self._connection, files, sha256=digest, content=file.content)
            row = {"name": file.name, "content_type": file.content_type, "sha256": digest}
            key = {"case_ref": letter.case_ref, "version": letter.version, "place": place}
            self._connection.execute(insert(letter_files).values(**key, **row))

    def find(self, reference: str, version: int) -> StoredLetter | None:
        """One version of a case's letter."""
        which = {"of_case": reference, "of_version": version}
        row = self._connection.execute(_FIND, which).first()
        return self._with_files(row) if row else None

    def every(self) -> Iterator[StoredLetter]:
        """Every version of every letter."""
        query = select(letters).order_by(letters.c.case_ref, letters.c.version)
        for row in self._connection.execute(query).yield_per(50):
            yield self._with_files(row)

    def _with_files(self, row: Any) -> StoredLetter:
        which = {"of_case": row.case_ref, "of_version": row.version}
        found = tuple(EnclosedFile(*one) for one in self._connection.execute(_FILES, which))
        return StoredLetter(**row._asdict(), files=found)
