"""A campaign, and a year of an office with people in it, on a moved clock.

    PYTHONPATH=. python bench/simulate.py burst 10000
    PYTHONPATH=. python bench/simulate.py year 1000

`burst` lets that many near-identical requests come in within an hour. `year` spreads that many requests
over a year; its officers answer in days or weeks, forget until they are reminded, and go on leave, and its
approver takes a day. All mail passes through the whole of foibot but the servers. What is printed is what
a person would be told of it: how late answers were, how deep queues got, what a step costs, how much memory.
"""

from __future__ import annotations

import heapq
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from foibot.case.case import State
from foibot.demo.correspondent import Person, request
from tests.office import JANE, MAILBOX, TOM, Mail, Office

_SEED = 20201208
_THINGS = (
    "boats",
    "bicycles",
    "lanterns",
    "tractors",
    "bridges",
    "kennels",
    "signposts",
    "ladders",
)
_DONE = ("stolen", "repaired", "painted", "sold", "inspected", "insured", "hired", "counted")
_PLACES = ("Exampleton", "Sampletown", "Specimen Bay", "Instance-on-Sea", "Upper Placeholder")
_CAMPAIGN = (
    "Dear Exampleshire Police,\n\nPlease tell me how many lanterns stand in the streets of {}, who pays for\n"
    "them, and when each was last repaired. Please also send the contract.\n\nYours faithfully,\n{}"
)
_ONE = "Dear Exampleshire Police,\n\nHow many {} were {} in {} in {}?\n\nYours faithfully,\n{}"


def burst(many: int) -> None:
    """A form letter that thousands send within an hour."""
    with _office() as desk:
        begun = time.perf_counter()
        raws = []
        for number in range(many):
            person = Person(f"Resident {number}", f"resident.{number}@citizens.example")
            words = _CAMPAIGN.format(_PLACES[number % 5], person.name)
            raws.append(_asked(desk, person, "The lanterns in our streets", words))
        _say("made", time.perf_counter() - begun, many)
        acknowledged = shown = 0.0
        for first in range(0, many, 1000):
            for raw in raws[first : first + 1000]:
                desk.stores(raw)
            acknowledged += _timed(lambda: _until_done(desk.intake.settle))
            acknowledged += _timed(desk.send)
            shown += (cost := _timed(lambda: _until_done(desk.intake.introduce)))
            desk.send()
            desk._unread.clear()
            _print(
                f"requests {first + 1} to {first + 1000}: shown to officers at {1000 / cost:.0f}/s"
            )
        _say("acknowledged", acknowledged, many)
        _say("shown to officers", shown, many)
        _say_memory(desk)


@dataclass(slots=True)
class Year:
    """The year: what is to happen when, and what was seen."""

    desk: Office
    chance: random.Random
    agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    spent: dict[str, list[float]] = field(default_factory=dict)
    forgotten: dict[str, Mail] = field(default_factory=dict)
    deepest: int = 0
    mails: int = 0
    _number: int = 0

    def then(self, when: datetime, what: Callable[[], None]) -> None:
        """Put something on the agenda, in office hours and not while its officer is on leave."""
        while when.weekday() > 4 or _on_leave(when):
            when += timedelta(days=1)
        self._number += 1
        heapq.heappush(self.agenda, (when, self._number, what))

    def timed(self, what: str, do: Callable[[], object]) -> None:
        """Do it, and keep how long it took."""
        self.spent.setdefault(what, []).append(_timed(do))

    def asks(self, number: int) -> None:
        """A request comes in."""
        chance = self.chance
        person = Person(f"Asker {number}", f"asker.{number}@citizens.example")
        words = (
            chance.choice(_THINGS),
            chance.choice(_DONE),
            chance.choice(_PLACES),
            chance.randint(1990, 2019),
        )
        raw = _asked(self.desk, person, f"About {words[0]}", _ONE.format(*words, person.name))
        self.timed("a request", lambda: self.desk.arrives(raw))
        self.read()

    def read(self) -> None:
        """Everybody reads their post, and decides when to act on it."""
        desk, now = self.desk, self.desk.clock.now()
        with desk.store.view() as tx:
            self.deepest = max(self.deepest, tx.outbox.backlog(now)[0] + tx.inbox.backlog()[0])
        post, desk._unread[:] = list(desk._unread), []
        # A year of mails is not kept: the memory printed is foibot's.
        self.mails += len(desk.post.taken)
        desk.post.taken.clear()
        desk._read = 0
        for mail in post:
            match mail.kind, mail.to:
                case "new-case", JANE.address:
                    self._take(mail, now)
                case "draft", TOM.address:
                    day = timedelta(days=self.chance.choice((0, 1, 1, 2)), hours=2)
                    self.then(
                        now + day,
                        lambda mail=mail: self._order("an approval", TOM, mail, "approve v1"),
                    )
                case "confirm-order", JANE.address:
                    self.then(
                        now, lambda mail=mail: self._order("a confirmation", JANE, mail, "confirm")
                    )
                case "reminder" | "overdue", JANE.address:
                    self._reminded(mail, now)

    def _take(self, mail: Mail, now: datetime) -> None:
        reference = mail.subject.partition("]")[0].strip("[")
        if self.chance.random() < 0.15:
            self.forgotten[reference] = mail
            return
        days = min(40.0, self.chance.lognormvariate(2.2, 0.6))
        self.then(now + timedelta(days=days), lambda: self._answer(mail))

    def _reminded(self, mail: Mail, now: datetime) -> None:
        for reference in [one for one in self.forgotten if one in mail.text]:
            notice = self.forgotten.pop(reference)
            self.then(now + timedelta(days=1), lambda notice=notice: self._answer(notice))

    def _answer(self, notice: Mail) -> None:
        words = self.chance.choice((
            "disclose\nThe answer is 42. It was counted in the register of that year.",
            "not held\nThe register of the unit that would hold it was searched by place and year.",
            "refuse 21\nwhere: https://www.exampleshire.example/register",
        ))  # fmt: skip
        self._order("an order", JANE, notice, words)

    def _order(self, what: str, who: Person, notice: Mail, words: str) -> None:
        self.timed(what, lambda: self.desk.orders(who, notice, words))
        self.read()


def year(many: int) -> None:
    """A year of requests, with people."""
    with _office() as desk:
        run = Year(desk, random.Random(_SEED))  # noqa: S311 - a simulation
        first = desk.clock.now()
        for number in range(many):
            moment = first + timedelta(days=365 * number / many, hours=run.chance.uniform(0, 8))
            heapq.heappush(
                run.agenda, (moment, -many + number, lambda number=number: run.asks(number))
            )
        ticks = first
        while run.agenda:
            when, _, what = heapq.heappop(run.agenda)
            while ticks < when:
                ticks += timedelta(hours=1)
                desk.clock.set(max(ticks, desk.clock.now()))
                run.timed("a tick of the clock", desk.tick)
                run.read()
            desk.clock.set(max(when, desk.clock.now()))
            what()
        desk.later(days=1)  # what was approved last leaves
        _report(run, many)


def _report(run: Year, many: int) -> None:
    with run.desk.store.view() as tx:
        cases = list(tx.cases.every())
    late = [case for case in cases if case.answered_late]
    still = [case for case in cases if case.state not in {State.ANSWERED}]
    _print(
        f"{many} requests: {len(cases)} cases, {len(late)} answered late, {len(still)} not answered"
    )
    _print(f"mails out: {run.mails}; the deepest queue: {run.deepest}")
    for what, each in run.spent.items():
        _print(f"{what}: {len(each)} times, {1000 * sum(each) / len(each):.1f} ms of CPU each")
    _say_memory(run.desk)


def _on_leave(when: datetime) -> bool:
    """Jane is away for two weeks in August and one at the end of the year."""
    return (when.month == 8 and when.day <= 14) or (when.month == 12 and when.day >= 24)


@contextmanager
def _office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        desk = Office(Path(folder), start="2020-01-06 09:00", limits={"mails_per_hour": 1_000_000})
        yield desk
        desk.close()


def _asked(desk: Office, person: Person, subject: str, words: str) -> bytes:
    message_id = desk.message_id("citizens.example")
    raw = request(person, MAILBOX, subject, words, desk.clock.now(), message_id=message_id)
    return desk.border(raw, person.address)


def _until_done(work: Callable[[], int]) -> None:
    while work():
        pass


def _timed(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def _say(what: str, seconds: float, many: int) -> None:
    _print(f"{what}: {many} in {seconds:.1f} s of CPU, {many / seconds:.0f}/s")


def _say_memory(desk: Office) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    path = desk.engine.url.database or ""
    _print(f"peak memory {peak:.0f} MB; the database {Path(path).stat().st_size / 1e6:.0f} MB")


def _print(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    {"burst": burst, "year": year}[sys.argv[1]](int(sys.argv[2]))
