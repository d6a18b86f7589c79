"""The steps from one schema to the next end where the tables of this version are, all of them or none."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from foibot.store import database, migrations
from foibot.store.database import DatabaseAtAnotherRevision, DatabaseBusy, open_engine, write
from foibot.store.migrate import migrate
from foibot.store.tables import metadata
from foibot.store.transaction import Store

FOLDER = Path(str(migrations.__file__)).parent


def settings() -> Config:
    found = Config()
    found.set_main_option("script_location", str(FOLDER))
    return found


@pytest.fixture
def empty(empty_url: str) -> Engine:
    engine = open_engine(empty_url)
    yield engine  # type: ignore[misc]
    engine.dispose()


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_an_empty_database_becomes_this_versions(empty: Engine) -> None:
    assert database.revision(empty) == ""
    assert migrate(empty) == ("", database.REVISION)
    assert migrate(empty) == (database.REVISION, database.REVISION)
    with empty.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    Store(empty)


def test_the_steps_have_one_end_and_it_is_the_one_that_is_required() -> None:
    assert ScriptDirectory.from_config(settings()).get_heads() == [database.REVISION]


def test_every_step_can_be_undone(empty: Engine) -> None:
    migrate(empty)
    found = settings()
    with write(empty) as connection:
        found.attributes["connection"] = connection
        command.downgrade(found, "base")
    assert tables_of(empty) == {"alembic_version"}


def test_a_step_that_fails_changes_nothing(empty: Engine) -> None:
    with write(empty) as connection:
        connection.execute(text("CREATE TABLE switches (in_the_way INTEGER)"))
    with pytest.raises((DatabaseBusy, ProgrammingError)):
        migrate(empty)
    assert tables_of(empty) == {"switches"}


def test_an_unmigrated_database_is_refused(empty: Engine) -> None:
    with pytest.raises(
        DatabaseAtAnotherRevision, match=rf"at revision none, .* needs {database.REVISION}"
    ):
        Store(empty)


def test_a_later_versions_database_is_refused_and_left_alone(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(DatabaseAtAnotherRevision, match=r"at revision 9999, .* run `foibot migrate`"):  # fmt: skip
            Store(engine)
        with pytest.raises(DatabaseAtAnotherRevision, match=r"9999, which this version .* newer"):
            migrate(engine)
        assert database.revision(engine) == "9999"
    finally:
        with write(engine) as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{database.REVISION}'"))  # noqa: S608  # fmt: skip
