"""Several workers of one office: one has the mailbox, one at a time ticks, and a lost one knows it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from foibot.outbox.item import ItemState
from foibot.store import ownership
from foibot.store.calls import Calls
from foibot.store.database import DatabaseUnreachable, open_engine
from foibot.store.ownership import AlreadyAtWork, OfficeLost, Worker, own_the_office
from foibot.store.transaction import Store
from tests.service.fault_town import soon
from tests.store.store_tools import NOW, new_mail


@contextmanager
def working(engine: Engine) -> Iterator[Worker]:
    worker = Worker(engine)
    with worker.at_work():
        yield worker


def end_session(engine: Engine, worker: Worker) -> None:
    """The database server ends the session of a worker, as after a break of the line."""
    assert worker._session is not None
    pid = worker._session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})


def takes(worker: Worker) -> bool:
    """PostgreSQL lets go a moment after a session ended."""
    until = time.monotonic() + 10
    while not worker.take_mailbox() and time.monotonic() < until:
        time.sleep(0.02)
    return worker.has_mailbox


def test_two_work_and_one_of_them_has_the_mailbox(postgresql: Engine) -> None:
    with working(postgresql) as second:
        with working(postgresql) as first:
            assert first.take_mailbox()
            assert first.take_mailbox(), "it stays"
            assert not second.take_mailbox()
            first.require()
            second.require()
            assert len({0, first.number, second.number}) == 3
        assert takes(second), "when the first one has ended"
        second.require()


def test_on_a_file_only_one_works_and_has_everything(sqlite: Engine) -> None:
    with working(sqlite) as only:
        assert only.take_mailbox()
        assert (only.number, only.alone, only.may_act, only.lost) == (0, True, True, False)
        only.require()
        with only.turn_to_tick() as mine:
            assert mine
        with pytest.raises(AlreadyAtWork), working(sqlite):
            raise AssertionError


def test_who_keeps_the_office_for_itself_waits_for_all_workers_and_keeps_them_out(
    postgresql: Engine,
) -> None:
    with working(postgresql), pytest.raises(AlreadyAtWork), own_the_office(postgresql):
        raise AssertionError
    with own_the_office(postgresql), pytest.raises(AlreadyAtWork), working(postgresql):
        raise AssertionError


def test_a_worker_whose_session_ended_is_lost_for_good(postgresql: Engine) -> None:
    with working(postgresql) as worker, working(postgresql) as other:
        assert worker.take_mailbox()
        end_session(postgresql, worker)
        for _ in range(2):
            # The second time there is a session again, which holds none of the locks.
            with pytest.raises(OfficeLost):
                worker.require()
        assert worker.lost
        with pytest.raises(OfficeLost), worker.turn_to_tick():
            raise AssertionError
        assert takes(other)


def test_a_lost_worker_finds_out_when_it_wants_the_mailbox(postgresql: Engine) -> None:
    with working(postgresql) as worker:
        end_session(postgresql, worker)
        with pytest.raises(OfficeLost):
            worker.take_mailbox()
        assert worker.lost


def test_one_at_a_time_lets_the_clock_tick(postgresql: Engine) -> None:
    with working(postgresql) as first, working(postgresql) as second:
        with first.turn_to_tick() as mine:
            assert mine
            with second.turn_to_tick() as also:
                assert not also
        with second.turn_to_tick() as then:
            assert then


def test_workers_are_counted(postgresql: Engine, sqlite: Engine) -> None:
    def count(engine: Engine) -> int | None:
        with Store(engine).view() as tx:
            return tx.locks.workers()

    soon(
        lambda: count(postgresql) == 0
    )  # the server notices a moment late that the last ones have gone
    with working(postgresql), working(postgresql):
        assert count(postgresql) == 2
    assert count(sqlite) is None


def test_a_worker_whose_clock_is_wrong_only_stands_by(
    postgresql: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    with working(postgresql) as worker:
        assert worker.may_act
        monkeypatch.setattr(ownership.time, "time", lambda: real() + 90)
        worker.require()
        assert 85 < worker.ahead < 95
        assert not worker.may_act
        assert worker.take_mailbox()
        assert worker.may_act, "or nobody would"


def test_a_worker_is_dead_when_its_session_has_ended(postgresql: Engine) -> None:
    store = Store(postgresql)
    with working(postgresql) as worker:
        with store.transaction() as tx:
            assert not tx.locks.is_dead(worker.number)
        end_session(postgresql, worker)
        with store.transaction() as first, store.transaction() as second:
            assert first.locks.is_dead(worker.number)
            assert not second.locks.is_dead(worker.number), "one at a time is told so"


def test_every_worker_is_called_when_mail_is_committed(postgresql: Engine) -> None:
    store, calls = Store(postgresql), Calls(postgresql)
    assert calls.heard(0), "what was called before nobody heard"
    assert not calls.heard(0)
    with store.transaction() as tx:
        tx.outbox.add([new_mail(1)], NOW)
        assert not calls.heard(0), "not before it is there"
    assert calls.heard(5)
    with store.transaction() as tx:
        tx.outbox.add([new_mail(2, state=ItemState.DRAFT)], NOW)
    assert not calls.heard(0), "a draft is nobody's work yet"
    with store.transaction() as tx:
        tx.outbox.change(2, [ItemState.DRAFT], ItemState.QUEUED)
    assert calls.heard(5)
    calls.close()
    calls.close()


def test_an_ear_that_was_cut_off_listens_anew(postgresql: Engine) -> None:
    own = open_engine(postgresql.url.render_as_string(hide_password=False))
    calls = Calls(own)
    calls.heard(0)
    assert calls._session is not None
    pid = calls._session.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with postgresql.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with pytest.raises(DatabaseUnreachable):
        calls.heard(5)
    assert calls.heard(0)
    calls.close()
    own.dispose()
