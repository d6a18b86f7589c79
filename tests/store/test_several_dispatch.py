"""Several workers send for one office on PostgreSQL: each mail once, a dead one's mails settled once, a living one's left alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from foibot.case.case import State
from foibot.desk.dispatch import Dispatch
from foibot.desk.settle_by_hand import ByHand
from foibot.gateway.smtp import Delivery, Envelope
from foibot.outbox.item import Answer, ItemState, Kind
from foibot.store.database import DatabaseBusy, open_engine
from foibot.store.outgoing import Outgoing
from foibot.store.ownership import OfficeLost, Worker
from foibot.store.transaction import Store, Transaction
from tests.office import JANE, SAM, STAFF, TOM, Office

TAKEN = (Answer.ACCEPTED, 250, "250 2.0.0 queued as TEST")
LATER = (Answer.RETRY, 451, "451 try again later")


@dataclass
class SharedPost:
    """One server that all workers send through; `during` happens when it has a mail, before it answers."""

    taken: list[Envelope] = field(default_factory=list)
    answer: tuple[Answer, int, str] = TAKEN
    during: Callable[[], object] = lambda: None

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        for one in envelopes:
            self.taken.append(one)
            self.during()
            yield Delivery(one.key, *self.answer)


@dataclass
class Town:
    """An office, and workers with databases connections of their own."""

    desk: Office
    ending: ExitStack

    def worker(self, post: SharedPost, **changes: object) -> tuple[Dispatch, Worker]:
        engine = open_engine(self.desk.engine.url.render_as_string(hide_password=False))
        self.ending.callback(engine.dispose)
        worker = Worker(engine)
        self.ending.enter_context(worker.at_work())
        office = replace(self.desk.office, **changes)  # type: ignore[arg-type]
        return Dispatch(office, Store(engine), post, worker), worker

    def taken_for_dead(self, worker: Worker) -> None:
        """The session of a worker breaks, as far as the database server can see."""
        assert worker._session is not None
        pid = worker._session.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with self.desk.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    def mails(self, kind: Kind) -> list[Outgoing]:
        with self.desk.store.view() as tx:
            return [one for one in tx.outbox.every() if one.kind is kind]

    def asked(self, many: int) -> None:
        """So many requests have come, and their acknowledgements are written."""
        post, self.desk.post = self.desk.post, SharedPost()  # type: ignore[assignment]
        for number in range(many):
            raw = self.desk.border(
                f"From: s{number}@citizens.example\r\nTo: foi@exampleshire.example\r\n"
                f"Subject: Bins {number}\r\nMessage-ID: <b{number}@citizens.example>\r\n"
                f"\r\nHow many bins are there in street {number}?\r\n".encode(),
                f"s{number}@citizens.example",
            )
            self.desk.stores(raw)
        while self.desk.intake.settle():
            pass
        self.desk.post = post

    def letter(self) -> None:
        """A letter is approved, and its undo window is over."""
        draft = self.desk.drafted()
        self.desk.orders(TOM, draft, "approve v1")
        self.desk.discards(*STAFF, SAM)
        self.desk.clock.set(self.desk.clock.now().replace(hour=12))


@pytest.fixture
def town(postgresql: Engine, tmp_path: Path) -> Iterator[Town]:
    desk = Office(tmp_path, url=postgresql.url.render_as_string(hide_password=False))
    with ExitStack() as ending:
        ending.callback(desk.close)
        yield Town(desk, ending)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    start = threading.Barrier(len(jobs))

    def work(job: Callable[[], object]) -> object:
        start.wait(20)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [one.result(60) for one in [pool.submit(work, job) for job in jobs]]


def until_nothing_is_left(dispatch: Dispatch) -> Callable[[], int]:
    def work() -> int:
        sent = 0
        while tried := dispatch.round().tried:
            sent += tried
        return sent

    return work


def test_two_that_send_at_once_send_each_mail_once(town: Town) -> None:
    town.asked(40)
    post = SharedPost()
    (first, _), (second, _) = town.worker(post), town.worker(post)
    done = at_once(until_nothing_is_left(first), until_nothing_is_left(second))
    assert sum(done) == 40  # type: ignore[arg-type]
    assert len({one.key for one in post.taken}) == len(post.taken) == 40
    assert {one.state for one in town.mails(Kind.ACKNOWLEDGEMENT)} == {ItemState.SENT}


class UnheardStore(Store):
    """A database whose word that a claim is committed does not arrive, once."""

    unheard = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            yield tx
        if not self.unheard:
            self.unheard = True
            raise DatabaseBusy


@pytest.mark.parametrize("kind", [Kind.ACKNOWLEDGEMENT, Kind.LETTER])
def test_a_claim_whose_commit_was_not_heard_of_is_not_forgotten(town: Town, kind: Kind) -> None:
    if kind is Kind.LETTER:
        town.letter()
    else:
        town.asked(3)
    post = SharedPost()
    dispatch, worker = town.worker(post)
    dispatch = replace(dispatch, store=UnheardStore(worker._engine))
    with pytest.raises(DatabaseBusy):
        dispatch.round()
    assert {one.state for one in town.mails(kind)} == {ItemState.SENDING}
    assert post.taken == []
    town.desk.clock.advance(timedelta(hours=1))
    until_nothing_is_left(dispatch)()
    left = ItemState.UNCERTAIN if kind is Kind.LETTER else ItemState.QUEUED
    assert {one.state for one in town.mails(kind)} == {left}
    town.desk.clock.advance(timedelta(hours=1))
    until_nothing_is_left(dispatch)()
    kept = ItemState.UNCERTAIN if kind is Kind.LETTER else ItemState.SENT
    assert {one.state for one in town.mails(kind)} == {kept}


def test_the_limit_an_hour_is_counted_over_all_of_them(town: Town) -> None:
    town.asked(20)
    post = SharedPost()
    caps = replace(town.desk.office.caps, mails_per_hour=7)
    (first, _), (second, _) = (town.worker(post, caps=caps) for _ in range(2))
    at_once(until_nothing_is_left(first), until_nothing_is_left(second))
    assert len(post.taken) == 7


def claims(dispatch: Dispatch) -> int:
    """It claims a batch, and gets no further."""
    return len(dispatch._claim())


def test_a_living_workers_mails_are_left_alone(town: Town) -> None:
    town.asked(3)
    (first, _), (second, _) = town.worker(SharedPost()), town.worker(SharedPost())
    assert claims(first) == 3
    assert second.settle_for_the_dead() == 0
    assert second.recover() == 0
    assert {one.state for one in town.mails(Kind.ACKNOWLEDGEMENT)} == {ItemState.SENDING}


def test_a_dead_workers_mails_are_settled_once_by_whoever_comes_first(town: Town) -> None:
    town.asked(12)
    dead, worker = town.worker(SharedPost())
    assert claims(dead) == 12
    town.taken_for_dead(worker)
    others = [town.worker(SharedPost())[0] for _ in range(3)]
    done = at_once(*(one.settle_for_the_dead for one in others))
    assert sorted(done) == [0, 0, 12]  # type: ignore[type-var]
    assert {(one.state, one.repeats) for one in town.mails(Kind.ACKNOWLEDGEMENT)} == {
        (ItemState.QUEUED, 1)
    }
    assert [one.settle_for_the_dead() for one in others] == [0, 0, 0]


def test_what_was_in_nobodys_hands_by_name_is_settled_by_the_one_with_the_mailbox(
    town: Town,
) -> None:
    """As an earlier version left it, or SQLite."""
    town.asked(2)
    assert claims(Dispatch(town.desk.office, town.desk.store, SharedPost())) == 2
    dispatch, _ = town.worker(SharedPost())
    assert dispatch.settle_for_the_dead() == 0
    assert dispatch.recover() == 2


def test_a_worker_that_is_lost_claims_nothing_and_offers_nothing_more(town: Town) -> None:
    town.asked(5)
    post = SharedPost()
    dispatch, worker = town.worker(post)

    def breaks() -> None:
        town.taken_for_dead(worker)
        with pytest.raises(OfficeLost):
            worker.require()

    post.during = breaks
    dispatch.round()
    assert len(post.taken) == 1
    with pytest.raises(OfficeLost):
        dispatch.round()
    assert len(post.taken) == 1


def test_a_letter_that_the_server_took_while_its_worker_was_taken_for_dead_is_sent_once(
    town: Town,
) -> None:
    """The connection to the database breaks in the middle of the letter, and the answer comes after all."""
    town.letter()
    post = SharedPost()
    (dispatch, worker), (other, _) = town.worker(post), town.worker(post)

    def others_settle() -> None:
        if town.mails(Kind.LETTER)[0].state is ItemState.SENDING:
            town.taken_for_dead(worker)
            assert other.settle_for_the_dead() == 1
            assert town.desk.case().state is State.DELIVERY_UNCERTAIN

    post.during = others_settle
    dispatch.round()
    assert town.desk.case().state is State.ANSWERED
    assert town.mails(Kind.LETTER)[0].state is ItemState.SENT
    until_nothing_is_left(other)()
    assert [one.recipient for one in post.taken].count(SAM.address) == 1
    assert town.desk.kinds().count("LetterSent") == 1


def test_once_a_person_has_decided_a_late_answer_changes_nothing(town: Town) -> None:
    town.letter()
    post = SharedPost()
    (dispatch, worker), (other, _) = town.worker(post), town.worker(post)

    def decided() -> None:
        if town.mails(Kind.LETTER)[0].state is ItemState.SENDING:
            town.taken_for_dead(worker)
            other.settle_for_the_dead()
            ByHand(town.desk.office, town.desk.store).send_again(town.mails(Kind.LETTER)[0].id)

    post.during = decided
    dispatch.round()
    assert town.mails(Kind.LETTER)[0].state is ItemState.QUEUED
    assert town.desk.case().state is State.APPROVED


@pytest.mark.parametrize("answer", [LATER, (Answer.UNCERTAIN, 0, "no answer")])
def test_a_late_answer_that_settles_nothing_leaves_the_doubt(
    town: Town, answer: tuple[Answer, int, str]
) -> None:
    town.letter()
    post = SharedPost(answer=answer)
    (dispatch, worker), (other, _) = town.worker(post), town.worker(post)

    def others_settle() -> None:
        town.taken_for_dead(worker)
        other.settle_for_the_dead()

    post.during = others_settle
    dispatch.round()
    assert town.desk.case().state is State.DELIVERY_UNCERTAIN
    assert town.mails(Kind.LETTER)[0].state is ItemState.UNCERTAIN


def test_an_acknowledgement_that_left_after_all_is_not_repeated(town: Town) -> None:
    town.asked(1)
    post = SharedPost()
    (dispatch, worker), (other, _) = town.worker(post), town.worker(post)

    def others_settle() -> None:
        town.taken_for_dead(worker)
        assert other.settle_for_the_dead() == 1

    post.during = others_settle
    dispatch.round()
    post.during = lambda: None
    until_nothing_is_left(other)()
    assert len(post.taken) == 1
    assert town.mails(Kind.ACKNOWLEDGEMENT)[0].state is ItemState.SENT


def test_an_answer_that_comes_when_another_has_the_mail_is_left_out(town: Town) -> None:
    town.asked(1)
    post = SharedPost()
    (dispatch, worker), (other, _) = town.worker(post), town.worker(SharedPost())

    def others_claim() -> None:
        town.taken_for_dead(worker)
        assert other.settle_for_the_dead() == 1
        assert claims(other) == 1

    post.during = others_claim
    dispatch.round()
    assert town.mails(Kind.ACKNOWLEDGEMENT)[0].state is ItemState.SENDING
    town.desk.discards(JANE)
