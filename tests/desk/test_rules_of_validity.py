"""What counts as one request, who asks, what is kept, and how it is weighed: V-07 to V-12, V-21, T-25, T-27, X-03, by post."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import foibot.store
from foibot.case.case import State
from foibot.case.suggestions.route import Route
from foibot.case.suggestions.suggest import suggest
from foibot.demo.correspondent import Person, request
from tests.office import JANE, MAILBOX, QUESTION, SAM, TOM, Mail, Office

EVE = Person("Eve Else", "eve.else@citizens.example")
PLATFORM = Person("Sam Smith", "request-123456-abcdef01@whatdotheyknow.com")
TITLE = "Freedom of Information request - Attacks"


def asked(desk: Office, text: str = QUESTION, who: Person = SAM) -> Mail:
    """A request has come; Jane's notice."""
    assert desk.asks(text, who=who) == "request"
    notice = desk.one_for(JANE)
    desk.discards()
    desk.discards(who)
    return notice


def test_t25_a_request_that_was_sent_again_to_our_address_is_counted_from_that_day(
    desk: Office,
) -> None:
    """A colleague's automatic reply named this mailbox: what was sent to the colleague is quoted in it."""
    text = f"Your colleague's reply told me to use this address.\n\n{QUESTION}"
    raw = request(SAM, MAILBOX, "Fwd: Chairs", text, desk.clock.now(), message_id="<t25@c.example>")
    earlier = re.sub(rb"(?m)^Date: .*$", b"Date: Tue, 01 Dec 2020 10:00:00 +0000", raw, count=1)
    assert earlier != raw
    assert desk.arrives(desk.border(earlier, SAM.address)) == "request"
    assert (desk.case().received, desk.case().due) == (date(2020, 12, 8), date(2021, 1, 11))
    desk.discards()


def test_t27_a_report_that_a_mail_was_refused_is_no_request(desk: Office) -> None:
    report = (
        f"From: MAILER-DAEMON@citizens.example\r\nTo: {MAILBOX}\r\nSubject: Undeliverable: Chairs\r\n"
        "Message-ID: <dsn1@citizens.example>\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n'
        f"\r\n--b\r\nContent-Type: text/plain\r\n\r\nNot delivered. It said: {QUESTION}\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.citizens.example\r\n\r\n"
        "Final-Recipient: rfc822; nobody@exampleshire.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "--b--\r\n"
    ).encode()
    disposition = desk.arrives(desk.border(report, "MAILER-DAEMON@citizens.example"))
    assert disposition != "request"
    with desk.store.view() as tx:
        assert tx.cases.count() == 0
    desk.discards()


def test_v07_whoever_asks_is_told_the_same(desk: Office) -> None:
    letters = []
    for who in (SAM, EVE):
        notice = asked(desk, who=who)
        assert desk.orders(JANE, notice, "not held\nWe searched every shared folder.") == "command"
        draft = desk.one_for(TOM, "draft")
        desk.discards()
        assert desk.orders(TOM, draft, "approve v1") == "command"
        desk.later(minutes=11)
        text = desk.one_for(who).text
        desk.discards()
        for own in (who.name, who.address):
            text = text.replace(own, "SOMEBODY")
        letters.append(" ".join(re.sub(r"00000\d/20", "REFERENCE", text).split()))
    assert "We searched every shared folder." in letters[0]
    assert letters[0] == letters[1]


@pytest.mark.parametrize(
    "text",
    [
        "Why were the cells repainted?",
        "How many chairs do you own?",
        "Is there a policy on umbrellas, and who wrote it?",
    ],
)
def test_v11_a_question_is_a_request_though_it_names_no_law_and_no_document(
    desk: Office, text: str
) -> None:
    assert suggest("", text)[0].route is Route.FOI
    asked(desk, text)
    assert (desk.case().state, desk.case().request_text) == (State.OPEN, text)


def test_v12_several_subjects_in_one_mail_are_one_case_with_numbered_questions(
    desk: Office,
) -> None:
    """For section 12 each is a request of its own: the officer sees them apart, and may answer them apart."""
    notice = asked(
        desk,
        "Please tell me:\n\n1. How many chairs do you own?\n\n2. What did the river survey cost?\n",
    )
    assert [one.number for one in desk.case().questions] == ["1", "2"]
    assert "Its numbered questions" in notice.words


def test_v21_a_platforms_follow_up_and_its_review_belong_to_their_request(desk: Office) -> None:
    raw = request(PLATFORM, MAILBOX, TITLE, QUESTION, desk.clock.now(), message_id="<p1@w.example>")
    assert desk.arrives(desk.border(raw, PLATFORM.address)) == "request"
    acknowledged = desk.one_for(PLATFORM.address)
    desk.discards()
    assert TITLE in acknowledged.words
    answer = acknowledged.header("Message-ID")
    for number, subject in enumerate((f"Re: {TITLE}", f"Internal review of {TITLE}"), start=2):
        raw = request(
            PLATFORM,
            MAILBOX,
            subject,
            "I ask for an internal review.",
            desk.clock.now(),
            message_id=f"<p{number}@w.example>",
        )
        raw = f"In-Reply-To: {answer}\r\nReferences: {answer}\r\n".encode() + raw
        assert desk.arrives(desk.border(raw, PLATFORM.address)) == "followup"
        assert "This may be a request for an internal review" in desk.one_for(JANE).words
        desk.discards()
    with desk.store.view() as tx:
        assert tx.cases.count() == 1


def test_v09_a_letter_speaks_of_the_day_the_request_was_received(desk: Office) -> None:
    """And not of the day it is written: nothing that was deleted since makes it true that it was not held."""
    notice = asked(desk)
    assert desk.orders(JANE, notice, "regime eir") == "command"
    desk.discards()
    assert desk.orders(JANE, notice, "not held\nWe searched every shared folder.") == "command"
    shown = desk.one_for(TOM, "draft").words
    assert "we did not hold the information when we received your request" in shown
    desk.discards()


def test_v10_nothing_that_was_received_or_sent_is_ever_deleted() -> None:
    """There is no retention job that would have to honour a hold: the store has no way to delete these."""
    kept = {"inbox", "events", "outbox", "cases", "letters"}
    source = "\n".join(
        file.read_text("utf-8") for file in Path(foibot.store.__file__).parent.glob("*.py")
    )
    deleted = set(re.findall(r"\bdelete\((\w+)\)", source))
    assert deleted
    assert deleted.isdisjoint(kept)
    assert "DELETE FROM" not in source.upper()
    assert "drop_table" not in source


@pytest.mark.parametrize(("cited", "together"), [("31(1)(a) 38(1)(a)", True), ("31(1)(a)", False)])
def test_x03_several_qualified_exemptions_are_weighed_together_as_well(
    desk: Office, cited: str, together: bool
) -> None:
    notice = asked(desk)
    order = f"refuse {cited}\nOffenders would learn where to strike."
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    letter = desk.one_for(TOM, "draft").words
    assert ("for each provision and for all of them together" in letter) is together
    desk.discards()
