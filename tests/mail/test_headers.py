"""Header text of strangers is made readable and harmless (mail rules B12, B13, D6)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.headers import (
    decode_text,
    fields,
    message_ids,
    safe_line,
    unfold,
    without_comments,
)

SUBJECTS = {
    "encoded line end": ("=?utf-8?q?Hello=0D=0ABcc:_victim?=", "Hello Bcc: victim"),
    "raw latin-1": ("caf\udce9", "café"),
    "raw utf-8": ("caf\udcc3\udca9", "café"),
    "bad base64": ("=?utf-8?b?SGVsbG8*?=", "Hello"),
    "hopeless base64": ("=?utf-8?b?S?=", ""),
    "unknown charset": ("=?x-unknown?q?caf=E9?=", "café"),
    "NUL": ("a\0b =?utf-8?q?c=00d?=", "a b c d"),
    "utf-7 surrogate": ("=?utf-7?q?+2AA-?=", "�"),
    "very long": ("x" * 100_000, "x" * 199 + "…"),
    "bidi override": ("invoice\u202efdp.exe", "invoice fdp.exe"),
    "encoded bidi": ("=?utf-8?q?a=E2=80=AEb?=", "a b"),
    "tab fold": ("one\n\ttwo", "one two"),
    "empty": ("", ""),
    "emoji over two words": ("=?utf-8?b?8J+Y?=\n =?utf-8?b?gA==?=", "😀"),
    "two charsets side by side": ("=?utf-8?q?=C3=A9?= =?iso-8859-1?q?=E9?=", "éé"),
    "language mark": ("=?utf-8*en?q?hello?=", "hello"),
    "words around": ("Re: =?utf-8?q?caf=C3=A9?= please", "Re: café please"),
    "not an encoded word": ("=?broken", "=?broken"),
}


@pytest.mark.parametrize(("raw", "text"), SUBJECTS.values(), ids=list(SUBJECTS))
def test_a_subject_becomes_one_safe_line(raw: str, text: str) -> None:
    """Mail rules B12, B13."""
    assert safe_line(decode_text(raw), 200) == text


@given(st.text(max_size=300) | st.from_regex(r"(=\?[a-z0-9*-]{0,9}\?[bq]\?[ -~]{0,20}\?= ?)*"))
def test_no_header_can_make_a_line_that_is_not_one(raw: str) -> None:
    line = safe_line(decode_text(raw), 80)
    assert len(line) <= 80
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    line.encode("utf-8")


def test_unfolding_leaves_no_line_ends() -> None:
    assert unfold("a\r\n b") == "a b"
    assert unfold("a\rb\n\nc") == "a b c"


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        ("<a@b> <c@d>", ("<a@b>", "<c@d>")),
        ("<a@b><c@d>,<a@b>", ("<a@b>", "<c@d>")),
        ("a@b", ("<a@b>",)),
        ('Your message of "Tue" <a@b>', ("<a@b>",)),
        ("<no-at-sign>", ()),
        ("", ()),
        ("<\udce9@b>", ("<é@b>",)),
    ],
)
def test_message_ids(raw: str, ids: tuple[str, ...]) -> None:
    assert message_ids(raw) == ids


@pytest.mark.parametrize("count", [40, 40_000])
def test_of_many_references_the_root_and_the_last_ten_remain(count: int) -> None:
    """Mail rule D6."""
    ids = message_ids(" ".join(f"<{n}@x.example>" for n in range(count)))
    assert ids[0] == "<0@x.example>"
    assert ids[1:] == tuple(f"<{n}@x.example>" for n in range(count - 10, count))


def test_fields_are_read_from_any_text() -> None:
    text = "Hello: you\r\nnot a header\r\nMessage-ID:\r\n <a@b>\r\n"
    assert list(fields(text)) == [("hello", "you"), ("message-id", "<a@b>")]


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("a (b (c) d) e", "a   e"),
        (r"a (b \) c) d", "a   d"),
        ('"a (b" (c)', '"a (b"  '),
        ("a ) b", "a ) b"),
        ("a (b", None),
        ('a "b', None),
    ],
)
def test_comments_are_dropped(raw: str, plain: str | None) -> None:
    assert without_comments(raw) == plain
