"""Requests that came another way, and what colleagues pass on: registered by officers, counted from the true day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from foibot.case.case import Acknowledgement
from foibot.case.events import Received
from foibot.demo.correspondent import Person, request
from foibot.desk.replay import replay
from foibot.desk.verify import verify
from tests.carrying import Enclosure, carrying
from tests.office import JANE, MAILBOX, RUTH, SAM, TOM, Office, office

LUKE = Person("Luke Law", "luke.law@exampleshire.example")  # a colleague on no list
PAT = "pat.purple@citizens.example"
SCAN = Enclosure("scan.pdf", b"%PDF-1.4 one page", "application/pdf")
WRITTEN = (
    f"new received 3 Dec by post\nasked by: Pat Purple, {PAT}\nabout: Parking fines\n\n"
    "Dear Sirs,\nHow many parking fines were issued in 2019?\n\nKind regards\nJane\n"
)
QUOTED = (
    "{}From: Sam Smith [mailto:sam.smith@citizens.example]\r\nSent: {}\r\n"
    "To: parking@exampleshire.example\r\nSubject: Parking fines\r\n\r\nHow many?\r\napprove v1\r\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as desk:
        yield desk
        assert list(verify(desk.store)) == []


def written(
    desk: Office,
    words: str,
    *files: Enclosure,
    who: Person = JANE,
    subject: str = "A letter",
    login: bool = True,
) -> bytes:
    """A fresh mail to the mailbox that answers no notice."""
    number = desk.message_id("exampleshire.example")
    raw = request(who, MAILBOX, subject, words, desk.clock.now(), message_id=number)
    return desk.border(carrying(raw, *files) if files else raw, who.address, login=login)


def confirmed(desk: Office, words: str, *files: Enclosure) -> None:
    assert desk.arrives(written(desk, words, *files)) == "command-refused"
    assert desk.cases() == []
    asked = desk.one_for(JANE)
    assert asked.kind == "confirm-order"
    assert "new received 3 December 2020 by post" in asked.words
    assert desk.orders(JANE, asked, "confirm") == "command"


def test_a_letter_that_came_by_post_is_a_case_from_the_day_it_came(desk: Office) -> None:
    confirmed(desk, WRITTEN)
    case = desk.case()
    assert (case.received, case.due) == (date(2020, 12, 3), date(2021, 1, 6))
    assert (case.requester.address, case.requester.name) == (PAT, "Pat Purple")
    assert (case.subject, case.message_id) == ("Parking fines", "")
    assert case.request_text == "Dear Sirs,\nHow many parking fines were issued in 2019?"
    first = desk.history()[0]
    assert isinstance(first.event, Received)
    assert (first.by, first.event.their_date) == (JANE.address, "")
    notice = desk.one_for(JANE, "new-case")
    assert "it came by post on 3 December 2020" in notice.words
    assert 'Reply "received 3 December 2020: your reason"' in notice.words
    assert "It may have been received" not in notice.words
    assert case.acknowledgement is Acknowledgement.WITHHELD
    assert desk.orders(JANE, notice, "ack") == "command"
    assert "3 December 2020" in desk.one_for(PAT, "ack").words
    desk.discards()


def test_a_scan_alone_says_what_was_asked_and_stays_with_the_case(desk: Office) -> None:
    confirmed(desk, "new received 3 Dec by post\nasked by: Pat Purple\n", SCAN)
    case = desk.case()
    assert case.request_text == "(What was asked is in the files: scan.pdf)"
    notice = desk.one_for(JANE, "new-case")
    assert "gives no email address: write to them by post" in notice.words
    assert "scan.pdf" in notice.words
    assert 'Reply "ack"' not in notice.words
    with desk.store.view() as tx:
        (raw,) = (raw for raw in tx.inbox.raws_of(case.reference) if b"scan.pdf" in raw)
        assert raw
    desk.discards()


def test_in_reply_to_any_notice_it_is_done_at_once(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    assert desk.orders(JANE, notice, "new received yesterday by phone", files=[SCAN]) == "request"
    case = desk.case("000002/20")
    assert case.received == date(2020, 12, 7)
    said = desk.one_for(JANE, "new-case")
    assert "In writing: it came by telephone." in said.words
    assert desk.orders(JANE, said, "note: rang them") == "command"
    assert "Noted" in [type(one.event).__name__ for one in desk.history(case.reference)]
    desk.discards()


def test_a_whole_day_s_post_waits_for_as_many_confirmations(desk: Office) -> None:
    for _ in range(3):
        assert desk.arrives(written(desk, WRITTEN)) == "command-refused"
    asked = desk.post_for(JANE)
    assert [one.kind for one in asked] == ["confirm-order"] * 3
    for one in asked:
        assert desk.orders(JANE, one, "confirm") == "command"
    assert len(desk.cases()) == 3
    assert desk.orders(JANE, asked[0], "confirm") == "command-refused"
    assert len(desk.cases()) == 3
    desk.discards()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("new received 9 Dec 2020 by post\nHow many?", "That day is still to come"),
        ("new received 3 Dec by pigeon\nHow many?", "is not a way that foibot knows"),
        ("new received 3 Dec 2004 by post\nHow many?", "The law was not in force on that day"),
        ("new received 3 Dec by post", "It does not say what was asked"),
    ],
)
def test_what_could_never_be_registered_is_answered_at_once(
    desk: Office, words: str, says: str
) -> None:
    assert desk.arrives(written(desk, words)) == "command-refused"
    answer = desk.one_for(JANE)
    assert answer.kind == "order-refused"
    assert says in answer.words
    desk.clock.advance(timedelta(minutes=60))  # the same answer is given once an hour
    desk.asks()
    assert desk.orders(JANE, desk.one_for(JANE), words) == "command-refused"
    assert says in desk.one_for(JANE).words
    assert len(desk.cases()) == 1
    desk.discards()


def test_somebody_who_is_no_officer_registers_nothing(desk: Office) -> None:
    assert desk.arrives(written(desk, WRITTEN, who=TOM)) == "command-refused"
    assert "people with the role officer" in desk.one_for(TOM).words
    assert desk.cases() == []


def test_without_the_border_s_word_nobody_is_asked_to_confirm(desk: Office) -> None:
    assert desk.arrives(written(desk, WRITTEN, login=False)) == "command-refused"
    assert desk.one_for(JANE).kind == "not-obeyed"
    assert desk.cases() == []


def test_a_confirmation_asked_of_one_is_no_use_to_another(desk: Office) -> None:
    desk.arrives(written(desk, WRITTEN))
    asked = desk.one_for(JANE)
    assert desk.orders(RUTH, asked, "confirm") == "command-refused"
    assert desk.cases() == []
    desk.discards()


def test_replay_says_that_it_would_be_asked_about(desk: Office) -> None:
    raw = written(desk, WRITTEN)
    shown = replay(desk.office, desk.store, raw, desk.clock.now()).triage
    assert (shown.disposition, shown.rule) == ("command-refused", "to-confirm")


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ("1 December 2020 10:00", date(2020, 12, 1)),
        ("Tuesday, December 1, 2020 10:00 AM", date(2020, 12, 1)),
        ("01/12/2020 10:00", date(2020, 12, 1)),
        ("9 December 2020", date(2020, 12, 8)),  # after it was passed on
        ("1 January 1970", date(2020, 12, 8)),
        ("32/13/2020", date(2020, 12, 8)),
        ("this morning", date(2020, 12, 8)),
    ],
)
def test_what_an_officer_passes_on_counts_from_the_day_it_came(
    desk: Office, sent: str, received: date
) -> None:
    words = QUOTED.format("Please deal with this.\r\n\r\n", sent)
    assert desk.arrives(written(desk, words, subject="FW: Parking fines")) == "unmatched"
    notice = desk.one_for(JANE)
    assert "It passes on a message from sam.smith@citizens.example (Sam Smith)" in notice.words
    assert f"received on {received.day} December 2020" in notice.words
    assert desk.orders(JANE, notice, "new") == "command"
    case = desk.case()
    assert case.received == received
    assert (case.requester.address, case.requester.name) == (SAM.address, "Sam Smith")
    assert case.letters == ()
    opened = desk.one_for(JANE, "new-case")
    assert ('Reply "received 8 December 2020: your reason"' in opened.words) == (
        received != date(2020, 12, 8)
    )
    desk.discards()


def test_our_own_server_s_line_in_an_attached_message_counts_before_its_date(desk: Office) -> None:
    inner = request(SAM, "parking@exampleshire.example", "Fines", "How many?", desk.clock.now(), message_id="<i@citizens.example>")  # fmt: skip
    stamped = b"Received: from x by mx.exampleshire.example; Wed, 2 Dec 2020 16:00:00 +0000\r\n"
    file = Enclosure("request.eml", stamped + inner, "message/rfc822")
    assert desk.arrives(written(desk, "Yours, I think.", file, subject="Fwd: Fines")) == "unmatched"
    notice = desk.one_for(JANE)
    assert "Received by mx.exampleshire.example, in the message that was passed on" in notice.words
    assert desk.orders(JANE, notice, "new") == "command"
    case = desk.case()
    assert (case.received, case.requester.address) == (date(2020, 12, 2), SAM.address)
    desk.discards()


def test_the_order_on_top_of_what_is_passed_on_is_offered_and_not_obeyed(desk: Office) -> None:
    top = "new received 30 Nov by email\r\nasked by: Samuel Smith\r\n\r\n"
    words = QUOTED.format(top, "1 December 2020 10:00")
    assert desk.arrives(written(desk, words, subject="FW: Parking fines")) == "unmatched"
    assert desk.cases() == []
    notice = desk.one_for(JANE)
    assert 'Reply "new received 30 November 2020 by email"' in notice.words
    assert desk.orders(JANE, notice, "new received 30 November 2020 by email") == "command"
    case = desk.case()
    assert case.received == date(2020, 11, 30)
    assert (case.requester.address, case.requester.name) == (SAM.address, "Samuel Smith")
    assert case.request_text.startswith("How many?")
    desk.discards()


def test_a_scan_that_was_passed_on_is_nobody_s_mail_address(desk: Office) -> None:
    raw = written(desk, "See the scan.", SCAN, subject="FW: from the post room")
    assert desk.arrives(raw) == "unmatched"
    number = max(desk.numbers())
    desk.discards()
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    order = f"m{number} new received 7 Dec by post\nasked by: Pat Purple\nHow many?"
    assert desk.orders(JANE, digest, order) == "command"
    case = desk.case()
    assert (case.received, case.requester.address) == (date(2020, 12, 7), "")
    assert (case.requester.name, case.request_text) == ("Pat Purple", "How many?")
    assert desk.orders(JANE, digest, f"m{number} new received 7 Dec by post\nHow?") == "command-refused"  # fmt: skip
    desk.discards()


def test_a_stranger_s_own_message_keeps_its_acknowledgement(desk: Office) -> None:
    desk.asks()
    desk.discards()
    strange = request(Person("Eve", "eve@citizens.example"), MAILBOX, "[000001/20]", "How many?", desk.clock.now(), message_id="<e@citizens.example>")  # fmt: skip
    assert desk.arrives(desk.border(strange, "eve@citizens.example")) == "unmatched"
    notice = desk.one_for(JANE)
    assert "It passes on" not in notice.words
    assert desk.orders(JANE, notice, "new received 7 Dec by email") == "command"
    assert desk.case("000002/20").received == date(2020, 12, 7)
    assert desk.one_for("eve@citizens.example").kind == "ack"
    desk.discards()


def test_what_a_colleague_on_no_list_passes_on_is_nobody_s_request_yet(desk: Office) -> None:
    words = QUOTED.format("FYI\r\n\r\n", "1 December 2020 10:00")
    raw = written(desk, words, who=LUKE, subject="FW: Parking fines")
    assert desk.arrives(raw) == "unmatched"
    assert desk.cases() == []
    assert desk.orders(JANE, desk.one_for(JANE), "new") == "command"
    assert desk.case().requester.address == SAM.address
    desk.discards()
