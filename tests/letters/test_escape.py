"""Strangers' words stay words: no markup, no headings, no links, no reordering."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.letters import escape
from foibot.letters.body import body_of
from foibot.letters.markdown import LineEnd, List, Paragraph, Quotation, Words, read

LONG = "We hold the figures for each of the years that you ask about, all"
NASTY = st.text(alphabet=st.sampled_from("ab1 \n\t\\`*_{}[]()#+-.!<>&|~:/\"'=@$%^;,?\u202e\x00é😀"))


@given(st.one_of(NASTY, st.text()))
def test_an_escaped_word_reads_as_it_was_written(text: str) -> None:
    blocks = read(f"before {escape.escaped(text)} after")
    expected = " ".join(f"before {escape.one_line(text)} after".split())
    assert blocks == (Paragraph((Words(expected),)),) or (
        not escape.one_line(text) and blocks == (Paragraph((Words("before  after"),)),)
    )


def test_every_mark_gets_a_backslash_and_nothing_else_does() -> None:
    for letter in map(chr, range(33, 256)):
        marked = letter if letter in string.punctuation else ""
        if escape.one_line(letter) == letter:
            assert escape.escaped(f"a{letter}b") == (f"a\\{marked}b" if marked else f"a{letter}b")


def test_a_character_that_is_changed_is_looked_for() -> None:
    """What `plain` looks for first is what it would change, or something invisible stays."""
    for letter in map(chr, range(0x110000)):
        changed = letter.translate(escape._SEEN) != letter
        assert bool(escape._ANY_CHANGED.search(letter)) == changed, hex(ord(letter))


@given(st.one_of(NASTY, st.text()))
def test_a_quotation_holds_the_lines_and_nothing_else(text: str) -> None:
    (quotation,) = read(escape.quotation(text))
    assert isinstance(quotation, Quotation)
    lines: list[str] = []
    for block in quotation.blocks:
        assert isinstance(block, Paragraph)
        for inline in block.inside:
            assert isinstance(inline, Words | LineEnd)
            lines += [inline.text] if isinstance(inline, Words) else []
    assert lines == [line for line in escape.lines_of(text) if line]


@given(NASTY)
def test_an_officers_text_is_paragraphs_and_lists_only(text: str) -> None:
    for block in read(escape.paragraphs(text)):
        assert isinstance(block, Paragraph | List)
        items = [block] if isinstance(block, Paragraph) else [each for (each,) in block.items]
        assert all(isinstance(word, Words | LineEnd) for item in items for word in item.inside)


@given(NASTY)
def test_nothing_of_an_officers_text_is_lost_but_the_mark_of_a_list(text: str) -> None:
    """Numbers are not: they stand in the letter as they were written, whatever Markdown would count."""
    shown = body_of(escape.paragraphs(text)).text()
    lines = [" ".join(pieces) for pieces in escape.pieces_of(text)]
    written = " ".join(
        re.sub(r"^\(?(\d{1,3})[.)] ", r"\1. ", re.sub(r"^[*•] ", "- ", line)) for line in lines
    )
    assert shown.split() == written.split()


@pytest.mark.parametrize(
    ("text", "read_back"),
    [
        pytest.param(
            f"{LONG}\nline.\n\nTwo.", f"{LONG} line.\n\nTwo.\n", id="lines that wrap are joined"
        ),
        pytest.param("- a\n- b", "- a\n- b\n", id="dashes"),
        pytest.param(
            f"* a\n\n* {LONG}\nline.", f"- a\n- {LONG}\n  line.\n", id="stars and a wrapped bullet"
        ),
        pytest.param(
            "1. We own 10.\n2) We own 5.\n• c", "1. We own 10.\n2. We own 5.\n\n- c\n", id="numbers"
        ),
        pytest.param(
            "3. starts at three\n(4) four", "3. starts at three\n4. four\n", id="a later number"
        ),
        pytest.param(
            "1. a\n\n1. b\n7. c", "1. a\n\n1. b\n\n7. c\n", id="numbers that do not count on"
        ),
        pytest.param(f"1. {LONG}\n2. b", f"1. {LONG}\n2. b\n", id="an item under a full line"),
        pytest.param(
            f"{LONG}\n12. We do.", f"{LONG} 12. We\ndo.\n", id="a number where a line wraps"
        ),
        pytest.param(
            f"{LONG}.\n12. We do.", f"{LONG}.\n\n12. We do.\n", id="a number after a sentence"
        ),
        pytest.param(
            "1. How many?\nAnswer: 5\n2. b",
            "1. How many?\n\nAnswer: 5\n\n2. b\n",
            id="words under an item",
        ),
        pytest.param(
            "2020: 10 cars\n2021: 12 cars", "2020: 10 cars\n2021: 12 cars\n", id="short lines"
        ),
        pytest.param("Q1) 10\nQ2) 20", "Q1) 10\nQ2) 20\n", id="numbers of another kind"),
        pytest.param(
            "Year  Cars\n2020  10\n2021  12", "Year Cars\n2020 10\n2021 12\n", id="a typed table"
        ),
        pytest.param(f"{LONG}\n2020: 10", f"{LONG}\n2020: 10\n", id="a label under a full line"),
        pytest.param(f"{LONG}\nb) 10", f"{LONG}\nb) 10\n", id="a letter under a full line"),
        pytest.param(f"{LONG}:\nten", f"{LONG}:\nten\n", id="what a colon leads to"),
        pytest.param(f"{LONG}\n10:30 on", f"{LONG} 10:30\non\n", id="a time is no label"),
        pytest.param("Points:\n- a\n\nEnd", "Points:\n\n- a\n\nEnd\n", id="a list between"),
        pytest.param("a\n\n\n\nb", "a\n\nb\n", id="many empty lines"),
        pytest.param("# Not *a* heading", "# Not *a* heading\n", id="no markup"),
        pytest.param("  \n ", "\n", id="nothing"),
    ],
)
def test_how_an_officers_text_reads(text: str, read_back: str) -> None:
    assert body_of(escape.paragraphs(text)).text() == read_back


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
        ("abc\u202edef\u2066", "abcdef"),
        ("nul\x00 bell\x07", "nul\ufffd bell\ufffd"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("na\u200dme stays", "na\u200dme stays"),
    ],
)
def test_nothing_invisible_reorders_the_words(text: str, seen: str) -> None:
    assert escape.plain(text) == seen


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("see https://evil.example/x?y=1 now", "see [link removed] now"),
        ("WWW.EVIL.EXAMPLE", "[link removed]"),
        ("go to evil.example/x", "go to [link removed]"),
        ("ask me@evil.example.", "ask [link removed]"),
        ("javascript://x mailto:y", "[link removed] [link removed]"),
        ("evil。example", "[link removed]"),
        ("At 10.30am, for £4.50 (e.g.).", "At 10.30am, for £4.50 (e.g.)."),
        ("T.co is a page", "[link removed] is a page"),
        ("J. R. Smith asked. E.g. this, i.e. that.", "J. R. Smith asked. E.g. this, i.e. that."),
        ("two\nlines", "two lines"),
        ("write mailto:y or xmailto:y", "write [link removed] or xmailto:y"),
    ],
)
def test_no_strangers_link_leaves_in_an_acknowledgement(text: str, without: str) -> None:
    assert escape.without_links(text) == without


@given(st.text(alphabet="htps:/w.@ aexmplc") | st.text())
def test_nothing_a_mail_client_would_link_is_left(text: str) -> None:
    left = escape.without_links(text)
    assert "://" not in left
    assert "@" not in left
    assert "www." not in left.lower()


@pytest.mark.parametrize(
    ("text", "most", "short"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("a bcd", 3, "a…")]
)
def test_what_is_cut_says_so(text: str, most: int, short: str) -> None:
    assert escape.cut(text, most) == short


@given(st.text(alphabet="ab htps:/w.@é\n\u200f", max_size=60), st.integers(2, 40))
def test_a_beginning_is_what_the_whole_would_be_cut_to(text: str, most: int) -> None:
    assert escape.beginning(text, most) == escape.cut(escape.without_links(text), most)


def test_a_text_of_ours_is_written_a_sentence_to_a_line() -> None:
    assert escape.unwrapped("One.\nTwo.\n\nSo:\n- a\n  b\n- c\n") == "One. Two.\n\nSo:\n- a b\n- c"


def test_an_address_keeps_its_lines() -> None:
    (block,) = read(escape.address(["1 Example Way", " ", "*EX1*"]))
    assert block == Paragraph((Words("1 Example Way"), LineEnd(), Words("*EX1*")))


def test_a_very_long_word_is_read_in_linear_time() -> None:
    for word in ("[" * 400_000, "a" * 400_000, "a-" * 200_000, "w." * 200_000):
        assert escape.without_links(word)
        assert escape.quotation(word)
