"""One process at a time works an office: a lock that ends with the process, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from foibot.errors import AdministratorMustFix, TryAgainLater
from foibot.store.database import DatabaseUnreachable

_ADVISORY = 0x_F01_B07
_OWN_LOCKS = """
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND objid = :key AND granted AND pid = pg_backend_pid()
"""
# A machine that lost its power says no goodbye: the server has to ask, or nobody could take over for hours.
_SEEN_SOON = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 2")


class AlreadyAtWork(AdministratorMustFix):
    """Another foibot already works this office. Stop it first; two would send mail twice."""


class OfficeLost(TryAgainLater):
    """The connection that held this office broke; another foibot may work it now. This one ends."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office that is held, by a session of PostgreSQL or (None) by a file, which nothing takes away."""

    session: Connection | None = None

    def require(self) -> None:
        """Raises `OfficeLost` when the session that holds the office has ended: the lock went with it."""
        if self.session is None:
            return
        try:
            # Not SELECT 1: after a break the pool connects anew by itself, and holds nothing.
            found = self.session.execute(text(_OWN_LOCKS), {"key": _ADVISORY}).scalar()
        except SQLAlchemyError as broken:
            raise OfficeLost from broken
        if not found:
            raise OfficeLost


@contextmanager
def own_the_office(engine: Engine) -> Iterator[Held]:
    """Hold the office until the block ends.

    Raises `AlreadyAtWork` if another process holds it, `DatabaseUnreachable` if nobody can be asked.

    The kernel (a file lock beside an SQLite file) or PostgreSQL (a session's advisory lock) lets go
    when the process dies, so that a restart after a crash never waits.
    """
    if engine.dialect.name == "sqlite":
        yield from _by_file(engine)
        return
    with _session(engine) as connection:
        for setting in _SEEN_SOON:
            connection.execute(text(f"SET {setting}"))
        got = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY})
        if not got.scalar():
            raise AlreadyAtWork
        try:
            yield Held(connection)
        finally:
            # A session that broke meanwhile has let go already.
            with suppress(SQLAlchemyError):
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY})


def _session(engine: Engine) -> Connection:
    try:
        # Every statement by itself: many servers end a session that idles inside a transaction.
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except OperationalError as problem:
        raise DatabaseUnreachable(
            "the database server does not answer; foibot tries again"
        ) from problem


def _by_file(engine: Engine) -> Iterator[Held]:
    if not engine.url.database:
        yield Held()
        return
    with Path(f"{engine.url.database}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyAtWork from held
        yield Held()
