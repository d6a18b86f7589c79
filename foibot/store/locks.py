"""Locks that several workers of one office agree by; they end with a transaction, and SQLite, where one works, needs none."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

OFFICE: Final = 0x_F01_B08
"""Shared by every worker; whoever needs the office to itself takes it alone."""

MAILBOX: Final = 0x_F01_B07
"""Whose it is reads the mailbox and writes into it."""

TICK: Final = 0x_F01_B09
"""Whose it is lets the clock tick."""

SCHEMA: Final = 0x_F01_B0B
"""With the schema of its record, shared by every worker: by it two offices in one database find each other."""

_CLAIM: Final = 0x_F01_B0A
_WAIT_FOR = text("SELECT pg_advisory_xact_lock(:key)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:key)")

_AT_WORK = text("""
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
AND mode = 'ShareLock' AND classid = 0 AND objid = :key
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
""")


class Locks:
    """The locks of one transaction."""

    def __init__(self, connection: Connection) -> None:
        """Takes none yet."""
        self._connection = connection
        self._shared = connection.dialect.name != "sqlite"

    def claim(self) -> None:
        """Let no other worker claim mail until this transaction ends: each has to count what the others claimed."""
        if self._shared:
            self._connection.execute(_WAIT_FOR, {"key": _CLAIM})

    def workers(self) -> int | None:
        """How many workers there are at the moment; None on SQLite, where nobody counts them."""
        if not self._shared:
            return None
        return int(self._connection.execute(_AT_WORK, {"key": OFFICE}).scalar_one())

    def is_dead(self, worker: int) -> bool:
        """Whether a worker has ended; if so, nobody else is told the same until this transaction ends.

        A worker holds the lock on its number for as long as its session lives. Whoever can take the lock
        knows that the session is gone.
        """
        if not self._shared:
            return True  # the file's lock keeps every other worker out
        return bool(self._connection.execute(_TRY, {"key": worker}).scalar())
