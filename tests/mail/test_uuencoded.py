"""Files that old programs write into the text are taken out of it, and nothing a person wrote is (mail rule C22)."""

from __future__ import annotations

import binascii
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.message import IncomingMail
from foibot.mail.uuencoded import Encoded, without_uuencoded


def encoded(name: str, content: bytes, *, end: str = "`\nend\n") -> str:
    lines = [binascii.b2a_uu(content[at : at + 45]).decode() for at in range(0, len(content), 45)]
    return f"begin 644 {name}\n{''.join(lines)}{end}"


def test_c22_a_file_in_the_text_becomes_a_file(sample: Callable[[str], IncomingMail]) -> None:
    mail = sample("0031-uuencoded")
    assert mail.text.endswith("were issued.\n\n[file: streets.csv]\n\nSam Smith\n")
    (file,) = mail.attachments
    assert (file.name, file.content()[:13]) == ("streets.csv", b"Street,Fines\n")


@given(st.binary(min_size=1, max_size=300))
def test_what_was_written_comes_back(content: bytes) -> None:
    text = f"Hello\n{encoded('a b.bin', content)}bye"
    assert without_uuencoded(text) == (
        "Hello\n[file: a b.bin]\nbye",
        (Encoded("a b.bin", content),),
    )


def test_two_files_and_lines_that_lost_their_spaces() -> None:
    text = encoded("a.txt", b"first\0\0\0\0") + "\n" + encoded("b.txt", b"second", end="end")
    stripped = "\n".join(line.rstrip() for line in text.split("\n"))
    found, files = without_uuencoded(stripped)
    assert found == "[file: a.txt]\n\n[file: b.txt]"
    assert [one.content for one in files] == [b"first\0\0\0\0", b"second"]


@pytest.mark.parametrize(
    "text",
    [
        "begin 644 never.txt\n#86)C\n",
        "begin 644 empty.txt\n`\nend",
        "begin 644 words\nThis is what I said at the beginning, and I mean it.\nend",
        "begin 644 café\n#é\nend",
        "begin the week with me\nend",
        "end\nbegin 644 x\n#86)C",
        "no such thing",
    ],
)
def test_what_only_looks_like_a_file_is_text(text: str) -> None:
    assert without_uuencoded(text) == (text, ())


def test_only_so_many_are_looked_for() -> None:
    text = "begin 644 x\n" * 3_000 + "#é\nend"
    assert without_uuencoded(text) == (text, ())
    many = "".join(encoded(f"{number}.txt", b"abc") for number in range(60))
    assert len(without_uuencoded(many)[1]) == 50
    assert len(without_uuencoded(many, 7)[1]) == 7


def test_the_texts_of_one_mail_share_what_is_looked_for(
    mail_with: Callable[..., IncomingMail],
) -> None:
    text = "".join(f"{encoded('a.txt', b'abc')}\n" for _ in range(50))
    parts = f"--b\n\n{text}\n" * 20 + "--b--\n"
    mail = mail_with("Content-Type: multipart/mixed; boundary=b", body=parts)
    assert len(mail.attachments) == 500
    assert "begin 644 a.txt" in mail.text
