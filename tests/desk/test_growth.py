"""What an office does today takes no more work of its database, however much it has done before."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Table, event, insert, select, update

from foibot.demo.correspondent import Person
from foibot.store import tables
from foibot.store.database import write
from tests.office import JANE, ORDER, TOM, Office, office

DONE, OPEN = "000001/20", "000002/20"
COPIED = (
    tables.inbox, tables.cases, tables.events, tables.letters, tables.letter_files, tables.outbox,
    tables.secrets,
)  # fmt: skip
FEW, MANY = 40, 400  # cases
STEP = 10  # between the numbers of a case and its copy
SPARE = 100  # of the database's steps, for what differs by chance
# Values, as SQLite writes them into what it traces.
VALUE = re.compile(r"'(?:[^']|'')*'|x'[0-9a-f]*'|\b\d+\b|NULL")
LONG = re.compile(r"(?:\?, )+\?")

RUE = Person("Rue Reed", "rue.reed@citizens.example")


@contextmanager
def counting(engine: Engine) -> Iterator[Counter[str]]:
    """How many steps SQLite takes for each statement, values left out."""
    steps: Counter[str] = Counter()
    asked = [""]

    def begin(statement: str) -> None:
        asked[0] = LONG.sub("?", VALUE.sub("?", statement.partition(" RETURNING")[0]))

    def step() -> int:
        steps[asked[0]] += 1
        return 0

    def watch(connection: Any, *_: object) -> None:
        inner: sqlite3.Connection = connection
        inner.set_trace_callback(begin)
        inner.set_progress_handler(step, 1)

    event.listen(engine, "checkout", watch)
    yield steps
    event.remove(engine, "checkout", watch)


def copied(desk: Office, reference: str, many: int) -> None:
    """As many more cases as this one, with every message and mail of theirs."""
    number = int(reference[:6])
    with write(desk.engine) as connection:
        for table in COPIED:
            column = table.c.reference if table is tables.cases else table.c.case_ref
            rows = connection.execute(select(table).where(column == reference)).mappings().all()
            for row in rows:
                each = [_copy(table, dict(row), number, copy) for copy in range(1, many + 1)]
                connection.execute(insert(table), each)


def _copy(table: Table, row: dict[str, Any], number: int, copy: int) -> dict[str, Any]:
    its = number + STEP * copy

    def value_of(name: str, value: Any) -> Any:
        match name:
            case "number":
                return its
            case "id" | "seq" | "uid":
                return value + 1_000 * copy
            case "digest" | "subject_digest":
                return f"{value[:-6]}{copy:06}"
            case "raw" | "pdf" if table is not tables.inbox:
                return b"Long, and not read again."
            case _ if isinstance(value, str):
                other = value.replace(f"{number:06}/20", f"{its:06}/20")
                other = other.replace(f'"number":{number},', f'"number":{its},')
                return (
                    f"{other}.{copy}" if name in {"once", "message_id", "bounce_token"} else other
                )
        return value

    return {name: value_of(name, value) for name, value in row.items()}


def grown(desk: Office, *, answered: int, unanswered: int) -> None:
    """An office with so many more cases that are answered, and so many that are open."""
    desk.asks()
    notice = desk.one_for(JANE)
    assert desk.orders(JANE, notice, "disclose\nThere were 42.") == "command"
    desk.orders(TOM, desk.one_for(TOM), "approve v1")
    desk.later(hours=1)
    desk.asks("How many lanterns stand in Sampletown?", who=RUE, subject="Lanterns")
    desk.discards()
    desk.post_for(RUE)
    assert desk.case(DONE).finished
    copied(desk, DONE, answered)
    copied(desk, OPEN, unanswered)
    with write(desk.engine) as connection:
        last = STEP * (max(answered, unanswered) + 1)
        connection.execute(update(tables.counters).values(value=last))
    for _ in range(8):  # what is done for every case, some at a time, is done for all of them
        desk.tick()
    desk.at("2020-12-09 09:00")
    desk.post_for(RUE)
    desk.discards()


def a_day(desk: Office) -> Iterator[tuple[str, Callable[[], object]]]:
    """What happens in the office on an ordinary day, one after the other."""
    kim = Person("Kim Lee", "kim.lee@citizens.example")
    yield "a tick of the clock", lambda: desk.later(minutes=1)
    yield "a request", lambda: desk.asks("Who mends the signposts?", who=kim, subject="Signposts")
    notice = desk.one_for(JANE)
    desk.discards()
    yield "an order", lambda: desk.orders(JANE, notice, ORDER)
    draft = desk.one_for(TOM)
    desk.discards()
    yield "an approval", lambda: desk.orders(TOM, draft, "approve v1")
    desk.discards()
    yield "a letter leaves", lambda: desk.later(hours=1)
    desk.post_for(kim)
    desk.discards()
    yield "a tick with nothing to do", lambda: desk.later(minutes=1)


def a_morning(desk: Office) -> Iterator[tuple[str, Callable[[], object]]]:
    """The morning after, with whoever is to be reminded and the digests."""
    yield "a morning", lambda: desk.at("2020-12-10 09:00")
    desk.discards()


Day = Callable[[Office], Iterator[tuple[str, Callable[[], object]]]]


FLOODS: dict[str, tuple[str, str]] = {
    "the same text": ("How many lanterns stand here?", "Lanterns"),
    "further messages on a case": ("I mean those of ward {}.", "Re: [000001/20] Lanterns"),
}


def flooded(folder: Path, flood: tuple[str, str], many: int) -> dict[str, Counter[str]]:
    """The steps for one more mail of somebody who has sent so many of this kind."""
    folder.mkdir()
    with office(folder) as desk:
        desk.asks("Who mends them?", who=RUE, subject="Lanterns")
        for number in range(many):
            text, subject = (one.format(number) for one in flood)
            desk.stores(desk.asked(text, RUE, subject))
        desk.settles()
        desk.later(hours=1)
        text, subject = (one.format(many + 1) for one in flood)
        with counting(desk.engine) as steps:
            desk.asks(text, who=RUE, subject=subject)
        desk.post_for(RUE)
        desk.discards()
    return {"one more mail": steps}


def counted(folder: Path, day: Day, **cases: int) -> dict[str, Counter[str]]:
    """The steps of everything that happens on such a day in an office with so many cases."""
    folder.mkdir()
    seen = {}
    with office(folder) as desk:
        grown(desk, **cases)
        for what, happens in day(desk):
            with counting(desk.engine) as steps:
                happens()
            seen[what] = steps
    assert all(each.total() > SPARE for each in seen.values())
    return seen


def grew(few: dict[str, Counter[str]], many: dict[str, Counter[str]]) -> list[str]:
    """Every statement that took more steps, as a line to read."""
    return [
        f"{what}: {few[what][asked]} steps with few cases, {steps} with many: {asked}"
        for what, each in many.items()
        for asked, steps in each.items()
        if steps > few[what][asked] + SPARE
    ]


def test_a_day_takes_no_more_steps_in_an_office_with_ten_times_the_cases(tmp_path: Path) -> None:
    few = counted(tmp_path / "few", a_day, answered=FEW, unanswered=FEW)
    many = counted(tmp_path / "many", a_day, answered=MANY, unanswered=MANY)

    assert grew(few, many) == []


def test_a_morning_takes_no_more_steps_the_more_cases_are_answered(tmp_path: Path) -> None:
    few = counted(tmp_path / "few", a_morning, answered=FEW, unanswered=FEW)
    many = counted(tmp_path / "many", a_morning, answered=MANY, unanswered=FEW)

    assert grew(few, many) == []


def test_what_does_grow_is_seen(tmp_path: Path) -> None:
    few = counted(tmp_path / "few", a_morning, answered=FEW, unanswered=FEW)
    many = counted(tmp_path / "many", a_morning, answered=FEW, unanswered=MANY)

    assert any("cases" in line for line in grew(few, many))


@pytest.mark.parametrize("flood", FLOODS)
def test_a_mail_takes_no_more_steps_however_many_its_sender_has_sent(
    tmp_path: Path, flood: str
) -> None:
    few = flooded(tmp_path / "few", FLOODS[flood], 20)
    many = flooded(tmp_path / "many", FLOODS[flood], 120)

    assert grew(few, many) == []
