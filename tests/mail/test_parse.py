"""Any bytes give a value: a mail, or why not (mail rules B2 to B6, B12, C1 to C11, D6, D11)."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.limits import Limits
from foibot.mail.message import Address, IncomingMail, Unreadable
from foibot.mail.parse import parse

SAMPLES = [
    path.read_bytes() for path in sorted((Path(__file__).parent.parent / "emails").glob("*"))
]
HEAD = b"From: Sam <sam@elsewhere.example>\nTo: foi@exampleshire.example\nSubject: FOI\n"
MailWith = Callable[..., IncomingMail]


@given(st.binary(max_size=400))
def test_no_bytes_make_it_fail(raw: bytes) -> None:
    parse(raw)


@given(st.sampled_from(SAMPLES), st.data())
def test_no_damage_to_a_real_mail_makes_it_fail(raw: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(raw)))
    gap = data.draw(st.integers(0, 40))
    piece = data.draw(
        st.binary(max_size=12)
        | st.sampled_from(
            [b"\0", b"\r", b"\n\n", b"--", b"=?utf-8?b?", b"multipart/mixed; boundary=", b"(", b'"'])
    )  # fmt: skip
    mail = parse(raw[:at] + piece + raw[at + gap :])
    if isinstance(mail, IncomingMail):
        for text in (
            mail.text,
            mail.subject,
            mail.shown_sender,
            mail.date,
            *map(str, mail.headers),
        ):
            text.encode("utf-8")
            assert "\0" not in text


# The table of bombs: each yields a disposition, and a limit or a linear reader is what bounds it.
FINE = IncomingMail
OVER = Unreadable
BOMBS = {
    "200 nested multiparts": (
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200)), OVER),
    "2000 nested multiparts": (
        HEAD + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)), OVER),
    "300 nested messages": (HEAD + b"Content-Type: message/rfc822\n\n" * 300, FINE),
    "2000 nested messages": (HEAD + b"Content-Type: message/rfc822\n\n" * 2_000, FINE),
    "100 k parts": (HEAD + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 100_000, OVER),
    "200 k headers": (HEAD + b"X-A: b\n" * 200_000, OVER),
    "2 MB header": (HEAD + b"X-A: " + b"a" * 2_000_000, OVER),
    "40 k references": (HEAD + b"References: " + b"<abcdefgh@x.example> " * 40_000, OVER),
    "5 k recipients": (HEAD + b"Cc: " + b"ab@x.example, " * 5_000 + b"\n\nhi", FINE),
    "20 k brackets": (HEAD + b"Cc: " + b"(" * 20_000 + b"\n\nhi", FINE),
    "3 k brackets": (HEAD + b"Cc: " + b"(" * 3_000 + b"\n\nhi", FINE),
    "10 k quotes": (HEAD + b"Cc: " + b'"' * 10_001 + b"\n\nhi", FINE),
    "5 k encoded words": (HEAD + b"X: " + b"=?utf-8?q?a?= " * 5_000 + b"\n\nhi", OVER),
    "5 k parameters": (HEAD + b"Content-Type: text/plain" + b"; a=b" * 5_000 + b"\n\nhi", FINE),
    "5 k pieces of a parameter": (
        HEAD + b"Content-Type: text/plain" + b"".join(b"; name*%d=b" % n for n in range(5000)) + b"\n\nhi", FINE),
    "base64 garbage": (HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"!!=a=" * 100_000, FINE),
    "20 k brackets in the date": (HEAD + b"Date: " + b"(" * 20_000 + b"\n\nhi", FINE),
    "50 k angles in the Message-ID": (HEAD + b"Message-ID: " + b"<" * 50_000 + b"\n\nhi", FINE),
    "semicolons in quotes": (HEAD + b'Content-Type: a/b; x="' + b'";"' * 50_000 + b"\n\nhi", FINE),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "outcome"), BOMBS.values(), ids=list(BOMBS))
def test_a_bomb_gets_a_disposition(raw: bytes, outcome: type) -> None:
    """Mail rules C9 to C11."""
    mail = parse(raw)
    assert isinstance(mail, outcome)
    assert "FOI" in mail.subject


def test_beyond_the_limits_the_essentials_are_still_shown() -> None:
    raw = (
        b"From: =?utf-8?q?S=C3=A4m?= <sam@elsewhere.example>\r\nFrom: second\r\n"
        b"Subject: lamp\r\n posts\r\nMessage-ID: <a@b.example>\r\n\r\n" + b"x" * 99
    )
    assert parse(raw, Limits(max_bytes=99)) == Unreadable(
        reason="larger than 99 bytes",
        rule="C9",
        subject="lamp posts",
        shown_sender="Säm <sam@elsewhere.example>",
        message_id="<a@b.example>",
    )
    assert parse(b"x" * 99, Limits(max_bytes=9)) == Unreadable("larger than 9 bytes", "C9")


def test_a_parser_that_gives_up_is_one_more_reason() -> None:
    deep = b"".join(
        b"Content-Type: multipart/a; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000)
    )
    mail = parse(HEAD + deep, Limits(max_depth=10_000, max_parts=10_000))
    assert isinstance(mail, Unreadable)
    assert (mail.rule, mail.reason) == ("C1", "the parser failed: RecursionError")


def test_who_it_is_from(mail_with: MailWith) -> None:
    mail = mail_with()
    assert mail.sender == Address("sam@elsewhere.example", "Sam Smith")
    assert mail.shown_sender == "sam@elsewhere.example (Sam Smith)"
    assert mail_with(sender="sam@elsewhere.example").shown_sender == "sam@elsewhere.example"


@pytest.mark.parametrize(
    ("headers", "sender", "flag"),
    [
        ("", "", "no From header"),
        (
            "From: jane.orange@exampleshire.example",
            "evil@elsewhere.example",
            "several From headers",
        ),
        (
            "",
            "jane@exampleshire.example <evil@elsewhere.example>",
            "From: address beside an address",
        ),
        ("", "a@a.example, b@b.example", "From: several senders"),
        ("", "\u0000jane@exampleshire.example", "From: control character"),
        ("X-A: b\nnot a header", "sam@elsewhere.example", "no From header"),
    ],
)
def test_who_it_is_not_from(mail_with: MailWith, headers: str, sender: str, flag: str) -> None:
    """Mail rules B2, B3, B6."""
    mail = mail_with(headers, sender=sender)
    assert mail.sender is None
    assert flag in mail.flags


def test_a_header_that_servers_may_read_differently_identifies_nobody() -> None:
    mail = parse(b"From: sam@elsewhere.example\nnot a header\nFrom: evil@x.example\n\nhi")
    assert isinstance(mail, IncomingMail)
    assert mail.sender is None
    assert "headers broken" in mail.flags


def test_doubts_are_flagged(mail_with: MailWith) -> None:
    """Mail rules B4, B5."""
    mail = mail_with(
        "Reply-To: sam@another.example",
        sender='"jane@exampleshire.example" <sam@elsewhere.example>',
    )
    assert mail.sender == Address("sam@elsewhere.example", "jane@exampleshire.example")
    assert mail.flags == (
        "display name contains a different address",
        "replies go to another domain",
    )
    harmless = mail_with(
        "Reply-To: s@elsewhere.example", sender='"sam@elsewhere.example" <Sam@elsewhere.example>'
    )
    assert harmless.flags == ()


def test_every_way_of_being_addressed_is_found(mail_with: MailWith) -> None:
    """Mail rule D11."""
    mail = mail_with(
        "Cc: b@b.example\nCc: c@c.example\nDelivered-To: d@d.example\nX-Original-To: <e@e.example>\n"
        "Envelope-To: f@f.example\nX-Forwarded-To: g@g.example\nResent-To: h@h.example\n"
        "Reply-To: i@i.example"
    )
    assert "".join(addr[0] for addr in mail.delivered_to) == "fbcdefgh"
    assert [one.addr for one in mail.cc] == ["b@b.example", "c@c.example"]
    assert [one.addr for one in mail.reply_to] == ["i@i.example"]
    assert [one.addr for one in mail.to] == ["foi@exampleshire.example"]


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("", None),
        ("Return-Path: <>", ""),
        ("Return-Path:", ""),
        ("Return-Path: <a@b.example>", "a@b.example"),
        ("Return-Path: a@b.example", "a@b.example"),
    ],
)
def test_the_return_path(mail_with: MailWith, header: str, path: str | None) -> None:
    assert mail_with(header).return_path == path


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        (b"Message-ID: <a@b>", "<a@b>"),
        (b"Message-ID: junk <a@b> <c@d>", "<a@b>"),
        (b"Message-ID: a@b", "<a@b>"),
        (b"Message-ID: two words@b", ""),
        (b"Message-ID: none", ""),
        (b"Message-ID: <caf\xe9@b>", "<café@b>"),
        (b"X-A: b", ""),
    ],
)
def test_the_message_id(header: bytes, message_id: str) -> None:
    mail = parse(header + b"\n\nhi")
    assert isinstance(mail, IncomingMail)
    assert mail.message_id == message_id


def test_headers_are_kept_in_order_and_clean(mail_with: MailWith) -> None:
    mail = mail_with("X-One: a\n\tb\nx-one: c\0\nX-Raw: caf\udce9")
    assert mail.headers[:3] == (("x-one", "a\tb"), ("x-one", "c"), ("x-raw", "café"))
    assert mail.header("x-one") == "a\tb"
    assert mail.all("x-one") == ("a\tb", "c")
    assert mail.header("x-none") == ""
    assert mail.all("x-none") == ()


def test_the_sender_s_date_is_only_text(mail_with: MailWith) -> None:
    """Mail rules C2, C3."""
    assert mail_with("Date: Wed, 4 Jun 207777777777777714").date == "Wed, 4 Jun 207777777777777714"


def test_a_subject_that_would_add_a_header(mail_with: MailWith) -> None:
    mail = mail_with(subject="=?utf-8?q?Hello=0D=0ABcc:_victim?=")
    assert mail.subject == "Hello Bcc: victim"


def test_an_attachment_is_opened_only_when_asked() -> None:
    raw = b"Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: Base64\n\n"
    mail = parse(raw + base64.encodebytes(b"%PDF-1.7"))
    assert isinstance(mail, IncomingMail)
    assert mail.attachments[0].encoded.startswith(b"JVBE")
    assert mail.attachments[0].content() == b"%PDF-1.7"
    assert "JVBE" not in repr(mail)
