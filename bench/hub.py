"""A hub of many offices for a year, each as a process of its own like `foibot hub run` has them, and what was seen of all together.

Its offices stand as [[office]] tables in an offices.toml, which is read by foibot's own checks first. They share
nothing, so that it makes no difference in which order their years are lived: some are lived side by side, the
others follow. At the end the verbs of `foibot hub` look at what is there.

What was seen of an office is kept in its folder as soon as its year is over. A hub in a folder where some years
were lived takes those as they are and lives the others, each from its start.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from bench.year import FIGURES, name_of
from foibot.config import sample
from foibot.config.offices import load_offices

_PERCENT = (50, 90, 99)


@dataclass(slots=True)
class Hub:
    """The offices, those that live now, and what those said that have ended."""

    folder: Path
    requests: list[int]
    at_once: int
    until: float
    thrifty: bool = False
    alive: dict[int, subprocess.Popen[str]] = field(default_factory=dict)
    seen: list[dict[str, Any]] = field(default_factory=list)
    stopped: bool = False

    def write(self, numbers: Iterable[int]) -> None:
        """The configurations of those offices and the list of them, as an administrator would write them."""
        entries = []
        for number in numbers:
            name, address = name_of(number)
            text = sample().replace("foi@exampleshire.example", address)
            text = text.replace('name = "Exampleshire Police"', f'name = "{name}"', 1)
            home = self._home(number)
            home.mkdir(parents=True, exist_ok=True)
            (home / "config.toml").write_text(text, "utf-8")
            entries.append(f'[[office]]\nname = "office-{number}"\nconfig = "office-{number}/config.toml"\n')  # fmt: skip
        (self.folder / "offices.toml").write_text("\n".join(entries), "utf-8")
        load_offices(self.folder / "offices.toml", os.environ)

    def ask(self, *verb: str) -> str:
        """What `foibot hub` says, in few words, of the offices that lived and whose record is there."""
        lived = sorted(one["office"] for one in self.seen if "failed" not in one)
        lived = [one for one in lived if (self._home(one) / "foibot.db").exists()]
        if not lived:
            return f"foibot hub {' '.join(verb)}: no record was kept; each was verified before it was removed"
        self.write(lived)
        command = [sys.executable, "-m", "foibot", "hub", *verb, "--offices", str(self.folder / "offices.toml")]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        lines = done.stdout.splitlines()
        return f"foibot hub {' '.join(verb)}: exit code {done.returncode}, {len(lines)} lines; the last: {(lines or ['-'])[-1]}"

    def live(self) -> None:
        """Every office's year, until all have ended or the time is up."""
        waiting = [one for one in enumerate(self.requests) if not self._was_lived(*one)]
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGTERM, self._stop)
        while (waiting and not self.stopped) or self.alive:
            while waiting and len(self.alive) < self.at_once and not self.stopped:
                number, many = waiting.pop(0)
                self.alive[number] = self._begin(number, many)
            if not self.stopped and time.monotonic() > self.until:
                _print("the time is up: the years that are being lived end where they stand")
                self._stop()
            self._listen()

    def _begin(self, number: int, many: int) -> subprocess.Popen[str]:
        command = [sys.executable, "bench/year.py", str(self._home(number)), str(number), str(many)]  # fmt: skip
        # A group of its own, so that Ctrl-C reaches it once, and from here.
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, process_group=0)  # noqa: S603

    def _was_lived(self, number: int, many: int) -> bool:
        """Whether the year of an office with so many requests was lived before; what was seen of it counts as seen now."""
        kept = self._home(number) / FIGURES
        if not kept.exists():
            self._forget(number)
            return False
        said = json.loads(kept.read_text("utf-8"))
        if said["asked"] != many:
            raise SystemExit(f"{kept} is of {said['asked']} requests, not of {many}: give another folder")  # fmt: skip
        self._over(said)
        return True

    def _home(self, number: int) -> Path:
        return self.folder / f"office-{number}"

    def _forget(self, number: int) -> None:
        """Remove the record of an office, of which the configuration and the figures stay."""
        for one in self._home(number).glob("foibot.db*"):
            one.unlink()

    def _listen(self) -> None:
        """What some of those that live say next."""
        heard = wait([one.stdout for one in self.alive.values() if one.stdout], 1)
        for number, process in list(self.alive.items()):
            if process.stdout in heard:
                self._hear(number, process)

    def _hear(self, number: int, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None  # noqa: S101 - a bench
        line = process.stdout.readline()
        if not line:
            del self.alive[number]
            if process.wait():
                self.seen.append({"office": number, "failed": process.returncode})
                _print(f"office {number} failed with exit code {process.returncode}")
            return
        said = json.loads(line)
        if "at" in said:
            _print(f"office {number}: {said['at']}, {said['asked']} requests so far")
        else:
            self._over(said)

    def _over(self, said: dict[str, Any]) -> None:
        self.seen.append(said)
        _print(_one_line(said))
        if len(self.seen) > 1:
            _print(_so_far(self.seen))
        if self.thrifty and said["ended"] and not said["wrong"]:
            self._forget(said["office"])

    def _stop(self, *_: object) -> None:
        self.stopped = True
        for process in self.alive.values():
            process.send_signal(signal.SIGTERM)


def _one_line(said: dict[str, Any]) -> str:
    cpu = sum(seconds for _, seconds in said["spent"].values())
    return (
        f"office {said['office']}: {'its year is over' if said['ended'] else 'stopped'} on {said['day']}; "
        f"{said['cases']} cases, {len(said['late'])} answered late, {said['mails']} mails, "
        f"{cpu:.0f} s of CPU, {said['MB']:.0f} MB, {said['disk'] / 1e6:.0f} MB of disk"
    )


def _so_far(seen: list[dict[str, Any]]) -> str:
    told = [one for one in seen if "failed" not in one]
    cpu = sum(seconds for one in told for _, seconds in one["spent"].values())
    cases, late, wrong = (sum(many) for many in zip(*((one["cases"], len(one["late"]), len(one["wrong"])) for one in told), strict=True))  # fmt: skip
    return f"{len(told)} offices so far: {cases} cases, {late} answered late, {cpu:.0f} s of CPU, found wrong {wrong}"


def report(seen: list[dict[str, Any]]) -> Iterator[str]:
    """What was seen of all offices together."""
    told = [one for one in seen if "failed" not in one]
    total = {key: sum(one[key] for one in told) for key in ("asked", "cases", "answered", "open and late", "mails", "disk")}  # fmt: skip
    over = sum(one["ended"] for one in told)
    yield f"offices: {len(told)}, of which {over} lived their whole year; failed: {len(seen) - len(told)}"
    yield f"requests: {total['asked']}, cases: {total['cases']}, answered: {total['answered']}"
    late = sorted(days for one in told for days in one["late"])
    yield f"answered late: {len(late)}{_spread(late)}; open and late at the end: {total['open and late']}"
    kinds, outbox, errors, minutes = (_together(told, key) for key in ("kinds", "outbox", "errors", "minutes"))  # fmt: skip
    yield f"mails out: {total['mails']} ({_listed(kinds)})"
    yield f"left in the outboxes: {_listed(outbox - Counter(sent=outbox['sent'])) or 'nothing'}"
    yield f"deepest outbox of one office: {max(one['deepest'] for one in told)}"
    minute, most = minutes.most_common(1)[0] if minutes else ("-", 0)
    yield f"most mails in one minute, all offices: {most}, at {minute}; in a minute that had any, the median: {_middle(minutes)}"
    for what in sorted({one for each in told for one in each["spent"]}):
        each = [one["spent"].get(what, [0, 0.0]) for one in told]
        times, seconds = sum(one[0] for one in each), sum(one[1] for one in each)
        yield f"{what}: {times} times, {1000 * seconds / times:.1f} ms of CPU each, {seconds:.0f} s in all"
    yield f"memory of one office: at most {max(one['MB'] for one in told):.0f} MB, all: {sum(one['MB'] for one in told):.0f} MB"
    yield f"disk: {total['disk'] / 1e6:.0f} MB, {total['disk'] / 1e3 / max(1, total['cases']):.0f} KB for a case"
    yield f"warnings and errors logged: {_listed(errors) or 'none'}"
    wrong = [f"office {one['office']}: {words}" for one in told for words in one["wrong"]]
    yield f"found wrong by verify: {len(wrong)}"
    yield from wrong[:20]


def _together(told: list[dict[str, Any]], key: str) -> Counter[str]:
    every: Counter[str] = Counter()
    for one in told:
        every.update(one[key])
    return every


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{what} {many}" for what, many in counts.most_common())


def _middle(counts: Counter[str]) -> int:
    return sorted(counts.values())[len(counts) // 2] if counts else 0


def _spread(days: list[int]) -> str:
    if not days:
        return ""
    parts = [f"{one} % by at most {days[min(len(days) - 1, len(days) * one // 100)]}" for one in _PERCENT]  # fmt: skip
    return f" ({', '.join(parts)} days, the latest by {days[-1]})"


def hub(offices: int, requests: int, *, minutes: float = 0, at_once: int = 1, folder: Path | None = None, thrifty: bool = False) -> int:  # fmt: skip
    """Live a year of a hub; 1 if something went wrong."""
    with tempfile.TemporaryDirectory(prefix="foibot-hub-") as made:
        home = folder or Path(made)
        shares = [requests // offices + (number < requests % offices) for number in range(offices)]
        began = time.monotonic()
        here = Hub(
            home, shares, at_once, began + minutes * 60 if minutes else float("inf"), thrifty
        )
        here.write(range(offices))
        here.live()
        _print("")
        for line in report(here.seen):
            _print(line)
        _print(here.ask("verify"))
        _print(here.ask("cases", "--overdue"))
        _print(f"time: {(time.monotonic() - began) / 60:.0f} minutes, {at_once} offices at once")
        return int(any("failed" in one or one["wrong"] for one in here.seen))


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201
