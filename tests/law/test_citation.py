"""Notation as officers type it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law.citation import Citation, Unread, read_citations


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("23(5)", "23(5)"),
        ("23(5) 24(2) 31(3)(a)", "23(5) | 24(2) | 31(3)(a)"),
        ("s.23(5), s24(2) and section 31(3)(a)(b)", "23(5) | 24(2) | 31(3)(a)(b)"),
        ("ss 23(5) & 24(2)", "23(5) | 24(2)"),
        ("sections 23(5)/24(2)", "23(5) | 24(2)"),
        ("23(5)24(2)", "23(5) | 24(2)"),
        ("23 5 24 2", "23(5) | 24(2)"),
        ("23.5", "23(5)"),
        ("23-5", "23(5)"),
        ("S23[5]", "23(5)"),
        ("23 ( 5 )", "23(5)"),
        ("23(5) – 24(2)", "23(5) | 24(2)"),
        ("23(5)\n24(2)\t31(3)(a)", "23(5) | 24(2) | 31(3)(a)"),
        ("２３（５）", "23(5)"),
        ("section\N{NO-BREAK SPACE}23(5)", "23(5)"),
        ("ncnd 23(5)", "23(5)"),
        ("31 3 a", "31(3)(a)"),
        ("31(3)a b", "31(3)(a)(b)"),
        ("31(3)(A)", "31(3)(a)"),
        ("31(3) limbs (a) and (b)", "31(3)(a)(b)"),
        ("31(3)(a, b)", "31(3)(a)(b)"),
        ("31(3)(a)-(c)", "31(3)(a)(b)(c)"),
        ("31(3)(a–c)", "31(3)(a)(b)(c)"),
        ("31(3)(a) to (c)", "31(3)(a)(b)(c)"),
        ("31(3)(c)-(a)", "31(3)(c)(a)"),
        ("37(2)(aa)-(ac)", "37(2)(aa)(ac)"),
        ("22a(2) 40(5b)(a)(ii)", "22A(2) | 40(5B)(a)(ii)"),
        ("exemption 24(2) of the Freedom of Information Act 2000", "24(2)"),
        ("24(2) FOIA", "24(2)"),
        ("23 24", "23 | 24"),
        ("12 14", "12 | 14"),
        ("23(5) 3", "23(5) | 3"),
        ("31(a) 3", "31(a) | 3"),
        ("31(3) by reference to section 31(1)(a)", "31(3) by reference to 31(1)(a)"),
        ("31(3) by virtue of 31(1)(a), (b)", "31(3) by reference to 31(1)(a)(b)"),
        ("40(2) read with 40(3A)(a)", "40(2) by reference to 40(3A)(a)"),
        ("31(3) by reference to 31(1)(a) 24(2)", "31(3) by reference to 31(1)(a) | 24(2)"),
        ("23(5) with 24(2)", "23(5) | 24(2)"),
        ("27(4) with 27(1) with 27(2)", "27(4) by reference to 27(1) | 27(2)"),
        ("", ""),
        (" ,;. ", ""),
    ],
)
def test_what_officers_type(text: str, citations: str) -> None:
    read = read_citations(text)
    assert " | ".join(each.text for each in read) == citations
    assert all(isinstance(each, Citation) for each in read)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("23(5) not 24(2)", ["23(5)", "!not", "24(2)"]),
        ("please do use 23(5)", ["!please do use", "23(5)"]),
        ("23(5) to 24(2)", ["23(5)", "!to", "24(2)"]),
        ("31(3)(a) to you", ["31(3)(a)", "!to you"]),
        ("(a) 23(5)", ["!a", "23(5)"]),
        ("with 23(5)", ["!with", "23(5)"]),
        ("23(5) with care", ["23(5)", "!with care"]),
        ("31(3)(j)", ["31(3)", "!j"]),
        ("31(3)(\N{LATIN SMALL LETTER DOTLESS I})", ["31(3)", "!\N{LATIN SMALL LETTER DOTLESS I}"]),
        ("2000", ["!2000"]),
        ("23five", ["!23five"]),
        ("andy 23(5)", ["!andy", "23(5)"]),
        ("23(5)!", ["23(5)", "!!"]),
        ("٢٣", ["!٢ ٣"]),
        ("23(5) or \N{SNOWMAN}", ["23(5)", "!or \N{SNOWMAN}"]),
    ],
)
def test_what_cannot_be_placed_is_kept(text: str, read: list[str]) -> None:
    ours = [f"!{e.text}" if isinstance(e, Unread) else e.text for e in read_citations(text)]
    assert ours == read


ALPHABET = "0123456789abABis()[] ,.-–to&\n２（\N{SNOWMAN}"


@given(st.text() | st.text(alphabet=ALPHABET, max_size=40))
def test_any_text_is_read(text: str) -> None:
    for each in read_citations(text):
        assert each.text
