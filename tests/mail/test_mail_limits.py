"""The bounded look at raw bytes before anything is parsed (mail rules C9 to C11)."""

from __future__ import annotations

import pytest

from foibot.mail.limits import Limits, header_block, scan

HEAD = b"From: sam@elsewhere.example\r\nSubject: FOI\r\n"


def nested(levels: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed;\r\n boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(levels)
    )
    return HEAD + opened + b"\r\nhello\r\n"


BEYOND = {
    "size": (HEAD + b"\r\n" + b"x" * 100, Limits(max_bytes=100), "larger than 100 bytes"),
    "header": (b"X: " + b"y" * 300_000, Limits(), "header larger than 262144 bytes"),
    "headers": (b"X: y\n" * 1_100, Limits(), "more than 1000 headers"),
    "words": (b"X: " + b"=?utf-8?q?a?= " * 2_100, Limits(), "more than 2000 encoded words"),
    "depth": (nested(31), Limits(), "parts within parts more than 30 deep"),
    "much deeper": (nested(2_000), Limits(), "parts within parts more than 30 deep"),
    "work": (HEAD + b"\nmultipart/" * 9_000, Limits(), "too many lines for so many parts"),
}


@pytest.mark.parametrize(("raw", "limits", "reason"), BEYOND.values(), ids=list(BEYOND))
def test_beyond_the_limits(raw: bytes, limits: Limits, reason: str) -> None:
    found = scan(raw, limits)
    assert found is not None
    assert found.startswith(reason)


FINE = {
    "empty": b"",
    "plain": HEAD + b"\r\nhello\r\n",
    "thirty levels": nested(30),
    "forty messages side by side": HEAD
    + b"Content-Type: multipart/mixed; boundary=o\n\n"
    + b"--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nx\n--i--\n" * 40
    + b"--o--\n",
    "unclosed messages side by side": HEAD
    + b"Content-Type: multipart/mixed; boundary=o\n\n"
    + b"--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n\nx\n" * 40
    + b"--other--\n--o--\n",
    "a thousand folded lines": HEAD + b"To: a\r\n" + b" ,b\r\n" * 1_000 + b"\r\nhello",
    "the word again and again": HEAD + b"\n" + b"multipart/ " * 40,
}


@pytest.mark.parametrize("raw", FINE.values(), ids=list(FINE))
def test_within_the_limits(raw: bytes) -> None:
    assert scan(raw) is None


def test_the_header_ends_at_the_first_empty_line_of_any_kind() -> None:
    assert header_block(b"a\r\n\r\nb\n\nc") == b"a"
    assert header_block(b"a\rb\r\rc") == b"a\rb"
    assert header_block(b"no end") == b"no end"


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_c10_a_flat_mail_of_very_short_lines_is_not_parsed(end: bytes) -> None:
    """Fifteen million lines of one letter took the parser 1.3 GB."""
    head = b"From: a@b.example" + end + b"Subject: s" + end + end
    assert scan(head + (b"a" + end) * 1_000_001) == "more than 1000000 lines"
    assert scan(head + (b"a" + end) * 999_990) is None
