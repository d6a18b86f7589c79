"""A new office's database is made in one step, and is what all the migrations leave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from foibot.store.create import create
from foibot.store.database import REVISION, open_engine, revision
from foibot.store.migrate import migrate
from foibot.store.tables import metadata
from foibot.store.transaction import Store


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def test_a_created_database_needs_no_migration(empty: Engine) -> None:
    create(empty)
    assert revision(empty) == REVISION
    assert migrate(empty) == (REVISION, REVISION)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    Store(empty)


def shape_of(engine: Engine) -> dict[str, str]:
    """Every table with its keys and indexes, as this kind of database describes them."""
    found = inspect(engine)
    return {
        name: " ".join(
            [
                str(found.get_pk_constraint(name)),
                *sorted(map(str, found.get_unique_constraints(name))),
                *(f"{one['name']} {one['column_names']}" for one in found.get_indexes(name)),
            ]
        )
        for name in found.get_table_names()
    }


def test_created_and_migrated_databases_are_alike(
    empty: Engine, request: pytest.FixtureRequest
) -> None:
    create(empty)
    assert shape_of(empty) == shape_of(request.getfixturevalue(empty.dialect.name))


def test_a_database_that_is_there_is_left_alone(store: Store, engine: Engine) -> None:
    with store.transaction() as tx:
        assert tx.cases.next_number("2020", 1) == 1
    create(engine)
    with store.transaction() as tx:
        assert tx.cases.next_number("2020", 1) == 2
