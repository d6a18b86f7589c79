"""A copy of the record is whole, even while foibot works, and never written over another."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from foibot.desk.verify import verify
from foibot.store.backup import BackupExists, BackUpWithPostgres, NothingToBackUp, back_up
from foibot.store.database import open_engine
from foibot.store.transaction import Store
from tests.store.store_tools import NOW, fill, new_mail


def test_a_backup_holds_what_was_committed_and_verifies(sqlite: Engine, tmp_path: Path) -> None:
    store, to = Store(sqlite), tmp_path / "copies" / "monday.db"
    fill(store)
    with store.transaction() as tx:
        tx.outbox.add([new_mail(9)], NOW)
        size = back_up(sqlite, to)
    assert size == to.stat().st_size > 0
    assert [one.name for one in to.parent.iterdir()] == ["monday.db"]
    copy = open_engine(f"sqlite:///{to}")
    assert list(verify(Store(copy))) == []
    with Store(copy).view() as tx:
        assert len(list(tx.outbox.every())) == 3
    copy.dispose()


def test_a_backup_is_never_written_over(sqlite: Engine, tmp_path: Path) -> None:
    there = tmp_path / "copy.db"
    there.write_text("precious")
    with pytest.raises(BackupExists, match=r"copy\.db exists already"):
        back_up(sqlite, there)
    assert there.read_text() == "precious"


def test_a_backup_that_cannot_be_made_leaves_nothing(sqlite: Engine, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        back_up(sqlite, tmp_path / "file" / "copy.db")
    missing = open_engine(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(NothingToBackUp, match=r"none\.db yet"):
        back_up(missing, tmp_path / "copy.db")
    missing.dispose()
    assert not (tmp_path / "none.db").exists()


def test_other_databases_have_tools_of_their_own(postgresql: Engine, tmp_path: Path) -> None:
    in_memory = create_engine("sqlite://")
    for engine in (postgresql, in_memory):
        with pytest.raises(BackUpWithPostgres, match="pg_dump"):
            back_up(engine, tmp_path / "copy.db")
    in_memory.dispose()
