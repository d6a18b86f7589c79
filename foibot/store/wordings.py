"""Which case was asked in which words, as digests: how a request copied from another is recognised."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from foibot.store.tables import wordings


class Wordings:
    """The wordings inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def add(self, digest: str, reference: str, now: datetime) -> None:
        """Remember what a new case was asked in."""
        row = {"digest": digest, "case_ref": reference, "at": now}
        self._connection.execute(insert(wordings), [row])

    def first(self, digest: str) -> str:
        """The first case that was asked in these words; "" if none was."""
        query = select(wordings.c.case_ref).where(wordings.c.digest == digest)
        query = query.order_by(wordings.c.at, wordings.c.case_ref).limit(1)
        return str(self._connection.execute(query).scalar() or "")
