"""A transaction happens whole or not at all, and a database that cannot work is said so in words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from foibot.errors import TryAgainLater
from foibot.store import database
from foibot.store.database import (
    DatabaseBusy,
    DatabaseUnreachable,
    insert_if_absent,
    open_engine,
    read,
    write,
)
from foibot.store.tables import counters
from foibot.store.transaction import Store, Transaction
from tests.store.store_tools import NOW, new_mail


@pytest.fixture
def hasty(sqlite: Engine) -> Iterator[Engine]:
    """The same database, for somebody who waits 50 ms for a lock where foibot waits 30 s."""
    engine = open_engine(str(sqlite.url))
    event.listen(engine, "connect", lambda it, _: it.execute("PRAGMA busy_timeout=50").close())
    yield engine
    engine.dispose()


class Gone(BaseException):
    """Something no `except Exception` sees, like Ctrl-C."""


def names_in(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return list(connection.execute(counters.select().order_by(counters.c.name)).scalars())


@pytest.mark.parametrize("problem", [ValueError, Gone])
def test_all_or_nothing(engine: Engine, problem: type[BaseException]) -> None:
    def half_way() -> None:
        with write(engine) as connection:
            connection.execute(counters.insert().values(name="a", value=1))
            raise problem

    with pytest.raises(problem):
        half_way()
    assert names_in(engine) == []
    with write(engine) as connection:
        connection.execute(counters.insert().values(name="b", value=1))
    assert names_in(engine) == ["b"]


def test_a_part_can_be_undone_by_itself(store: Store) -> None:
    def half_way(tx: Transaction) -> None:
        with tx.apart():
            tx.outbox.add([new_mail(2)], NOW)
            raise ValueError("half way")

    with store.transaction() as tx:
        tx.outbox.add([new_mail(1)], NOW)
        with pytest.raises(ValueError, match="half way"):
            half_way(tx)
        with tx.apart():
            tx.outbox.add([new_mail(3)], NOW)
    with store.view() as tx:
        assert [mail.message_id[2] for mail in tx.outbox.every()] == ["1", "3"]


def test_a_view_is_of_one_moment(store: Store) -> None:
    with store.view() as tx:
        assert not tx.outbox.has("key 1")
        with store.transaction() as other:
            other.outbox.add([new_mail(1)], NOW)
        assert not tx.outbox.has("key 1")
    with store.view() as tx:
        assert tx.outbox.has("key 1")


def test_a_view_changes_nothing(sqlite: Engine) -> None:
    with read(sqlite) as connection:
        connection.execute(counters.insert().values(name="a", value=1))
    assert names_in(sqlite) == []


def test_a_row_is_inserted_once(engine: Engine) -> None:
    with write(engine) as connection:
        assert insert_if_absent(connection, counters, name="a", value=1)
        assert not insert_if_absent(connection, counters, name="a", value=2)
        assert connection.execute(counters.select()).all() == [("a", 1)]


def test_a_lock_that_is_not_given_up_is_busy(sqlite: Engine, hasty: Engine) -> None:
    waiting = write(hasty)
    with (
        write(sqlite),
        pytest.raises(
            DatabaseBusy, match="Nothing was changed: another process has kept the database locked"
        ),
    ):
        waiting.__enter__()
    with write(hasty) as connection:
        connection.execute(counters.insert().values(name="a", value=1))
    assert names_in(sqlite) == ["a"]


def test_a_locked_database_can_still_be_read(sqlite: Engine, hasty: Engine) -> None:
    with write(sqlite) as connection:
        connection.execute(counters.insert().values(name="a", value=1))
        assert names_in(hasty) == []


def test_a_database_without_its_tables_cannot_be_read(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(DatabaseBusy, match="Nothing could be read: the database could not"):
        names_in(engine)
    engine.dispose()


def test_a_full_disk_is_busy_and_changes_nothing(sqlite: Engine) -> None:
    def fill_up() -> None:
        with write(sqlite) as connection:
            connection.execute(text("PRAGMA max_page_count = 1"))  # as many as there are already
            connection.execute(counters.insert().values(name="a" * 1_000_000, value=1))

    with pytest.raises(DatabaseBusy, match="the disk that the database is on is full"):
        fill_up()
    sqlite.dispose()
    assert names_in(sqlite) == []


def test_a_connection_that_the_server_ends_is_busy(postgresql: Engine) -> None:
    def ended_half_way() -> None:
        with write(postgresql) as connection:
            connection.execute(counters.insert().values(name="a", value=1))
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseBusy, match="has ended the connection"):
        ended_half_way()
    assert names_in(postgresql) == []
    assert issubclass(DatabaseBusy, TryAgainLater)


@pytest.mark.parametrize("url", ["sqlite:///{}", "postgresql+psycopg://nobody@127.0.0.1:1/none"])
def test_a_database_that_cannot_be_opened(url: str, tmp_path: Path) -> None:
    engine = open_engine(url.format(tmp_path))
    with pytest.raises(DatabaseUnreachable, match=r"check database\.url"):
        database.revision(engine)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachable, match="file/more, cannot be made: Not a directory"):
        open_engine(f"sqlite:///{tmp_path}/file/more/foibot.db")


def test_folders_are_made(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/new/folder/foibot.db")
    with write(engine) as connection:
        connection.execute(text("CREATE TABLE new (column_1 INTEGER)"))
    assert database.revision(engine) == ""
    assert (tmp_path / "new/folder/foibot.db").exists()
    engine.dispose()


def test_looking_makes_no_database(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'not-there.db'}")
    assert database.revision(engine) == ""
    assert list(tmp_path.iterdir()) == []


def test_a_database_in_memory_needs_no_folder() -> None:
    engine = open_engine("sqlite://")
    assert database.revision(engine) == ""
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("busy_timeout", 30_000), ("foreign_keys", 1)],
)
def test_sqlite_is_set_to_lose_nothing(sqlite: Engine, pragma: str, value: object) -> None:
    with sqlite.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_closed_store_holds_no_connection(sqlite: Engine) -> None:
    store = Store(sqlite)
    before = sqlite.pool
    store.close()
    assert sqlite.pool is not before
