"""A service between two servers that fail on purpose, and what has to hold whatever they did."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from pathlib import Path

from sqlalchemy import select

from foibot.config import Passwords
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.verify import verify
from foibot.errors import FoibotError
from foibot.gateway.system_clock import MovedClock
from foibot.outbox.item import ItemState
from foibot.running import Running
from foibot.service import Service
from foibot.store.tables import inbox
from tests.faulty_imap import FaultyIMAP, faulty_imap
from tests.gateway.faulty_smtp import Handler, faulty_smtp
from tests.office import MAILBOX, _empty_database, configuration, london

PATIENCE = 3.0  # seconds; used up only where a server falls silent
VOUCHED = b"Authentication-Results: mx.exampleshire.example; dmarc=pass header.from=exampleshire.example\r\n"


@dataclass
class FaultTown:
    """A service, its IMAP server and its SMTP server."""

    service: Service
    imap: FaultyIMAP
    smtp: Handler
    clock: MovedClock
    _asked: int = 0

    def asks(self, many: int = 1, **how: int) -> list[str]:
        """So many people ask one question each; their addresses."""
        people = []
        for _ in range(many):
            self._asked += 1
            who = Person("Sam Smith", f"sam{self._asked}@citizens.example")
            self.imap.deliver(self.question(who), **how)
            people.append(who.address)
        return people

    def question(self, who: Person) -> bytes:
        return request(
            who, MAILBOX, f"Question of {who.address}", f"How many of {who.address}?",
            self.clock.now(), message_id=f"<q.{who.address}>",
        )  # fmt: skip

    def notice_for(self, who: Person, kind: str) -> bytes:
        """The newest mail of a kind that somebody was sent."""
        mails = [raw for _, to, raw in self.smtp.mails if to == [who.address]]
        return [raw for raw in mails if f".{kind}." in str(message_from_bytes(raw)["Message-ID"])][
            -1
        ]

    def orders(self, who: Person, notice: bytes, words: str) -> None:
        """An officer replies to a notice, and the border vouches for them."""
        self._asked += 1
        name = f"<o{self._asked}@exampleshire.example>"
        raw = reply(who, notice, words, self.clock.now(), message_id=name)
        self.imap.deliver(VOUCHED + raw)
        assert self.turn() == ""

    def turn(self) -> str:
        """One look into the mailbox and one into the outbox; what went wrong, in words."""
        said = ""
        try:
            self.service.poll()
        except FoibotError as problem:
            said = str(problem)
        while self.service.intake.work():
            pass  # officers are told of new cases after everybody has their acknowledgement
        self.service.send()
        return said

    def acknowledged(self) -> Counter[str]:
        """How often the SMTP server took an acknowledgement, by address."""
        return self._taken(".ack.")

    def letters(self) -> Counter[str]:
        """How often it took a letter, by address."""
        return self._taken(".letter.")

    def noticed(self, words: str) -> Counter[str]:
        """Who was sent a notice with these words in its subject, and how often."""
        found: Counter[str] = Counter()
        for _, recipients, raw in self.smtp.mails:
            if words in str(message_from_bytes(raw)["Subject"]).replace("\r\n", ""):
                found.update(recipients)
        return found

    def _taken(self, kind: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for _, recipients, raw in self.smtp.mails:
            if kind in str(message_from_bytes(raw)["Message-ID"]):
                found.update(recipients)
        return found

    def rows(self) -> dict[tuple[int, int], str]:
        """The disposition of every message on record, by UIDVALIDITY and UID."""
        columns = select(inbox.c.uidvalidity, inbox.c.uid, inbox.c.disposition)
        with self.service.engine.connect() as connection:
            return {
                (row.uidvalidity, row.uid): row.disposition for row in connection.execute(columns)
            }

    def is_whole(self, *people: str) -> None:
        """Nothing lost, nothing doubled: each message of the server has one row, each person one acknowledgement."""
        here = {(self.imap.uidvalidity, uid) for uid in self.imap.mails}
        rows = self.rows()
        assert here <= set(rows), "every message that the server has is on record"
        assert all(rows.values()), "and has its disposition"
        assert self.acknowledged() == Counter(people)
        assert sorted(rows.values()).count("request") == len(people)
        with self.service.store.view() as tx:
            assert tx.outbox.in_state(ItemState.SENDING, ItemState.UNCERTAIN) == []
        assert list(verify(self.service.store)) == []


@contextmanager
def fault_town(folder: Path, *, idle: bool = True, sent: str = "never") -> Iterator[FaultTown]:
    with faulty_imap(idle=idle) as imap, faulty_smtp(auth=False) as (port, smtp):
        url = f"imap://foi@127.0.0.1:{imap.port}"
        mailbox = {
            "imap": url,
            "smtp": f"smtp://127.0.0.1:{port}",
            "sent": sent,
            "max_message_mb": 1,
        }
        config = configuration(folder, mailbox=mailbox)
        config = replace(config, passwords=Passwords(imap=imap.password, smtp=""))
        shutil.copyfile(_empty_database(), folder / "foibot.db")
        clock = MovedClock(london("2020-12-08 09:11"))
        service = Service(config, clock, patience=PATIENCE)
        try:
            yield FaultTown(service, imap, smtp, clock)
        finally:
            service.close()


@contextmanager
def at_work(town: FaultTown) -> Iterator[None]:
    """The service as `foibot run` works it, in a thread."""
    thread = threading.Thread(target=Running(town.service).run)
    thread.start()
    try:
        yield
    finally:
        town.service.stop()
        thread.join(20)
        assert not thread.is_alive()


def soon(holds: Callable[[], object], seconds: float = 20) -> None:
    """Waits until it holds; that it never does is what fails."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.01)
