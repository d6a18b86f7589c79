"""Whatever fails, and wherever the process dies: nothing lost, nothing twice, the record whole."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from sqlalchemy import Engine

from foibot.case.case import Acknowledgement, LetterState, State
from foibot.case.events import MailFiled
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.dispatch import Dispatch
from foibot.desk.intake import Intake
from foibot.desk.verify import verify
from foibot.gateway.smtp import Delivery, Envelope
from foibot.outbox.item import Answer, ItemState
from foibot.store.database import DatabaseBusy
from foibot.store.inbox import Arrived, FolderMark
from foibot.store.ledger import Happened
from foibot.store.tables import inbox
from foibot.store.transaction import Store, Transaction
from tests.office import JANE, MAILBOX, ORDER, QUESTION, RUTH, SAM, TOM, Mail, Office, office

ROOT = Path(__file__).parent.parent.parent


class Killed(BaseException):
    """The process ends here: nothing in foibot may catch it and go on."""


class FragileStore(Store):
    """A store under which the process dies, or the database fails, at the n-th commit, before or after it."""

    def __init__(self, engine: Engine, at: int, *, after: bool, error: BaseException) -> None:
        super().__init__(engine)
        self.left, self.after, self.error = at, after, error

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with super().transaction() as tx:
            yield tx
            self.left -= 1
            if self.left == 0 and not self.after:
                raise self.error
        if self.left == 0 and self.after:
            raise self.error


@dataclass(slots=True)
class Server:
    """An SMTP server that outlives foibot, and under whose n-th mail foibot dies."""

    accepted: list[Envelope] = field(default_factory=list)
    dies_before: int = 0
    dies_after: int = 0

    def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
        for one in envelopes:
            self.dies_before -= 1
            if self.dies_before == 0:
                raise Killed
            self.accepted.append(one)
            self.dies_after -= 1
            if self.dies_after == 0:
                raise Killed
            yield Delivery(one.key, Answer.ACCEPTED, 250, "250 ok")

    def to(self, who: Person) -> list[Envelope]:
        return [one for one in self.accepted if one.recipient == who.address]


@dataclass(frozen=True, slots=True)
class Scene:
    """An office, and the one mail that lands in it now; `minutes` go by before mail is sent."""

    desk: Office
    mail: Callable[[Office], bytes]
    minutes: int = 0


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Scene]]:
    def asked(desk: Office) -> bytes:
        raw = request(
            SAM, MAILBOX, "S", QUESTION, desk.clock.now(), message_id="<q@citizens.example>"
        )
        return desk.border(raw, SAM.address)

    def answering(who: Person, notice: Mail, words: str) -> Callable[[Office], bytes]:
        def write(desk: Office) -> bytes:
            raw = reply(
                who, notice.raw, words, desk.clock.now(), message_id="<r@exampleshire.example>"
            )
            return desk.border(raw, who.address, login=True)

        return write

    with (
        office(tmp_path_factory.mktemp("new")) as new,
        office(tmp_path_factory.mktemp("open")) as opened,
        office(tmp_path_factory.mktemp("drafted")) as drafted,
    ):
        opened.asks()
        notice = opened.one_for(JANE)
        draft = drafted.drafted()
        opened.discards()
        yield {
            "a request": Scene(new, asked),
            "an order": Scene(opened, answering(JANE, notice, ORDER)),
            "an approval": Scene(drafted, answering(TOM, draft, "approve v1"), 11),
        }


def run(desk: Office, store: Store, server: Server, raw: bytes, minutes: int) -> None:
    """What a process does from its start until all is quiet; the mailbox shows what it did not yet see."""
    intake, dispatch = Intake(desk.office, store), Dispatch(desk.office, store, server)
    dispatch.recover()
    with store.view() as tx:
        mark = tx.inbox.mark("INBOX")
    if mark is None or mark.next_uid <= 900:
        mail = Arrived("INBOX", 7, 900, desk.clock.now(), False, raw)
        intake.keep([mail], FolderMark(7, 901), "INBOX")
    while intake.work():
        pass
    desk.clock.advance(timedelta(minutes=minutes))
    while dispatch.round().tried:
        pass


def ended(desk: Office) -> tuple[object, ...]:
    """What the requester and the office would say of the case, whatever way it came there."""
    case = desk.case()
    states = [(one.version, one.state) for one in case.letters]
    return case.reference, case.state, case.acknowledgement, states, case.outcome


def check(desk: Office, server: Server, raw: bytes) -> None:
    """The invariants of a killed office (mail rules 3.8)."""
    assert list(verify(desk.store)) == []
    with desk.engine.connect() as connection:
        rows = connection.execute(inbox.select().where(inbox.c.raw == raw)).all()
    assert [bool(row.disposition) for row in rows] == [True], "one row, one disposition"
    by_id: dict[str, set[bytes]] = {}
    for one in server.accepted:
        by_id.setdefault(str(message_from_bytes(one.raw)["Message-ID"]), set()).add(one.raw)
    assert all(len(copies) == 1 for copies in by_id.values()), "a repeat is the same mail"
    acknowledgements = {name for name in by_id if ".ack." in name}
    letters = [one for one in server.to(SAM) if b".letter." in one.raw[:300]]
    assert len(acknowledgements) <= 1
    assert len(letters) <= 1
    with desk.store.view() as tx:
        assert tx.outbox.in_state(ItemState.SENDING) == []


SCENES = ["a request", "an order", "an approval"]
COMMITS = range(1, 9)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("scene", SCENES)
def test_killed_at_any_commit_the_office_ends_where_it_would_have_ended(
    scenes: dict[str, Scene], tmp_path: Path, scene: str, after: bool
) -> None:
    calm, server = scenes[scene].desk.twin(tmp_path / "calm"), Server()
    raw = scenes[scene].mail(calm)
    run(calm, calm.store, server, raw, scenes[scene].minutes)
    check(calm, server, raw)
    expected, public = ended(calm), len(server.to(SAM))
    assert public == (scene != "an order")
    calm.close()

    died = 0
    for number in COMMITS:
        desk, server = scenes[scene].desk.twin(tmp_path / str(number)), Server()
        fragile = FragileStore(desk.engine, number, after=after, error=Killed())
        try:
            run(desk, fragile, server, raw, scenes[scene].minutes)
        except Killed:
            died = number
            run(desk, desk.store, server, raw, 0)
            desk.clock.advance(timedelta(minutes=scenes[scene].minutes))
            run(desk, desk.store, server, raw, 0)
        check(desk, server, raw)
        in_flight = desk.case().state is State.DELIVERY_UNCERTAIN
        assert in_flight or ended(desk) == expected
        if in_flight:
            assert len(server.to(SAM)) <= 1, "nobody sends it a second time"
        desk.close()
        if died < number:
            break  # the office was quiet before that many commits
    assert died >= 3, "the scene has commits to die at"


@pytest.mark.parametrize("when", ["dies_before", "dies_after"])
@pytest.mark.parametrize("scene", SCENES)
def test_killed_around_any_mail_the_office_sends_no_second_letter(
    scenes: dict[str, Scene], tmp_path: Path, scene: str, when: str
) -> None:
    for number in (1, 2, 3):
        desk, server = scenes[scene].desk.twin(tmp_path / str(number)), Server(**{when: number})
        raw = scenes[scene].mail(desk)
        with suppress(Killed):
            run(desk, desk.store, server, raw, scenes[scene].minutes)
        run(desk, desk.store, server, raw, 0)
        check(desk, server, raw)
        assert desk.case().acknowledgement is Acknowledgement.SENT
        letter = desk.case().current
        if scene == "an approval":
            assert letter is not None
            assert letter.state in {LetterState.SENT, LetterState.UNCERTAIN}
            assert len(server.to(SAM)) == (when == "dies_after" or letter.state is LetterState.SENT)
        desk.close()


def test_two_kills_in_a_row_put_no_acknowledgement_in_doubt_for_good_but_the_one_on_its_way(
    tmp_path: Path,
) -> None:
    """Mail rules 3.4, 3.8: the first kill leaves all of a batch in doubt, so that each is repeated alone."""
    with office(tmp_path) as desk:
        people = [Person(f"Sam {n}", f"sam{n}@citizens.example") for n in range(5)]
        for who in people:
            words, now = f"{QUESTION} ({who.name})", desk.clock.now()
            desk.stores(request(who, MAILBOX, "S", words, now, message_id=f"<{who.address}>"))
        while desk.intake.work():
            pass
        for life in (Server(dies_before=1), Server(dies_before=1), server := Server()):
            dispatch = Dispatch(desk.office, desk.store, life)
            dispatch.recover()
            with suppress(Killed):
                while dispatch.round().tried:
                    pass
        acknowledged = Counter(who.name for who in people for _ in server.to(who))
        assert acknowledged == Counter([f"Sam {n}" for n in range(1, 5)])
        with desk.store.view() as tx:
            ends = Counter(case.acknowledgement for case in tx.cases.every())
        assert ends == {Acknowledgement.SENT: 4, Acknowledgement.FAILED: 1}
        told = [one for one in server.to(JANE) if b".not-delivered." in one.raw[:2000]]
        assert len(told) == 1, "an officer knows who has no acknowledgement"
        desk.discards()


@pytest.mark.parametrize("number", COMMITS)
def test_a_database_that_fails_once_loses_no_answer_of_the_server(
    scenes: dict[str, Scene], tmp_path: Path, number: int
) -> None:
    scene = scenes["an approval"]
    desk, server = scene.desk.twin(tmp_path), Server()
    raw = scene.mail(desk)
    run(desk, desk.store, server, raw, 0)
    desk.clock.advance(timedelta(minutes=11))
    fragile = FragileStore(desk.engine, number, after=False, error=DatabaseBusy())
    dispatch = Dispatch(desk.office, fragile, server)
    for _ in range(10):
        with suppress(DatabaseBusy):
            dispatch.round()
    check(desk, server, raw)
    assert desk.case().state is State.ANSWERED, "the answer was kept until it could be written"
    assert len(server.to(SAM)) == 1
    desk.close()


def test_a_server_connection_that_fails_in_an_unknown_way_leaves_a_letter_in_doubt(
    scenes: dict[str, Scene], tmp_path: Path
) -> None:
    class Broken:
        def send(self, envelopes: Sequence[Envelope], more: object = None) -> Iterable[Delivery]:
            raise RuntimeError("a bug")

    scene, server = scenes["an approval"], Server()
    desk = scene.desk.twin(tmp_path)
    raw = scene.mail(desk)
    run(desk, desk.store, server, raw, 0)
    desk.clock.advance(timedelta(minutes=11))
    dispatch = Dispatch(desk.office, desk.store, Broken())
    with pytest.raises(RuntimeError):
        dispatch.round()
    with suppress(RuntimeError):
        dispatch.round()
    assert desk.case().state is State.DELIVERY_UNCERTAIN
    run(desk, desk.store, server, raw, 60)
    assert len([one for one in server.accepted if b".letter." in one.raw[:300]]) == 0
    check(desk, server, raw)
    desk.close()


def test_a_mail_that_cannot_be_handled_is_shown_and_stops_nobody_else(
    scenes: dict[str, Scene], tmp_path: Path
) -> None:
    """Mail rule C1."""

    class Broken:
        def pdf(self, blocks_json: str, *, title: str) -> bytes:
            raise RuntimeError("no fonts")

    scene = scenes["an order"]
    desk = scene.desk.twin(tmp_path)
    desk.intake = Intake(replace(desk.office, typesetter=Broken()), desk.store)
    desk.stores(scene.mail(desk))
    desk.asks("Another question", who=Person("Olive", "olive@citizens.example"))

    assert len(desk.post_for("olive@citizens.example")) == 1
    kinds = [mail.kind for mail in desk.post_for(JANE)]
    assert sorted(kinds) == ["new-case", "quarantine"]
    assert list(verify(desk.store)) == []
    desk.close()


def test_a_mail_that_can_not_even_be_shown_is_listed_and_stops_nobody_else(
    scenes: dict[str, Scene], tmp_path: Path
) -> None:
    scene = scenes["a request"]
    desk = scene.desk.twin(tmp_path)
    broken = replace(desk.office, book=None)  # type: ignore[arg-type]
    intake = Intake(broken, desk.store)
    desk.stores(scene.mail(desk))
    while intake.work():
        pass
    assert desk.disposition() == "quarantine"
    assert list(verify(desk.store)) == []
    desk.asks("Another question", who=Person("Olive", "olive@citizens.example"))
    assert len(desk.post_for("olive@citizens.example")) == 1
    desk.at("2020-12-09 08:30")
    assert "could not be read" in next(m for m in desk.post_for(JANE) if m.kind == "digest").words
    desk.close()


POINTS = ["after keep", "in the middle of work", "after claim", "after the server took it"]


def die(folder: Path, point: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.dies", str(folder), point], cwd=ROOT, timeout=60
    )
    assert done.returncode == -signal.SIGKILL


@pytest.mark.parametrize("point", POINTS)
def test_killed_by_the_system_a_request_is_neither_lost_nor_opened_twice(
    scenes: dict[str, Scene], tmp_path: Path, point: str
) -> None:
    """Mail rule G1."""
    raw = scenes["a request"].mail(scenes["a request"].desk)
    (tmp_path / "request.eml").write_bytes(raw)

    die(tmp_path, point)

    desk, server = Office(tmp_path), Server()
    with desk.engine.connect() as connection:
        assert len(connection.execute(inbox.select()).all()) == 1, "what was fetched was committed"
    desk.dispatch = Dispatch(desk.office, desk.store, server)
    assert desk.dispatch.recover() == (2 if point in POINTS[2:] else 0)
    desk.settles()
    check(desk, server, raw)
    assert desk.case().acknowledgement is Acknowledgement.SENT
    if point == "after the server took it":
        taken = (tmp_path / "accepted.eml").read_bytes()
        assert [one.raw for one in server.to(SAM)] == [taken], "the same mail, once more"
    desk.close()


def test_killed_by_the_system_a_letter_is_never_sent_a_second_time(
    scenes: dict[str, Scene], tmp_path: Path
) -> None:
    scene = scenes["an approval"]
    desk = scene.desk.twin(tmp_path)
    desk.arrives(scene.mail(desk))
    desk.close()

    die(tmp_path, "after the server took it")

    desk, server = Office(tmp_path), Server()
    desk.clock.advance(timedelta(hours=1))
    desk.dispatch = Dispatch(desk.office, desk.store, server)
    assert desk.dispatch.recover() == 1
    desk.send()
    assert desk.case().state is State.DELIVERY_UNCERTAIN
    assert server.to(SAM) == []
    assert [one.recipient for one in server.accepted].count(JANE.address) == 1
    assert list(verify(desk.store)) == []
    desk.close()


def test_mail_in_and_mail_out_at_the_same_time_end_in_one_acknowledgement_each(
    tmp_path: Path,
) -> None:
    with office(tmp_path) as desk:
        server, done = Server(), threading.Event()
        dispatch = Dispatch(desk.office, desk.store, server)

        def sends() -> None:
            while not done.is_set():
                dispatch.round()
            while dispatch.round().tried:
                pass

        sending = threading.Thread(target=sends)
        sending.start()
        people = [Person(f"P {number}", f"p{number}@citizens.example") for number in range(15)]
        for who in people:
            raw = request(who, MAILBOX, "S", f"Q of {who.name}", desk.clock.now(), message_id=f"<{who.address}>")  # fmt: skip
            desk.stores(desk.border(raw, who.address))
            while desk.intake.work():
                pass
        done.set()
        sending.join()

        assert [len(server.to(who)) for who in people] == [1] * 15
        assert len(server.to(JANE)) == 15
        assert list(verify(desk.store)) == []
        with desk.store.view() as tx:
            assert [case.number for case in tx.cases.every()] == list(range(1, 16))


def test_of_two_approvals_at_the_same_moment_exactly_one_counts(
    tmp_path: Path,
) -> None:
    with office(tmp_path) as desk:
        desk.asks()
        desk.orders(JANE, desk.one_for(JANE), ORDER)
        drafts = {who: desk.one_for(who) for who in (TOM, RUTH)}
        desk.discards()
        ready = threading.Barrier(2)

        def approves(number: int, who: Person) -> None:
            raw = reply(
                who, drafts[who].raw, "approve v1", desk.clock.now(), message_id=f"<{who.address}>"
            )
            mail = Arrived(
                "INBOX",
                7,
                100 + number,
                desk.clock.now(),
                False,
                desk.border(raw, who.address, login=True),
            )
            intake = Intake(desk.office, desk.store)
            ready.wait()
            intake.keep([mail], FolderMark(7, 200), "INBOX")
            while intake.work():
                pass

        threads = [threading.Thread(target=approves, args=one) for one in enumerate((TOM, RUTH))]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        with desk.engine.connect() as connection:
            rows = connection.execute(inbox.select().where(inbox.c.uid >= 100)).all()
        assert sorted(row.disposition for row in rows) == ["command", "command-refused"]
        assert desk.kinds().count("Approved") == 1
        desk.later(minutes=11)
        assert len(desk.post_for(SAM)) == 1
        assert list(verify(desk.store)) == []
        desk.discards()


def test_a_part_that_is_undone_leaves_no_gap_in_the_chain(desk: Office) -> None:
    now = desk.clock.now()
    happened = [Happened(MailFiled("a" * 64, "auto", "A2", "a header"), "", "foibot", "")]
    with desk.store.transaction() as tx:
        tx.ledger.append(happened, now, "n")
        with suppress(LookupError), tx.apart():
            tx.ledger.append(happened, now, "n")
            raise LookupError
        tx.ledger.append(happened, now, "n")

    with desk.store.view() as tx:
        assert list(tx.ledger.breaks()) == []
