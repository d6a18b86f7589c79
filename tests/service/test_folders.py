"""Every folder that is watched, and the daily proof that nothing in them was left out; on two real servers."""

from __future__ import annotations

import imaplib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from foibot.config import Passwords
from foibot.demo.correspondent import Person, request
from foibot.demo.servers import EmbeddedServers
from foibot.gateway.system_clock import MovedClock
from foibot.outbox.item import ItemState
from foibot.service import Service
from foibot.store.tables import inbox, marks
from tests.office import JANE, MAILBOX, _empty_database, configuration, london
from tests.real_servers import HOST, dovecot

START = london("2020-12-08 09:11")


@dataclass
class Watched:
    """A service that reads a mailbox, and a colleague's mail program on the same mailbox."""

    service: Service
    clock: MovedClock
    imap: imaplib.IMAP4
    embedded: bool

    def put(
        self,
        number: int,
        folder: str = "INBOX",
        days_ago: int = 0,
        sender: Person | None = None,
    ) -> None:
        who = sender or Person(f"Sam {number}", f"sam{number}@citizens.example")
        raw = request(
            who, MAILBOX, f"Question {number}", f"How many of {number}?", self.clock.now(),
            message_id=f"<q{number}@citizens.example>",
        )  # fmt: skip
        when = imaplib.Time2Internaldate(self.clock.now() - timedelta(days=days_ago))
        assert self.imap.append(f'"{folder}"', None, when, raw)[0] == "OK"

    def lose(self, number: int) -> None:
        """A row goes missing, as after a restored backup."""
        with self.service.engine.begin() as connection:
            named = inbox.c.message_id == f"<q{number}@citizens.example>"
            assert connection.execute(delete(inbox).where(named)).rowcount == 1

    def rows(self, folder: str = "INBOX") -> list[tuple[int, str]]:
        query = select(inbox.c.message_id, inbox.c.disposition).where(inbox.c.folder == folder)
        with self.service.engine.connect() as connection:
            found = [(row.message_id, row.disposition) for row in connection.execute(query)]
        return sorted((int(name[2:].partition("@")[0]), what) for name, what in found)

    def notices(self) -> list[str]:
        """The texts of the waiting mails about mail that was not on record."""
        with self.service.store.view() as tx:
            waiting = tx.outbox.in_state(ItemState.QUEUED)
            texts = [tx.outbox.raw_of(one.id).decode() for one in waiting]
        return [text for text in texts if "Mail that was in the mailbox" in text]


@pytest.fixture(params=["embedded", "dovecot"])
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    if request.param == "dovecot":
        with dovecot() as running:
            yield from _watch(tmp_path, running.user, running.password, running.imap_port)
        return
    accounts = {MAILBOX: "loopback-only"}
    clock = MovedClock(START)
    with EmbeddedServers(accounts, authserv_id="mx.exampleshire.example", clock=clock.now) as own:
        yield from _watch(tmp_path, MAILBOX, "loopback-only", own.imap_port)


def _watch(folder: Path, user: str, password: str, port: int) -> Iterator[Watched]:
    imap = imaplib.IMAP4(HOST, port)
    imap.login(user, password)
    imap.create("Junk")
    url = f"imap://{user.replace('@', '%40')}@{HOST}:{port}"
    config = configuration(folder, mailbox={"imap": url, "smtp": f"smtp://foi@{HOST}:9"})
    config = replace(config, passwords=Passwords(imap=password, smtp=password))
    shutil.copyfile(_empty_database(), folder / "foibot.db")
    clock = MovedClock(START)
    service = Service(config, clock)
    try:
        yield Watched(service, clock, imap, embedded=user == MAILBOX)
    finally:
        service.close()
        imap.logout()


def test_once_a_day_every_message_of_the_last_14_days_is_proved_to_have_a_row(
    watched: Watched,
) -> None:
    for number, days_ago in ((1, 0), (2, 3), (3, 13), (4, 20)):
        watched.put(number, days_ago=days_ago)
    watched.put(5, "Junk")
    assert watched.service.poll() == 5
    assert watched.notices() == []
    everything = watched.rows()

    for number in (2, 3, 4):
        watched.lose(number)
    assert watched.service.poll() == 0, "today's comparison was made"
    watched.clock.set(london("2020-12-09 05:59"))
    assert watched.service.poll() == 0
    watched.clock.set(london("2020-12-09 06:00"))
    watched.service.poll()

    assert watched.rows() == [one for one in everything if one[0] != 4], "the fourth is too old"
    told = watched.notices()
    assert len(told) == 3, "one for each person on the roster"
    assert "of the server's count: read now, and dealt with like any other" in " ".join(
        told[0].split()
    )
    watched.clock.set(london("2020-12-10 06:00"))
    watched.service.poll()
    assert len(watched.notices()) == 3


def test_mail_below_the_mark_that_was_never_fetched_is_found_too(watched: Watched) -> None:
    """The mark jumped, as after an edit by hand or a restored backup of a later day."""
    watched.put(1)
    watched.service.poll()
    with watched.service.engine.begin() as connection:
        connection.execute(marks.update().where(marks.c.folder == "INBOX").values(next_uid=999))
    watched.put(2)
    assert watched.service.poll() == 0
    watched.clock.set(london("2020-12-09 06:00"))
    watched.service.poll()
    assert watched.rows() == [(1, "request"), (2, "request")]


def test_the_folder_for_spam_is_found_by_itself_and_listed(watched: Watched) -> None:
    watched.put(1, "Junk")
    watched.put(2)
    watched.service.poll()
    assert watched.rows("Junk") == [(1, "unmatched")]
    assert watched.rows() == [(2, "request")]


def test_a_folder_for_spam_that_somebody_renamed_keeps_no_request_from_being_read(
    watched: Watched,
) -> None:
    watched.put(1, "Junk")
    watched.service.poll()
    assert watched.imap.rename("Junk", "Rubbish")[0] == "OK"
    watched.put(2)
    watched.service.poll()
    assert watched.rows() == [(2, "request")]
    watched.clock.set(london("2020-12-09 06:00"))
    watched.service.poll()
    watched.imap.create("Spam")
    watched.put(3, "Spam")
    watched.clock.set(london("2020-12-10 06:00"))
    watched.service.poll()
    watched.service.poll()
    assert watched.rows("Spam") == [(3, "unmatched")]


def test_who_writes_first_while_a_backlog_is_worked_does_not_wait_for_all_of_it(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody's second message overtakes their first, an officer's order overtakes nothing; each is read once."""
    service = watched.service
    monkeypatch.setattr(service._mailbox, "_first_messages", 2)
    monkeypatch.setattr(service._mailbox, "_batch_messages", 2)
    monkeypatch.setattr("foibot.service._BETWEEN", 0.0)
    for number in range(1, 6):
        watched.put(number)
    settle = service.settle

    def others_write() -> int:
        done = settle()
        if done == 0:
            return 0
        monkeypatch.setattr(service, "settle", settle)
        watched.put(6, sender=Person("Sam 5", "sam5@citizens.example"))
        watched.put(7)
        watched.put(8, sender=JANE)
        return done

    monkeypatch.setattr(service, "settle", others_write)
    assert service.poll() == 8
    with service.engine.connect() as connection:
        found = connection.execute(select(inbox.c.message_id).order_by(inbox.c.id)).scalars()
        order = [int(name[2:].partition("@")[0]) for name in found]
    knows_senders = order.index(7) == 2
    assert order == ([1, 2, 7, 3, 4, 5, 6, 8] if knows_senders else [1, 2, 3, 4, 5, 6, 7, 8])
    assert knows_senders or watched.embedded, "a real server says whose mail waits"
