"""A consistent copy of the database while foibot works."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from foibot.errors import AdministratorMustFix


class BackUpWithPostgres(AdministratorMustFix):
    """This office keeps its record in PostgreSQL; make the copy with `pg_dump --format=custom --file=FILE`."""


class BackupExists(AdministratorMustFix):
    """There is a file of that name already; foibot does not write over a backup."""


class NothingToBackUp(AdministratorMustFix):
    """There is no database where the configuration says it is."""


def back_up(engine: Engine, to: Path) -> int:
    """Copy an SQLite database to a new file, whole and consistent; its size in bytes.

    A database of any revision: before an upgrade is when a copy is needed most. Raises `BackupExists`,
    `BackUpWithPostgres` or `NothingToBackUp`; OSError where the copy cannot be written.
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
    finally:
        target.close()
        source.close()
    unfinished.rename(to)
    return to.stat().st_size
