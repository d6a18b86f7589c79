"""A consistent copy of the database while foibot works."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from foibot.errors import AdministratorMustFix, TryAgainLater
from foibot.store.trouble import why_sqlite


class BackUpWithPostgres(AdministratorMustFix):
    """This office keeps its record in PostgreSQL; make the copy with `pg_dump --format=custom --file=FILE`."""


class BackupExists(AdministratorMustFix):
    """There is a file of that name already; foibot does not write over a backup."""


class NothingToBackUp(AdministratorMustFix):
    """There is no database where the configuration says it is."""


class NoCopy(TryAgainLater):
    """The copy could not be made; nothing is left of it."""


def back_up(engine: Engine, to: Path) -> int:
    """Copy an SQLite database to a new file, whole and consistent; its size in bytes.

    A database of any revision: before an upgrade is when a copy is needed most. Raises `BackupExists`,
    `BackUpWithPostgres` or `NothingToBackUp`, `NoCopy` where the disk gives out, and OSError where
    the copy cannot be begun.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise BackUpWithPostgres
    if not Path(engine.url.database).is_file():
        raise NothingToBackUp(f"there is no database {engine.url.database} yet")
    if to.exists():
        raise BackupExists(f"{to} exists already; foibot does not write over a backup")
    to.parent.mkdir(parents=True, exist_ok=True)
    unfinished = to.with_name(f"{to.name}.unfinished")
    unfinished.touch()  # says in plain words what SQLite would say in its own
    source = sqlite3.connect(engine.url.database)
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
    unfinished.rename(to)
    return to.stat().st_size
