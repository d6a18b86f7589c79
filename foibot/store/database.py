"""Opens the office's database, SQLite or PostgreSQL, and refuses one at another revision."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import randbits

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    text,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from foibot.errors import AdministratorMustFix, TryAgainLater
from foibot.store.straight import connect, say
from foibot.store.trouble import is_trouble, why

REVISION = "0015"
"""The schema this version of foibot works with; the newest step in `migrations/versions`."""


# Seconds (the last in milliseconds) after which a server that is cut off counts as gone; else it takes many minutes.
_PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}


# A machine that lost its power says no goodbye: the server has to ask, or what it had locked stays locked for hours.
_SEEN_SOON = (
    "-c tcp_keepalives_idle=10",
    "-c tcp_keepalives_interval=5",
    "-c tcp_keepalives_count=2",
)
THIS_PROCESS = f"foibot {randbits(48):012x}, process {os.getpid()}"
"""What the database server knows every connection of this process by, and no other's on any machine."""


class DatabaseAtAnotherRevision(AdministratorMustFix):
    """The database has another revision than this version of foibot. Stop foibot, make a backup, run `foibot migrate`."""


class DatabaseUnreachable(TryAgainLater):
    """The database cannot be opened."""


class DatabaseBusy(TryAgainLater):
    """The database is locked, full or gone; nothing was changed."""


def _sqlite_settings(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # FULL: an acknowledged commit survives a power cut. The driver must not open transactions by
    # itself, or BEGIN IMMEDIATE below comes too late to prevent a lock upgrade.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "cache_size=-8000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql+psycopg://...`; nothing is read yet."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            _make_folder(Path(parsed.database).parent)
        engine = create_engine(
            parsed,
            connect_args={
                "check_same_thread": False,
                "isolation_level": None,
                "cached_statements": 512,  # SQLite need not read what it was asked before
            },
        )
        event.listen(engine, "connect", _sqlite_settings)
        return engine
    patience = {one: most for one, most in _PATIENCE.items() if one not in parsed.query}
    return create_engine(
        parsed, pool_pre_ping=True, connect_args={**patience, **known_to_server(parsed)}
    )


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """The same engine for a while; whatever ends that, no connection is left open."""
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def known_to_server(url: URL) -> dict[str, str]:
    """What every connection tells a PostgreSQL server: whose it is, and to ask soon whether it is still there."""
    given = url.query.get("options", ())
    options = [given] if isinstance(given, str) else [*given]
    return {"application_name": THIS_PROCESS, "options": " ".join([*options, *_SEEN_SOON])}


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DatabaseUnreachable(
            f"The folder of the database, {folder}, cannot be made: {problem.strerror}. Check database.url"
        ) from problem


def free_bytes(engine: Engine) -> int | None:
    """How many bytes are left where a SQLite database is; None for a server, which watches its own disk."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file:
        return None
    return shutil.disk_usage(Path(file).absolute().parent).free


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A connection inside one writing transaction: all of it is committed, or none.

    On SQLite it begins IMMEDIATE, so that a writer waits at the start and never fails in the middle.
    Raises `DatabaseBusy` when the database is locked for 30 s, full, or has gone.
    """
    try:
        with connect(engine) as connection:
            if engine.dialect.name == "sqlite":
                yield from _sqlite_write(connection)
            else:
                with connection.begin():
                    yield connection
    except DBAPIError as problem:
        if not is_trouble(problem):
            raise
        raise DatabaseBusy(f"Nothing was changed: {why(problem)}") from problem


def _sqlite_write(connection: Connection) -> Iterator[Connection]:
    say(connection, "BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        # A full disk has ended the transaction already; that must not hide what went wrong.
        with suppress(OperationalError):
            say(connection, "ROLLBACK")
        raise
    say(connection, "COMMIT")


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A connection with one consistent view that changes nothing."""
    try:
        with connect(engine) as connection:
            if engine.dialect.name == "sqlite":
                say(connection, "BEGIN")
                try:
                    yield connection
                finally:
                    say(connection, "ROLLBACK")
            else:
                with connection.execution_options(isolation_level="REPEATABLE READ").begin():
                    yield connection
    except DBAPIError as problem:
        if not is_trouble(problem):
            raise
        raise DatabaseBusy(f"Nothing could be read: {why(problem)}") from problem


def insert_if_absent(connection: Connection, table: Table, **values: object) -> bool:
    """Add a row unless there is one with its key; whether it was added.

    Of two transactions that add it at once the second waits for the first, then finds its row.
    """
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**values))
    except IntegrityError:
        return False
    return True


def revision(engine: Engine) -> str:
    """The database's revision; "" for one that is empty or not there, which is not made by looking.

    Raises `DatabaseUnreachable` if it cannot be opened.
    """
    if not _is_there(engine):
        return ""
    try:
        if not inspect(engine).has_table("alembic_version"):
            return ""
        with engine.connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError as problem:
        raise DatabaseUnreachable(f"The database cannot be opened: {why(problem)}") from problem
    return str(found or "")


def _is_there(engine: Engine) -> bool:
    file = engine.url.database
    return engine.dialect.name != "sqlite" or not file or Path(file).exists()


def require_revision(engine: Engine) -> None:
    """Raises `DatabaseAtAnotherRevision` unless the database is at this version's revision."""
    found = revision(engine)
    if found != REVISION:
        raise DatabaseAtAnotherRevision(
            f"the database is at revision {found or 'none'}, this version of foibot needs {REVISION}; "
            "stop foibot, make a backup, then run `foibot migrate`"
        )
