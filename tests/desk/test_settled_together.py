"""Many messages are settled in one commit: what one of them was shows to the next, and none spoils another."""

from __future__ import annotations

import logging
import re
from collections import Counter

import pytest
from sqlalchemy import event, select

from foibot.case.suggestions.weigh import weighed
from foibot.desk import disposition
from foibot.mail.message import IncomingMail
from foibot.mail.triage import Triage
from foibot.store.tables import inbox
from tests.office import MAILBOX, SAM, Office, Person, request

BY_POST = "Dear Exampleshire Police,\n\nHow many {} were stolen in 2019?\n\nSam Smith"


def asked(desk: Office, thing: str, *, who: Person = SAM, message_id: str = "") -> bytes:
    fresh = message_id or desk.message_id("citizens.example")
    raw = request(
        who, MAILBOX, f"About {thing}", BY_POST.format(thing), desk.clock.now(), message_id=fresh
    )
    return desk.border(raw, who.address)


def filed(desk: Office) -> list[tuple[str, str]]:
    with desk.engine.connect() as connection:
        rows = connection.execute(select(inbox.c.disposition, inbox.c.rule).order_by(inbox.c.id))
        return [(row.disposition, row.rule) for row in rows]


def test_a_message_is_seen_by_the_next_one_in_the_same_commit(desk: Office) -> None:
    first = asked(desk, "boats", message_id="<one@citizens.example>")
    again = desk.border(first, SAM.address).replace(b"Received:", b"X-Other: 1\r\nReceived:", 1)
    for raw in (first, first, again, asked(desk, "boats"), asked(desk, "lanterns")):
        desk.stores(raw)
    assert desk.intake.settle() == 5
    assert desk.intake.settle() == 0
    assert [what for what, _ in filed(desk)] == [
        "request",
        "duplicate",
        "duplicate",
        "followup",
        "request",
    ]
    assert len(desk.cases()) == 2
    desk.settles()
    desk.discards()


def test_acknowledgements_to_one_address_are_counted_within_the_commit(
    desk: Office,
) -> None:
    for number in range(desk.office.caps.acknowledgements_per_address + 1):
        desk.stores(asked(desk, f"boats of type {number}"))
    desk.intake.settle()
    desk.send()
    assert len(desk.post_for(SAM)) == desk.office.caps.acknowledgements_per_address
    desk.settles()
    desk.discards()


def test_one_that_fails_is_settled_apart_and_the_others_are_settled(
    desk: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def stumbles(mail: IncomingMail, decided: Triage) -> Triage:
        if "lanterns" in mail.subject:
            raise RuntimeError(mail.subject)
        return weighed(mail, decided)

    monkeypatch.setattr(disposition, "weighed", stumbles)
    for thing in ("boats", "lanterns", "tractors"):
        desk.stores(asked(desk, thing))
    with caplog.at_level(logging.ERROR):
        assert desk.intake.settle() == 3
    assert caplog.messages == ["message 2 could not be handled: RuntimeError"]
    assert [one for one, _ in filed(desk)] == ["request", "", "request"]
    assert desk.cases() == ["000001/20", "000002/20"]
    desk.settles()
    assert filed(desk)[1] == ("quarantine", "C1")
    desk.discards()


def test_what_is_written_for_many_messages_is_written_at_once(desk: Office) -> None:
    """Fifty requests are fifty rows in each table, and not fifty statements."""
    statements: Counter[str] = Counter()
    many = 50
    for number in range(many):
        who = Person(f"Asker {number}", f"asker{number}@citizens.example")
        desk.stores(asked(desk, f"boats of type {number}", who=who))

    @event.listens_for(desk.engine, "before_cursor_execute")
    def count(*happening: object) -> None:
        found = re.match(r"(INSERT INTO|UPDATE|SAVEPOINT)(?: \w+)?", str(happening[2]))
        if found:
            statements[found[0]] += 1

    assert desk.intake.settle() == many
    assert len(desk.cases()) == many
    assert max(statements.values()) <= 2, statements
    assert not statements["SAVEPOINT"]
    event.remove(desk.engine, "before_cursor_execute", count)
    desk.settles()
    desk._unread.clear()
