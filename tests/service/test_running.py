"""What each worker of an office does, and what only the one with the mailbox or the tick does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from foibot.running import Running
from foibot.store.database import DatabaseBusy
from foibot.store.ownership import OfficeLost


@dataclass
class Worker:
    """As the database would have it."""

    alone: bool = False
    has_mailbox: bool = False
    gets_mailbox: bool = False
    may_act: bool = True
    ahead: float = 0.0
    ticks: bool = True
    lost: bool = False

    def require(self) -> None:
        if self.lost:
            raise OfficeLost

    def end_the_stopped(self) -> int:
        return 0

    def take_mailbox(self) -> bool:
        self.has_mailbox = self.has_mailbox or self.gets_mailbox
        return self.has_mailbox

    @contextmanager
    def turn_to_tick(self) -> Iterator[bool]:
        yield self.ticks


@dataclass
class Desk:
    """A service that notes what it is asked."""

    worker: Worker = field(default_factory=Worker)
    done: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    wake: threading.Event = field(default_factory=threading.Event)
    busy: bool = False

    @property
    def dispatch(self) -> Desk:
        return self

    def enter_mailbox(self) -> None:
        pass

    def recover(self) -> int:
        if self.busy:
            raise DatabaseBusy
        self.done.append("recover")
        return 2

    def settle_for_the_dead(self) -> int:
        self.done.append("dead")
        return 0

    def read_mail(self) -> None:
        self.done.append("read")
        self.stopping.wait(10)

    def copy_to_sent(self) -> None:
        self.done.append("copy")


def running(desk: Desk) -> Running:
    service: Any = desk
    return Running(service)


def ended(desk: Desk, work: Running) -> list[str]:
    desk.stopping.set()
    if work._intake is not None:
        work._intake.join(10)
    return desk.done


def test_a_worker_without_the_mailbox_settles_for_the_dead_and_reads_nothing() -> None:
    desk = Desk()
    work = running(desk)
    work._look()
    assert ended(desk, work) == ["dead"]


def test_the_one_that_gets_the_mailbox_recovers_and_then_reads() -> None:
    desk = Desk()
    work = running(desk)
    work._look()
    desk.worker.gets_mailbox = True
    work._look()
    work._look()
    assert desk.wake.is_set()
    done = ended(desk, work)
    assert sorted(done) == ["dead", "dead", "read", "recover"]
    assert done.index("recover") < done.index("read")


def test_nothing_is_read_before_what_was_left_is_settled() -> None:
    desk = Desk(Worker(gets_mailbox=True), busy=True)
    work = running(desk)
    work._look_again()
    assert work._intake is None
    desk.busy = False
    work._look_again()
    assert sorted(ended(desk, work)) == ["read", "recover"]


def test_a_lost_worker_is_not_gone_on_with() -> None:
    desk = Desk(Worker(lost=True))
    with pytest.raises(OfficeLost):
        running(desk)._look_again()
    assert desk.done == []


def test_a_job_of_a_lost_worker_is_not_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    work = running(Desk(Worker(lost=True)))
    tried = work._begin("dispatch", work._worker.require)
    tried.join(10)
    assert not tried.is_alive()
    assert caplog.text == ""


def test_on_sqlite_nobody_else_is_looked_for() -> None:
    desk = Desk(Worker(alone=True, gets_mailbox=True))
    work = running(desk)
    work._look()
    work._look()
    assert sorted(ended(desk, work)) == ["read", "recover"]


def test_only_the_one_with_the_mailbox_writes_into_it() -> None:
    desk = Desk()
    work = running(desk)
    work._copy()
    assert desk.done == []
    desk.worker.has_mailbox = True
    work._copy()
    assert desk.done == ["copy"]


@pytest.mark.parametrize(
    ("ticks", "may_act", "done"), [(True, True, 1), (False, True, 0), (True, False, 0)]
)
def test_the_clock_ticks_in_turn(ticks: bool, may_act: bool, done: int) -> None:
    ticked: list[int] = []
    work = running(Desk(Worker(ticks=ticks, may_act=may_act)))
    work._in_turn(lambda: ticked.append(1))()
    assert len(ticked) == done


def test_a_wrong_clock_is_told_once_until_it_is_right(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(Worker(may_act=False, ahead=-90.0))
    work = running(desk)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            work._look()
    assert caplog.text.count("90 seconds apart") == 1
    desk.worker.may_act = True
    work._look()
    desk.worker.may_act = False
    work._look()
    assert caplog.text.count("90 seconds apart") == 2
