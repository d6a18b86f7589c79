"""Whoever keeps an office for itself keeps every other process out, and a dead one holds nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, create_engine, text

from foibot.errors import AdministratorMustFix
from foibot.store.database import DatabaseUnreachable, open_engine
from foibot.store.ownership import AlreadyAtWork, own_the_office

HOLD = """
import sys
from foibot.store.database import open_engine
from foibot.store.ownership import own_the_office
with own_the_office(open_engine(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(engine: Engine) -> Iterator[subprocess.Popen[str]]:
    url = engine.url.render_as_string(hide_password=False)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, url], stdin=pipe, stdout=pipe, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def take(engine: Engine) -> None:
    with own_the_office(engine):
        pass


def take_within_seconds(engine: Engine) -> None:
    """PostgreSQL sees that a client died when it next looks at the line."""
    for _ in range(100):
        try:
            return take(engine)
        except AlreadyAtWork:
            time.sleep(0.05)
    return take(engine)


def test_a_second_process_is_refused_until_the_first_ends(engine: Engine) -> None:
    """Mail rule G11."""
    with another_process(engine) as process:
        with pytest.raises(AlreadyAtWork, match="Another foibot already works this office"):
            take(engine)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0
        take_within_seconds(engine)


def test_kill_9_lets_go(engine: Engine) -> None:
    with another_process(engine) as process:
        with pytest.raises(AlreadyAtWork):
            take(engine)
        process.kill()
        process.wait(10)
        take_within_seconds(engine)


def test_a_second_time_in_the_same_process_is_refused_too(engine: Engine) -> None:
    other = open_engine(engine.url.render_as_string(hide_password=False))
    with own_the_office(engine), pytest.raises(AlreadyAtWork):
        take(other)
    take(other)
    other.dispose()


def test_an_error_lets_go(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), own_the_office(engine):
        raise ZeroDivisionError
    take(engine)


def test_a_refusal_is_for_the_administrator() -> None:
    assert issubclass(AlreadyAtWork, AdministratorMustFix)


def test_the_session_that_holds_the_office_never_idles_in_a_transaction(
    postgresql: Engine,
) -> None:
    query = text("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'")
    with own_the_office(postgresql), postgresql.connect() as connection:
        assert connection.execute(query).scalar() == 0


def test_a_database_in_memory_belongs_to_its_process() -> None:
    engine = create_engine("sqlite://")
    with own_the_office(engine):
        take(engine)
    engine.dispose()


def test_a_server_that_is_away_is_no_other_foibot() -> None:
    engine = open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(DatabaseUnreachable):
        take(engine)
