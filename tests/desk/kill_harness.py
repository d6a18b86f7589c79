"""An office that is killed again and again while its mail servers live on: `python -m tests.desk.kill_harness --kills 5000`.

Each life is a process of its own, forked off, that works the office as `foibot run --once` does until a named
point, where it is killed (SIGKILL) or something fails (mail rules 3.8). What the servers have is kept in a
journal on disk that no kill undoes. At the end the office is left in peace until it is quiet, and counted.
"""

from __future__ import annotations

import argparse
import base64
import json
import logging
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, select

from foibot import service as service_module
from foibot.case.case import Acknowledgement, State
from foibot.case.letter_events import Approved
from foibot.config import Config
from foibot.demo.correspondent import Person, reply, request
from foibot.desk import intake as intake_module
from foibot.desk.dispatch import Dispatch
from foibot.desk.housekeeping import SentCopies
from foibot.desk.intake import Intake
from foibot.desk.reconcile import Reconcile
from foibot.desk.remind import Remind
from foibot.desk.verify import verify
from foibot.errors import FoibotError
from foibot.gateway.reading import Batch, Mark, RawMail
from foibot.gateway.smtp import Delivery, Envelope
from foibot.gateway.system_clock import MovedClock
from foibot.outbox.item import Answer, ItemState, Kind
from foibot.service import Service
from foibot.store.ownership import AlreadyAtWork, own_the_office
from foibot.store.tables import inbox
from foibot.store.transaction import Store, Transaction
from foibot.trial import letterbook_of
from foibot.wiring import open_store
from tests.office import AUTHSERV, JANE, MAILBOX, TOM, configuration, london

EPOCH = 7
VOUCHED = (
    f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from=exampleshire.example\r\n".encode()
)
_TOLD_EVERY = 100
COMMITS = ("inbound", "route", "introduction", "claim", "answer", "reminder", "copy")
POINTS = (
    "after FETCH",
    "in the parser",
    *(f"{when} the {name} commit" for name in COMMITS for when in ("before", "after")),
    "before DATA",
    "after DATA, before 250",
    "after 250",
    "before APPEND",
    "after APPEND",
)
KILL, RAISE, FULL, LOCKED, TWO = "kill", "raise", "disk full", "locked", "two at once"
# How often each thing happens; the rest of the lives ends by itself.
CHANCES = {KILL: 70, RAISE: 8, FULL: 6, LOCKED: 3, TWO: 3, "": 10}
# Only a letter that has just left comes here.
OF_A_LETTER = ("before APPEND", "after APPEND", "before the copy commit", "after the copy commit")
STOPPED = 3  # exit code of a life that an error ended


class Broken(RuntimeError):
    """A fault of foibot's own, put in on purpose."""


@dataclass
class Plan:
    """What happens in one life, and at which point the n-th time it is reached."""

    what: str
    point: str
    nth: int

    def reached(self, point: str) -> None:
        if point != self.point or self.what not in {KILL, RAISE}:
            return
        self.nth -= 1
        if self.nth != 0:
            return
        if self.what == KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        raise Broken


@dataclass
class Servers:
    """The mailbox, the outgoing server and the Sent folder, as files that outlive every life."""

    folder: Path
    mails: list[bytes] = field(default_factory=list)
    _read: dict[str, int] = field(default_factory=dict)

    def note(self, name: str, **what: Any) -> None:
        """One line, written in one go before anything else can happen."""
        line = json.dumps(what).encode() + b"\n"
        with (self.folder / name).open("ab", buffering=0) as file:
            file.write(line)

    def all(self, name: str) -> list[dict[str, Any]]:
        file = self.folder / name
        return (
            [json.loads(line) for line in file.read_bytes().splitlines()] if file.exists() else []
        )

    def new(self, name: str) -> list[dict[str, Any]]:
        """What came since the last look."""
        found = self.all(name)
        seen = self._read.get(name, 0)
        self._read[name] = len(found)
        return found[seen:]


@dataclass
class KilledMailbox:
    """The mailbox as the gateway shows it."""

    servers: Servers
    plan: Plan
    clock: MovedClock
    newest: int = 0
    read_at: str = "foi@exampleshire.example"

    def new_mail(self, folder: str, mark: Mark | None) -> Iterator[Batch]:
        start = mark.next_uid if mark else 1
        self.newest = start + 2
        for first in range(start, len(self.servers.mails) + 1, 3):
            uids = range(first, min(first + 3, len(self.servers.mails) + 1))
            mails = tuple(self._mail(folder, uid) for uid in uids)
            self.plan.reached("after FETCH")
            yield Batch(mails, Mark(EPOCH, uids[-1] + 1))

    def came_meanwhile(self, most: int, max_bytes: int) -> tuple[RawMail, ...]:
        """What lies beyond the first batch is taken for mail that came while that was worked."""
        uids = range(self.newest + 1, len(self.servers.mails) + 1)[:most]
        self.newest = max([self.newest, *uids])
        return tuple(self._mail("INBOX", uid) for uid in uids)

    def has_from(self, address: str, first: int, before: int) -> bool:
        waiting = self.servers.mails[first - 1 : before - 1]
        return any(address.encode() in raw.partition(b"\r\n\r\n")[0] for raw in waiting)

    def _mail(self, folder: str, uid: int) -> RawMail:
        raw = self.servers.mails[uid - 1]
        return RawMail(folder, EPOCH, uid, self.clock.now(), len(raw), raw, truncated=False)

    def junk_folders(self) -> tuple[str, ...]:
        return ()

    def uids_since(self, folder: str, day: date) -> tuple[int, tuple[int, ...]]:
        return EPOCH, tuple(range(1, len(self.servers.mails) + 1))

    def again(self, folder: str, uidvalidity: int, uids: Sequence[int]) -> Iterator[RawMail]:
        return (self._mail(folder, uid) for uid in uids)

    def message_in_sent(self, message_id: str) -> bool:
        return any(one["id"] == message_id for one in self.servers.all("sent"))

    def put_in_sent(self, folder: str, raw: bytes, when: datetime) -> bool:
        self.plan.reached("before APPEND")
        self.servers.note("sent", id=str(message_from_bytes(raw)["Message-ID"]))
        self.plan.reached("after APPEND")
        return True

    def close(self) -> None:
        pass


@dataclass
class KilledPost:
    """The outgoing server as the gateway shows it; what it took is in the journal before it answers."""

    servers: Servers
    plan: Plan

    def send(
        self, envelopes: Sequence[Envelope], more: Callable[[], Sequence[Envelope]]
    ) -> Iterable[Delivery]:
        coming = deque(envelopes)
        while coming:
            one = coming.popleft()
            self.plan.reached("before DATA")
            self.servers.note("taken", to=one.recipient, raw=base64.b64encode(one.raw).decode())
            self.plan.reached("after DATA, before 250")
            yield Delivery(one.key, Answer.ACCEPTED, 250, "250 2.0.0 queued")
            self.plan.reached("after 250")
            coming.extend(more())

    def close(self) -> None:
        pass


class KilledStore(Store):
    """A store whose commits have names, by whoever began them."""

    def __init__(self, engine: Engine, plan: Plan) -> None:
        super().__init__(engine)
        self.plan = plan

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        name = _who_commits()
        with super().transaction() as tx:
            yield tx
            self.plan.reached(f"before the {name} commit")
        self.plan.reached(f"after the {name} commit")


_NAMES = {
    "keep": "inbound", "settle": "route", "introduce": "introduction", "_claim": "claim",
    "settle_all": "answer", "_settle_for": "answer", "tick": "reminder", "work": "copy",
}  # fmt: skip


def _who_commits() -> str:
    frame = sys._getframe(3)
    while frame is not None:
        if frame.f_code.co_name in _NAMES:
            return _NAMES[frame.f_code.co_name]
        frame = frame.f_back  # type: ignore[assignment]
    return "other"


def live(config: Config, servers: Servers, now: datetime, plan: Plan) -> None:
    """One life of foibot, in this process, until all is quiet."""
    clock = MovedClock(now)
    opened = Service(config, clock)
    _limit(opened.engine, plan)
    store = KilledStore(opened.engine, plan)
    mailbox, post = KilledMailbox(servers, plan, clock), KilledPost(servers, plan)
    opened.store = store
    opened.intake = Intake(opened.office, store)
    opened.dispatch = Dispatch(opened.office, store, post)
    opened.remind = Remind(opened.office, store)
    opened._mailbox = opened._sent_folder = mailbox  # type: ignore[assignment]
    opened._reconcile = Reconcile(opened.office, store, opened.intake)
    opened._copies = SentCopies(opened.office, store, look_first=True)
    if plan.what == TWO:
        with own_the_office(opened.engine), suppress(AlreadyAtWork):
            opened.once()
            os._exit(9)
    opened.once()
    opened.close()


def _limit(engine: Engine, plan: Plan) -> None:
    """A disk that is full after so many pages, or a database that somebody else keeps locked."""

    def settings(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=OFF")  # a kill is no power cut
        if plan.what == FULL:
            pages = cursor.execute("PRAGMA page_count").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={pages + plan.nth}")
        if plan.what == LOCKED:
            cursor.execute("PRAGMA busy_timeout=20")
        cursor.close()

    engine.dispose()
    event.listen(engine, "connect", settings)


@dataclass
class World:
    """Everybody outside, what they sent, and what became of every life."""

    folder: Path
    dice: random.Random
    letters: int
    # How many requests are answered: few, so that letters leave all the time.
    ordered: float = 0.08
    servers: Servers = field(init=False)
    config: Config = field(init=False)
    now: datetime = field(default_factory=lambda: london("2020-12-08 09:11"))
    wrong: timedelta = timedelta()  # by how much the clock is, now
    people: list[Person] = field(default_factory=list)
    machines: list[str] = field(default_factory=list)
    ends: Counter[str] = field(default_factory=Counter)
    killed_at: Counter[str] = field(default_factory=Counter)
    # In how many more lives an approved letter may leave or its copy be made, and whether it has left.
    leaving: int = 0
    left: bool = False
    answered: set[tuple[str, str]] = field(default_factory=set)
    _named: int = 0

    def __post_init__(self) -> None:
        self.servers = Servers(self.folder)
        servers = {"imap": "imap://foi@localhost", "smtp": "smtp://localhost"}
        self.config = configuration(self.folder, mailbox=servers)

    def happens(self) -> None:
        """Mail comes in, officers answer what they were sent, and time goes by; in some lives the clock is wrong by an hour."""
        for _ in range(self.dice.choice((0, 1, 1, 2))):
            self._somebody_writes()
        for one in self.servers.new("taken"):
            self._officer_answers(one["to"], base64.b64decode(one["raw"]))
        self.now += timedelta(minutes=self.dice.choice((1, 1, 3, 12, 12))) - self.wrong
        self.wrong = timedelta(hours=self.dice.choice((0, 0, 0, 0, 0, 1, -1)))
        self.now += self.wrong

    def _somebody_writes(self) -> None:
        mail = self._mail()
        self.servers.mails.append(mail)
        if self.dice.random() < 0.15:
            self.servers.mails.append(mail)  # delivered twice

    def _mail(self) -> bytes:
        number = len(self.servers.mails) + 1
        who = Person(f"Sam {number}", f"sam{number}@citizens.example")
        if self.dice.random() < 0.1:
            self.machines.append(who.address)
            head = b"Auto-Submitted: auto-replied\r\n"
        else:
            self.people.append(who)
            head = b""
        return head + request(
            who, MAILBOX, f"Question {number}", f"How many of {number}?", self.now,
            message_id=f"<q{number}@citizens.example>",
        )  # fmt: skip

    def _officer_answers(self, to: str, raw: bytes) -> None:
        head = message_from_bytes(raw)
        _, case, kind, _ = str(head["Message-ID"]).split(".", 3)
        if kind == "letter":
            self.leaving, self.left = 5, True
        if (case, kind) in self.answered:  # a notice that came twice, or a fresh one about the same
            return
        if to == JANE.address and kind == "new-case" and self.letters:
            self.answered.add((case, kind))
            if self.dice.random() > self.ordered:
                return
            self.letters -= 1
            self._replies(JANE, raw, "disclose\n\nForty-two.")
        if to == TOM.address and kind == "draft":
            self.answered.add((case, kind))
            self.leaving, self.left = 12, False
            self._replies(TOM, raw, "approve v1")

    def _replies(self, who: Person, notice: bytes, words: str) -> None:
        self._named += 1
        name = f"<r{self._named}@exampleshire.example>"
        self.servers.mails.append(VOUCHED + reply(who, notice, words, self.now, message_id=name))

    def life(self, plan: Plan) -> None:
        """Fork one life and see how it ends."""
        lock = self._lock() if plan.what == LOCKED else None
        child = os.fork()
        if child == 0:
            _born(self.config, self.servers, self.now, plan)
        _, status = os.waitpid(child, 0)
        if lock is not None:
            lock.close()
        if os.WIFSIGNALED(status):
            assert os.WTERMSIG(status) == signal.SIGKILL, status
            self.ends["kills"] += 1
            self.killed_at[plan.point] += 1
            return
        code = os.waitstatus_to_exitcode(status)
        assert code in {0, STOPPED}, f"a life ended with {code}: {plan}"
        what = (
            plan.what
            if plan.what != KILL and (code or plan.what in {TWO, LOCKED})
            else "ended by itself"
        )
        self.ends[what] += 1

    def _lock(self) -> sqlite3.Connection:
        lock = sqlite3.connect(self.folder / "foibot.db", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        return lock

    def plan(self) -> Plan:
        self.leaving = max(0, self.leaving - 1)
        if self.leaving and (self.left or self.dice.random() < 0.7):
            return Plan(KILL, min(OF_A_LETTER, key=lambda point: self.killed_at[point]), 1)
        what = self.dice.choices(list(CHANCES), list(CHANCES.values()))[0]
        nth = self.dice.choice((1, 1, 1, 2, 3)) if what != FULL else self.dice.randrange(0, 40)
        points = [
            one
            for one in POINTS
            if one not in OF_A_LETTER and (self.dice.random() < 0.4 or "reminder" not in one)
        ]
        return Plan(what, self.dice.choice(points), nth)


def _born(config: Config, servers: Servers, now: datetime, plan: Plan) -> None:
    """The child: it never returns."""
    code = 0
    try:
        read = intake_module.read

        def reading(*given: Any) -> Any:
            plan.reached("in the parser")
            return read(*given)

        intake_module.read = reading  # type: ignore[assignment]
        live(config, servers, now, plan)
    except (FoibotError, Broken):
        code = STOPPED
    except BaseException as problem:  # noqa: BLE001 - whatever it is, the parent has to see it
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        code = 1
    sys.stdout.flush()
    os._exit(code)


def settle(world: World) -> None:
    """Leave the office in peace until everything has left that ever will."""
    world.now -= world.wrong
    for minutes in (0, 12, 12, 12, 60, 12, 12):
        for one in world.servers.new("taken"):
            world._officer_answers(one["to"], base64.b64decode(one["raw"]))
        world.now += timedelta(minutes=minutes)
        world.life(Plan("", "", 0))


def warm_up() -> None:
    """One small office worked in this process, so that every life forked off it begins with warm caches."""
    with tempfile.TemporaryDirectory(prefix="foibot-warm-") as folder:
        world = World(Path(folder), random.Random(1), 1, ordered=1)  # noqa: S311 - dice
        for minutes in (0, 1, 1, 12):
            world._somebody_writes()
            world.now += timedelta(minutes=minutes)
            live(world.config, world.servers, world.now, Plan("", "", 0))
            for one in world.servers.new("taken"):
                world._officer_answers(one["to"], base64.b64decode(one["raw"]))


@dataclass
class Report:
    """What was counted at the end."""

    figures: dict[str, object]
    wrong: list[str]


def count(world: World) -> Report:
    """The invariants (mail rules 3.8), and how much there was of each."""
    engine, store = open_store(world.config)
    wrong: list[str] = list(verify(store))
    with engine.connect() as connection:
        rows = connection.execute(select(inbox.c.uid, inbox.c.disposition, inbox.c.done)).all()
    uids = Counter(row.uid for row in rows)
    expected = set(range(1, len(world.servers.mails) + 1))
    lost = len(expected - set(uids)) + sum(not row.done for row in rows)
    wrong += [f"message {uid} has {many} rows" for uid, many in uids.items() if many != 1]
    quarantined = sum(row.disposition == "quarantine" for row in rows)
    taken = [(one["to"], base64.b64decode(one["raw"])) for one in world.servers.all("taken")]
    names = [str(message_from_bytes(raw)["Message-ID"]) for _, raw in taken]
    acks: dict[str, set[bytes]] = {}
    for (to, raw), name in zip(taken, names, strict=True):
        if ".ack." in name:
            acks.setdefault(to, set()).add(raw)
    with store.view() as tx:
        cases = list(tx.cases.every())
        unsent = tx.outbox.in_state(ItemState.SENDING, ItemState.QUEUED)
        letters = {
            one.message_id: one for one in tx.outbox.in_state(*ItemState) if one.kind is Kind.LETTER
        }
        approved = sum(
            any(isinstance(one.event, Approved) for one in tx.ledger.of_case(case.reference))
            for case in cases
        )
    asked = {one.address for one in world.people}
    unanswered = asked - set(acks)
    offered = Counter((to, name) for (to, _), name in zip(taken, names, strict=True))
    wrong += [f"{name} was offered {many} times" for (_, name), many in offered.items() if many > 2]
    told = {_case_of(raw) for _, raw in taken if b".not-delivered." in raw[:2000]}
    doubtful = [case for case in cases if case.acknowledgement is not Acknowledgement.SENT]
    wrong += [
        f"case {case.reference}: its acknowledgement is {case.acknowledgement}, and no officer was told"
        for case in doubtful
        if case.reference not in told
    ]
    told_of = {case.requester.address for case in doubtful if case.reference in told} & unanswered
    unanswered -= told_of
    lost += max(0, len(unanswered) - quarantined)
    wrong += [
        f"{to} was acknowledged with {len(raws)} mails"
        for to, raws in acks.items()
        if len(raws) > 1
    ]
    wrong += [f"a machine was answered: {to}" for to in acks.keys() - asked]
    wrong += [f"mail {one.id} ({one.kind}) never left" for one in unsent]
    copies = Counter(name for name in names if ".letter." in name)
    doubled = sum(many - 1 for many in copies.values()) + max(0, len(cases) - len(asked))
    doubled += sum(
        many - 1 for many in Counter(one["id"] for one in world.servers.all("sent")).values()
    )
    states = Counter(letter.state for letter in letters.values())
    wrong += _letters(letters, copies)
    uncertain = sum(case.state is State.DELIVERY_UNCERTAIN for case in cases)
    if uncertain != states[ItemState.UNCERTAIN]:
        wrong.append("a letter in doubt and the state of its case differ")
    store.close()
    repeated = sum(Counter(name for name in names if ".ack." in name).values()) - len(acks)
    figures: dict[str, object] = {
        "kills": world.ends["kills"],
        "restarts": sum(world.ends.values()),
        "errors put in": sum(world.ends[what] for what in (RAISE, FULL, LOCKED, TWO)),
        "messages in": len(world.servers.mails),
        "requests": len(asked),
        "acknowledged": len(acks),
        "acknowledgements repeated after doubt": repeated,
        "acknowledgements in doubt, officers told": len(doubtful),
        "of those never taken by the server": len(told_of),
        "messages shown to an officer instead": quarantined,
        "letters approved": approved,
        "letters sent": states[ItemState.SENT],
        "letters left in doubt": states[ItemState.UNCERTAIN],
        "lost": lost,
        "doubled": doubled,
    }
    return Report(figures, wrong)


def _case_of(raw: bytes) -> str:
    """The reference of the case that a notice is about, from our Message-ID."""
    return str(message_from_bytes(raw)["Message-ID"]).split(".")[1].replace("-", "/")


def _letters(letters: dict[str, Any], copies: Counter[str]) -> Iterator[str]:
    for name, letter in letters.items():
        if letter.state is ItemState.SENT and copies[name] != 1:
            yield f"letter {letter.id} counts as sent and was taken {copies[name]} times"
        if letter.state is ItemState.DRAFT and copies[name]:
            yield f"letter {letter.id} left without an approval"
    for name in copies.keys() - letters.keys():
        yield f"a letter left that nobody wrote: {name}"


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=250)
    parser.add_argument(
        "--letters",
        type=int,
        default=0,
        help="as many letters as this (default: one for twenty kills)",
    )
    parser.add_argument("--seed", type=int, default=0, help="0: take one and print it")
    given = parser.parse_args()
    seed = given.seed or random.SystemRandom().randrange(1, 10**9)
    _say(f"seed {seed}")
    logging.disable(logging.CRITICAL)
    book = letterbook_of("")  # the templates do not change from one life to the next
    service_module.usable_letterbook = lambda *_: book
    service_module._BETWEEN = 0  # whoever may go first is let in after every batch
    warm_up()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="foibot-kills-") as folder:
        dice = random.Random(seed)  # noqa: S311 - dice that fall the same way again
        world = World(Path(folder), dice, given.letters or given.kills // 20)
        world.life(Plan("", "", 0))
        told = 0
        while world.ends["kills"] < given.kills:
            world.happens()
            world.life(world.plan())
            if world.ends["kills"] >= told + _TOLD_EVERY:
                told = world.ends["kills"]
                _say(f"after {time.monotonic() - began:.0f} s: {told} kills")
        settle(world)
        report = count(world)
    for name, figure in report.figures.items():
        _say(f"{name:40} {figure:>8}")
    for name in POINTS:
        _say(f"  killed {name:33} {world.killed_at[name]:>8}")
    _say(f"{time.monotonic() - began:.0f} s")
    for wrong in report.wrong:
        _say(f"WRONG  {wrong}")
    return 1 if report.wrong or report.figures["lost"] or report.figures["doubled"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
