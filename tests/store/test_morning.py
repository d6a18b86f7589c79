"""The morning's reminders while others work on the same cases: each is told of once, and none for what is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from foibot.demo.correspondent import Person, reply
from foibot.desk.intake import Intake
from foibot.law.bank_holidays import holidays_of
from foibot.law.regime import Nation, Proclaimed
from foibot.store import database
from foibot.store.database import DatabaseBusy
from foibot.store.transaction import Store
from tests.office import JANE, Mail, Office

FIRST, SECOND, THIRD = (f"{number:06}/20" for number in (1, 2, 3))
MORNING = "2020-12-30 09:00"


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Office]:
    """An office on either database."""
    opened = Office(tmp_path, url=engine.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


def three_requests(desk: Office) -> dict[str, Mail]:
    """Three cases are open; Jane's notice of each."""
    for words in (
        "How many planned attacks?",
        "What do the cameras cost?",
        "Who cleans the cells?",
    ):
        desk.asks(words, subject=words)
    desk.tick()  # the digest of that day
    notices = {about(one): one for one in desk.post_for(JANE) if one.kind == "new-case"}
    desk.discards()
    assert list(notices) == [FIRST, SECOND, THIRD]
    return notices


@contextmanager
def as_soon_as_read(engine: Engine, do: Callable[[], object]) -> Iterator[None]:
    """Do it in the moment after the open cases were read for the first time."""
    still = [do]

    def hear(_c: object, _cursor: object, statement: str, *_more: Any) -> None:
        if still and statement.startswith("SELECT cases.reference") and "ORDER BY" in statement:
            still.pop()()

    event.listen(engine, "after_cursor_execute", hear)
    yield
    event.remove(engine, "after_cursor_execute", hear)
    assert not still, "nobody read the open cases"


def another_worker_obeys(desk: Office, notice: Mail, words: str) -> Callable[[], object]:
    """A second worker, with a connection of its own, carries out an order that has come."""
    raw = reply(JANE, notice.raw, words, desk.clock.now(), message_id=desk.message_id("x.example"))
    desk.stores(desk.border(raw, JANE.address, login=True))

    def work() -> None:
        with database.opened(desk.engine.url.render_as_string(hide_password=False)) as own:
            worker = Intake(desk.office, Store(own))
            while worker.work():
                pass

    return work


@contextmanager
def no_mail_about(engine: Engine, reference: str, fault: Exception | None = None) -> Iterator[None]:
    """Whatever is written about this case ("" for what is about none) fails."""

    def hear(_c: object, _cursor: object, statement: str, parameters: Any, *_more: Any) -> None:
        rows = parameters if isinstance(parameters, list) else [parameters]
        if statement.startswith("INSERT INTO outbox"):
            about = {row["case_ref"] if isinstance(row, dict) else row[2] for row in rows}
            if reference in about:
                raise fault or RuntimeError

    event.listen(engine, "before_cursor_execute", hear)
    yield
    event.remove(engine, "before_cursor_execute", hear)


def with_one_more() -> list[Proclaimed]:
    """Every bank holiday of 2021 in Scotland as it is known, and another."""
    known = [
        Proclaimed(day, "A day", Nation.SCOTLAND) for day in holidays_of(Nation.SCOTLAND, 2021)
    ]
    return [*known, Proclaimed(date(2021, 1, 7), "A day of celebration", Nation.SCOTLAND)]


def told(desk: Office, who: Person = JANE) -> list[tuple[str, str]]:
    """Send, and read somebody's post: the kind of each mail and the case it is about."""
    desk.send()
    return sorted((one.kind, about(one)) for one in desk.post_for(who))


def about(mail: Mail) -> str:
    return mail.subject[1:10] if mail.subject.startswith("[") else ""


def test_a_case_that_another_worker_moves_meanwhile_costs_no_other_its_reminder(
    desk: Office,
) -> None:
    notices = three_requests(desk)
    desk.clock.set(desk.clock.now().replace(day=18, hour=9))
    with as_soon_as_read(desk.engine, another_worker_obeys(desk, notices[SECOND], "withdrawn")):
        assert desk.remind.tick() == 2
    assert desk.case(SECOND).finished
    desk.send()
    post = desk.post_for(JANE)
    assert sorted((one.kind, about(one)) for one in post if one.kind != "closed") == [
        ("digest", ""),
        ("reminder", FIRST),
        ("reminder", THIRD),
    ]
    (digest,) = [one for one in post if one.kind == "digest"]
    assert "Requests open at Exampleshire Police: 2." in digest.words
    desk.discards()
    assert desk.remind.tick() == 0
    assert told(desk) == []


def test_a_reminder_is_about_the_case_as_another_worker_has_just_left_it(desk: Office) -> None:
    notices = three_requests(desk)
    desk.clock.set(desk.clock.now().replace(day=18, hour=9))
    drafts = "disclose\nThere were 212."
    with as_soon_as_read(desk.engine, another_worker_obeys(desk, notices[SECOND], drafts)):
        assert desk.remind.tick() == 3
    desk.send()
    said = {about(one): one.words for one in desk.post_for(JANE) if one.kind == "reminder"}
    assert "Where it stands: awaiting approval" in said[SECOND]
    assert "Where it stands: open" in said[FIRST]
    desk.discards()


def test_a_case_that_cannot_be_reminded_of_costs_no_other_its_reminder_and_is_tried_again(
    desk: Office, caplog: pytest.LogCaptureFixture
) -> None:
    three_requests(desk)
    desk.clock.set(desk.clock.now().replace(day=18, hour=9))
    with no_mail_about(desk.engine, SECOND):
        desk.remind.tick()
        said = f"case {SECOND}: nobody could be reminded of it: RuntimeError in test_morning.py"
        assert [said in line for line in caplog.messages] == [True]
        assert told(desk) == [("digest", ""), ("reminder", FIRST), ("reminder", THIRD)]
        desk.discards()
        desk.remind.tick()
        assert told(desk) == []
    assert desk.remind.tick() == 1
    assert told(desk) == [("reminder", SECOND)]
    desk.discards()
    assert desk.remind.tick() == 0


def test_a_database_that_is_busy_ends_the_morning_until_the_next_tick(desk: Office) -> None:
    """What was committed before that stays, and nobody is told of it twice."""
    three_requests(desk)
    desk.clock.set(desk.clock.now().replace(day=18, hour=9))
    with no_mail_about(desk.engine, "", DatabaseBusy("Nothing was changed")):
        with pytest.raises(DatabaseBusy):
            desk.remind.tick()
        assert told(desk) == [("reminder", one) for one in (FIRST, SECOND, THIRD)]
    desk.discards()
    assert desk.remind.tick() == 0
    assert told(desk) == [("digest", "")]
    desk.discards()
    assert desk.remind.tick() == 0
    assert told(desk) == []


def test_a_message_that_another_worker_has_in_hand_is_left_for_the_next_digest(
    postgresql: Engine, tmp_path: Path
) -> None:
    """It was fetched before this one, and is settled after."""
    desk = Office(tmp_path, url=postgresql.url.render_as_string(hide_password=False))
    desk.clock.set(desk.clock.now().replace(day=18, hour=7))
    desk.stores(b"From: machine@elsewhere.example\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n")
    with Store(postgresql).transaction() as other:
        assert len(other.inbox.waiting(10, 10_000)) == 1
        desk.clock.set(desk.clock.now().replace(hour=9))
        desk.remind.tick()
    with desk.store.view() as tx:
        switch = tx.switches.get("morning")
        assert switch
        assert switch.at == tx.inbox.waiting_since() < desk.clock.now()
    desk.send()
    desk.discards()
    desk.close()


def test_a_count_that_fails_is_made_again(desk: Office) -> None:
    three_requests(desk)
    with desk.store.transaction() as tx:
        tx.holidays.replace_years(with_one_more(), "bank-holidays.json", desk.clock.now())
    busy = no_mail_about(desk.engine, "", DatabaseBusy("Nothing was changed"))
    with busy, pytest.raises(DatabaseBusy):
        desk.remind.tick()
    desk.remind.tick()
    assert told(desk) == [("recounted", "")]
    desk.discards()


def test_a_clock_that_another_worker_has_moved_is_counted_from_where_it_is_now(
    postgresql: Engine, tmp_path: Path
) -> None:
    """On SQLite nobody else writes while it is counted."""
    desk = Office(tmp_path, url=postgresql.url.render_as_string(hide_password=False))
    notices = three_requests(desk)
    with desk.store.transaction() as tx:
        tx.holidays.replace_years(with_one_more(), "bank-holidays.json", desk.clock.now())
    order = "received 4 Dec 2020: it lay in the office"
    with as_soon_as_read(desk.engine, another_worker_obeys(desk, notices[SECOND], order)):
        desk.remind.tick()
    due = {one: desk.case(one).due.isoformat() for one in (FIRST, SECOND)}
    assert due == {FIRST: "2021-01-12", SECOND: "2021-01-08"}
    desk.discards()
    desk.close()
