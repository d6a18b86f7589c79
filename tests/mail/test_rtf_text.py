"""The words of compressed Rich Text, as Outlook writes it into winmail.dat (mail rule C19)."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.budget import Budget
from foibot.mail.rtf_text import rtf_to_text, unpacked_rtf

# The two examples of MS-OXRTFCP 3.1.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a00726370673132354232 0af32068656c090020627705b06c647d0a800fa0".replace(
        " ", ""
    )
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def test_the_examples_of_the_standard() -> None:
    assert unpacked_rtf(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert rtf_to_text(unpacked_rtf(SIMPLE)) == "hello world"
    assert unpacked_rtf(CROSSING) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def packed(kind: bytes, size: int, content: bytes) -> bytes:
    return struct.pack("<II4sI", len(content) + 12, size, kind, 0) + content


def test_damage_ends_the_text_where_it_stands() -> None:
    assert unpacked_rtf(b"short") == b""
    assert unpacked_rtf(packed(b"ZZZZ", 9, b"x" * 9)) == b""
    assert unpacked_rtf(packed(b"MELA", 4, b"abcdef")) == b"abcd"
    assert unpacked_rtf(packed(b"LZFu", 99, b"\0ab")) == b"ab"
    assert unpacked_rtf(packed(b"LZFu", 99, b"\1\0")) == b""
    assert unpacked_rtf(packed(b"LZFu", 3, b"\0abcdefgh")) == b"abc"
    assert unpacked_rtf(packed(b"LZFu", 99, b"\0abcdefgh\0ij")) == b"abcdefghij"
    budget = Budget(rtf=5)
    assert unpacked_rtf(packed(b"MELA", 4, b"abcd"), budget) == b"abcd"
    assert not budget.exceeded
    assert unpacked_rtf(packed(b"LZFu", 4, b"\0abcd"), budget) == b"a"
    assert budget.exceeded
    assert unpacked_rtf(packed(b"LZFu", 4, b"\0abcd"), budget) == b""
    assert len(unpacked_rtf(packed(b"LZFu", 0xFFFFFFFF, b"\xff" + b"\0\x1f" * 8))) <= 200


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (r"{\rtf1 One\par Two\line Three\tab x}", "One\nTwo\nThree\tx"),
        (r"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator Word;}Hello}", "Hello"),
        (r"{\rtf1 caf\'e9 \u8364? \u8364\'80.}", "café € €."),
        (r"{\rtf1 \u-3913x y\u65}", "\uf0b7 yA"),
        (r"{\rtf1 a\~b\_c\\d\{e\}\-f}", "a\u00a0b-c\\d{e}f"),
        (r"{\rtf1\fromhtml1 {\*\htmltag64 <p>}\htmlrtf \par\htmlrtf0 Seen\htmlrtf hidden\htmlrtf0 {\*\htmltag72 </p>}}", "Seen"),
        (r"{\rtf1 unclosed", "unclosed"),
        (r"}}} loose", "loose"),
        ("{\\rtf1 a\r\nb\\unknown7 c\\", "abc"),
        ("{" * 5_000 + "x", "x"),
        (r"{\rtf1 \ud\u-10000 z}", "\N{REPLACEMENT CHARACTER}"),
    ],
)  # fmt: skip
def test_words(rtf: str, text: str) -> None:
    assert rtf_to_text(rtf.encode("latin-1")) == text


@given(st.text(alphabet="\\{}'u0-9*a \r\n", max_size=60), st.binary(max_size=60))
def test_any_text_can_be_read(text: str, junk: bytes) -> None:
    rtf_to_text(text.encode())
    unpacked_rtf(packed(b"LZFu", 500, junk))
