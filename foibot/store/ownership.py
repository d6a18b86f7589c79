"""One process at a time works an office: a lock that ends with the process, however it ends."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from foibot.errors import AdministratorMustFix
from foibot.store.database import DatabaseUnreachable

_ADVISORY = 0x_F01_B07


class AlreadyAtWork(AdministratorMustFix):
    """Another foibot already works this office. Stop it first; two would send mail twice."""


@contextmanager
def own_the_office(engine: Engine) -> Iterator[None]:
    """Hold the office until the block ends.

    Raises `AlreadyAtWork` if another process holds it, `DatabaseUnreachable` if nobody can be asked.

    The kernel (a file lock beside an SQLite file) or PostgreSQL (a session's advisory lock) lets go
    when the process dies, so that a restart after a crash never waits.
    """
    if engine.dialect.name == "sqlite":
        yield from _by_file(engine)
        return
    with _session(engine) as connection:
        got = connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _ADVISORY})
        if not got.scalar():
            raise AlreadyAtWork
        try:
            yield
        finally:
            # A session that broke meanwhile has let go already.
            with suppress(DBAPIError):
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY})


def _session(engine: Engine) -> Connection:
    try:
        # Every statement by itself: many servers end a session that idles inside a transaction.
        return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except OperationalError as problem:
        raise DatabaseUnreachable(
            "the database server does not answer; foibot tries again"
        ) from problem


def _by_file(engine: Engine) -> Iterator[None]:
    if not engine.url.database:
        yield
        return
    with Path(f"{engine.url.database}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyAtWork from held
        yield
