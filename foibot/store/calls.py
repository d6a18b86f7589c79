"""Hears the call, which PostgreSQL passes on to every worker, that there is mail to send; loaded only where there is PostgreSQL."""

from __future__ import annotations

from contextlib import suppress

from psycopg import Connection as Psycopg
from psycopg import Error
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from foibot.store.database import DatabaseUnreachable
from foibot.store.outbox import CHANNEL


class Calls:
    """The ear of one worker; it belongs to one thread."""

    def __init__(self, engine: Engine) -> None:
        """Listens to nothing yet."""
        self._engine = engine
        self._session: Connection | None = None

    def heard(self, seconds: float) -> bool:
        """Whether there was a call within so many seconds.

        A new ear answers yes at once: whatever was called before, it did not hear. Raises
        `DatabaseUnreachable`, and the next time it listens anew.
        """
        try:
            if self._session is None:
                self._session = self._engine.connect().execution_options(
                    isolation_level="AUTOCOMMIT"
                )
                self._session.execute(text(f"LISTEN {CHANNEL}"))
                return True
            driver = self._session.connection.driver_connection
            assert isinstance(driver, Psycopg)  # noqa: S101 - the only driver foibot has for it
            return any(True for _ in driver.notifies(timeout=seconds, stop_after=1))
        except (SQLAlchemyError, Error) as broken:
            self.close()
            raise DatabaseUnreachable(
                "the database server does not answer; foibot tries again"
            ) from broken

    def close(self) -> None:
        """Listen no more."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError, Error):
                # Not back into the pool, where it would go on listening.
                session.detach()
                session.close()
