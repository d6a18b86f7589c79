"""A year of one office with people in it, on a moved clock, in a process of its own: what was seen, as lines of JSON.

    PYTHONPATH=. python bench/year.py FOLDER NUMBER REQUESTS

FOLDER gets the record, and what was seen as figures.json once the year is over; the office is the NUMBER-th of a
hub. Officers answer in days or weeks, forget until they are reminded, and go on leave; an approver takes a day or
two. All mail passes through the whole of foibot but the servers. SIGINT and SIGTERM end the year where it stands,
and it has to be lived again from its start.
"""

from __future__ import annotations

import gc
import heapq
import json
import logging
import random
import re
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from foibot.case.case import Case
from foibot.case.clocks import OURS
from foibot.demo.correspondent import Person, request
from foibot.desk.dispatch import Dispatch
from foibot.desk.verify import verify
from foibot.gateway.smtp import Delivery, Envelope
from foibot.law.dates import london_date
from tests.office import AUTHSERV, JANE, MAILBOX, TOM, Mail, Office, ScriptedPost

SEED = 20201208
_KIND = re.compile(rb"^Message-ID: <foi\.[^.]*\.([^.]*)\.", re.MULTILINE)
_CASE = re.compile(rb"^Subject: \[([^\]\s]+)\]", re.MULTILINE)
_BELOW_THE_TEXT = b"\r\nContent-Type: text/html"
START = "2020-01-06 09:00"
FIGURES = "figures.json"
_THINGS = [
    "boats",
    "bicycles",
    "lanterns",
    "tractors",
    "bridges",
    "kennels",
    "signposts",
    "ladders",
]
_DONE = ["stolen", "repaired", "painted", "sold", "inspected", "insured", "hired", "counted"]
_PLACES = ("Exampleton", "Sampletown", "Specimen Bay", "Instance-on-Sea", "Upper Placeholder")
_ONE = "Dear Exampleshire Police,\n\nHow many {} were {} in {} in {}?\n\nYours faithfully,\n{}"
_ANSWERS = (
    "disclose\nThe answer is 42. It was counted in the register of that year.",
    "not held\nThe register of the unit that would hold it was searched by place and year.",
    "refuse 21\nwhere: https://www.exampleshire.example/register",
)


def name_of(number: int) -> tuple[str, str]:
    """The name and the mailbox of an office of the hub; the 0th is the one of the shipped configuration."""
    if number == 0:
        return "Exampleshire Police", MAILBOX
    return f"Exampleshire District {number}", f"foi@district-{number}.example"


class _AtOnce(ScriptedPost):
    """A server that answers for all mails of a round before anybody has kept the first answer, as a quick one does."""

    def send(
        self, envelopes: Sequence[Envelope], more: Callable[[], Sequence[Envelope]] = lambda: ()
    ) -> Iterable[Delivery]:
        """One delivery each, all but the last with another behind it; what is queued meanwhile leaves in the next round."""
        answers = [*super().send(envelopes)]
        return [*(replace(one, more=True) for one in answers[:-1]), *answers[-1:]]


class Watched(Office):
    """An office that notes how much waits when it begins to send, and how much leaves in each minute."""

    def __init__(self, folder: Path, number: int) -> None:
        self.deepest = 0
        self.minutes: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        name, address = name_of(number)
        super().__init__(
            folder, start=START, limits={"mails_per_hour": 1_000_000}, authority={"name": name},
            mailbox={"address": address},
            trust={"authserv_id": AUTHSERV, "servers": (AUTHSERV,), "own_domains": ("exampleshire.example", address.partition("@")[2])},
        )  # fmt: skip
        self.post = _AtOnce()
        self.dispatch = Dispatch(self.office, self.store, self.post)

    def send(self) -> None:
        """Send all that may leave."""
        now = self.clock.now()
        with self.store.view() as tx:
            self.deepest = max(self.deepest, tx.outbox.backlog(now)[0])
        before = len(self.post.taken)
        super().send()
        if left := len(self.post.taken) - before:
            self.minutes[f"{now:%Y-%m-%d %H:%M}"] += left


@dataclass(slots=True)
class Year:
    """The year: what is to happen when, and what was seen."""

    desk: Watched
    chance: random.Random
    leave: dict[str, list[tuple[date, date]]]
    agenda: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    spent: dict[str, list[float]] = field(default_factory=dict)
    forgotten: dict[str, Mail] = field(default_factory=dict)
    asked: int = 0
    deepest: int = 0
    mails: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    _number: int = 0

    def then(self, when: datetime, who: Person, what: Callable[[], None]) -> None:
        """Put something on the agenda, on a weekday on which whoever does it is not on leave."""
        away = self.leave[who.address]
        while when.weekday() > 4 or any(first <= when.date() <= last for first, last in away):
            when += timedelta(days=1)
        self._number += 1
        heapq.heappush(self.agenda, (when, self._number, what))

    def timed(self, what: str, do: Callable[[], object]) -> None:
        """Do it, and keep how long it took."""
        begun = time.process_time()
        do()
        self.spent.setdefault(what, []).append(time.process_time() - begun)

    def asks(self, number: int) -> None:
        """A request comes in."""
        chance, desk = self.chance, self.desk
        self.asked += 1
        person = Person(f"Asker {number}", f"asker.{number}@citizens.example")
        thing, done = chance.choice(_THINGS), chance.choice(_DONE)
        words = _ONE.format(
            thing, done, chance.choice(_PLACES), chance.randint(1990, 2019), person.name
        )
        name = desk.message_id("citizens.example")
        raw = request(person, desk.config.mailbox.address, f"About {thing}", words, desk.clock.now(), message_id=name)  # fmt: skip
        raw = desk.border(raw, person.address, to=desk.config.mailbox.address)
        self.timed("a request", lambda: desk.arrives(raw))
        self.read()

    def tick(self) -> None:
        """The clock ticks."""
        self.timed("a tick of the clock", self.desk.tick)
        self.read()

    def read(self) -> None:
        """Everybody reads their post, and decides when to act on it."""
        desk, now = self.desk, self.desk.clock.now()
        self.deepest = max(self.deepest, desk.deepest)
        post, desk._unread[:] = list(desk._unread), []
        # A year of mails is not kept: the memory printed is foibot's.
        self.mails += len(desk.post.taken)
        desk.post.taken.clear()
        desk._read = 0
        for mail in post:
            kind = _kind_of(mail)
            self.kinds[kind] += 1
            self._reads(kind, mail, now)

    def _reads(self, kind: str, mail: Mail, now: datetime) -> None:
        match kind, mail.to:
            case "new-case", JANE.address:
                self._take(mail, now)
            case "draft", TOM.address:
                days = timedelta(days=self.chance.choice((0, 1, 1, 2)), hours=2)
                self.then(now + days, TOM, lambda: self._order("an approval", TOM, mail, "approve v1"))  # fmt: skip
            case "confirm-order", (JANE.address | TOM.address) as to:
                who = JANE if to == JANE.address else TOM
                self.then(now, who, lambda: self._order("a confirmation", who, mail, "confirm"))
            case "reminder" | "overdue", JANE.address:
                self._reminded(mail, now)

    def _take(self, mail: Mail, now: datetime) -> None:
        reference = _case_of(mail)
        if self.chance.random() < 0.15:
            self.forgotten[reference] = mail
            return
        days = min(40.0, self.chance.lognormvariate(2.2, 0.6))
        self.then(now + timedelta(days=days), JANE, lambda: self._answer(mail))

    def _reminded(self, mail: Mail, now: datetime) -> None:
        if notice := self.forgotten.pop(_case_of(mail), None):
            self.then(now + timedelta(days=1), JANE, lambda: self._answer(notice))

    def _answer(self, notice: Mail) -> None:
        self._order("an order", JANE, notice, self.chance.choice(_ANSWERS))

    def _order(self, what: str, who: Person, notice: Mail, words: str) -> None:
        seen = _as_quoted(notice)
        self.timed(what, lambda: self.desk.orders(who, seen, words))
        self.read()

    def live(self, many: int, goes_on: Callable[[], bool], each_month: Callable[[datetime], None]) -> None:  # fmt: skip
        """Spread so many requests over a year, and go on until all is done."""
        first = self.desk.clock.now()
        for number in range(many):
            moment = first + timedelta(days=365 * number / many, hours=self.chance.uniform(0, 8))
            heapq.heappush(
                self.agenda, (moment, number - many, lambda number=number: self.asks(number))
            )
        ticks = month = first
        while (self.agenda or self.forgotten) and goes_on():
            following = _next_tick(ticks)
            if self.agenda and self.agenda[0][0] <= following:
                when, _, what = heapq.heappop(self.agenda)
                self.desk.clock.set(max(when, self.desk.clock.now()))
                what()
                continue
            ticks = following
            self.desk.clock.set(max(ticks, self.desk.clock.now()))
            self.tick()  # may put something on the agenda that is to happen soon
            if ticks.month != month.month:
                month = ticks
                each_month(ticks)
        self.desk.later(days=1)  # what was approved last leaves
        self.read()


def _kind_of(mail: Mail) -> str:
    """What it is; the standard library takes as long to read a mail as foibot to write it."""
    found = _KIND.search(mail.raw)
    return found[1].decode() if found else mail.kind


def _case_of(mail: Mail) -> str:
    """The reference of the case it is about, with which its subject begins; "" if it is about none."""
    found = _CASE.search(mail.raw)
    return found[1].decode() if found else ""


def _as_quoted(mail: Mail) -> Mail:
    """What a reply quotes of it: to read the page and the files as well would take longer than to quote the words."""
    return Mail(mail.raw.partition(_BELOW_THE_TEXT)[0], mail.to)


def _next_tick(now: datetime) -> datetime:
    """foibot's clock ticks all day and night; here once an hour while offices are open, else at nine in the morning."""
    then = now.replace(minute=0) + timedelta(hours=1)
    while not 8 <= then.hour <= 19 or (then.weekday() > 4 and then.hour != 9):
        then += timedelta(hours=1)
    return then


def leave_of(chance: random.Random, year: int) -> list[tuple[date, date]]:
    """Two weeks in summer, a week at the end of the year, and one more somewhere."""
    summer = date(year, 7, 1) + timedelta(days=chance.randrange(50))
    other = date(year, 2, 1) + timedelta(days=chance.randrange(100))
    return [
        (summer, summer + timedelta(days=13)),
        (date(year, 12, 24), date(year + 1, 1, 1)),
        (other, other + timedelta(days=6)),
    ]


def late_by(case: Case, today: date) -> int:
    """How many days after its last day a case was answered, or is open by now; 0 or less is in time."""
    due = next(one.due for one in reversed(case.clocks) if one.name in OURS)
    return ((london_date(case.answered_at) if case.answered_at else today) - due).days


def figures(run: Year, number: int, *, ended: bool) -> dict[str, Any]:
    """What was seen so far."""
    desk, today = run.desk, london_date(run.desk.clock.now())
    with desk.store.view() as tx:
        cases = list(tx.cases.every())
        outbox = Counter(one.state.value for one in tx.outbox.every())
    late = [days for case in cases if case.answered_at and (days := late_by(case, today)) > 0]
    path = Path(desk.engine.url.database or "")
    return {
        "office": number,
        "ended": ended,
        "day": str(today),
        "asked": run.asked,
        "cases": len(cases),
        "answered": sum(case.answered_at is not None for case in cases),
        "late": sorted(late),
        "open and late": sum(not case.finished and late_by(case, today) > 0 for case in cases),
        "mails": run.mails,
        "kinds": run.kinds,
        "outbox": outbox,
        "deepest": run.deepest,
        "minutes": desk.minutes,
        "spent": {what: [len(each), sum(each)] for what, each in run.spent.items()},
        "errors": desk.errors,
        "wrong": list(verify(desk.store)) if ended else [],
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "disk": sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")),
    }


class _Errors(logging.Handler):
    """Counts what foibot logs as an error, by its words without numbers."""

    def __init__(self, errors: Counter[str]) -> None:
        super().__init__(logging.WARNING)
        self._errors = errors

    def emit(self, record: logging.LogRecord) -> None:
        self._errors[str(record.msg)] += 1


def main() -> None:
    """Live, and say how it went each month and at the end."""
    folder, number, many = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    stopped: list[int] = []
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, _frame: stopped.append(number))
    desk = Watched(folder, number)
    logging.getLogger().addHandler(_Errors(desk.errors))
    gc.freeze()  # as foibot does once it is loaded
    chance = random.Random(SEED + number)  # noqa: S311 - a simulation
    people = [one.address for one in (JANE, TOM)]
    run = Year(desk, chance, {one: leave_of(chance, desk.clock.now().year) for one in people})

    def say(what: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()

    run.live(many, lambda: not stopped, lambda now: say({"office": number, "at": str(now.date()), "asked": run.asked}))  # fmt: skip
    seen = figures(run, number, ended=not stopped)
    desk.close()
    if seen["ended"]:
        _keep(folder / FIGURES, seen)
    say(seen)


def _keep(path: Path, seen: dict[str, Any]) -> None:
    """All of it or nothing, whatever ends this."""
    new = path.with_suffix(".new")
    new.write_text(json.dumps(seen), "utf-8")
    new.replace(path)


if __name__ == "__main__":
    main()
