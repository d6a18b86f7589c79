"""The mail inside a signature that closes it is read; what is encrypted stays what it is (mail rule C20)."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail import body
from foibot.mail.budget import Budget
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.signed import signed_content
from foibot.mail.tree import Part, leaves

SIGNED = bytes.fromhex("2a864886f70d010702")
ENVELOPED = bytes.fromhex("2a864886f70d010703")
INNER = b"Content-Type: text/plain\r\n\r\nHow many?\r\n"


def tlv(tag: int, *content: bytes) -> bytes:
    inside = b"".join(content)
    if len(inside) < 128:
        return bytes([tag, len(inside)]) + inside
    size = len(inside).to_bytes(3, "big")
    return bytes([tag, 0x83]) + size + inside


def opened(tag: int, *content: bytes) -> bytes:
    """The same without a length, as programs write what they do not know the end of."""
    return bytes([tag, 0x80]) + b"".join(content) + b"\0\0"


def sealed(octets: bytes, *, kind: bytes = SIGNED, wrap: Callable[..., bytes] = tlv) -> bytes:
    data = tlv(6, bytes.fromhex("2a864886f70d010701"))
    encapsulated = wrap(0x30, data, wrap(0xA0, octets))
    signed = wrap(0x30, tlv(2, b"\1"), tlv(0x31), encapsulated, tlv(0x31))
    return wrap(0x30, tlv(6, kind), wrap(0xA0, signed))


@pytest.mark.parametrize("wrap", [tlv, opened])
def test_what_was_signed_comes_out_as_it_was(wrap: Callable[..., bytes]) -> None:
    assert signed_content(sealed(tlv(4, INNER), wrap=wrap)) == INNER
    pieces = [tlv(4, INNER[at : at + 7]) for at in range(0, len(INNER), 7)]
    assert signed_content(sealed(wrap(0x24, *pieces), wrap=wrap)) == INNER
    assert signed_content(sealed(tlv(4, INNER * 9), wrap=wrap)) == INNER * 9


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"\x30",
        b"hello",
        sealed(tlv(4, INNER), kind=ENVELOPED),
        sealed(tlv(2, INNER)),
        sealed(tlv(0x24, tlv(2, INNER))),
        sealed(tlv(4, INNER))[:40],
        sealed(b""),
        tlv(0x30, tlv(6, SIGNED), tlv(0xA0, tlv(0x30, tlv(2, b"\1")))),
        tlv(0x30, b"\x30\x7f"),
        opened(0x30, *[b"\x30\x80"] * 20),
        b"\x30\x84\xff\xff\xff\xff",
    ],
)
def test_anything_else_is_nothing(content: bytes) -> None:
    assert signed_content(content) == b""


def test_pieces_within_pieces_end_somewhere() -> None:
    deep = tlv(4, b"x")
    for _ in range(12):
        deep = tlv(0x24, deep)
    assert signed_content(sealed(deep)) == b""


def test_more_pieces_than_any_program_writes_are_not_read() -> None:
    whole = sealed(tlv(0x24, b"\4\1x" * 200))
    assert signed_content(whole) == b"x" * 200
    assert signed_content(whole, Budget(elements=150)) == b""


@given(st.integers(0, 90), st.binary(max_size=8))
def test_any_damage_gives_bytes(at: int, junk: bytes) -> None:
    whole = sealed(tlv(4, INNER))
    signed_content(whole[:at] + junk + whole[at + len(junk) :])


def test_c20_a_signed_request_is_read_with_its_files(sample: Callable[[str], IncomingMail]) -> None:
    mail = sample("0029-signed-and-closed")
    assert mail.text == "How many parking fines were issued in Café Street in May 2020?"
    assert [(one.name, one.in_text) for one in mail.attachments] == [
        ("smime.p7m", True),
        ("streets.csv", False),
    ]
    assert mail.flags == ("the text was inside a signature, which nobody has checked",)


def carrying(inner: bytes) -> IncomingMail:
    head = b"From: a@b.example\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\n"
    mail = parse(head + sealed(tlv(4, inner)))
    assert isinstance(mail, IncomingMail)
    return mail


def test_c20_encrypted_words_in_the_text_are_said_to_be_so(
    mail_with: Callable[..., IncomingMail],
) -> None:
    armoured = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1\n-----END PGP MESSAGE-----\n"
    assert body.ENCRYPTED in mail_with(body=armoured).flags
    signed_only = "-----BEGIN PGP SIGNED MESSAGE-----\n\nHow many?\n"
    assert mail_with(body=signed_only).flags == ()


def test_c20_a_bomb_inside_a_signature_stays_closed() -> None:
    assert body.ENCRYPTED in carrying(b"X: y\n" * 1_200 + b"\nHello").flags
    assert carrying(mixed(b"x" for _ in range(20))).text.count("x") == 20
    bomb = carrying(mixed(b"x" for _ in range(600)))
    assert bomb.text == ""
    assert bomb.flags[:2] == (body.ENCRYPTED, body.NOT_ALL)


MIME = "application/pkcs7-mime; name=smime.p7m"
AUTHENTICATED = bytes.fromhex("2a864886f70d0109100117")
CLOSED = sealed(tlv(4, INNER), kind=ENVELOPED)
PDF = sealed(tlv(4, b"%PDF-1.4 How many?"))
READ = "the text was inside a signature, which nobody has checked"


def within(content: bytes, kind: str = MIME) -> bytes:
    return f"Content-Type: {kind}\r\n\r\n".encode() + content


def arrived(content: bytes, kind: str = MIME) -> IncomingMail:
    mail = parse(b"From: a@b.example\r\n" + within(content, kind))
    assert isinstance(mail, IncomingMail)
    return mail


def test_c20_what_is_signed_twice_is_read_and_three_times_is_not() -> None:
    once = sealed(tlv(4, INNER))
    twice = sealed(tlv(4, within(once)))
    mail = arrived(twice)
    assert (mail.text.strip(), mail.flags) == ("How many?", (READ,))
    assert [one.in_text for one in mail.attachments] == [True, True]
    thrice = arrived(sealed(tlv(4, within(twice))))
    assert thrice.text == ""
    assert body.ENCRYPTED in thrice.flags
    assert [one.in_text for one in thrice.attachments] == [True, True, False]


@pytest.mark.parametrize(
    "kind",
    [
        "application/octet-stream; name=smime.p7m",
        "application/octet-stream; name=SMIME.P7M",
        "application/pkcs7-mime; name=answer.eml.p7m",
    ],
)
@pytest.mark.parametrize("before", [b"", b"MIME-Version: 1.0\r\nContent-Language: en,\r\n cy\r\n"])  # fmt: skip
def test_c20_a_signed_mail_is_known_by_its_name_and_its_first_headers(
    kind: str, before: bytes
) -> None:
    mail = arrived(sealed(tlv(4, before + INNER)), kind)
    assert READ in mail.flags
    assert [one.in_text for one in mail.attachments] == [True]
    assert mail.text.strip() == "How many?"


@pytest.mark.parametrize(
    "kind",
    [
        "application/octet-stream; name=smime.p7m",
        "application/octet-stream; name=fattura.pdf.p7m",
        "application/pkcs7-mime; name=fattura.pdf.p7m",
    ],
)
def test_c20_a_signed_file_stays_a_file(kind: str) -> None:
    mail = arrived(PDF, kind)
    assert (mail.text, mail.flags) == ("", ("text in attachment",))
    assert [one.in_text for one in mail.attachments] == [False]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (CLOSED, MIME),
        (CLOSED, "application/octet-stream; name=smime.p7m"),
        (sealed(tlv(4, b""), kind=AUTHENTICATED, wrap=opened), "application/x; name=a.pdf.p7m"),
        (sealed(tlv(4, within(CLOSED))), MIME),
        (sealed(tlv(4, within(CLOSED, "application/octet-stream; name=smime.p7m"))), MIME),
        (b"x", "application/x-microsoft-rpmsg-message; name=m.bin"),
        (b"x", "application/octet-stream; name=message.rpmsg"),
    ],
)
def test_c20_what_is_encrypted_is_said_to_be_so(content: bytes, kind: str) -> None:
    assert body.ENCRYPTED in arrived(content, kind).flags


def test_c9_a_name_opens_no_more_than_a_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "Budget", lambda: Budget(parts=0))
    mail = arrived(sealed(tlv(4, INNER)), "application/octet-stream; name=smime.p7m")
    assert (mail.text, mail.flags) == ("", (body.NOT_ALL, "text in attachment"))


def mixed(texts: Iterable[bytes], kind: str = "mixed") -> bytes:
    parts = b"".join(b"--b\n\n%b\n" % text for text in texts)
    return f"Content-Type: multipart/{kind}; boundary=b\n\n".encode() + parts + b"--b--\n"


def many_sealed(times: int, inner: Callable[[int], bytes]) -> bytes:
    """A mail with a text and so many signatures, each with a mail in it."""
    head = b"Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n"
    parts = (head + base64.encodebytes(sealed(tlv(4, inner(at)))) for at in range(times))
    whole = b"".join(b"--c\n%b\n" % part for part in (b"\nHow many fines?\n", *parts))
    return b"From: a@b.example\nContent-Type: multipart/mixed; boundary=c\n\n" + whole + b"--c--\n"


def test_c9_signatures_do_not_multiply_the_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0

    def counted(root: Part) -> Iterator[tuple[Part, bytes, int]]:
        nonlocal seen
        for one in leaves(root):
            seen += 1
            yield one

    monkeypatch.setattr(body, "leaves", counted)
    mail = parse(many_sealed(60, lambda at: mixed((b"%d.%d" % (at, i) for i in range(450)), "alternative")))  # fmt: skip
    assert isinstance(mail, IncomingMail)
    assert seen < 1_000
    assert mail.text.startswith("How many fines?\n\n0.0\n")
    assert "1.0" not in mail.text
    # What was not unpacked stays attached, and an officer is told.
    assert [one.in_text for one in mail.attachments] == [True] + [False] * 59
    assert {body.ENCRYPTED, body.NOT_ALL} <= set(mail.flags)


def test_c9_nor_do_they_multiply_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "Budget", lambda: Budget(octets=100))
    mail = parse(many_sealed(3, lambda at: b"Content-Type: text/plain\n\nText %d.%b" % (at, b"x" * 30)))  # fmt: skip
    assert isinstance(mail, IncomingMail)
    assert "Text 0" in mail.text
    assert "Text 1" not in mail.text
    assert body.NOT_ALL in mail.flags


def test_texts_of_two_signatures_are_not_two_versions_of_one() -> None:
    plain = b"--b\nContent-Type: text/plain\n\nOne\n"
    html = b"--b\nContent-Type: text/html\n\n<p>Two\n"
    start = b"Content-Type: multipart/alternative; boundary=b\n\n"
    mail = parse(many_sealed(2, lambda at: start + (html if at else plain) + b"--b--\n"))
    assert isinstance(mail, IncomingMail)
    assert mail.text.split() == ["How", "many", "fines?", "One", "Two"]
    assert "parts differ" not in mail.flags
