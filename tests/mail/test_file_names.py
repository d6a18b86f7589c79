"""Names of attached files are safe to show and distinct (mail rule C23)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.file_names import distinct, listed, safe_name


@pytest.mark.parametrize(
    ("original", "kind", "name"),
    [
        ("letter.pdf", "application/pdf", "letter.pdf"),
        ("../../etc/passwd", "text/plain", "passwd"),
        ("..\\..\\boot.ini", "text/plain", "boot.ini"),
        ("café:v2.pdf", "application/pdf", "cafe_v2.pdf"),
        ("gpj.\u202efdp", "application/pdf", "gpj.fdp"),
        ("", "application/pdf", "document.pdf"),
        ("...", "image/png", "image.png"),
        ("文書", "application/x-other", "attachment"),
        ("x" * 300 + ".docx", "a/b", "x" * 95 + ".docx"),
        ("x" * 300, "a/b", "x" * 100),
        ("x" * 99 + "." + "y" * 300, "a/b", "x" * 99),
        ("a\0b\nc.txt", "text/plain", "a_b_c.txt"),
    ],
)
def test_safe_name(original: str, kind: str, name: str) -> None:
    """Mail rule C23."""
    assert safe_name(original, kind) == name


@given(st.text(max_size=200))
def test_any_name_becomes_a_safe_one(original: str) -> None:
    name = safe_name(original, "a/b")
    assert 0 < len(name) <= 100
    assert name.isascii()
    assert not set(name) & set('/\\:"<>|?*\0\n')
    assert name.strip(" .") == name


def test_equal_names_are_numbered() -> None:
    taken: dict[str, int] = {}
    names = [distinct(name, taken) for name in ("a.pdf", "A.pdf", "b", "b", "a.pdf")]
    assert names == ["a.pdf", "A-2.pdf", "b", "b-2", "a-3.pdf"]


def test_a_notice_lists_fifty_names_and_says_how_many_more_there_are() -> None:
    names = [f"{number}.txt" for number in range(53)]
    assert listed(names[:50]) == names[:50]
    assert listed(names) == [*names[:50], "and 3 more"]
