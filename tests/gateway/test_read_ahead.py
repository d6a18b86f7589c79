"""A child reads a backlog ahead: the same values, and whatever happens to it only costs time."""

from __future__ import annotations

import io
import os
import signal
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from foibot.case.suggestions import suggest
from foibot.case.suggestions.suggest import Signals, signals_of
from foibot.desk.intake import Intake
from foibot.gateway import read_ahead, read_mails
from foibot.gateway.read_ahead import ReadAhead
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.parse import parse
from tests.office import MAILBOX, Office, Person, request

MAILS = [
    b"",
    b"\0\xff\r\n\r\n",
    b"From: a@b.example\r\nSubject: Short\r\n\r\nHow many?\r\n",
    b"From: =?utf-8?q?S=C3=A9?= <a@b.example>\r\n\r\n" + b"a long line " * 20_000,
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\na\r\n" * 900,
]


def digest(raw: bytes) -> str:
    return sha256(raw).hexdigest()


@pytest.fixture
def ahead() -> Iterator[ReadAhead]:
    one = ReadAhead(patience=20, patience_at_start=20)
    yield one
    one.close()


def read(raw: bytes) -> tuple[IncomingMail | Unreadable, Signals]:
    mail = parse(raw)
    return mail, signals_of(mail.subject, mail.text) if isinstance(mail, IncomingMail) else {}


def pid(ahead: ReadAhead) -> int:
    assert ahead._child is not None
    return ahead._child.pid


def test_what_is_read_ahead_is_what_would_be_read_here(ahead: ReadAhead) -> None:
    for _ in range(2):
        ahead.begin(MAILS)
        assert [ahead.take(digest(raw)) for raw in MAILS] == [read(raw) for raw in MAILS]
    assert ahead.take(digest(b"never begun")) is None


def test_closing_ends_the_child_and_the_next_batch_gets_a_new_one(ahead: ReadAhead) -> None:
    ahead.begin(MAILS)
    started = pid(ahead)
    ahead.close()
    assert ahead.take(digest(MAILS[0])) is None
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)
    ahead.begin(MAILS)
    assert ahead.take(digest(MAILS[0])) == read(MAILS[0])


def numbered(first: int, last: int) -> list[bytes]:
    return [b"Subject: %d\r\n\r\nText" % number for number in range(first, last)]


def test_the_next_batch_is_read_while_the_last_one_is_asked_for(ahead: ReadAhead) -> None:
    ahead.begin(MAILS)
    assert ahead.take(digest(MAILS[0])) == read(MAILS[0])
    ahead.begin(numbered(0, 3))
    for raw in [*MAILS[1:], *numbered(0, 3)]:
        assert ahead.take(digest(raw)) == read(raw)


def test_mails_nobody_asked_for_are_forgotten_with_the_batch_after_the_next(
    ahead: ReadAhead,
) -> None:
    """Those that came, and those that were not even given."""
    ahead.begin(MAILS)
    assert ahead.take(digest(MAILS[1])) == read(MAILS[1])
    os.kill(pid(ahead), signal.SIGSTOP)
    ahead.begin(numbered(0, 3))
    ahead.begin(numbered(3, 6))
    os.kill(pid(ahead), signal.SIGCONT)
    assert ahead.take(digest(numbered(0, 1)[0])) == read(numbered(0, 1)[0])
    assert ahead.take(digest(MAILS[0])) is None
    ahead.begin(numbered(6, 9))
    assert [ahead.take(digest(raw)) for raw in numbered(3, 9)] == [*map(read, numbered(3, 9))]
    ahead.begin(numbered(9, 12))
    assert not ahead._came
    assert ahead.take(digest(numbered(1, 2)[0])) is None


def test_while_the_child_is_loading_its_caller_reads(caplog: pytest.LogCaptureFixture) -> None:
    ahead = ReadAhead(patience=20)
    ahead.begin(MAILS)
    os.kill(pid(ahead), signal.SIGSTOP)
    assert ahead._child is not None
    while not ahead._child._given:  # or all of them may be read here before it is given any
        time.sleep(0.01)
    assert [ahead.take(digest(raw)) for raw in MAILS] == [None] * len(MAILS)
    os.kill(pid(ahead), signal.SIGCONT)
    assert ahead._child.answers_within(20)
    ahead.begin(MAILS[::-1])
    assert [ahead.take(digest(raw)) for raw in MAILS[::-1]] == [read(raw) for raw in MAILS[::-1]]
    assert caplog.messages == []
    ahead.close()


@pytest.mark.parametrize("trouble", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_dies_or_hangs_leaves_its_mails_to_be_read_here(
    trouble: signal.Signals, caplog: pytest.LogCaptureFixture
) -> None:
    ahead = ReadAhead(patience=0.05, patience_at_start=20)
    mails = [*MAILS, *(b"Subject: %d\r\n\r\n" % number + b"word " * 20_000 for number in range(40))]
    ahead.begin(mails)
    assert ahead.take(digest(mails[0])) is not None
    os.kill(pid(ahead), trouble)
    assert ahead.take(digest(mails[-1])) is None
    assert ahead.take(digest(mails[1])) is None
    assert [message.rpartition(":")[0] for message in caplog.messages] == ["mails could not be read ahead"]  # fmt: skip
    ahead.begin(MAILS)
    ahead.close()


def test_the_child_reads_until_there_is_no_more() -> None:
    lengths = [len(raw).to_bytes(read_mails.LENGTH, "big") + raw for raw in MAILS]
    answers = io.BytesIO()
    read_mails.work(io.BytesIO(b"".join(lengths)), answers)
    assert len(answers.getvalue()) > len(MAILS) * read_mails.LENGTH


def test_a_backlog_that_is_read_ahead_is_settled_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: ReadAhead
) -> None:
    desk = Office(tmp_path)
    raws = [
        request(
            Person(f"Asker {number}", f"asker{number}@citizens.example"),
            MAILBOX,
            f"Request {number}",
            f"How many boats of type {number} were stolen in 2019?",
            desk.clock.now(),
            message_id=desk.message_id("citizens.example"),
        )
        for number in range(5)
    ]
    ahead.begin(raws)
    for raw in raws:
        desk.stores(raw)
    read_here: list[bytes] = []
    monkeypatch.setattr(suggest, "_BOOK", None)
    monkeypatch.setattr("foibot.desk.cut_short.parse", lambda raw: read_here.append(raw) or parse(raw))  # fmt: skip
    intake = Intake(desk.office, desk.store, ahead.take)
    assert intake.settle() == 5
    assert read_here == []
    monkeypatch.undo()
    assert len(desk.cases()) == 5
    desk.settles()
    desk.close()


def test_the_child_is_started_apart_from_the_folder_it_runs_in() -> None:
    """Or a file there that is named like one of ours would be run."""
    ahead = ReadAhead()
    ahead.begin([b"Subject: one\r\n\r\nText\r\n"])
    assert "-P" in Path(f"/proc/{pid(ahead)}/cmdline").read_text().split("\0")
    assert read_ahead._PATIENCE > 0
    ahead.close()


def test_what_is_taken_while_the_next_batch_begins_is_taken_in_its_turn(ahead: ReadAhead) -> None:
    ahead.begin(MAILS)
    assert ahead.take(digest(MAILS[0])) is not None
    ahead._came = {digest(MAILS[0]): read(MAILS[0])}
    with ahead._change:
        taker = threading.Thread(target=ahead.take, args=(digest(MAILS[0]),))
        taker.start()
        taker.join(0.2)
        assert ahead._came, "another thread may be going through it"
    taker.join(20)
    assert ahead._came == {}


def test_where_no_child_can_be_started_its_caller_reads(
    ahead: ReadAhead, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as full:
        full.setattr(read_ahead.subprocess, "Popen", none_left)
        ahead.begin(MAILS)
        assert [ahead.take(digest(raw)) for raw in MAILS] == [None] * len(MAILS)
        assert caplog.messages == ["mails are not read ahead: BlockingIOError"]
    ahead.begin(MAILS)
    assert ahead.take(digest(MAILS[2])) == read(MAILS[2])
