"""Which case was asked in which words, as digests: how a request copied from another is recognised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from foibot.store.tables import wordings

_ADD = insert(wordings)
_FIRST = (
    select(wordings.c.case_ref)
    .where(wordings.c.digest == bindparam("in_words"))
    .order_by(wordings.c.at, wordings.c.case_ref)
    .limit(1)
)


class Wordings:
    """The wordings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, digest: str, reference: str, now: datetime) -> None:
        """Remember what a new case was asked in."""
        row = {"digest": digest, "case_ref": reference, "at": now}
        self._connection.execute(_ADD, [row])

    def first(self, digest: str) -> str:
        """The first case that was asked in these words; "" if none was."""
        return str(self._connection.execute(_FIRST, {"in_words": digest}).scalar() or "")
