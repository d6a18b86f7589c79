"""The signatures that orders were signed with: each counts for one message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from foibot.store.tables import signatures


class Signatures:
    """The used signatures inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Reads and writes through this connection alone."""
        self._connection = connection

    def message_of(self, mark: str) -> str:
        """The digest of the message that the signature with this mark came in; "" if it is new."""
        query = select(signatures.c.message_sha256).where(signatures.c.mark == mark)
        return str(self._connection.execute(query).scalar() or "")

    def use(self, mark: str, message_sha256: str, now: datetime) -> None:
        """Keep a new one."""
        self._connection.execute(
            insert(signatures).values(mark=mark, message_sha256=message_sha256, at=now)
        )

    def every(self) -> dict[str, tuple[str, datetime]]:
        """By mark, the digest of the message and when it was read."""
        found = self._connection.execute(select(signatures))
        return {one.mark: (one.message_sha256, one.at) for one in found}
