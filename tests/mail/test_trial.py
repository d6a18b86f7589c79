"""The mail that foibot sends to itself is what it seems to every reader: our own, and a machine's."""

from __future__ import annotations

from datetime import UTC, datetime

from foibot.mail.bounce import read_bounce
from foibot.mail.compose import stamp
from foibot.mail.machine import Weight, machine_signs
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.trial import Trial

TRIAL = Trial(
    "foi@exampleshire.example",
    "foi+c-k7f3q2w9xm4tz8dhk7f3q2w9xm@exampleshire.example",
    "foi@exampleshire.example",
    "k7f3q2w9xm4tz8dh",
)
OTHER = Trial(TRIAL.mailbox, TRIAL.mailbox, TRIAL.mailbox, "2w9xm4tz8dhk7f3q")


def raw() -> bytes:
    now = datetime(2026, 11, 27, 17, 20, tzinfo=UTC)
    return stamp(TRIAL.composed("Exampleshire Constabulary"), now, TRIAL.message_id)


def read(raw: bytes) -> IncomingMail:
    mail = parse(raw)
    assert isinstance(mail, IncomingMail)
    return mail


def test_it_is_known_again_whatever_its_message_id_and_is_automatic_whatever_its_sender() -> None:
    mail = read(raw().replace(b"Message-ID: <foi", b"Message-ID: <other"))
    assert TRIAL.is_in(mail)
    assert not OTHER.is_in(mail)
    assert mail.references == mail.in_reply_to == (TRIAL.earlier,)
    assert Weight.AUTOMATIC in {sign.weight for sign in machine_signs(mail)}


def test_a_report_about_it_is_known() -> None:
    report = (
        b"From: MAILER-DAEMON@exampleshire.example\r\nTo: foi@exampleshire.example\r\n"
        b"Subject: Undelivered Mail Returned to Sender\r\nReturn-Path: <>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
        b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exampleshire.example\r\n\r\n"
        b"Final-Recipient: rfc822; " + TRIAL.recipient.encode() + b"\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        b"Diagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + raw() + b"\r\n--b--\r\n"
    )  # fmt: skip
    bounce = read_bounce(read(report))
    assert bounce is not None
    assert TRIAL.is_reported_by(bounce)
    assert not OTHER.is_reported_by(bounce)
