"""Transfer encodings are undone as far as damage allows (mail rule C22)."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.transfer import undone


@pytest.mark.parametrize(
    ("encoded", "encoding", "content"),
    [
        (b"SGVs\r\nbG8=", "base64", b"Hello"),
        (b"SGVsbG8", " BASE64 ", b"Hello"),
        (b"SGVsbG8*!\n", "base64", b"Hello"),
        (b"SGVsb", "base64", b"Hel"),
        (b"caf=E9 =\nx=ZZ", "quoted-printable", b"caf\xe9 x=ZZ"),
        (b"as it is", "8bit", b"as it is"),
        (b"as it is", "x-uuencode", b"as it is"),
    ],
)
def test_undone(encoded: bytes, encoding: str, content: bytes) -> None:
    """Mail rule C22."""
    assert undone(encoded, encoding) == content


@given(st.binary(max_size=80), st.sampled_from(["base64", "quoted-printable", ""]))
def test_any_damage_gives_bytes(encoded: bytes, encoding: str) -> None:
    assert isinstance(undone(encoded, encoding), bytes)


@given(st.binary(max_size=80))
def test_base64_comes_back(content: bytes) -> None:
    assert undone(base64.encodebytes(content), "base64") == content
