"""Who works an office: one process on SQLite, several on PostgreSQL, by locks that end with the process, however it ends."""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import randbits
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from foibot.errors import AdministratorMustFix, TryAgainLater
from foibot.store.database import DatabaseUnreachable, known_to_server
from foibot.store.locks import MAILBOX, OFFICE, SCHEMA, TICK

# A worker that is cut off has to know before the server lets go of its locks (10 + 2 * 5 seconds).
_KNOWS_SOON = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "tcp_user_timeout": 9000,
    "connect_timeout": 10,
}
# Not SELECT 1: after a break SQLAlchemy connects anew by itself, and that session holds nothing.
_STILL_OURS = text("""
SELECT count(*) AS held, extract(epoch FROM clock_timestamp()) AS clock FROM pg_locks
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND pid = pg_backend_pid()
AND ((classid::bigint << 32) | objid::bigint) = ANY(:keys)
""")
# The other locks are the database's, whatever its schemas: two records in one would wait for each other for ever.
_OUR_SCHEMA = text("SELECT pg_advisory_lock_shared(:space, hashtext(current_schema()))")
_OTHER_SCHEMAS = text("""
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = :space
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND objid::bigint <> hashtext(current_schema())::bigint & 4294967295
""")
# Every connection of each worker that has said nothing for so long: what it had locked is free again, and it finds
# itself lost when it wakes up. A process that is stopped keeps its connections, as the kernel answers for it.
_END_THE_STOPPED = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name IN (
SELECT application_name FROM pg_stat_activity JOIN pg_locks USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND mode = 'ShareLock' AND classid = 0 AND objid = :office
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND greatest(query_start, state_change) < clock_timestamp() - make_interval(secs => :silent)
) AND pid <> pg_backend_pid()
""")
_PULSE = 5.0
_PROOF_HOLDS = 8.0
STOPPED: Final = 15.0
"""Seconds of silence after which a worker counts as stopped; a proof that it lives holds much shorter."""
# It goes on while a machine sleeps, where there is such a clock.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
CLOCKS_MAY_DIFFER: Final = 60.0
"""Seconds between a worker's clock and the database server's, above which it leaves the work to the one with the mailbox."""


class AlreadyAtWork(AdministratorMustFix):
    """Another foibot already works this office. Stop it first; two would send mail twice."""


class DatabaseShared(AdministratorMustFix):
    """Another office keeps its record in another schema of this database, and is at work.

    Their locks would be the same ones. Give each office a database of its own in database.url.
    """


class OfficeLost(TryAgainLater):
    """The connection that held this office broke; another foibot may work it now. This one ends."""


class Worker:
    """One process among those that work an office, with a number that no other has or had.

    The session that proves that it lives holds every lock of it: all are lost at once, or none. On SQLite it
    is the only one, its number is 0, and nothing takes the office away from it.
    """

    def __init__(self, engine: Engine) -> None:
        """Takes nothing yet."""
        self._engine = engine
        self._alone = engine.dialect.name == "sqlite"
        self._session: Connection | None = None
        self._one_asks = threading.Lock()
        self._lost = False
        self._proved = 0.0
        self.number = 0
        self.has_mailbox = False
        self.unheard = False
        self.ahead = 0.0

    @property
    def alone(self) -> bool:
        """Whether nobody else can work this office meanwhile."""
        return self._alone

    @property
    def lost(self) -> bool:
        """Whether the office was found lost; it never comes back to this worker."""
        return self._lost

    @property
    def may_act(self) -> bool:
        """Whether its clock is near enough to the others' to say what is due."""
        return self.has_mailbox or abs(self.ahead) <= CLOCKS_MAY_DIFFER

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Work the office until the block ends.

        Raises `AlreadyAtWork` if another process keeps it for itself, `DatabaseShared` if another office is at
        work beside it, `DatabaseUnreachable` if nobody can be asked.
        """
        if self._alone:
            yield from _by_file(self._engine)
            return
        with _session(self._engine) as session:
            if not _try(session, "pg_try_advisory_lock_shared", OFFICE):
                raise AlreadyAtWork
            session.execute(_OUR_SCHEMA, {"space": SCHEMA})
            if session.execute(_OTHER_SCHEMAS, {"space": SCHEMA}).scalar_one():
                raise DatabaseShared
            self.number = randbits(62) or 1
            session.execute(text("SELECT pg_advisory_lock(:key)"), {"key": self.number})
            self._session = session
            with self._pulse():
                try:
                    self.require()
                    yield
                finally:
                    self.has_mailbox, self._session = False, None

    @contextmanager
    def _pulse(self) -> Iterator[None]:
        """Show the others that this process runs, whatever its other threads are busy with."""
        ended = threading.Event()

        def beat() -> None:
            with suppress(OfficeLost):
                while not ended.wait(_PULSE):
                    self.require()

        pulse = threading.Thread(target=beat, name="pulse", daemon=True)
        pulse.start()
        try:
            yield
        finally:
            ended.set()
            pulse.join()

    def prove(self) -> None:
        """Raises `OfficeLost` unless it was a worker a few seconds ago, or is one now.

        For what must not be done by a process that was stopped meanwhile and has just woken up.
        """
        if self._lost:
            raise OfficeLost
        if self.number and time.clock_gettime(_CLOCK) - self._proved > _PROOF_HOLDS:
            self.require()

    def end_the_stopped(self) -> int:
        """Make the database let go of workers whose processes stand still; of how many connections."""
        if self._alone:
            return 0
        return len(self._asked(_END_THE_STOPPED, {"office": OFFICE, "silent": STOPPED}).all())

    def require(self) -> None:
        """Raises `OfficeLost` when the session of this worker has ended: every lock went with it."""
        if self.number == 0:
            return  # nobody else can be there
        keys = [OFFICE, self.number, *([MAILBOX] if self.has_mailbox else ())]
        asked = time.clock_gettime(_CLOCK)
        row = self._asked(_STILL_OURS, {"keys": keys}).one()
        if self._lost or row.held < len(keys):
            self._lost = True
            raise OfficeLost
        self._proved = asked
        self.ahead = time.time() - float(row.clock)

    def take_mailbox(self) -> bool:
        """Take the mailbox unless another worker has it; whether it is this one's now."""
        if not self.has_mailbox:
            self.has_mailbox = self._alone or self._takes(MAILBOX)
        return self.has_mailbox

    @contextmanager
    def turn_to_tick(self) -> Iterator[bool]:
        """Whether the clock is this worker's to let tick; if so nobody else's until the block ends."""
        mine = self._alone or self._takes(TICK)
        try:
            yield mine
        finally:
            if mine and not self._alone:
                # With a session that broke meanwhile the lock is gone already.
                with suppress(SQLAlchemyError, OfficeLost):
                    self._ask(text("SELECT pg_advisory_unlock(:key)"), {"key": TICK})

    def _takes(self, key: int) -> bool:
        return bool(self._asked(text("SELECT pg_try_advisory_lock(:key)"), {"key": key}).scalar())

    def _asked(self, question: Any, values: dict[str, object]) -> Any:
        """The answer; that there is none means that the session has ended."""
        try:
            return self._ask(question, values)
        except SQLAlchemyError as broken:
            self._lost = True
            raise OfficeLost from broken

    def _ask(self, question: Any, values: dict[str, object]) -> Any:
        """One question at a time: several threads use the session."""
        with self._one_asks:
            if self._session is None or self._lost:
                raise OfficeLost
            return self._session.execute(question, values)


@contextmanager
def own_the_office(engine: Engine) -> Iterator[None]:
    """Keep every worker out until the block ends.

    Raises `AlreadyAtWork` if one is at work, `DatabaseUnreachable` if nobody can be asked.

    The kernel (a file lock beside an SQLite file) or PostgreSQL (a session's advisory lock) lets go
    when the process dies, so that a restart after a crash never waits.
    """
    if engine.dialect.name == "sqlite":
        yield from _by_file(engine)
        return
    with _session(engine) as session:
        if not _try(session, "pg_try_advisory_lock", OFFICE):
            raise AlreadyAtWork
        yield


@contextmanager
def _session(engine: Engine) -> Iterator[Connection]:
    """A session of its own, which ends with the block and lets go of every lock."""
    named = {**_KNOWS_SOON, **known_to_server(engine.url)}
    own = create_engine(
        engine.url, poolclass=NullPool, connect_args=named, isolation_level="AUTOCOMMIT"
    )
    try:
        # Every statement by itself: many servers end a session that idles inside a transaction.
        connection = own.connect()
    except OperationalError as problem:
        raise DatabaseUnreachable(
            "the database server does not answer; foibot tries again"
        ) from problem
    try:
        yield connection
    finally:
        with suppress(SQLAlchemyError):
            connection.close()
        own.dispose()


def _try(session: Connection, function: str, key: int) -> bool:
    return bool(session.execute(text(f"SELECT {function}(:key)"), {"key": key}).scalar())


def _by_file(engine: Engine) -> Iterator[None]:
    if not engine.url.database:
        yield
        return
    # Of one file there is one lock, by whatever path or link it was reached.
    with Path(f"{Path(engine.url.database).resolve()}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise AlreadyAtWork from held
        yield
