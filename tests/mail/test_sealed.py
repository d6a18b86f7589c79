"""A mail that is one signature is taken apart into what was signed and the signature; anything else is not."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.sealed import sealed, unsealed
from tests.mail.test_signed import sealed as signed_data
from tests.mail.test_signed import tlv

HEAD = b"From: tom@x.example\r\nSubject: Re: draft\r\nMIME-Version: 1.0\r\n"
ENTITY = b"Content-Type: text/plain; charset=utf-8\r\n\r\napprove v1\r\n"
SEAL = b"0\x03abc"


def clear(
    *,
    kind: str = "multipart/signed; boundary=b",
    entity: bytes = ENTITY,
    seal_kind: str = "application/pkcs7-signature",
    seal: bytes = base64.b64encode(SEAL),
    end: bytes = b"\r\n--b--\r\n",
    before: bytes = b"",
) -> bytes:
    return (
        HEAD + f"Content-Type: {kind}\r\n\r\n".encode() + before + b"--b\r\n" + entity
        + f"\r\n--b\r\nContent-Type: {seal_kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode()
        + seal + end
    )  # fmt: skip


def opaque(data: bytes, kind: str = "application/pkcs7-mime") -> bytes:
    head = (
        f"Content-Type: {kind}; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return HEAD + head.encode() + base64.b64encode(data)


def test_the_signed_bytes_are_those_between_the_marks() -> None:
    found = sealed(clear(before=b"A line for old programs.\r\n"))
    assert found is not None
    assert (found.content, found.signature, found.detached) == (ENTITY, SEAL, True)


def test_line_ends_that_a_file_has_lost_are_put_back() -> None:
    found = sealed(clear().replace(b"\r\n", b"\n"))
    assert found is not None
    assert found.content == ENTITY


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime"])
def test_the_signed_bytes_inside_a_signature(kind: str) -> None:
    data = signed_data(tlv(4, ENTITY))
    found = sealed(opaque(data, kind))
    assert found is not None
    assert (found.content, found.signature, found.detached) == (ENTITY, data, False)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        HEAD + b"\r\napprove v1",
        HEAD + b"Content-Type: text/plain\r\n\r\napprove v1",
        HEAD + b"Content-Type: multipart/signed\r\n\r\napprove v1",
        clear(kind="multipart/mixed; boundary=b"),
        clear(seal_kind="application/pgp-signature"),
        clear(seal_kind="text/plain"),
        clear(end=b"\r\n"),
        clear(end=b"\r\n--b\r\n\r\nmore\r\n--b--\r\n"),
        clear(before=b"--b\r\n\r\napprove v1\r\n"),
        clear(seal=b"QUJD" * 60_000),
        clear().replace(HEAD, HEAD + b"Content-Type: text/plain\r\n"),
        clear().replace(b"\r\n--b\r\nContent-Type", b"\r\n--c\r\nContent-Type"),
        opaque(b"nothing"),
        opaque(signed_data(b"")),
    ],
)
def test_what_is_not_one_signature_as_a_whole(raw: bytes) -> None:
    assert sealed(raw) is None


def test_a_signature_without_headers_of_its_own_signs_nothing() -> None:
    assert (
        sealed(HEAD + b"Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--")
        is None
    )


def test_the_mail_has_its_own_headers_and_the_signed_words_alone() -> None:
    raw = clear(before=b"approve v9\r\n", end=b"\r\n--b--\r\napprove v9\r\n")
    found = sealed(raw)
    assert found is not None
    inner = b"From: eve@y.example\r\nSubject: other\r\n" + found.content
    mail = parse(unsealed(raw, inner))
    assert isinstance(mail, IncomingMail)
    assert mail.sender is not None
    assert mail.sender.addr == "tom@x.example"
    assert mail.subject == "Re: draft"
    assert mail.text.strip() == "approve v1"


@pytest.mark.parametrize("content", [b"\r\njust words", b"\njust words"])
def test_an_entity_without_headers_is_plain_text(content: bytes) -> None:
    mail = parse(unsealed(clear(), content))
    assert isinstance(mail, IncomingMail)
    assert mail.text.strip() == "just words"


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail(noise: bytes) -> None:
    for raw in (noise, HEAD + noise, clear(entity=noise), clear(seal=noise), opaque(noise)):
        found = sealed(raw)
        if found is not None:
            parse(unsealed(raw, found.content))
    parse(unsealed(clear(), noise))
