"""What the border writes on mail, and the forged results it takes out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from foibot.demo.border import Arrival, stamped, without_results_of

BORDER = "mx.exampleshire.example"
ARRIVAL = Arrival(
    sender="sam@home.example",
    recipient="foi+c-k7f3@exampleshire.example",
    helo="[127.0.0.1]",
    login="",
    when=datetime(2020, 12, 8, 9, 30, tzinfo=UTC),
    queue_id="000007",
)
SUBMITTED = Arrival(**{**{name: getattr(ARRIVAL, name) for name in Arrival.__slots__},
                       "login": "jane.orange@exampleshire.example"})  # fmt: skip


def stamp(raw, arrival=ARRIVAL):
    return stamped(raw, arrival, BORDER, {"good.example"}, {"exampleshire.example"})


def test_a_strangers_mail_gets_three_fields_on_top():
    raw = b"From: Sam Smith <sam@home.example>\r\n\r\nHello\r\n"
    assert (
        stamp(raw)
        == (
            b"Return-Path: <sam@home.example>\r\n"
            b"Authentication-Results: mx.exampleshire.example; dmarc=none header.from=home.example\r\n"
            b"Received: from [127.0.0.1] ([127.0.0.1])\r\n"
            b"\tby mx.exampleshire.example with ESMTP id 000007\r\n"
            b"\tfor <foi+c-k7f3@exampleshire.example>; Tue, 08 Dec 2020 09:30:00 +0000\r\n"
        )
        + raw
    )


@pytest.mark.parametrize(
    ("header", "verdict"),
    [
        (b"From: a@good.example\r\n", b"dmarc=pass header.from=good.example"),
        (b"From: A <a@GOOD.example>\r\n", b"dmarc=pass header.from=good.example"),
        (b"from : a@exampleshire.example\r\n", b"dmarc=fail header.from=exampleshire.example"),
        (b"From: a@exampleshire.example <x@evil.example>\r\n", b"dmarc=none header.from=evil.example"),
        (b"From:\r\n a@good.example\r\n", b"dmarc=pass header.from=good.example"),
        (b"From: nobody\r\n", b"dmarc=none header.from=unknown"),
        (b"From: a@good.example\r\nFrom: b@evil.example\r\n", b"dmarc=permerror"),
        (b"Subject: none\r\n", b"dmarc=permerror"),
    ],
)  # fmt: skip
def test_the_verdict_is_on_the_domain_of_the_one_from(header, verdict):
    results = stamp(header + b"\r\nx").split(b"\r\n")[1]
    assert results == b"Authentication-Results: mx.exampleshire.example; " + verdict


def test_who_logged_in_is_named_whatever_from_says():
    stamp_ = stamp(b"From: tom.teal@exampleshire.example\r\n\r\n", SUBMITTED)
    assert b"auth=pass smtp.auth=jane.orange@exampleshire.example\r\n" in stamp_
    assert b"with ESMTPA id" in stamp_
    assert b"dmarc" not in stamp_


@pytest.mark.parametrize(
    "forged",
    [
        b"Authentication-Results: mx.exampleshire.example; dmarc=pass\r\n",
        b"AUTHENTICATION-RESULTS : MX.Exampleshire.EXAMPLE 1;\r\n\tdmarc=pass\r\n",
        b"Authentication-Results: (hi) mx.exampleshire.example; auth=pass\r\n",
        b'Authentication-Results: "mx.exampleshire.example"; auth=pass\r\n',
        b"Authentication-Results:\r\n mx.exampleshire.example;\r\n auth=pass\r\n",
        b"Authentication-Results: mx.exampleshire.example; auth=pass\n",
    ],
)
def test_results_in_our_name_are_taken_out(forged):
    raw = b"Subject: a\r\n" + forged + b"To: b\r\n\r\n" + forged
    assert without_results_of(raw, BORDER) == b"Subject: a\r\nTo: b\r\n\r\n" + forged


@pytest.mark.parametrize(
    "raw",
    [
        b"Authentication-Results: mx.other.example; dmarc=pass\r\n\r\nx",
        b"Authentication-Results: ;\r\n\r\nx",
        b"Subject: Authentication-Results: mx.exampleshire.example; auth=pass\r\n\r\nx",
        b"\r\nonly a body",
        b"Subject: \xff\xfe\r\n\r\n\x00",
    ],
)
def test_everything_else_stays_byte_for_byte(raw):
    assert without_results_of(raw, BORDER) == raw


def test_headers_without_an_end_get_their_line_end():
    assert without_results_of(b"Subject: a", BORDER) == b"Subject: a\r\n"
    assert without_results_of(b"Subject: a\n", BORDER) == b"Subject: a\n"
