"""Whoever asks is acknowledged before any officer is told, and every officer is told all the same."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from foibot.case.case import Case
from foibot.desk import intake
from foibot.desk.catching_up import behind, catch_up
from foibot.store.tables import inbox
from foibot.store.transaction import Transaction
from tests.office import JANE, MAILBOX, SAM, Mail, Office, Person, request

ASKED = "Dear Exampleshire Police,\n\nHow many {} were stolen in 2019?\n\nSam Smith"
THINGS = ("boats", "bicycles", "lanterns", "tractors")


def burst(desk: Office, many: int) -> None:
    for number in range(many):
        asker = Person(f"Asker {number}", f"asker{number}@citizens.example")
        raw = request(
            asker,
            MAILBOX,
            f"Request {number}",
            ASKED.format(THINGS[number % len(THINGS)]),
            desk.clock.now(),
            message_id=desk.message_id("citizens.example"),
        )
        desk.stores(desk.border(raw, asker.address))


def sent(desk: Office) -> list[Mail]:
    """Read all post, in the order in which it left."""
    found, desk._unread = desk._unread, []
    return found


def told(desk: Office) -> list[bool]:
    with desk.engine.connect() as connection:
        return list(connection.execute(select(inbox.c.told).order_by(inbox.c.id)).scalars())


def test_in_a_burst_every_requester_is_acknowledged_before_the_first_officer_is_told(
    desk: Office,
) -> None:
    burst(desk, 12)
    while desk.intake.settle():
        pass
    desk.send()
    first = sent(desk)
    assert sorted(mail.to for mail in first) == sorted(
        f"asker{number}@citizens.example" for number in range(12)
    )
    assert told(desk) == [False] * 12
    assert desk.intake.introduce() == 10
    assert desk.intake.introduce() == 2
    assert desk.intake.introduce() == 0
    desk.send()
    notices = sent(desk)
    assert {mail.to for mail in notices} == {JANE.address}
    shown = [mail.header("Subject")[:11] for mail in notices]
    assert len(set(shown)) == 12
    assert shown == sorted(shown)


def test_what_was_not_shown_when_foibot_ended_is_shown_by_the_next(
    desk: Office, tmp_path: Path
) -> None:
    burst(desk, 3)
    desk.intake.settle()
    desk.send()
    assert len(sent(desk)) == 3
    after = desk.twin(tmp_path / "after")
    after.settles()
    assert {mail.to for mail in sent(after)} == {JANE.address}
    assert told(after) == [True] * 3


def failing(times: int) -> Callable[..., None]:
    left = [times]
    real = intake.introduce

    def introduce(*given: object) -> None:
        if left[0]:
            left[0] -= 1
            raise RuntimeError("Sam Smith's words")
        real(*given)  # type: ignore[arg-type]

    return introduce


def test_a_case_that_cannot_be_looked_into_is_shown_without_it(
    desk: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake, "introduce", failing(4))
    assert desk.asks(ASKED.format("boats")) == "request"
    caplog.clear()
    _, notice = sent(desk)
    assert notice.to == JANE.address
    assert "foibot could not look into this message; it is kept exactly as it came" in notice.text
    assert "How many boats were stolen in 2019?" in notice.text
    assert desk.orders(JANE, notice, "note seen") == "command"
    assert len(sent(desk)) == 1


def test_a_case_that_cannot_be_shown_at_all_blocks_nobody(
    desk: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def never(*_given: object, **_named: object) -> None:
        raise RuntimeError("Sam Smith's words")

    monkeypatch.setattr(intake, "introduce", never)
    monkeypatch.setattr(intake, "introduce_plainly", never)
    with caplog.at_level(logging.ERROR):
        desk.asks(ASKED.format("boats"))
    (acknowledgement,) = sent(desk)
    assert acknowledgement.to == SAM.address
    assert caplog.messages == ["case 000001/20 could not be shown: RuntimeError"] * 4
    desk.at("2020-12-09 08:31")
    assert "000001/20" in next(mail.text for mail in sent(desk) if mail.to == JANE.address)


def test_nobody_catches_up_with_cases_that_are_about_to_be_shown(desk: Office) -> None:
    caught: list[str] = []

    def catch(_tx: Transaction, case: Case) -> None:
        caught.append(case.reference)

    burst(desk, 2)
    desk.intake.settle()
    with desk.store.view() as tx:
        assert behind(tx, {"test": catch}) == []
    desk.settles()
    with desk.store.view() as tx:
        assert behind(tx, {"test": catch}) == ["test"]
    assert catch_up(desk.store, {"test": catch}, ["test"], desk.clock.now()) == 2
    with desk.store.view() as tx:
        assert behind(tx, {"test": catch}) == []
    assert caught == ["000001/20", "000002/20"]
    assert len(sent(desk)) == 4


def test_messages_that_wait_and_cases_that_are_to_be_shown_are_one_backlog(desk: Office) -> None:
    burst(desk, 3)
    with desk.store.view() as tx:
        since = tx.inbox.backlog()[1]
        assert tx.inbox.backlog()[0] == 3
    desk.intake.settle()
    with desk.store.view() as tx:
        assert tx.inbox.backlog() == (3, since)
    desk.settles()
    with desk.store.view() as tx:
        assert tx.inbox.backlog() == (0, None)
    assert len(sent(desk)) == 6
