"""Bytes and a claimed charset become text without an exception (mail rules C5, B13)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.charsets import decode, raw_text


@pytest.mark.parametrize(
    ("content", "charset", "text", "guessed"),
    [
        (b"plain", "", "plain", False),
        (b"plain", "us-ascii", "plain", False),
        ("café".encode(), "UTF-8", "café", False),
        ("café".encode(), '"utf8"', "café", False),
        (b"caf\xe9", "iso-8859-1", "café", False),
        (b"\x93quoted\x94", "ISO_8859-1", "“quoted”", False),
        (b"\x81", "iso-8859-1", "\x81", False),
        (b"caf\xe9", "", "café", True),
        ("café".encode(), "us-ascii", "café", True),
        (b"caf\xe9", "utf-8", "café", True),
        (b"\x81\xe9", "utf-8", "\x81é", True),
        (b"caf\xe9", "X-UNKNOWN", "café", True),
        (b"caf\xe9", "none\0", "café", True),
        (b"caf\xe9", "punycode", "café", True),
        (b"\\u0041", "unicode_escape", "\\u0041", True),
        ("한".encode("cp949"), "ks_c_5601-1987", "한", False),
        ("镕".encode("gb18030"), "GB2312", "镕", False),
        ("Ŵ".encode("iso8859-14"), "iso-8859-14", "Ŵ", False),
        (b"+2AA-", "utf-7", "�", False),
    ],
)
def test_decode(content: bytes, charset: str, text: str, guessed: bool) -> None:
    """Mail rule C5."""
    assert decode(content, charset) == (text, guessed)


@given(st.binary(max_size=60), st.text(max_size=20) | st.sampled_from(["utf-7", "utf-16", "hz"]))
def test_any_bytes_in_any_charset_give_text_a_database_takes(content: bytes, charset: str) -> None:
    decode(content, charset)[0].encode("utf-8")


def test_raw_8_bit_text_is_read_as_utf_8_first() -> None:
    """Mail rule C7."""
    assert raw_text("café".encode().decode("ascii", "surrogateescape")) == "café"
    assert raw_text(b"caf\xe9".decode("ascii", "surrogateescape")) == "café"
