"""A consistent copy of the database while foibot works."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import URL, Engine

from foibot.errors import AdministratorMustFix, TryAgainLater
from foibot.store.trouble import why_sqlite


class BackUpWithPostgres(AdministratorMustFix):
    """This office keeps its record in PostgreSQL; make the copy with `pg_dump --format=custom --file=FILE`, or install pg_dump here."""


class BackupExists(AdministratorMustFix):
    """There is a file of that name already; foibot does not write over a backup."""


class NothingToBackUp(AdministratorMustFix):
    """There is no database where the configuration says it is."""


class NoCopy(TryAgainLater):
    """The copy could not be made; nothing is left of it."""


def back_up(engine: Engine, to: Path) -> int:
    """Copy the database to a new file, whole and consistent; its size in bytes.

    PostgreSQL's is what its own `pg_dump` writes (the custom format), if that is on the PATH. A database of any revision: before an upgrade is when a copy is needed most. Raises `BackupExists`,
    `BackUpWithPostgres` or `NothingToBackUp`, `NoCopy` where the disk gives out, and OSError where
    the copy cannot be begun.
    """
    postgresql = engine.dialect.name != "sqlite"
    pg_dump = shutil.which("pg_dump") if postgresql else None
    if not engine.url.database or (postgresql and pg_dump is None):
        raise BackUpWithPostgres
    if not postgresql and not Path(engine.url.database).is_file():
        raise NothingToBackUp(f"there is no database {engine.url.database} yet")
    if to.exists():
        raise BackupExists(f"{to} exists already; foibot does not write over a backup")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f"{to.name}.unfinished")
    unfinished.touch()  # says in plain words what SQLite would say in its own
    if pg_dump is not None:
        _dump(pg_dump, engine.url, unfinished)
    else:
        _copy_sqlite(engine.url.database, unfinished)
    unfinished.rename(to)
    return to.stat().st_size


def _dump(pg_dump: str, url: URL, unfinished: Path) -> None:
    """What `pg_dump` writes. The password goes by the environment: others see the words of a command."""
    named = URL.create(
        "postgresql",
        url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query={name: value for name, value in url.query.items() if name != "password"},
    )
    secret = url.password or url.query.get("password", "")
    environ = dict(os.environ) | ({"PGPASSWORD": str(secret)} if secret else {})
    words = [pg_dump, "--format=custom", "--no-password", f"--file={unfinished}"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, and our own words
        [*words, f"--dbname={named.render_as_string(hide_password=False)}"],
        env=environ,
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        unfinished.unlink(missing_ok=True)
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise NoCopy(f"No copy was made: {said or 'pg_dump gave no reason'}")


def _copy_sqlite(database: str, unfinished: Path) -> None:
    source = sqlite3.connect(database)
    target = sqlite3.connect(unfinished)
    try:
        source.backup(target)
    except sqlite3.Error as problem:
        target.close()
        unfinished.unlink()
        name = str(getattr(problem, "sqlite_errorname", ""))
        what = "the disk for the copy is full: make room on it" if name == "SQLITE_FULL" else ""
        raise NoCopy(f"No copy was made: {what or why_sqlite(name) or problem}") from problem
    finally:
        target.close()
        source.close()
