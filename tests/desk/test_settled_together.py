"""Many messages are settled in one commit: what one of them was shows to the next, and none spoils another."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event, select

from foibot.case.suggestions.suggest import signals_of
from foibot.case.suggestions.weigh import weighed
from foibot.desk import disposition
from foibot.gateway.read_ahead import Ahead
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
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


@contextmanager
def statements(desk: Office) -> Iterator[Counter[str]]:
    """How often each statement is sent to the database, by its verb and table."""
    found: Counter[str] = Counter()

    def count(*happening: object) -> None:
        verb = re.match(r"(?:INSERT INTO|UPDATE|SAVEPOINT|SELECT)(?: [^.]+?\b)?", str(happening[2]))
        found.update([verb[0]] if verb else [])

    event.listen(desk.engine, "before_cursor_execute", count)
    yield found
    event.remove(desk.engine, "before_cursor_execute", count)


@pytest.fixture(params=["read here", "read ahead"], autouse=True)
def reading(desk: Office, request: pytest.FixtureRequest) -> None:
    """As a service does with few messages, and as it does with a backlog."""
    if request.param == "read ahead":
        desk.intake = replace(desk.intake, ahead=read_ahead(desk))


def read_ahead(desk: Office) -> Callable[[str], Ahead | None]:
    def take(digest: str) -> Ahead | None:
        with desk.engine.connect() as connection:
            raw = connection.scalar(select(inbox.c.raw).where(inbox.c.raw_sha256 == digest))
        mail = parse(bytes(raw or b""))
        found = signals_of(mail.subject, mail.text) if isinstance(mail, IncomingMail) else {}
        return mail, found

    return take


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
    with desk.store.view() as tx:
        assert (
            tx.outbox.backlog(desk.clock.now())[0] == desk.office.caps.acknowledgements_per_address
        )
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
    many = 50
    for number in range(many):
        who = Person(f"Asker {number}", f"asker{number}@citizens.example")
        desk.stores(asked(desk, f"boats of type {number}", who=who))
    with statements(desk) as sent:
        assert desk.intake.settle() == many
    assert len(desk.cases()) == many
    writes = {verb: times for verb, times in sent.items() if not verb.startswith("SELECT")}
    assert max(writes.values()) <= 2, writes
    assert not sent["SAVEPOINT"]
    desk.settles()
    desk._unread.clear()


def test_of_strangers_nothing_is_looked_up_one_by_one(desk: Office) -> None:
    desk.intake = replace(desk.intake, ahead=read_ahead(desk))
    looks = []
    for many in (2, 10, 40):
        for number in range(many):
            who = Person(f"Asker {number}", f"asker{number}.of{many}@citizens.example")
            desk.stores(asked(desk, f"boats of type {number}", who=who))
        with statements(desk) as sent:
            assert desk.intake.settle() == many
        # What was read ahead comes from the test's own look.
        looks.append(sum(sent.values()) - many)
    assert looks[1] == looks[2]
    desk.settles()
    desk._unread.clear()


def test_it_makes_no_difference_how_many_are_settled_together(desk: Office, tmp_path: Path) -> None:
    """Few senders, Message-IDs and texts, so that most messages have something in common with others."""
    draw = Random(20)  # noqa: S311 - the same messages each time
    other = desk.twin(tmp_path / "other")
    for _ in range(48):
        who = Person("Asker", f"asker{draw.randrange(6)}@citizens.example")
        message_id = f"<{draw.randrange(30)}@citizens.example>"
        raw = asked(desk, draw.choice(("boats", "lanterns")), who=who, message_id=message_id)
        for one in (desk, other):
            one.stores(raw)
        while other.intake.settle():
            pass
        if not draw.randrange(10):
            while desk.intake.settle():
                pass
    desk.settles()
    assert filed(desk) == filed(other)
    assert len(set(filed(desk))) > 2
    for one in (desk, other):
        one.settles()
        one._unread.clear()
