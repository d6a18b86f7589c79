"""A record is one office's: whoever else is pointed at it is told so, and works nothing of it."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, text

from foibot.store.belonging import (
    AnotherOffices,
    Belonging,
    epoch_of,
    hand_over,
    kept_for,
    require_own,
    take,
)
from foibot.store.database import open_engine
from foibot.store.migrate import migrate
from foibot.store.ownership import AlreadyAtWork, DatabaseShared, Worker
from foibot.store.transaction import Store
from tests.store.store_tools import NOW

OURS = Belonging("foi@exampleshire.example", "Exampleshire Police")
OTHERS = Belonging("foi@sampleton.example", "Sampleton Council")


def kept(store: Store) -> Belonging | None:
    with store.view() as tx:
        return kept_for(tx.switches)


def test_the_first_to_work_a_record_writes_down_whose_it_is(engine: Engine, store: Store) -> None:
    require_own(engine, OTHERS)
    assert kept(store) is None
    take(store, OURS, NOW)
    take(store, OURS, NOW)
    require_own(engine, OURS)
    assert kept(store) == OURS
    with pytest.raises(AnotherOffices) as said:
        require_own(engine, OTHERS)
    with pytest.raises(AnotherOffices):
        take(store, OTHERS, NOW)
    assert str(said.value) == (
        "the record in this database is kept for Exampleshire Police (foi@exampleshire.example), and this "
        "configuration is that of Sampleton Council (foi@sampleton.example). If these are two offices, give "
        "this one a database of its own in database.url. If it is one office, whose mailbox or name has "
        "changed, stop every foibot of it and run: foibot store claim foi@exampleshire.example"
    )
    assert kept(store) == OURS


@pytest.mark.parametrize(
    "written",
    [
        Belonging("FOI@Exampleshire.example", "Exampleshire Police"),
        Belonging("foi@exampleshire.example", " exampleshire  police "),
    ],
)
def test_capitals_and_spaces_make_no_other_office(
    engine: Engine, store: Store, written: Belonging
) -> None:
    take(store, OURS, NOW)
    require_own(engine, written)


@pytest.mark.parametrize(
    "other",
    [
        Belonging("foi@exampleshire.example", "Exampleshire Fire and Rescue"),
        Belonging("foi@police.example", "Exampleshire Police"),
    ],
)
def test_one_mailbox_under_two_names_and_one_name_with_two_mailboxes_are_two_offices(
    engine: Engine, store: Store, other: Belonging
) -> None:
    take(store, OURS, NOW)
    with pytest.raises(AnotherOffices):
        require_own(engine, other)


def test_an_office_with_a_new_address_says_so_by_the_old_one(engine: Engine, store: Store) -> None:
    take(store, OURS, NOW)
    with pytest.raises(AnotherOffices, match="not for foi@typo"):
        hand_over(store, OTHERS, "foi@typo.example", NOW)
    assert kept(store) == OURS
    assert hand_over(store, OTHERS, " FOI@exampleshire.example", NOW) == OURS
    require_own(engine, OTHERS)
    with pytest.raises(AnotherOffices):
        take(store, OURS, NOW)


def test_a_record_that_nobody_worked_yet_can_be_claimed(store: Store) -> None:
    assert hand_over(store, OURS, OURS.address, NOW) is None
    assert kept(store) == OURS


def test_a_database_without_a_table_is_nobodys(empty_url: str) -> None:
    engine = open_engine(empty_url)
    require_own(engine, OURS)
    engine.dispose()


def test_of_two_that_come_at_once_one_gets_the_record(engine: Engine, store: Store) -> None:
    together, refused = Barrier(2), []

    def come(office: Belonging) -> None:
        own = Store(engine)
        together.wait(20)
        try:
            take(own, office, NOW)
        except AnotherOffices:
            refused.append(office)

    both = [Thread(target=come, args=(one,)) for one in (OURS, OTHERS)]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    assert len(refused) == 1
    assert {kept(store), *refused} == {OURS, OTHERS}


def test_each_mailbox_that_is_read_after_another_has_a_number_of_its_own(store: Store) -> None:
    one, two = "foi@imap.one.example", "foi@imap.two.example"
    seen = [epoch_of(store, mailbox, NOW) for mailbox in (one, one, two, two, one, one)]
    assert seen == [0, 0, 1, 1, 2, 2]


def wait_until_all_have_let_go(engine: Engine) -> None:
    """PostgreSQL lets go a moment after a session ended."""
    held = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
    until = time.monotonic() + 10
    with engine.connect() as connection:
        while connection.execute(held).scalar_one() and time.monotonic() < until:
            time.sleep(0.02)


def test_two_records_in_one_database_find_each_other(postgresql: Engine) -> None:
    url = postgresql.url.update_query_dict({"options": "-csearch_path=beside"})
    with postgresql.begin() as connection:
        connection.execute(text("CREATE SCHEMA beside"))
    other = open_engine(url.render_as_string(hide_password=False))
    migrate(other)
    try:
        one, also = Worker(postgresql), Worker(postgresql)
        with (
            one.at_work(),
            also.at_work(),
            pytest.raises(DatabaseShared),
            Worker(other).at_work(),
        ):
            raise AssertionError
        wait_until_all_have_let_go(postgresql)
        with Worker(other).at_work(), pytest.raises(DatabaseShared), one.at_work():
            raise AssertionError
    finally:
        other.dispose()
        with postgresql.begin() as connection:
            connection.execute(text("DROP SCHEMA beside CASCADE"))


def test_a_file_has_one_lock_whatever_it_is_called(sqlite: Engine, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.db").symlink_to(str(sqlite.url.database))
    same = open_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    with Worker(sqlite).at_work(), pytest.raises(AlreadyAtWork), Worker(same).at_work():
        raise AssertionError
    same.dispose()
