"""A record that moved to another database is the same record, and goes on there."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from foibot.desk.verify import verify
from foibot.store.copy import NothingToCopy, TargetInUse, copy
from foibot.store.database import DatabaseAtAnotherRevision, open_engine
from foibot.store.ownership import AlreadyAtWork, own_the_office
from foibot.store.tables import metadata
from foibot.store.transaction import Store
from tests.case.case_files import REFERENCE
from tests.store.store_tools import NOW, arrived, fill, new_mail


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {
            name: [
                tuple(row)
                for row in connection.execute(table.select().order_by(*table.primary_key.columns))
            ]
            for name, table in metadata.tables.items()
        }


def test_an_office_moves_whole_and_goes_on(sqlite: Engine, empty_url: str) -> None:
    fill(Store(sqlite))
    before = rows(sqlite)
    target = open_engine(empty_url)
    counts = copy(sqlite, target)
    assert rows(target) == before == rows(sqlite)
    assert counts == {name: len(found) for name, found in before.items()}
    assert counts["inbox"] == 3

    store = Store(target)
    assert list(verify(store)) == []
    with store.transaction() as tx:
        assert tx.cases.find(REFERENCE) is not None
        tx.inbox.keep([arrived(9, b"From: Sam\n\nMore\n")], NOW)
        tx.outbox.add([new_mail(9)], NOW)
    assert len(rows(target)["outbox"]) == len(before["outbox"]) + 1
    target.dispose()


def test_it_can_move_back(postgresql: Engine, tmp_path: Path) -> None:
    fill(Store(postgresql))
    target = open_engine(f"sqlite:///{tmp_path / 'back.db'}")
    copy(postgresql, target)
    assert rows(target) == rows(postgresql)
    target.dispose()


def test_nothing_is_written_over(sqlite: Engine, tmp_path: Path) -> None:
    fill(Store(sqlite))
    target = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    copy(sqlite, target)
    with pytest.raises(TargetInUse):
        copy(sqlite, target)
    assert rows(target) == rows(sqlite)
    target.dispose()


def test_nothing_is_copied_from_nowhere_or_another_time(sqlite: Engine, tmp_path: Path) -> None:
    target = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(NothingToCopy):
        copy(open_engine(f"sqlite:///{tmp_path / 'nowhere.db'}"), target)
    with sqlite.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(DatabaseAtAnotherRevision):
        copy(sqlite, target)
    assert not (tmp_path / "nowhere.db").exists()


def test_an_office_at_work_does_not_move(sqlite: Engine, tmp_path: Path) -> None:
    target = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with own_the_office(sqlite), pytest.raises(AlreadyAtWork):
        copy(sqlite, target)
    target.dispose()


def test_large_mails_are_copied_a_few_at_a_time(sqlite: Engine, tmp_path: Path) -> None:
    large = b"x" * 5_000_000
    with Store(sqlite).transaction() as tx:
        tx.inbox.keep([arrived(n, large + b"%d" % n) for n in (1, 2, 3)], NOW)
    target = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert copy(sqlite, target)["inbox"] == 3
    assert rows(target)["inbox"] == rows(sqlite)["inbox"]
    target.dispose()
