"""The harness: an office whose post a test sends and reads; mail that nobody read fails the test."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import cache
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from foibot.case.case import Case
from foibot.case.events import Recorded
from foibot.config import Config, load, sample
from foibot.config.sections import OfficerConfig
from foibot.demo.border import Arrival, stamped
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.dispatch import Dispatch
from foibot.desk.intake import Intake
from foibot.desk.remind import Remind
from foibot.gateway.smtp import Delivery, Envelope
from foibot.gateway.system_clock import MovedClock
from foibot.law.dates import LONDON
from foibot.letters.render import Letterbook
from foibot.outbox.item import Answer
from foibot.store.backup import back_up
from foibot.store.inbox import Arrived, FolderMark
from foibot.store.straight import connect
from foibot.store.tables import inbox
from foibot.wiring import build_office, open_store, usable_letterbook
from tests.carrying import Enclosure, carrying

JANE = Person("Jane Orange", "jane.orange@exampleshire.example")
TOM = Person("Tom Teal", "tom.teal@exampleshire.example")
RUTH = Person("Ruth Rose", "ruth.rose@exampleshire.example")
SAM = Person("Sam Smith", "sam.smith@citizens.example")
STAFF = (JANE, TOM, RUTH)

MAILBOX = "foi@exampleshire.example"
AUTHSERV = "mx.exampleshire.example"
QUESTION = "How many planned attacks on emergency services were stopped in the last five years?"
_NEWEST = select(inbox.c.disposition).order_by(inbox.c.id.desc()).limit(1)
ORDER = "ncnd 23(5) 24(2) 31(3)(a)"


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that left the office, as its reader has it."""

    raw: bytes
    to: str

    @property
    def message(self) -> EmailMessage:
        """Parsed by the library that foibot itself does not use."""
        return message_from_bytes(self.raw, policy=policy.default)

    @property
    def subject(self) -> str:
        """The subject, unfolded."""
        return " ".join(self.header("Subject").split())

    @property
    def kind(self) -> str:
        """What it is, from our Message-ID: "draft", "ack", "letter" and so on."""
        return self.header("Message-ID").split(".")[2]

    @property
    def text(self) -> str:
        """The whole text part."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def words(self) -> str:
        """The text on one line, so that a test need not know where lines break."""
        return " ".join(self.text.split())

    @property
    def html(self) -> str:
        """The whole HTML part."""
        body = self.message.get_body(("html",))
        return str(body.get_content()) if body else ""

    @property
    def files(self) -> dict[str, bytes]:
        """Attachments by name."""
        return {
            str(part.get_filename()): cast(bytes, part.get_payload(decode=True))
            for part in self.message.iter_attachments()
        }

    def header(self, name: str) -> str:
        """A header's text, "" if absent. What stands below the headers is not looked at: that would take ten times as long."""
        head = self.raw.partition(b"\r\n\r\n")[0]
        return str(BytesHeaderParser(policy=policy.default).parsebytes(head)[name] or "")


@dataclass(slots=True)
class ScriptedPost:
    """A server that takes mail, or answers as the test says; what it took is in `taken`."""

    taken: list[Envelope] = field(default_factory=list)
    script: deque[tuple[Answer, int, str]] = field(default_factory=deque)

    def send(
        self, envelopes: Sequence[Envelope], more: Callable[[], Sequence[Envelope]] = lambda: ()
    ) -> Iterable[Delivery]:
        """One delivery each: the script's next line, else accepted."""
        coming = deque(envelopes)
        while coming:
            envelope = coming.popleft()
            default = (Answer.ACCEPTED, 250, "2.0.0 queued as TEST")
            answer, code, text = self.script.popleft() if self.script else default
            if answer is Answer.ACCEPTED:
                self.taken.append(envelope)
            reached = answer is not Answer.RETRY or code != 0
            yield Delivery(envelope.key, answer, code, text, reached)
            coming.extend(more())


class Office:
    """An office in a folder, on a moved clock, with its post in the test's hands."""

    def __init__(
        self, folder: Path, *, url: str = "", start: str = "2020-12-08 09:11", **changes: Any
    ) -> None:
        """`changes` replace keys of sections: `approval={"undo_minutes": 0}`."""
        self._changes = changes
        self.config = configuration(folder, url=url, **changes)
        self.clock = MovedClock(london(start))
        if not url and not (folder / "foibot.db").exists():
            shutil.copyfile(_empty_database(), folder / "foibot.db")
        self.engine, self.store = open_store(self.config)
        # Most twins are never closed; whichever of them goes, its connections go with it.
        weakref.finalize(self, self.engine.dispose)
        self.office = build_office(self.config, self.clock, _shipped_book())
        self.post = ScriptedPost()
        self.intake = Intake(self.office, self.store)
        self.dispatch = Dispatch(self.office, self.store, self.post)
        self.remind = Remind(self.office, self.store)
        self._read = 0
        self._unread: list[Mail] = []
        self._uid = 0
        self._message = 0

    def twin(self, folder: Path) -> Office:
        """Another office that goes on from where this one stands: same record, same hour, same notices."""
        folder.mkdir(parents=True, exist_ok=True)
        back_up(self.engine, folder / "foibot.db")
        twin = Office(folder, **self._changes)
        twin.clock.set(self.clock.now())
        twin._uid, twin._message = self._uid, self._message
        twin._unread = list(self._unread)
        return twin

    def staff(self, officers: Sequence[OfficerConfig]) -> None:
        """These people work the office from now on, as after a restart with another configuration."""
        self.config = replace(self.config, officers=tuple(officers))
        self.office = build_office(self.config, self.clock, self.office.book)
        self.intake = Intake(self.office, self.store)
        self.dispatch = Dispatch(self.office, self.store, self.post)
        self.remind = Remind(self.office, self.store)

    def at(self, moment: str) -> None:
        """Move the clock to a moment in London, as "2021-01-05 09:30", and let it tick."""
        self.clock.set(london(moment))
        self.tick()

    def later(self, **span: float) -> None:
        """Move the clock on, and let it tick."""
        self.clock.advance(timedelta(**span))
        self.tick()

    def tick(self) -> None:
        """Remind and send, as the service does every few seconds."""
        self.remind.tick()
        self.send()

    def send(self) -> None:
        """Send all that may leave."""
        while self.dispatch.round().tried:
            pass
        for envelope in self.post.taken[self._read :]:
            self._unread.append(Mail(envelope.raw, envelope.recipient))
        self._read = len(self.post.taken)

    def arrives(self, raw: bytes, *, truncated: bool = False) -> str:
        """A raw mail lands in the mailbox and is settled, and what follows is sent; its disposition."""
        self.stores(raw, truncated=truncated)
        self.settles()
        return self.disposition()

    def stores(self, raw: bytes, *, truncated: bool = False, folder: str = "INBOX") -> None:
        """A raw mail lands in the mailbox and is committed, no more."""
        self._uid += 1
        mail = Arrived(folder, 7, self._uid, self.clock.now(), truncated, raw)
        self.intake.keep([mail], FolderMark(7, self._uid + 1), folder)

    def settles(self) -> None:
        """Everything stored is settled, and what follows is sent."""
        while self.intake.work():
            pass
        self.send()

    def disposition(self) -> str:
        """What the newest message was taken for."""
        with connect(self.engine) as connection:
            return str(connection.execute(_NEWEST).scalar_one())

    def border(self, raw: bytes, sender: str, *, login: bool = False, to: str = MAILBOX) -> bytes:
        """The mail as the authority's border passes it on, with its verdict on top."""
        arrival = Arrival(
            sender, to, "desk.example", sender if login else "", self.clock.now(), "1"
        )
        trusted = ("citizens.example",)
        return stamped(raw, arrival, AUTHSERV, trusted, ("exampleshire.example",))

    def message_id(self, domain: str) -> str:
        """A Message-ID nobody used before."""
        self._message += 1
        return f"<m.{self._message}@{domain}>"

    def asks(
        self,
        text: str = QUESTION,
        *,
        who: Person = SAM,
        subject: str = "Attacks on emergency services",
    ) -> str:
        """A member of the public writes; the disposition."""
        return self.arrives(self.asked(text, who, subject))

    def asked(self, text: str, who: Person, subject: str) -> bytes:
        """What a member of the public writes, as it lands in the mailbox."""
        name = self.message_id("citizens.example")
        raw = request(who, MAILBOX, subject, text, self.clock.now(), message_id=name)
        return self.border(raw, who.address)

    def orders(
        self,
        who: Person,
        notice: Mail,
        words: str,
        *,
        login: bool = True,
        to: str = "",
        files: Sequence[Enclosure] = (),
    ) -> str:
        """Somebody replies to a notice, with files, logged in as themselves or not; the disposition."""
        domain = who.address.rpartition("@")[2]
        raw = reply(
            who, notice.raw, words, self.clock.now(), message_id=self.message_id(domain), to=to
        )
        raw = carrying(raw, *files) if files else raw
        return self.arrives(self.border(raw, who.address, login=login))

    def post_for(self, who: Person | str) -> list[Mail]:
        """Read what is there for somebody; it counts as read."""
        address = who if isinstance(who, str) else who.address
        found = [mail for mail in self._unread if mail.to == address]
        self._unread = [mail for mail in self._unread if mail.to != address]
        return found

    def one_for(self, who: Person | str, kind: str = "") -> Mail:
        """Read the one mail there is for somebody, or the only one of this kind beside others."""
        post = self.post_for(who)
        found = [mail for mail in post if not kind or mail.kind == kind]
        assert len(found) == 1, [(mail.kind, mail.subject) for mail in post]
        return found[0]

    def discards(self, *people: Person | str) -> None:
        """Read and forget the post of these people, or of everybody."""
        for one in people or (*STAFF, SAM):
            self.post_for(one)

    @property
    def unread(self) -> list[str]:
        """Who has mail that the test did not read, and its subject."""
        return [f"{mail.to}: {mail.subject}" for mail in self._unread]

    def case(self, reference: str = "") -> Case:
        """The case of this reference, or the only one."""
        with self.store.view() as tx:
            if reference:
                found = tx.cases.find(reference)
                assert found is not None
                return found
            (only,) = tx.cases.every()
            return only

    def cases(self) -> list[str]:
        """The references of all cases."""
        with self.store.view() as tx:
            return [case.reference for case in tx.cases.every()]

    def numbers(self) -> list[int]:
        """The numbers of all messages that came in."""
        with self.engine.connect() as connection:
            return [int(one) for one in connection.execute(select(inbox.c.id)).scalars()]

    def history(self, reference: str = "") -> list[Recorded]:
        """What happened on that case."""
        with self.store.view() as tx:
            return tx.ledger.of_case(reference or self.case().reference)

    def kinds(self) -> list[str]:
        """The kinds of events on the only case, in order."""
        return [type(one.event).__name__ for one in self.history()]

    def drafted(self, order: str = ORDER) -> Mail:
        """A request has come and Jane has ordered a letter; Tom's draft notice."""
        self.asks()
        notice = self.one_for(JANE)
        self.discards()
        assert self.orders(JANE, notice, order) == "command"
        draft = self.one_for(TOM)
        self.discards()
        return draft

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


@cache
def _shipped_book() -> Letterbook:
    """The shipped templates, tried once for all tests."""
    with tempfile.TemporaryDirectory() as folder:
        return usable_letterbook(configuration(Path(folder)))


@cache
def _empty_database() -> Path:
    """A new office's database, made by the migrations once; each test works on a copy."""
    folder = Path(tempfile.mkdtemp(prefix="foibot-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    config = configuration(folder)
    _, store = open_store(config)
    usable_letterbook(config, store)
    store.close()
    return folder / "foibot.db"


def london(moment: str) -> datetime:
    """An aware moment from a London wall clock."""
    return datetime.fromisoformat(moment).replace(tzinfo=LONDON)


def configuration(folder: Path, *, url: str = "", **changes: Any) -> Config:
    """The shipped configuration in a folder, with keys of its sections replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "config.toml"
    file.write_text(sample(), "utf-8")
    config = load(file, os.environ)
    changes.setdefault("trust", {"authserv_id": AUTHSERV, "servers": (AUTHSERV,)})
    if url:
        changes["database"] = {"url": url}
    sections = {
        name: getattr(config, name).model_copy(update=update) for name, update in changes.items()
    }
    return replace(config, **sections)


def configuration_text(
    *, imap: str, smtp: str, tls_ca_file: str = "", undo_minutes: int = 10
) -> str:
    """The shipped configuration as text, pointed at real servers."""
    text = sample()
    for key, value in (("imap", imap), ("smtp", smtp)):
        text, count = re.subn(rf'(?m)^{key} = "embedded"$', f'{key} = "{value}"', text)
        assert count == 1
    text = re.sub(r"(?m)^(# )?poll_seconds = .*$", "poll_seconds = 5", text)
    text = re.sub(r"(?m)^(# )?undo_minutes = .*$", f"undo_minutes = {undo_minutes}", text)
    text = re.sub(r"(?m)^(# )?tls_ca_file = .*$", f'tls_ca_file = "{tls_ca_file}"', text)
    return re.sub(r"(?m)^(# )?authserv_id = .*$", f'authserv_id = "{AUTHSERV}"', text)


@contextmanager
def office(folder: Path, **changes: Any) -> Iterator[Office]:
    """An office for one test; fails at the end if anything left that the test did not read."""
    opened = Office(folder, **changes)
    try:
        yield opened
        assert not opened.unread, f"nobody read: {opened.unread}"
    finally:
        opened.close()
