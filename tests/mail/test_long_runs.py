"""What the parser is spared of a large file changes nothing in what is read."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail import long_runs
from foibot.mail.long_runs import shortened
from foibot.mail.message import IncomingMail
from foibot.mail.parse import parse
from foibot.mail.tree import leaves, tree

HEAD = b"From: a@b.example\r\nSubject: A file\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
TEXT = b"--b\r\n\r\nHow many boats?\r\n"
FILE = b"--b\r\nContent-Type: application/pdf; name=plan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
LINE = b"QUJD" * 19
LINES = (
    LINE, LINE[:60], LINE[:58] + b"==", b"", b"--b", b"--b--", b"Subject: x", b" folded", b"From you",
    b"QUJD", b"caf\xe9 words", long_runs._MARK, long_runs._MARK + b"000000", b"--b\r\nContent-Type: text/plain\r\n\r\n",
)  # fmt: skip


def bodies(raw: bytes) -> list[bytes]:
    return [body for _, body, _ in leaves(tree(raw, 500))]


def test_a_file_in_base64_is_kept_from_the_parser_and_read_whole() -> None:
    content = bytes(range(256)) * 2_000
    raw = HEAD + TEXT + FILE + base64.encodebytes(content) + b"\r\n--b--\r\n"
    spared = shortened(raw)
    assert len(spared.runs) == 1
    assert len(spared.text) < 1_000
    assert spared.whole(spared.text) == raw
    mail = parse(raw)
    assert isinstance(mail, IncomingMail)
    assert mail.text.strip() == "How many boats?"
    assert [one.content() for one in mail.attachments] == [content]


def test_a_mail_of_usual_size_and_one_that_holds_the_mark_are_parsed_as_they_are() -> None:
    for raw in (HEAD + TEXT, HEAD + long_runs._MARK + b"\n" + (LINE + b"\n") * 4_000):
        assert shortened(raw).text == raw
        assert not shortened(raw).runs


def test_runs_that_are_short_stay_where_they_are() -> None:
    raw = HEAD + ((LINE + b"\n") * 100 + b"--\n") * 40
    assert shortened(raw).text == raw


@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.integers(1, 5), st.sampled_from((b"\r\n", b"\n", b"\r")))),
    st.sampled_from((b"", HEAD, HEAD + TEXT, HEAD + FILE)),
)  # fmt: skip
def test_whatever_stands_around_a_run_the_bodies_are_the_same(
    lines: list[tuple[bytes, int, bytes]], before: bytes
) -> None:
    raw = before + b"".join((line + end) * many for line, many, end in lines)
    expected = bodies(raw)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_runs, "_SHORTEST", 100)
        assert bodies(raw) == expected
        spared = shortened(raw)
        assert spared.whole(spared.text) == raw


def test_the_mails_of_the_tests_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    mails = [one.read_bytes() for one in sorted(Path("tests/emails").glob("*.eml"))]
    expected = [parse(raw) for raw in mails]
    monkeypatch.setattr(long_runs, "_SHORTEST", 100)
    assert sum(bool(shortened(raw).runs) for raw in mails) > 0
    assert [parse(raw) for raw in mails] == expected
