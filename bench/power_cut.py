"""What a power cut leaves: foibot's writes are recorded, and started again from what a disk could hold of them.

    PYTHONPATH=. python bench/power_cut.py --images 200
    PYTHONPATH=. python bench/power_cut.py --images 50 --careless

An office of the kill harness works for a while under strace, which notes every write and every sync of the database
and its log, in one order with what the mail servers took. Then power is cut at random places of that record: what
was synced is there; of what was not, each write is there, is not, or is there in part (sectors of 512 bytes), and a
file may have been made, cut short or taken away or not. foibot is started on such an image, with the mail
servers as they were at that moment, and left in peace; then all is counted as after kills, and every mail that
the server had taken has to be known to the image as having been offered. `--careless` lets SQLite
sync nothing (synchronous=OFF), to show that this would be found.
"""

from __future__ import annotations

import argparse
import logging
import pickle
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from foibot import service as service_module
from foibot.errors import FoibotError
from foibot.outbox.item import ItemState
from foibot.trial import letterbook_of
from tests.desk import kill_harness as harness
from tests.desk.kill_harness import Plan, World
from tests.office import configuration

_SECTOR = 512
_DATABASE = "foibot.db"
# The log's index is not among them: SQLite makes it anew.
_FILES = {_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-journal"}
_NOTES = {"taken", "sent", "lives"}
_CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,unlink"
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += \d+$")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_PATH = re.compile(r"<([^>]*)>")
_WORLD = ("now", "wrong", "people", "machines", "letters", "ordered", "leaving", "left", "answered", "_named", "dice")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a file: `what` is write, cut, sync (of the folder: name ""), gone or, outside the database, note."""

    what: str
    name: str
    at: int = 0
    data: bytes = b""


def record(folder: Path, lives: int, seed: int, *, careless: bool) -> None:
    """Work the office; runs under strace. Before each life, what everybody outside knows is kept."""
    _prepare(careless=careless)
    dice = random.Random(seed)  # noqa: S311 - dice
    world = World(folder, dice, lives, ordered=0.5)
    close = service_module.Service.close
    for number in range(lives):
        world.happens()
        for _ in range(dice.randrange(4)):
            world._somebody_writes()
        kept = {name: getattr(world, name) for name in _WORLD}
        kept |= {"mails": world.servers.mails, "read": world.servers._read}
        (folder / f"before-{number}").write_bytes(pickle.dumps(kept))
        world.servers.note("lives", number=number)
        # A service that runs for weeks does not close its database after each poll.
        service_module.Service.close = close if dice.random() < 0.3 else _leave_open  # type: ignore[method-assign]
        world.life(Plan("", "", 0))


def _leave_open(_: service_module.Service) -> None:
    pass


def _prepare(*, careless: bool) -> None:
    logging.disable(logging.CRITICAL)
    book = letterbook_of("")
    service_module.usable_letterbook = lambda *_: book

    def settings(engine: Engine, _: Plan) -> None:
        def off(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA synchronous=OFF")

        if careless:
            engine.dispose()
            event.listen(engine, "connect", off)

    harness._limit = settings
    harness.warm_up()


def steps(trace: Path, folder: Path) -> Iterator[Step]:
    """What strace saw of the folder's files, in its order."""
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            call = _CALL.match(line.rstrip("\n"))
            if call is None:
                if "unfinished" in line and _FILES & {Path(one).name for one in _named(line)}:
                    raise RuntimeError("two processes wrote at once: the order is not certain")
                continue
            name, arguments = call[1], call[2]
            said = [_plain(one) for one in _HEX.findall(arguments)]
            path = Path(said[0].decode()) if name == "unlink" else Path(_named(arguments)[0])
            if path == folder or path.parent == folder:
                yield from _step(name, "" if path == folder else path.name, arguments, said)


def _plain(written: str) -> bytes:
    return bytes.fromhex(written.replace("\\x", ""))


def _named(words: str) -> list[str]:
    """The paths in <> behind descriptors."""
    return [_plain(one).decode() for one in _PATH.findall(words)] or [""]


def _step(call: str, name: str, arguments: str, said: list[bytes]) -> Iterator[Step]:
    where = arguments.rpartition(",")[2]
    match call:
        case "pwrite64" if name in _FILES:
            yield Step("write", name, int(where), said[-1])
        case "write" if name in _NOTES:
            yield Step("note", name, data=said[-1])
        case "ftruncate" if name in _FILES:
            yield Step("cut", name, int(where))
        case "fsync" | "fdatasync" if name in {"", *_FILES}:
            yield Step("sync", name)
        case "unlink" if name in _FILES:
            yield Step("gone", name)
        case _:
            pass


@dataclass
class Disk:
    """What is on the disk for certain, and what happened since and may be there.

    `certain` holds what was synced of each file, `known` the names that the folder has for certain, and
    `before` what would be found under a name if the folder was not written since.
    """

    certain: dict[str, bytearray] = field(default_factory=dict)
    pending: list[Step] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    before: dict[str, bytearray] = field(default_factory=dict)
    notes: dict[str, bytes] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """One more step."""
        match step.what:
            case "note":
                self.notes[step.name] = self.notes.get(step.name, b"") + step.data
            case "sync" if step.name:
                self._settle(step.name)
            case "sync":
                self.known = {*self.certain, *(one.name for one in self.pending)}
                self.before.clear()
            case "gone":
                self._settle(step.name)
                content = self.certain.pop(step.name, bytearray())
                if step.name in self.known:
                    self.before[step.name] = content
                    self.known.discard(step.name)
            case _:
                self.pending.append(step)

    def _settle(self, name: str) -> None:
        for step in self.pending:
            if step.name == name:
                _apply(self.certain, step)
        self.pending = [step for step in self.pending if step.name != name]

    @property
    def uncertain(self) -> bool:
        """Whether a cut now could leave this or that."""
        return bool(self.pending or self.before or set(self.certain) - self.known)

    def image(self, dice: random.Random) -> dict[str, bytearray]:
        """The files as a cut now could leave them."""
        files = {name: bytearray(content) for name, content in self.certain.items()}
        kindness = dice.choice((0.0, 0.2, 0.5, 0.9, 1.0))
        for step in self.pending:
            if dice.random() < kindness:
                _apply(files, _in_part(step, dice) if dice.random() < 0.3 else step)
        for name in {*files, *self.before} - self.known:
            if dice.random() >= kindness:  # the folder still is what it was
                files.pop(name, None)
                files |= {name: self.before[name]} if name in self.before else {}
        return files


def _in_part(step: Step, dice: random.Random) -> Step:
    """A write of which some sectors came to the disk, in any order; what else is done is done or not."""
    if step.what != "write":
        return step
    keeps = dice.randrange(0, len(step.data) // _SECTOR + 1) * _SECTOR
    if dice.random() < 0.5:
        return Step("write", step.name, step.at, step.data[:keeps])
    return Step("write", step.name, step.at + keeps, step.data[keeps:])


def _apply(files: dict[str, bytearray], step: Step) -> None:
    content = files.setdefault(step.name, bytearray())
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    if step.what == "cut":
        del content[step.at :]
    else:
        content[step.at : step.at + len(step.data)] = step.data


def _tried(image: dict[str, bytearray], notes: dict[str, bytes], before: Path, home: Path) -> list[str]:  # fmt: skip
    try:
        return start_again(image, notes, before, home)
    except (sqlite3.Error, SQLAlchemyError, FoibotError, AssertionError, ValueError) as problem:
        return [f"it cannot be started: {type(problem).__name__}: {str(problem).splitlines()[0]}"]


def start_again(image: dict[str, bytearray], notes: dict[str, bytes], before: Path, home: Path) -> list[str]:  # fmt: skip
    """Start foibot on an image, leave it in peace, and say what is wrong."""
    for name, content in (*image.items(), *notes.items()):
        if name != "lives":
            (home / name).write_bytes(content)
    kept = pickle.loads(before.read_bytes())  # noqa: S301 - our own
    world = World(home, kept["dice"], 0)
    for name in _WORLD:
        setattr(world, name, kept[name])
    world.servers.mails, world.servers._read = kept["mails"], kept["read"]
    world.config = configuration(home, mailbox={"imap": "imap://foi@localhost", "smtp": "smtp://localhost"})  # fmt: skip
    world.letters = 0  # nobody orders new letters; those that were ordered go their way
    wrong = list(_unknown(home, world))
    world.now += timedelta(minutes=1)
    harness.settle(world)
    found = harness.count(world)
    lost, doubled = found.figures["lost"], found.figures["doubled"]
    return wrong + found.wrong + ([f"lost {lost}, doubled {doubled}"] if lost or doubled else [])


def _unknown(home: Path, world: World) -> Iterator[str]:
    """What the mail server took, and the image does not know that it was offered."""
    names = [str(message_from_bytes(harness.base64.b64decode(one["raw"]))["Message-ID"]) for one in world.servers.all("taken")]  # fmt: skip
    file = home / _DATABASE
    known: dict[str, str] = {}
    if file.exists() and file.stat().st_size:
        connection = sqlite3.connect(file)
        if (said := connection.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            yield f"the database is damaged: {said}"
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'outbox'").fetchone():
            known = dict(connection.execute("SELECT message_id, state FROM outbox WHERE tries > 0"))
        connection.close()
    for name in names:
        if known.get(name, ItemState.QUEUED) == ItemState.QUEUED:
            yield f"the server took {name.split('.')[2]}, and the record does not know"


def main() -> int:
    """Record, cut, start again, count."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--images", type=int, default=200)
    options.add_argument("--lives", type=int, default=25)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--careless", action="store_true")
    options.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    seed = given.seed or random.SystemRandom().randrange(1, 10**9)
    if given.record:
        record(given.record, given.lives, seed, careless=given.careless)
        return 0
    _print(f"seed {seed}")
    with tempfile.TemporaryDirectory(prefix="foibot-power-") as made:
        return cut(Path(made), given.images, given.lives, seed, careless=given.careless)


def cut(made: Path, images: int, lives: int, seed: int, *, careless: bool) -> int:
    """Cut the power so many times; 1 if anything was wrong."""
    began, folder, trace = time.monotonic(), made / "office", made / "trace"
    folder.mkdir()
    again = [sys.executable, __file__, "--record", str(folder), "--lives", str(lives), "--seed", str(seed)]  # fmt: skip
    again += ["--careless"] if careless else []
    strace = ["strace", "-f", "-y", "-xx", "-s", "9000000", "-o", str(trace), "-e", f"trace={_CALLS}"]  # fmt: skip
    subprocess.run([*strace, *again], check=True)  # noqa: S603
    happened = [(one.what, one.name) for one in steps(trace, folder)]
    _print(
        f"recorded in {time.monotonic() - began:.0f} s: {dict(Counter(what for what, _ in happened))}"
    )
    _prepare(careless=True)  # from here on no power is cut
    dice = random.Random(seed)  # noqa: S311 - dice
    first = next(at for at, one in enumerate(happened) if one == ("note", "lives"))
    # Half of the cuts just before or after a sync, or something that somebody outside has seen.
    turns = [at for at, (what, _) in enumerate(happened) if what != "write" and at > first]
    moments = Counter(
        dice.choice(turns) + dice.randrange(2) if half else dice.randrange(first + 1, len(happened) + 1)
        for half in (number % 2 for number in range(images))
    )  # fmt: skip
    disk, bad, alike, done = Disk(), 0, 0, 0
    for at, step in enumerate(steps(trace, folder), start=1):
        disk.take(step)
        for _ in range(moments[at]):
            image = disk.image(dice)
            alike += not disk.uncertain
            number = disk.notes["lives"].count(b"\n") - 1
            with tempfile.TemporaryDirectory(prefix="foibot-image-") as home:
                wrong = _tried(image, disk.notes, folder / f"before-{number}", Path(home))
            done, bad = done + 1, bad + bool(wrong)
            if done % 25 == 0:
                _print(f"{done} power cuts so far, wrong after {bad}")
            for one in wrong:
                _print(f"WRONG  cut after step {at}: {one}")
    _print(
        f"power cuts: {done}, in {done - alike} of them something was written and not synced; wrong after {bad}"
    )
    _print(f"{time.monotonic() - began:.0f} s")
    return int(bad > 0)


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
