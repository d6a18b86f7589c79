"""Brings a database to this version's schema; apart from the rest, since Alembic is slow to load."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.util import CommandError
from sqlalchemy import Engine

from foibot.store import database


def migrate(engine: Engine) -> tuple[str, str]:
    """Run every missing step, all or none; the revision before ("" for a new database) and after.

    Raises `DatabaseAtAnotherRevision` if a later version of foibot has worked with the database.
    """
    before = database.revision(engine)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with database.write(engine) as connection:
        settings.attributes["connection"] = connection
        try:
            command.upgrade(settings, "head")
        except CommandError as problem:
            raise database.DatabaseAtAnotherRevision(
                f"the database is at revision {before}, which this version of foibot "
                f"({database.REVISION}) does not know; use the newer version"
            ) from problem
    return before, database.revision(engine)
