"""What goes to SQLite past SQLAlchemy is what SQLAlchemy would have asked, and is answered alike."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from foibot.store.create import create
from foibot.store.database import insert_if_absent, open_engine, read, write
from foibot.store.straight import Straight, connect
from foibot.store.tables import marks, switches
from foibot.store.transaction import Store, Transaction
from tests.store.test_plans import HOT, fill

NOW = datetime(2020, 12, 8, 9, 11, tzinfo=UTC)
NAMED = select(switches.c.value, switches.c.at).where(switches.c.name == bindparam("of_name"))
AMONG = select(switches.c.name).where(switches.c.name.in_(bindparam("names", expanding=True)))
ADD = insert(switches)
SET = update(switches).where(switches.c.name == bindparam("of_name")).values(value="always")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path / 'foibot.db'}")
    create(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked straight."""
    found: list[str] = []
    usual = Straight._ask

    def ask(self: Straight, text: str, values: Any) -> Any:
        found.append(text)
        return usual(self, text, values)

    monkeypatch.setattr(Straight, "_ask", ask)
    return found


def twice(connection: Connection, *question: Any) -> list[Any]:
    """Asked in the usual way at first, unless a test before did so, and straight after that."""
    return [connection.execute(*question).all() for _ in range(2)]


@pytest.mark.parametrize("name", HOT)
def test_every_hot_question_is_answered_as_by_sqlalchemy(engine: Engine, name: str) -> None:
    store = Store(engine)
    fill(store)
    straight = [_answer(store, HOT[name]) for _ in range(3)]
    event.listen(engine, "before_cursor_execute", lambda *_: None)
    with engine.connect() as usual:
        assert type(usual) is Connection
    assert straight == [_answer(store, HOT[name])] * 3


def _answer(store: Store, ask: Callable[[Transaction], object]) -> object:
    """What a question is answered, in a transaction that changes nothing in the end."""

    answers = []

    def asks() -> None:
        with store.transaction() as tx:
            answers.append(ask(tx))
            _undo()

    with pytest.raises(ZeroDivisionError):
        asks()
    return answers[0]


def _undo() -> None:
    raise ZeroDivisionError


def test_it_goes_straight_the_second_time(engine: Engine, asked: list[str]) -> None:
    with write(engine) as connection:
        connection.execute(ADD, {"name": "a", "value": "1", "at": NOW})
        connection.execute(ADD, {"name": "b", "value": "2", "at": NOW})
        assert connection.execute(NAMED, {"of_name": "a"}).one() == ("1", NOW)
        row = connection.execute(NAMED, {"of_name": "b"}).first()
        assert (row.value, row.at) == ("2", NOW)
        assert connection.execute(NAMED, {"of_name": "c"}).first() is None
        assert connection.execute(NAMED, {"of_name": "c"}).scalar() is None
        assert connection.execute(SET, {"of_name": "a"}).rowcount == 1
        assert connection.execute(SET, {"of_name": "c"}).rowcount == 0
        assert connection.execute(NAMED, {"of_name": "a"}).scalar_one() == "always"
    straight = [one.split()[0] for one in asked]
    assert straight == ["BEGIN", "INSERT", "SELECT", "SELECT", "SELECT", "UPDATE", "SELECT", "COMMIT"]  # fmt: skip


def test_a_list_may_have_any_length(engine: Engine, asked: list[str]) -> None:
    with write(engine) as connection:
        rows = [{"name": name, "value": "", "at": NOW} for name in "abc"]
        connection.execute(insert(switches), rows)
        for names in (["a"], ["a", "b", "x"], ["a"], [], ["c", "b", "a"]):
            found = connection.execute(AMONG, {"names": names}).scalars()
            assert sorted(found) == sorted(set(names) & {*"abc"})
    assert [one for one in asked if "IN (?, ?, ?)" in one]
    assert len([one for one in asked if "IN (?)" in one]) == 1


def test_several_rows_are_one_statement(engine: Engine, asked: list[str]) -> None:
    step = insert(marks)
    with write(engine) as connection:
        for first in range(0, 9, 3):
            rows = [{"folder": str(first + at), "uidvalidity": 1, "next_uid": at} for at in range(3)]  # fmt: skip
            connection.execute(step, rows)
        assert len(connection.execute(select(marks)).all()) == 9
    assert len([one for one in asked if one.startswith("INSERT")]) == 2


def test_rows_are_read_as_they_are_wanted(engine: Engine) -> None:
    question = select(marks.c.folder).order_by(marks.c.folder)
    with write(engine) as connection:
        rows = [{"folder": str(at), "uidvalidity": 1, "next_uid": 1} for at in range(9)]
        connection.execute(insert(marks), rows)
        assert connection.execute(question).scalars().all() == [*"012345678"]
        assert connection.execute(question).scalars().all() == [*"012345678"]
        with connection.execute(question).yield_per(2) as rows:
            assert next(iter(rows)).folder == "0"
        assert len(connection.execute(question).all()) == 9


def test_the_first_value_alone_is_read_as_its_type_says(engine: Engine) -> None:
    moments = select(switches.c.at, switches.c.name)
    with write(engine) as connection:
        connection.execute(ADD, {"name": "a", "value": "", "at": NOW})
        for _ in range(3):
            assert connection.execute(moments).scalars().all() == [NOW]
            assert [*connection.execute(moments).scalars()] == [NOW]


def test_what_goes_wrong_is_an_error_of_sqlalchemy_without_the_values(engine: Engine) -> None:
    with write(engine) as connection:
        row = {"name": "Somebody's name", "value": "", "at": NOW}
        connection.execute(ADD, row)
        for _ in range(2):
            with pytest.raises(IntegrityError) as problem, connection.begin_nested():
                connection.execute(ADD, row)
        assert "Somebody" not in str(problem.value)
        assert not insert_if_absent(connection, switches, name="Somebody's name", value="", at=NOW)
        assert insert_if_absent(connection, switches, name="Another", value="", at=NOW)


def test_values_that_do_not_fit_are_refused_as_ever(engine: Engine) -> None:
    with write(engine) as connection:
        for _ in range(2):
            with pytest.raises(StatementError, match="time zone"):
                connection.execute(ADD, {"name": "a", "value": "", "at": datetime(2020, 1, 1)})  # noqa: DTZ001
            with pytest.raises(StatementError, match="of_name"):
                connection.execute(NAMED, {})
        assert twice(connection, select(switches)) == [[], []]


def test_a_transaction_is_one_whichever_way_it_is_asked(engine: Engine) -> None:
    def adds() -> None:
        with write(engine) as connection:
            for name in "abc":
                connection.execute(ADD, {"name": name, "value": "", "at": NOW})
            connection.execute(insert(switches).values(name="d", value="", at=NOW))
            _undo()

    with pytest.raises(ZeroDivisionError):
        adds()
    with read(engine) as connection:
        assert twice(connection, select(switches.c.name)) == [[], []]


def test_a_locked_database_is_said_to_be_locked(engine: Engine, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path / 'foibot.db'}")
    with connect(engine) as impatient, write(other):
        assert isinstance(impatient, Straight)
        impatient.say("PRAGMA busy_timeout=0")
        with pytest.raises(OperationalError, match="locked"):
            impatient.say("BEGIN IMMEDIATE")
    other.dispose()


def test_whoever_listens_hears_everything(engine: Engine) -> None:
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, text, *_: heard.append(text))
    with write(engine) as connection:
        assert type(connection) is Connection
        for _ in range(3):
            connection.execute(NAMED, {"of_name": "a"})
    assert len(heard) == 5
