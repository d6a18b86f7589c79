"""Reports about our mail, in and out of the form of RFC 3464 (mail rules A11, A12, A14, A15)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from foibot.mail.bounce import Bounce, Fate, read_bounce
from foibot.mail.message import IncomingMail

MailWith = Callable[..., IncomingMail]
Sample = Callable[[str], IncomingMail]
ACK = "<foi.004078-20.ack.23456789abcdefgh@exampleshire.example>"
SAM = "sam@elsewhere.example"


def test_a_report_in_due_form(sample: Sample) -> None:
    assert read_bounce(sample("0011-bounce-postfix")) == Bounce(
        permanent=True,
        recipients=(SAM,),
        status="5.1.1",
        diagnostic=f"smtp; 550 5.1.1 <{SAM}>: user unknown",
        original_message_ids=(ACK,),
        envelope_tokens=("k7f3q2w9xm4tz8dh",),
    )


@pytest.mark.parametrize(
    ("name", "permanent", "recipients", "status"),
    [
        ("0012-delayed-postfix", False, (SAM,), "4.4.1"),
        ("0013-bounce-exim-prose", True, (SAM,), "5.7.1"),
        ("0014-bounce-qmail", True, (SAM,), "5.1.1"),
        ("0015-bounce-exchange-expired", True, (SAM, "other@elsewhere.example"), "4.4.7"),
    ],
)
def test_other_reports(
    sample: Sample, name: str, permanent: bool, recipients: tuple[str, ...], status: str
) -> None:
    bounce = read_bounce(sample(name))
    assert bounce is not None
    assert (bounce.permanent, bounce.recipients, bounce.status) == (permanent, recipients, status)
    assert ACK in bounce.original_message_ids


def report(mail_with: MailWith, *blocks: str) -> Bounce:
    mail = mail_with(
        "Content-Type: message/delivery-status",
        body="Reporting-MTA: dns;x\n\n" + "\n\n".join(blocks),
    )
    bounce = read_bounce(mail)
    assert bounce is not None
    return bounce


@pytest.mark.parametrize(
    ("block", "permanent"),
    [
        ("Action: failed\nStatus: 5.2.2", True),
        ("Action: failed\nStatus: 5.0.0 (permanent)", True),
        ("Action: Failed", True),
        ("Action: failed (x)\nStatus: 4.4.7", True),
        ("Action: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; retry timeout exceeded", True),
        ("Action: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; mailbox full", False),
        ("Action: delayed\nStatus: 5.0.0", False),
        ("Action: relayed\nStatus: 2.0.0", False),
        ("Status: nonsense", None),
    ],
)
def test_what_is_permanent(mail_with: MailWith, block: str, permanent: bool | None) -> None:
    assert report(mail_with, f"Final-Recipient: rfc822; {SAM}\n{block}").permanent is permanent


def test_the_worst_of_several_recipients_counts(mail_with: MailWith) -> None:
    bounce = report(
        mail_with,
        "Final-Recipient: rfc822; a@x.example\nAction: delayed\nStatus: 4.0.0",
        "Final-Recipient: b@x.example\nStatus: 5.1.1",
        "Final-Recipient: rfc822; unreadable\nStatus: 2.0.0",
    )
    assert bounce.recipients == ("a@x.example", "b@x.example")
    assert (bounce.permanent, bounce.status) == (True, "5.1.1")


def test_a_report_without_recipients_is_still_one(mail_with: MailWith) -> None:
    bounce = report(mail_with)
    assert (bounce.permanent, bounce.recipients, bounce.status) == (None, (), "")


@pytest.mark.parametrize(
    ("headers", "sender", "subject"),
    [
        ("Content-Type: multipart/report; boundary=b", "x@x.example", "x"),
        ("", "MAILER-DAEMON", "x"),
        ("", "Mail Delivery Subsystem <x@x.example>", "x"),
        ("", "postmaster@x.example", "Undeliverable: x"),
        ("", "The Mail Delivery System at x <x@x.example>", "Undelivered mail"),
        ("Return-Path: <>", "x@x.example", "Delivery Status Notification (Failure)"),
        ("Delivered-To: foi+b-k7f3q2w9xm4tz8dh@x.example", "x@x.example", "Returned mail: x"),
    ],
)
def test_what_looks_like_a_bounce_is_one(
    mail_with: MailWith, headers: str, sender: str, subject: str
) -> None:
    bounce = read_bounce(mail_with(headers, sender=sender, subject=subject))
    assert bounce is not None
    assert (bounce.permanent, bounce.status) == (None, "")


def test_exim_names_in_a_header_who_never_gets_it(mail_with: MailWith) -> None:
    bounce = read_bounce(mail_with("X-Failed-Recipients: a@x.example", sender="x@x.example"))
    assert bounce is not None
    assert (bounce.permanent, bounce.recipients) == (True, ("a@x.example",))


@pytest.mark.parametrize(
    ("headers", "sender", "subject"),
    [
        ("", "sam@x.example", "Delivery failed: how many parcels?"),
        ("", "postmaster@x.example", "FOI request"),
        ("", "Mail Delivery System Users Group <sam@x.example>", "FOI request"),
        ("", '"mailer-daemon fan" <sam@x.example>', "FOI request"),
        ("Return-Path: <>", "sam@x.example", "Out of office"),
        (
            "Content-Type: multipart/report; report-type=feedback-report; boundary=b",
            "x@x.example",
            "x",
        ),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b",
            "x@x.example",
            "Read",
        ),
    ],
)
def test_what_is_no_bounce(mail_with: MailWith, headers: str, sender: str, subject: str) -> None:
    assert read_bounce(mail_with(headers, sender=sender, subject=subject)) is None


_FORWARDED = "--b\n\nWhy did my request come back?\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@x.example\nStatus: 5.1.1\n--b--\n"


@pytest.mark.parametrize(
    ("more", "subject", "is_one"),
    [
        ("", "FOI request", False),
        ("Return-Path: <>\n", "FOI request", True),
        ("", "Undeliverable: FOI request", True),
    ],
)
def test_a_person_may_send_a_report_on(
    mail_with: MailWith, more: str, subject: str, is_one: bool
) -> None:
    headers = f"{more}Content-Type: multipart/mixed; boundary=b"
    mail = mail_with(headers, sender="sam@x.example", subject=subject, body=_FORWARDED)
    assert (read_bounce(mail) is not None) is is_one


@pytest.mark.parametrize(
    ("body", "permanent", "status", "diagnostic"),
    [
        (
            "The server said: 550 no such user\nbye",
            True,
            "5.0.0",
            "The server said: 550 no such user",
        ),
        ("SMTP error 452 mailbox full", False, "4.0.0", "SMTP error 452 mailbox full"),
        ("Your message could not be delivered; giving up", True, "4.4.7", "expired"),
        (
            "Your message is delayed. 450 4.1.1 try later",
            False,
            "4.1.1",
            "Your message is delayed. 450 4.1.1 try later",
        ),
        ("Ring 01632 960 550 for help", None, "", ""),
    ],
)
def test_reports_written_for_people(
    mail_with: MailWith, body: str, permanent: bool | None, status: str, diagnostic: str
) -> None:
    """Mail rule A12."""
    bounce = read_bounce(mail_with(sender="MAILER-DAEMON@x.example", body=body))
    assert bounce is not None
    assert (bounce.permanent, bounce.status, bounce.diagnostic) == (permanent, status, diagnostic)


@pytest.mark.parametrize(
    ("block", "fate"),
    [
        ("Action: failed\nStatus: 5.2.2", Fate.HARD),
        ("Action: failed\nStatus: 4.4.7", Fate.HARD),
        ("Action: failed\nStatus: 4.2.2\nDiagnostic-Code: smtp; mailbox full", Fate.SOFT),
        ("Action: delayed\nStatus: 4.4.1", Fate.DELAYED),
        ("Status: 4.4.1", Fate.DELAYED),
        ("Action: relayed\nStatus: 2.0.0", Fate.ARRIVED),
        ("Status: nonsense", Fate.UNTOLD),
    ],
)
def test_a14_hard_soft_and_delayed_are_told_apart(
    mail_with: MailWith, block: str, fate: Fate
) -> None:
    assert report(mail_with, f"Final-Recipient: rfc822; {SAM}\n{block}").fate is fate


def test_a15_who_gave_up_is_worse_than_who_still_tries(mail_with: MailWith) -> None:
    bounce = report(
        mail_with,
        f"Final-Recipient: rfc822; {SAM}\nAction: delayed\nStatus: 4.4.1",
        "Final-Recipient: rfc822; b@x.example\nAction: failed\nStatus: 4.2.2",
    )
    assert (bounce.fate, bounce.status) == (Fate.SOFT, "4.2.2")
