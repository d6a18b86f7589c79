"""A mail that hangs foibot or ends it does so twice, and not at every start for ever (mail rule C1)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from foibot.desk import cut_short
from foibot.desk.intake import Intake
from foibot.errors import TryAgainLater
from foibot.mail.message import IncomingMail, Unreadable
from foibot.mail.parse import parse
from tests.office import JANE, SAM, Office

Read = Callable[[bytes], IncomingMail | Unreadable]
DEADLY = b"the mail that ends it"


class Ended(BaseException):
    """The process was ended while it did this."""


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Whatever reads a mail with the deadly words ends; each such reading."""
    readings: list[bytes] = []

    def read(raw: bytes) -> IncomingMail | Unreadable:
        if DEADLY in raw:
            readings.append(raw)
            raise Ended
        return parse(raw)

    monkeypatch.setattr(cut_short, "parse", read)
    return readings


def starts(desk: Office) -> None:
    """A process begins, and works until something ends it."""
    desk.intake = Intake(desk.office, desk.store)
    with suppress(Ended):
        list(desk.intake.take_up())
        desk.settles()
    desk.send()


def test_a_mail_that_ends_foibot_twice_is_shown_and_stops_nobody_else(
    desk: Office, deadly: list[bytes]
) -> None:
    desk.stores(desk.asked(DEADLY.decode(), SAM, "Deadly"))
    desk.stores(desk.asked("How many fines?", SAM, "Harmless"))
    with pytest.raises(Ended):
        desk.settles()
    starts(desk)
    assert len(deadly) == 2
    assert desk.post_for(JANE) == []

    starts(desk)
    assert len(deadly) == 2
    assert sorted(mail.kind for mail in desk.post_for(JANE)) == ["new-case", "quarantine"]
    assert [mail.kind for mail in desk.post_for(SAM)] == ["ack"]


def test_a_case_whose_mail_ends_foibot_twice_is_shown_without_it(
    desk: Office, monkeypatch: pytest.MonkeyPatch, deadly: list[bytes]
) -> None:
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(cut_short, "parse", parse)
        desk.stores(desk.asked(DEADLY.decode(), SAM, "Deadly"))
        desk.intake.settle()
    with pytest.raises(Ended):
        desk.intake.introduce()
    starts(desk)
    assert len(deadly) == 2
    starts(desk)
    assert len(deadly) == 2
    assert [mail.kind for mail in desk.post_for(SAM)] == ["ack"]
    (notice,) = desk.post_for(JANE)
    assert notice.kind == "new-case"
    assert "could not look into this message" in notice.words


def test_what_was_only_interrupted_is_settled_as_ever(desk: Office) -> None:
    for number in range(3):
        desk.stores(desk.asked(f"How many fines in 202{number}?", SAM, f"Fines {number}"))
    desk.intake = Intake(desk.office, desk.store)
    # Three messages are settled, and their cases shown.
    assert list(desk.intake.take_up()) == [1, 2, 3, 1, 2, 3]
    desk.send()
    assert [mail.kind for mail in desk.post_for(JANE)] == ["new-case"] * 3
    assert len(desk.post_for(SAM)) == 3
    assert list(desk.intake.take_up()) == []


def test_what_only_fails_keeps_its_two_tries(desk: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = 0

    def broken(_raw: bytes) -> IncomingMail:
        nonlocal tries
        tries += 1
        raise RuntimeError

    desk.stores(desk.asked("How many fines?", SAM, "Fines"))
    monkeypatch.setattr(cut_short, "parse", broken)
    assert list(desk.intake.take_up()) == [1]
    with desk.store.transaction() as tx:
        assert tx.inbox.as_it_came(1).attempts == 1
    desk.settles()
    assert desk.disposition() == "quarantine"
    assert [mail.kind for mail in desk.post_for(JANE)] == ["quarantine"]
    assert tries == 2 + 1  # together with others, and then by itself


def test_what_the_database_or_a_server_is_to_blame_for_is_not_counted(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(*_given: object) -> None:
        raise TryAgainLater

    desk.stores(desk.asked("How many fines?", SAM, "Fines"))
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Intake, "_settled_apart", waits)
        with pytest.raises(TryAgainLater):
            list(desk.intake.take_up())
    with desk.store.transaction() as tx:
        assert tx.inbox.as_it_came(1).attempts == 0
    starts(desk)
    assert desk.disposition() == "request"
    desk.discards()
