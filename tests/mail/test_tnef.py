"""Outlook's winmail.dat is opened, whatever its state, and never counts to what it asks for (mail rule C19)."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.budget import Budget
from foibot.mail.message import IncomingMail
from foibot.mail.tnef import Packed, unpacked
from tests.mail.winmail import (
    CP1252,
    REQUEST,
    attribute,
    file,
    fixed,
    named,
    properties,
    text_property,
    variable,
    winmail,
)

EMBEDDED = bytes.fromhex("0703020000000000c000000000000046")


def test_c19_a_request_that_outlook_packed_is_read(sample: Callable[[str], IncomingMail]) -> None:
    mail = sample("0030-winmail-dat")
    assert mail.text == "How many fines in Café Street?"
    assert [(one.original_name, one.in_text) for one in mail.attachments] == [
        ("winmail.dat", True),
        ("Café streets, all of them.docx", False),
        ("map.pdf", False),
    ]
    assert mail.attachments[1].name == "Cafe streets_ all of them.docx"
    assert mail.attachments[2].content() == b"%PDF-1.7 map"
    assert mail.flags == ("files were in Outlook's own wrapping, winmail.dat",)


def test_a_text_beside_the_wrapping_is_the_text(mail_with: Callable[..., IncomingMail]) -> None:
    part = "--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
    only_text = winmail(CP1252, attribute(0x800C, b"Rich words"))
    packed = base64.encodebytes(only_text).decode()
    mail = mail_with(
        "Content-Type: multipart/mixed; boundary=b",
        body=f"--b\n\nPlain words\n{part}{packed}\n--b--\n",
    )
    assert mail.text.strip() == "Plain words"
    assert mail.flags == ()
    assert [(one.name, one.in_text) for one in mail.attachments] == [("winmail.dat", True)]


def body_of(*given: bytes) -> str:
    found = unpacked(winmail(*given), Budget())
    assert found is not None
    return found.text or found.html


def test_the_text_in_each_of_its_places() -> None:
    assert body_of(CP1252, attribute(0x800C, b"caf\xe9\r\nnext\0")) == "café\nnext"
    assert body_of(attribute(0x800C, b"caf\xe9")) == "café"
    assert body_of(attribute(0x9007, b"\1")) == ""
    old = variable(0x1E, 0x1000, b"caf\xe9\0")
    assert body_of(attribute(0x9003, properties(old))) == "café"
    assert body_of(attribute(0x9003, properties(text_property(0x1013, "<p>Hi")))) == "<p>Hi"
    html = variable(0x102, 0x1013, "<p>café".encode())
    assert body_of(attribute(0x9003, properties(html))) == "<p>café"
    rtf = b"{\\rtf1 Dear all\\par How many?}"
    raw = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    packed = variable(0x102, 0x1009, raw)
    assert body_of(attribute(0x9003, properties(packed))) == "Dear all\nHow many?"


def test_properties_of_every_shape_are_passed_over() -> None:
    shapes = properties(
        fixed(2, 0x10, b"\1\0"),
        fixed(0x1003, 0x11, struct.pack("<I", 2) + bytes(8)),
        fixed(64, 0x12, bytes(8)),
        named(3, 0x8001, 7, bytes(4)),
        named(3, 0x8002, "Keywords", bytes(4)),
        variable(0x101E, 0x13, b"one\0", b"two\0"),
        text_property(0x1000, "Hello"),
    )
    assert body_of(attribute(0x9003, shapes)) == "Hello"
    # A kind nobody knows ends the reading; what came before it is kept.
    unknown = properties(text_property(0x1000, "Hello"), fixed(0x99, 1, b""))
    assert body_of(attribute(0x9003, unknown)) == "Hello"


def files_of(*given: bytes) -> tuple[Packed, ...]:
    found = unpacked(winmail(*given), Budget())
    assert found is not None
    return found.files


def test_files_are_named_as_well_as_can_be() -> None:
    short = file(
        "", b"x", text_property(0x3704, "short.txt"), variable(0x1E, 0x370E, b"Text/CSV\0")
    )
    assert files_of(short) == (Packed("short.txt", "text/csv", b"x"),)
    assert files_of(file("", b"", title=b"")) == ()
    assert files_of(file("empty.txt", b"")) == (Packed("empty.txt", "", b""),)
    in_property = file("", b"", variable(0x102, 0x3701, b"inside"))
    assert files_of(in_property)[0].content == b"inside"
    odd = file("", b"", text_property(0x3701, "text"))
    assert files_of(odd)[0].content == b""
    # Content without a file before it belongs to nothing.
    assert files_of(attribute(0x800F, b"x"), attribute(0x8010, b"n"), attribute(0x9005, b"")) == ()
    assert len(files_of(*[file("a.txt", b"x")] * 600)) == 500


def within(inner: bytes, *more: bytes) -> bytes:
    holder = variable(0x0D, 0x3701, EMBEDDED + inner)
    return winmail(file("", b"placeholder", holder, *more, title=b"Untitled\0"))


def test_a_message_within_is_its_text_and_its_files() -> None:
    found = unpacked(within(REQUEST, text_property(0x3001, "Their request")), Budget())
    assert found is not None
    assert [one.name for one in found.files] == [
        "Their request.txt",
        "Café streets, all of them.docx",
        "map.pdf",
    ]
    assert found.files[0].content == "How many fines in Café Street?".encode()
    empty = unpacked(within(winmail(CP1252)), Budget())
    assert empty is not None
    assert empty.files == (Packed("Untitled.tnef", "application/octet-stream", winmail(CP1252)),)
    broken = unpacked(within(b"none at all"), Budget())
    assert broken is not None
    assert broken.files[0].content == EMBEDDED + b"none at all"
    deep = REQUEST
    for _ in range(9):
        deep = within(deep)
    found = unpacked(deep, Budget())
    assert found is not None
    assert len(found.files) == 4


def compressed(size: int) -> bytes:
    """So many letters, two bytes for seventeen of them."""
    body = b"\xfea" + b"".join(
        struct.pack(">H", ((207 + at * 17) % 4096) << 4 | 15) + (b"\xff" if at % 8 == 6 else b"")
        for at in range(size // 17 + 8)
    )
    return struct.pack("<II4sI", len(body) + 12, size, b"LZFu", 0) + body


def test_messages_within_do_not_multiply_what_is_uncompressed() -> None:
    inner = winmail(attribute(0x9003, properties(variable(0x102, 0x1009, compressed(1_500)))))
    holder = variable(0x0D, 0x3701, EMBEDDED + inner)
    budget = Budget(rtf=4_000)
    found = unpacked(winmail(*[file("", b"placeholder", holder)] * 6), budget)
    assert found is not None
    assert budget.rtf == 0
    assert budget.exceeded
    # The third is cut; the others stay whole as they came: nothing of them is lost.
    assert [one.content_type for one in found.files[:3]] == ["text/plain"] * 3
    assert [one.content for one in found.files[3:]] == [inner] * 3


def test_messages_within_messages_do_not_multiply_their_files() -> None:
    inner = winmail(*[file("a.txt", b"x")] * 30)
    holder = variable(0x0D, 0x3701, EMBEDDED + inner)
    budget = Budget(parts=100)
    found = unpacked(winmail(*[file("", b"placeholder", holder)] * 30), budget)
    assert found is not None
    assert len(found.files) <= 100
    assert budget.exceeded


def test_what_asks_for_four_thousand_million_gets_nothing() -> None:
    many = struct.pack("<I", 0xFFFFFFFF)
    assert body_of(attribute(0x9003, many + text_property(0x1000, "Hi") + bytes(100_000))) == "Hi"
    assert body_of(attribute(0x9003, properties(struct.pack("<HH", 0x101E, 1) + many))) == ""
    assert body_of(attribute(0x9003, properties(struct.pack("<HH", 0x1003, 1) + many))) == ""
    assert (
        unpacked(winmail(struct.pack("<BHHI", 1, 0x800C, 6, 0xFFFFFFFF) + b"cut"), Budget())
        is not None
    )


@pytest.mark.parametrize("content", [b"", b"x\x9f", b"PK\3\4", b"\x78\x9f\x3e\x23" + bytes(20)])
def test_what_is_no_winmail_is_none(content: bytes) -> None:
    assert unpacked(content, Budget()) is None


@given(st.integers(0, len(REQUEST) - 1), st.binary(max_size=12))
def test_any_damage_gives_a_value(at: int, junk: bytes) -> None:
    unpacked(REQUEST[:at], Budget())
    unpacked(REQUEST[:at] + junk + REQUEST[at + len(junk) :], Budget())
