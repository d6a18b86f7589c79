"""Brings a database to this version's schema; apart from the rest, since Alembic is slow to load."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Engine

from foibot.store import database


def migrate(engine: Engine) -> tuple[str, str]:
    """Run every missing step; the revision before ("" for a new database) and after."""
    before = database.revision(engine)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
        connection.commit()
    return before, database.revision(engine)
