"""Mail of ours that comes back, by post (mail rules A11, A12, A14, A15): told apart, tied to its case, raised."""

from __future__ import annotations

from email import message_from_bytes

from foibot.case.case import State
from foibot.desk.verify import verify
from foibot.gateway.smtp import Envelope
from tests.office import JANE, MAILBOX, ORDER, QUESTION, SAM, STAFF, TOM, Office

DAEMON = "MAILER-DAEMON@mx.elsewhere.example"


def envelope(desk: Office, kind: str, to: str = SAM.address) -> Envelope:
    """The newest mail of this kind that left for somebody."""
    return next(
        one
        for one in reversed(desk.post.taken)
        if one.recipient == to and f".{kind}." in str(message_from_bytes(one.raw)["Message-ID"])
    )


def report(desk: Office, about: Envelope, action: str, status: str, said: str = "no") -> bytes:
    """A report as RFC 3464 wants it, to the envelope sender of the mail that it is about."""
    ours = message_from_bytes(about.raw)["Message-ID"]
    return (
        f"Return-Path: <>\r\nDelivered-To: {about.sender}\r\nFrom: Mail Delivery System <{DAEMON}>\r\n"
        f"To: {about.sender}\r\nSubject: Delivery Status Notification\r\nAuto-Submitted: auto-replied\r\n"
        f"Message-ID: {desk.message_id('mx.elsewhere.example')}\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system. {said}\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.elsewhere.example\r\n\r\n"
        f"Final-Recipient: rfc822; {about.recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {said}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {ours}\r\n\r\n--b--\r\n"
    ).encode()


def answered(desk: Office, text: str = QUESTION) -> Envelope:
    """The letter that answered a request."""
    desk.asks(text)
    draft_for(desk)
    return envelope(desk, "letter")


def draft_for(desk: Office, order: str = ORDER) -> None:
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command"
    assert desk.orders(TOM, desk.one_for(TOM, "draft"), "approve v1") == "command"
    desk.later(minutes=11)
    desk.discards()


def test_a11_a_letter_that_came_back_is_raised_with_the_postal_address_of_the_request(
    desk: Office,
) -> None:
    letter = answered(desk, f"{QUESTION}\n\nYours faithfully,\nSam Smith\n12 High Street\nEX2 4AB")
    assert desk.arrives(report(desk, letter, "failed", "5.1.1")) == "bounce"
    assert desk.case().state is State.DELIVERY_FAILED
    words = desk.one_for(JANE, "not-delivered").words
    assert "The request gives this address, which nobody has checked: Sam Smith, 12 High" in words
    assert "Look whether the address above is right" in words
    desk.discards()
    assert desk.arrives(report(desk, letter, "failed", "5.1.1")) == "bounce"
    assert desk.unread == [], "a second server's report of the same is no news"


def test_a14_a_server_that_gave_up_for_a_reason_that_may_pass(desk: Office) -> None:
    letter = answered(desk)
    full = report(desk, letter, "failed", "4.2.2", "452 mailbox full")
    assert desk.arrives(full) == "bounce"
    assert desk.case().state is State.DELIVERY_FAILED
    words = desk.one_for(JANE, "not-delivered").words
    assert "The reason may pass, but the server tries no more." in words
    assert "foibot outbox resolve" in words
    desk.discards()


def test_a14_a_delay_is_shown_in_the_digest_and_changes_nothing(desk: Office) -> None:
    letter = answered(desk)
    before = desk.case().state
    assert desk.arrives(report(desk, letter, "delayed", "4.4.1")) == "bounce"
    assert (desk.case().state, desk.unread) == (before, [])
    desk.at("2020-12-09 08:01")
    words = desk.one_for(JANE, "digest").words
    assert (
        "about mail of ours that is late, on 000001/20 (rule A14: it is still being tried" in words
    )
    desk.discards()
    assert list(verify(desk.store)) == []


def test_a_report_that_it_was_passed_on_is_no_trouble(desk: Office) -> None:
    letter = answered(desk)
    desk.arrives(report(desk, letter, "relayed", "2.0.0"))
    assert (desk.case().state, desk.unread) == (State.ANSWERED, [])


def test_a_question_that_came_back_after_the_case_lapsed_opens_it_again(desk: Office) -> None:
    desk.asks()
    draft_for(desk, "clarify\r\nWhich years do you mean?")
    question = envelope(desk, "letter")
    desk.at("2021-03-08 09:00")
    desk.discards()
    assert desk.case().state is State.LAPSED

    assert desk.arrives(report(desk, question, "failed", "5.1.1")) == "bounce"
    case = desk.case()
    assert (case.state, case.outcome) == (State.DELIVERY_FAILED, "")
    assert [clock.name for clock in case.clocks if clock.runs] == ["answer"]
    assert "The request is not answered" in desk.one_for(JANE, "not-delivered").words
    desk.discards()
    assert list(verify(desk.store)) == []


def test_a_letter_that_came_back_after_a_withdrawal_is_told_and_opens_nothing(desk: Office) -> None:
    desk.asks()
    draft_for(desk, "clarify\r\nWhich years do you mean?")
    question = envelope(desk, "letter")
    desk.arrives(report(desk, question, "delayed", "4.4.1"))
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    assert desk.orders(JANE, digest, "000001/20 withdrawn") == "command"
    desk.discards()
    for _ in range(2):
        assert desk.arrives(report(desk, question, "failed", "5.1.1")) == "bounce"
    assert desk.case().state is State.WITHDRAWN
    assert "The request is closed, and stays as it is." in desk.one_for(JANE, "answer").words


def test_a_notice_that_an_officer_does_not_get_is_told_to_the_administrators_once_a_day(
    desk: Office,
) -> None:
    desk.asks()
    desk.discards()
    notice = envelope(desk, "new-case", JANE.address)
    for _ in range(2):
        assert desk.arrives(report(desk, notice, "failed", "5.2.1")) == "bounce"
    told = [mail for who in STAFF for mail in desk.post_for(who)]
    assert {mail.subject.rpartition(" #")[0] for mail in told} == {
        f"Mail to {JANE.address} comes back"
    }
    assert len({mail.to for mail in told}) == len(told)


def in_words(desk: Office, who: str, said: str) -> bytes:
    """A report in free words to an address without our token, that quotes nothing of what it is about."""
    return (
        f"Return-Path: <>\r\nFrom: Mail Delivery System <{DAEMON}>\r\nTo: {MAILBOX}\r\n"
        f"Subject: Undelivered mail\r\nMessage-ID: {desk.message_id('mx.elsewhere.example')}\r\n\r\n"
        f"Your message to <{who}> was automatically rejected:\r\n{said}\r\n"
    ).encode()


def test_a12_a_report_in_words_that_names_only_the_requester_is_told_and_changes_nothing(
    desk: Office,
) -> None:
    answered(desk)
    before = desk.case().state
    report = in_words(desk, SAM.address, "Quota exceeded (mailbox for user is full)")
    for _ in range(2):
        assert desk.arrives(report.replace(b"Message-ID: <", b"Message-ID: <x")) == "bounce"
        report = in_words(desk, SAM.address, "Quota exceeded (mailbox for user is full)")
    assert desk.case().state is before
    notice = desk.one_for(JANE, "answer")
    assert f"mail to {SAM.address} is not delivered" in notice.words
    assert "the letter, version 1 on request 000001/20, which counts as sent as before" in " ".join(
        notice.words.split()
    )
    desk.discards()
    assert list(verify(desk.store)) == []


def test_a19_a_report_about_an_address_that_nothing_left_for_disturbs_nobody(desk: Office) -> None:
    answered(desk)
    desk.arrives(in_words(desk, "nobody@elsewhere.example", "no such user"))
    assert desk.unread == []
