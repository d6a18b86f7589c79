"""`foibot replay` says of an order what the office would make of it, and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.demo.correspondent import Person, reply
from foibot.desk.replay import Replay, replay
from tests.office import JANE, ORDER, TOM, Mail, Office, office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def written(desk: Office, who: Person, notice: Mail, words: str) -> bytes:
    raw = reply(who, notice.raw, words, desk.clock.now(), message_id="<x@exampleshire.example>")
    return desk.border(raw, who.address, login=True)


def shown(desk: Office, raw: bytes) -> Replay:
    return replay(desk.office, desk.store, raw, desk.clock.now())


@pytest.mark.parametrize(
    ("words", "verb", "refused", "why"),
    [
        ("banana", "", "not-understood", "not an order"),
        (ORDER, "ncnd", "", "drafts version 1 of a letter (ncnd)"),
        ("ncnd 99(1)", "ncnd", "provisions", "99"),
        ("disclose", "disclose", "", "drafts version 1 of a letter (disclosure)"),
        ("clarify", "clarify", "slots", ""),
        ("approve v1", "approve", "no-letter", ""),
        ("note\nThe press has it.", "note", "", "carried out"),
        ("pause", "pause", "", "when it is carried out"),
        ("find cameras", "find", "", "answered with the cases"),
        ("new received 3 Dec by post\nasked by: Pat", "new received", "", "when it is carried out"),
    ],
)
def test_an_order_is_what_the_office_makes_of_it(
    desk: Office, words: str, verb: str, refused: str, why: str
) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    raw = written(desk, JANE, notice, words)
    before = desk.kinds()
    made = shown(desk, raw)
    assert desk.kinds() == before
    (order,) = made.orders
    assert (order.line, order.verb, order.refused) == (words.partition("\n")[0], verb, refused)
    assert why in order.why
    if "when it is" not in order.why:
        assert desk.arrives(raw) == made.triage.disposition
        assert made.triage.rule == (refused or "E")
    desk.discards()


@pytest.mark.parametrize(
    ("order", "check"),
    [
        ("set harm\nWe hold no information about this.", "letter"),
        ("note\nx", ""),
        ("stop", "nothing-to-stop"),
    ],
)
def test_a_letter_that_its_checks_would_refuse_is_said_to_be(
    desk: Office, order: str, check: str
) -> None:
    raw = written(desk, TOM, desk.drafted(), order)
    made = shown(desk, raw)
    assert [one.refused for one in made.orders] == [check]
    assert made.triage.rule == (check or "E")
    assert desk.arrives(raw) == made.triage.disposition
    desk.discards()


def test_a_reply_about_no_case_and_one_that_confirms_nothing(desk: Office) -> None:
    desk.at("2020-12-09 08:00")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    (order,) = shown(desk, written(desk, JANE, digest, "show")).orders
    assert order.refused == "no-case"


def test_several_orders_are_shown_until_one_is_refused(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    made = shown(desk, written(desk, JANE, notice, "assign me\nwhen"))
    assert [(one.verb, one.refused) for one in made.orders] == [("assign", ""), ("when", "")]
    assert "before it" in made.orders[1].why
    made = shown(desk, written(desk, JANE, notice, "approve v1\nwhen"))
    assert [(one.verb, one.refused) for one in made.orders] == [("approve", "stands-alone")]
    made = shown(desk, written(desk, JANE, notice, "assign nobody@x.example\nwhen"))
    assert [one.verb for one in made.orders] == ["assign"]
    assert made.triage.disposition == "command-refused"


def test_an_approval_is_decided_with_its_secret_and_uses_it_not(desk: Office) -> None:
    draft = desk.drafted()
    raw = written(desk, TOM, draft, "approve v1")
    for _ in range(2):
        assert [one.refused for one in shown(desk, raw).orders] == [""]
    assert desk.arrives(raw) == "command"
    again = raw.replace(b"<x@", b"<y@")
    assert [one.refused for one in shown(desk, again).orders] == ["already-decided"]
    desk.discards()
