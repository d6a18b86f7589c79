"""Mails of any structure, the samples, and whatever once broke something: none may raise (rule 10)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.way_of_a_mail import walk

ROOT = Path(__file__).parent.parent
KEPT = sorted([*(ROOT / "emails").glob("*.eml"), *(ROOT / "crashers").glob("*")])

NAMES = st.sampled_from(
    ["From", "To", "Subject", "Message-ID", "References", "In-Reply-To", "Date", "Received", "Content-Type",
     "Content-Disposition", "Content-Transfer-Encoding", "Authentication-Results", "Auto-Submitted", "Reply-To",
     "Return-Path", "Thread-Index", "X-A", "=?utf-8?q?x?="]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=80),
    st.sampled_from([
        "multipart/mixed; boundary=b", "multipart/report; boundary=b; report-type=delivery-status",
        "message/delivery-status", "message/rfc822", "text/html; charset=utf-7", "text/plain; charset=none",
        "base64", "quoted-printable", "x-uuencode", "=?utf-7?b?2AAA?=", "=?utf-8?q?a=0D=0ABcc:_b?=", "<>",
        "a@b.example, <c@d.example>", "attachment; filename*0*=utf-8''..%2F; filename*1=x",
    ]),
)  # fmt: skip
HEADS = st.lists(st.tuples(NAMES, VALUES), max_size=12).map(
    lambda all_of_them: "".join(f"{name}: {value}\r\n" for name, value in all_of_them)
)
BODIES = st.recursive(
    st.one_of(
        st.text(max_size=200),
        st.sampled_from(["On Mon, X wrote:\r\n> a", "begin 644 a\r\n#$\r\nend"]),
    ),
    lambda inner: st.lists(st.tuples(HEADS, inner), max_size=4).map(
        lambda parts: "".join(f"\r\n--b\r\n{head}\r\n{body}" for head, body in parts) + "\r\n--b--"
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(HEADS, BODIES)
def test_a_mail_of_any_structure_is_read_and_answered(head: str, body: str) -> None:
    walk(f"{head}\r\n{body}".encode("utf-8", "surrogateescape"))


@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw: bytes) -> None:
    walk(raw)


@pytest.mark.parametrize("file", KEPT, ids=lambda file: file.name)
def test_what_is_kept_is_read(file: Path) -> None:
    walk(file.read_bytes())
