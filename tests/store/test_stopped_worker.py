"""A worker that stands still is let go of, and finds itself lost when it wakes up."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from foibot.store import database, ownership
from foibot.store.database import known_to_server, open_engine
from foibot.store.ownership import OfficeLost, Worker
from foibot.store.transaction import Store

SLEEPER = """
import sys, time
from foibot.store import ownership
from foibot.store.database import DatabaseBusy, open_engine
from foibot.store.transaction import Store
ownership._PULSE, ownership._PROOF_HOLDS = 0.05, 0.2
engine = open_engine(sys.argv[1])
worker = ownership.Worker(engine)
try:
    with worker.at_work():
        assert worker.take_mailbox()
        with Store(engine).if_allowed(worker.prove).transaction() as tx:
            tx.locks.claim()
            print("at work", flush=True)
            time.sleep(0.5)  # it is stopped here
            tx.switches.paused
except DatabaseBusy:
    try:
        with Store(engine).if_allowed(worker.prove).transaction():
            sys.exit("it wrote")
    except ownership.OfficeLost:
        sys.exit(7)
sys.exit("it went on")
"""


@contextmanager
def stopped(engine: Engine) -> Iterator[subprocess.Popen[str]]:
    """A worker in a process of its own with the mailbox and, in a transaction, the turn to claim, that then stops."""
    url = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, url], text=True, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "at work\n"
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_of_a_stopped_process_every_lock_is_free_and_it_stands_down(
    postgresql: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ownership, "STOPPED", 0.3)
    monkeypatch.setattr(ownership, "_PULSE", 0.05)
    worker, until = Worker(postgresql), time.monotonic() + 20
    with stopped(postgresql) as process, worker.at_work():
        assert not worker.take_mailbox()
        while not worker.end_the_stopped():
            assert time.monotonic() < until
            time.sleep(0.02)
        while not worker.take_mailbox():
            assert time.monotonic() < until
            time.sleep(0.02)
        with Store(postgresql).transaction() as tx:
            tx.locks.claim()
        process.send_signal(signal.SIGCONT)
        assert process.wait(20) == 7
        worker.require()
        assert worker.end_the_stopped() == 0, "whoever shows that it lives is left alone"


def test_what_was_proved_a_moment_ago_is_not_asked_again(
    postgresql: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(postgresql)
    with worker.at_work():
        session, worker._session = worker._session, None
        worker.prove()
        monkeypatch.setattr(ownership, "_PROOF_HOLDS", 0.0)
        with pytest.raises(OfficeLost):
            worker.prove()
        worker._session = session
        worker.prove()
        worker._lost = True
        with pytest.raises(OfficeLost):
            worker.prove()


def test_nobody_else_works_a_file(sqlite: Engine) -> None:
    worker = Worker(sqlite)
    with worker.at_work():
        worker.prove()
        assert worker.end_the_stopped() == 0


def test_the_server_knows_each_process_and_asks_soon_whether_it_is_there(
    postgresql: Engine,
) -> None:
    url = postgresql.url.update_query_dict({"options": "-c search_path=public"})
    assert known_to_server(postgresql.url)["options"].startswith("-c tcp_keepalives_idle=10 ")
    engine = open_engine(url.render_as_string(hide_password=False))
    with engine.connect() as connection:
        name = connection.execute(text("SHOW application_name")).scalar_one()
        assert connection.execute(text("SHOW search_path")).scalar_one() == "public"
    engine.dispose()
    assert name == database.THIS_PROCESS
