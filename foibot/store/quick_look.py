"""The imported bank holidays without SQLAlchemy, which takes longer to load than `foibot due` may take in all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import quote

from foibot.errors import TryAgainLater
from foibot.law.regime import Nation, Proclaimed

_SQLITE = "sqlite:///"


class HolidaysUnreadable(TryAgainLater):
    """The database cannot be read, so that foibot does not know which bank holidays were imported."""


def imported_days(url: str) -> tuple[Proclaimed, ...]:
    """Every imported day in the database at `url`; none where there is no database yet.

    Raises `HolidaysUnreadable`. A database other than SQLite is asked in the usual, slower way.
    """
    if not url.startswith(_SQLITE):
        return _slowly(url)
    file = Path(url.removeprefix(_SQLITE))
    if not file.is_file():
        return ()
    try:
        # Without "mode=ro" a database that has just gone would be made, empty.
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA busy_timeout=5000")
            if not connection.execute(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'holidays'"
            ).fetchone():
                return ()
            rows = connection.execute("SELECT day, name, nation FROM holidays").fetchall()
    except sqlite3.Error as problem:
        raise HolidaysUnreadable from problem
    return tuple(
        Proclaimed(date.fromisoformat(day), name, Nation(nation)) for day, name, nation in rows
    )


def _slowly(url: str) -> tuple[Proclaimed, ...]:
    # Loaded here, since to be without it is all this module is for.
    from foibot.store import database  # noqa: PLC0415
    from foibot.store.holidays import Holidays  # noqa: PLC0415

    with database.opened(url) as engine:
        if database.revision(engine) in {"", "0001"}:
            return ()
        with database.read(engine) as connection:
            return tuple(one.day for one in Holidays(connection).all())
