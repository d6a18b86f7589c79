"""Reports that our mail is abuse, by post (mail rule A18)."""

from __future__ import annotations

from email import message_from_bytes

from foibot.desk.verify import verify
from tests.office import JANE, MAILBOX, RUTH, SAM, Office, request

LOOP = "feedback@loops.provider.example"


def abuse_report(desk: Office, ours: str) -> bytes:
    """As a large provider's feedback loop writes it (RFC 5965), with the mail of ours it is about."""
    return (
        f"From: <{LOOP}>\r\nTo: {MAILBOX}\r\nSubject: FW: FOI\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: {desk.message_id('loops.provider.example')}\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="part"\r\n\r\n'
        "--part\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report for a message received from "
        "IP 192.0.2.1.\r\n--part\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n"
        "User-Agent: SomeGenerator/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <foi@exampleshire.example>\r\n"
        f"--part\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: {ours}\r\nFrom: {MAILBOX}\r\n"
        "Subject: We have received your request\r\n\r\nDear Sam\r\n--part--\r\n"
    ).encode()


def test_a18_an_abuse_report_is_told_to_administrators_and_nothing_is_acknowledged_after_it(
    desk: Office,
) -> None:
    desk.asks()
    (acknowledgement,) = desk.post_for(SAM)
    ours = str(message_from_bytes(acknowledgement.raw)["Message-ID"])
    desk.discards()
    for _ in range(2):
        assert desk.arrives(abuse_report(desk, ours)) == "auto"
    words = " ".join(desk.one_for(RUTH).words.split())
    assert (
        f"{LOOP} reports the acknowledgement on request 000001/20 to {SAM.address} as abuse."
        in words
    )
    assert desk.unread == [], "told once for each mail"

    desk.asks("Something else?", subject="Another question")
    assert desk.post_for(SAM) == []
    notice = desk.one_for(JANE, "new-case")
    assert "was reported as abuse" in " ".join(notice.words.split())
    assert desk.orders(JANE, notice, "ack") == "command"
    assert len(desk.post_for(SAM)) == 1
    desk.discards()
    assert list(verify(desk.store)) == []


def test_a18_a_report_that_names_no_mail_of_ours_is_told_once_a_day_and_closes_its_sender_out(
    desk: Office,
) -> None:
    for _ in range(2):
        assert desk.arrives(abuse_report(desk, "<x@elsewhere.example>")) == "auto"
    assert "as abuse, without saying which" in " ".join(desk.one_for(RUTH).words.split())
    assert desk.unread == []


def test_a18_a_request_in_the_same_commit_as_the_report_is_not_acknowledged(desk: Office) -> None:
    desk.asks()
    ours = str(message_from_bytes(desk.post_for(SAM)[0].raw)["Message-ID"])
    desk.discards()
    desk.stores(abuse_report(desk, ours))
    text = request(SAM, MAILBOX, "Other", "Something else?", desk.clock.now(), message_id="<o@c.example>")  # fmt: skip
    desk.stores(desk.border(text, SAM.address))
    assert desk.intake.settle() == 2
    desk.settles()
    assert desk.post_for(SAM) == []
    desk.discards()
