"""Orders that race for one letter, with two workers on one database: exactly one outcome each, whoever is faster."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from foibot.case import events as e
from foibot.case import letter_events as le
from foibot.case.case import LetterState
from foibot.demo.correspondent import Person, reply
from foibot.desk import intake
from foibot.desk.dispatch import Dispatch
from foibot.desk.intake import Intake
from foibot.store.database import open_engine
from foibot.store.tables import inbox, outbox
from foibot.store.transaction import Store
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office


@pytest.fixture
def desk(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office on either database, whose workers take one message at a time."""
    monkeypatch.setattr(intake, "_BATCH", 1)
    opened = Office(tmp_path, url=engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


def mail_from(desk: Office, who: Person, notice: Mail, words: str, name: str = "") -> bytes:
    """A reply as the border passes it on."""
    ours = name or desk.message_id("exampleshire.example")
    raw = reply(who, notice.raw, words, desk.clock.now(), message_id=ours)
    return desk.border(raw, who.address, login=True)


def at_once(desk: Office, *mails: bytes) -> list[str]:
    """These mails are there, and two workers with connections of their own begin in one moment."""
    for raw in mails:
        desk.stores(raw)
    start = threading.Barrier(2)

    def work() -> None:
        own = open_engine(desk.engine.url.render_as_string(hide_password=False))
        worker = Intake(desk.office, Store(own))
        start.wait(20)
        while worker.work():
            pass
        own.dispose()

    with ThreadPoolExecutor(2) as workers:
        for one in [workers.submit(work) for _ in range(2)]:
            one.result(60)
    with desk.engine.connect() as connection:
        query = select(inbox.c.disposition, inbox.c.done).order_by(inbox.c.id.desc())
        rows = connection.execute(query.limit(len(mails))).all()
    assert all(row.done for row in rows)
    return sorted(row.disposition for row in rows)


def letter_mails(desk: Office) -> list[str]:
    with desk.engine.connect() as connection:
        query = select(outbox.c.state).where(outbox.c.kind == "letter").order_by(outbox.c.id)
        return list(connection.execute(query).scalars())


def count(desk: Office, kind: type[e.Event]) -> int:
    return sum(1 for one in desk.history() if isinstance(one.event, kind))


def drafts(desk: Office) -> dict[Person, Mail]:
    """A request has come and Jane has ordered a letter; each person's notice of the draft."""
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), "ncnd 23(5) 24(2) 31(3)(a)")
    found = {who: desk.post_for(who)[-1] for who in (JANE, TOM, RUTH)}
    desk.discards()
    return found


def state(desk: Office) -> LetterState:
    current = desk.case().current
    assert current is not None
    return current.state


def test_two_approvers_at_once_approve_one_letter_once(desk: Office) -> None:
    """Mail rule E5."""
    notices = drafts(desk)
    done = at_once(
        desk,
        mail_from(desk, TOM, notices[TOM], "approve v1"),
        mail_from(desk, RUTH, notices[RUTH], "approve v1"),
    )
    assert done == ["command", "command-refused"]
    assert count(desk, le.Approved) == 1
    assert letter_mails(desk) == ["approved"]


def test_an_approval_and_an_edit_at_once_are_never_both_done(desk: Office) -> None:
    notices = drafts(desk)
    done = at_once(
        desk,
        mail_from(desk, TOM, notices[TOM], "approve v1"),
        mail_from(desk, JANE, notices[JANE], "set harm\nIt would help people who plan attacks."),
    )
    assert done == ["command", "command-refused"]
    letters = desk.case().letters
    if count(desk, le.Approved):
        assert [one.state for one in letters] == [LetterState.APPROVED]
        assert letter_mails(desk) == ["approved"]
    else:
        assert [one.state for one in letters] == [LetterState.SUPERSEDED, LetterState.DRAFT]
        assert letter_mails(desk) == ["draft", "draft"]


def test_an_approval_and_a_rejection_at_once_are_never_both_done(desk: Office) -> None:
    notices = drafts(desk)
    done = at_once(
        desk,
        mail_from(desk, TOM, notices[TOM], "approve v1"),
        mail_from(desk, RUTH, notices[RUTH], "reject v1: too short"),
    )
    assert done == ["command", "command-refused"]
    assert count(desk, le.Approved) + count(desk, le.Rejected) == 1


def test_an_approval_and_a_stop_at_once_end_in_one_of_two_states(desk: Office) -> None:
    notices = drafts(desk)
    at_once(
        desk,
        mail_from(desk, TOM, notices[TOM], "approve v1"),
        mail_from(desk, RUTH, notices[RUTH], "stop"),
    )
    stopped = count(desk, le.Stopped)
    assert count(desk, le.Approved) == 1
    assert state(desk) is (LetterState.DRAFT if stopped else LetterState.APPROVED)
    assert letter_mails(desk) == ["draft" if stopped else "approved"]


def test_a_stop_and_the_sending_at_once_are_never_both_done(desk: Office) -> None:
    notices = drafts(desk)
    desk.orders(TOM, notices[TOM], "approve v1")
    desk.discards()
    desk.clock.set(desk.clock.now().replace(hour=12))
    desk.stores(mail_from(desk, RUTH, notices[RUTH], "stop"))
    start = threading.Barrier(2)

    def stop() -> None:
        start.wait(20)
        while desk.intake.work():
            pass

    def send() -> None:
        start.wait(20)
        while desk.dispatch.round().tried:
            pass

    with ThreadPoolExecutor(2) as workers:
        for one in (workers.submit(stop), workers.submit(send)):
            one.result(60)
    desk.send()
    left = [one for one in desk.post.taken if one.recipient == SAM.address][1:]
    stopped = count(desk, le.Stopped)
    assert len(left) == (0 if stopped else 1)
    assert state(desk) is (LetterState.DRAFT if stopped else LetterState.SENT)


def test_one_mail_delivered_twice_at_once_is_obeyed_once(desk: Office) -> None:
    """Mail rule E5."""
    notices = drafts(desk)
    raw = mail_from(desk, TOM, notices[TOM], "approve v1", "<once@exampleshire.example>")
    done = at_once(desk, raw, raw)
    assert done in (["command", "command-refused"], ["command", "duplicate"])
    assert count(desk, le.Approved) == 1


def test_the_same_approval_again_after_the_letter_has_left_sends_nothing(desk: Office) -> None:
    notices = drafts(desk)
    raw = mail_from(desk, TOM, notices[TOM], "approve v1", "<once@exampleshire.example>")
    at_once(desk, raw)
    desk.later(minutes=11)
    assert at_once(desk, raw, raw.replace(b"<once@", b"<twice@")) == [
        "command-refused",
        "duplicate",
    ]
    assert sum(one.recipient == SAM.address for one in desk.post.taken) == 2  # with the receipt


def test_two_that_send_at_once_send_every_mail_once(desk: Office) -> None:
    notices = drafts(desk)
    desk.orders(TOM, notices[TOM], "approve v1")
    desk.clock.set(desk.clock.now().replace(hour=12))
    start = threading.Barrier(2)

    def send() -> None:
        own = open_engine(desk.engine.url.render_as_string(hide_password=False))
        worker = Dispatch(desk.office, Store(own), desk.post)
        start.wait(20)
        while worker.round().tried:
            pass
        own.dispose()

    with ThreadPoolExecutor(2) as workers:
        for one in [workers.submit(send) for _ in range(2)]:
            one.result(60)
    keys = [one.key for one in desk.post.taken]
    assert len(keys) == len(set(keys))
    assert letter_mails(desk) == ["sent"]
