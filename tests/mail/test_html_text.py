"""HTML becomes what a person would see, in linear time (mail rules C12 to C15)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.mail.html_text import (
    LONGEST,
    html_to_text,
    seen_of_html,
    without_pictures,
    words_of_html,
)

CASES = {
    "paragraphs": ("<p>One</p><p>Two <b>bold</b></p>", "One\n\nTwo bold"),
    "lines": ("<div>One</div><div>Two<br>Three</div>", "One\nTwo\nThree"),
    "spaces": ("<p>  a \n  b&nbsp;c </p>", "a b c"),
    "list": ("<ul><li>One<li>Two</ul>", "- One\n- Two"),
    "numbers": ("<ol><li>One</li><li>Two</li></ol>", "1. One\n2. Two"),
    "numbers that begin later": ("<ol start='4'><li>a<li value=7>b<li>c</ol>", "4. a\n7. b\n8. c"),
    "numbers that begin at nothing": ("<ol start=0><li>a<li value=0>b</ol>", "1. a\n0. b"),
    "letters within numbers": (
        '<ol><li>a<ol type="a"><li>b<li>c</ol><li>d</ol>',
        "1. a\n\na. b\nb. c\n\n2. d",
    ),
    "bullets within numbers": ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n\n- b\n\n2. c"),
    "great letters": ("<ol type=A start=26><li>a<li>b</ol>", "Z. a\n27. b"),
    "Roman numbers": (
        "<ol type=i start=4><li>a<li value=19>b<li value=40>c</ol>",
        "iv. a\nxix. b\n40. c",
    ),
    "great Roman numbers": ("<ol type=I><li>a</ol>", "I. a"),
    "an item without a list": ("<li>a</li></ol>", "- a"),
    "table": ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    "quote": ("a<blockquote>b<blockquote>c</blockquote></blockquote>d", "a\n\n> b\n\n> > c\n\nd"),
    "preformatted": ("<pre>a\n  b  \n</pre>c", "a\n  b\n\nc"),
    "rule": ("a<hr>b", "a\n" + "_" * 32 + "\nb"),
    "link": ('<a href="https://x.example/a?b&amp;c">here</a>', "here <https://x.example/a?b&c>"),
    "link that shows itself": (
        "<a href='https://x.example/'>https://x.example</a>",
        "https://x.example",
    ),
    "mail link": ('<a href="mailto:sam@x.example">Sam</a>', "Sam <mailto:sam@x.example>"),
    "mail link that shows itself": ('<a href="mailto:s@x.example">s@x.example</a>', "s@x.example"),
    "link to nowhere": ('<a name="x">a</a><a href="javascript:alert()">b</a>', "ab"),
    "end of a link never begun": ("a</a>", "a"),
    "entities": ("&lt;b&gt; &pound;5 &#x263a; &bogus;", "<b> £5 ☺ &bogus;"),
    "comment": ("a<!-- <p>no</p> -->b", "ab"),
    "comment never closed": ("a<!-- no", "a"),
    "Outlook condition": ("<![if !mso]>a<![endif]><!--[if mso]>b<![endif]-->", "a"),
    "style and script": ("<style>p{}</style><script>1<2</script>a<title>t</title>", "a"),
    "style never closed": ("<style>p{}", "p{}"),
    "signs": ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    "less-than at the end": ("a <", "a <"),
    "tag never closed": ("a <b", "a <b"),
    "greater-than in an attribute": ('<img alt="a > b">c', "c"),
    "quote never closed": ('<b x=">c', "c"),
    "quote far away": ('<b x=">' + "c" * 3_000 + '">', "c" * 3_000 + '">'),
    "quote without an end": ('<b x=">c" d', 'c" d'),
}


@pytest.mark.parametrize(("source", "text"), CASES.values(), ids=list(CASES))
def test_html_to_text(source: str, text: str) -> None:
    """Mail rule C14."""
    assert html_to_text(source) == text


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        "style='DISPLAY : none !important'",
        "style=display:none;color:red",
        'style="visibility:hidden"',
        'style="font-size:0px"',
        'style="color:red;font-size: 0.0pt;"',
        'style="opacity:0"',
        'style="max-height:0;overflow:hidden"',
        'style="mso-hide:all"',
        'style="font:0/0 a"',
        'style="dis/* */play:none"',
        'style="overflow:hidden;height:0"',
        'style="display:&#110;one"',
        "hidden",
        'hidden=""',
    ],
)
def test_hidden_words_are_left_out(hiding: str) -> None:
    """Mail rule C15."""
    source = f"a <div {hiding}>x<div>y</div>z</div> b <span {hiding}>no</span>c"
    assert html_to_text(source) == "a\nb c" or html_to_text(source) == "a b c"


@pytest.mark.parametrize(
    "showing",
    [
        'style="font-size:0.9em"',
        'style="opacity:0.5"',
        'style="display:block"',
        'class="hidden"',
        'title="x"',
        'class="a hidden b"',
        'title="any hidden costs"',
        'style="overflow: hidden !important"',
        'style="max-height:0;overflow:visible"',
        'data-style="display:none"',
        'style="line-height:0"',
    ],
)
def test_other_words_are_kept(showing: str) -> None:
    assert html_to_text(f"a <span {showing}>b</span> c") == "a b c"


def test_a_hidden_paragraph_ends_where_the_next_begins() -> None:
    assert html_to_text("<p hidden>x<p>a</p>") == "a"
    assert html_to_text('<p style="display:none">x</p>a') == "a"


def test_the_whole_page_cannot_be_hidden_nor_can_words_with_no_end_of_it() -> None:
    assert html_to_text("<html><body style='display:none'>a</body></html>") == "a"
    assert html_to_text("<div hidden>a<b>b</b>") == "ab"
    assert html_to_text("<div hidden><div>a</div>") == "a"
    assert html_to_text("<i hidden>" * 9 + "a" + "<b hidden>c</b>") == "ac"


def test_text_after_deep_nesting_survives() -> None:
    """Mail rule C13."""
    assert html_to_text("<div>" * 5_000 + "deep" + "</div>" * 5_000 + "<p>after</p>").split() == [
        "deep",
        "after",
    ]


def test_only_so_much_is_read() -> None:
    assert len(html_to_text("a" * (LONGEST + 9))) == LONGEST


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a",
        "<!--",
        "<style",
        "<style>",
        "<div hidden>",
        '<a "',
        '<a ">',
        "&#x",
        "<blockquote>",
    ],
)
def test_repeated_pieces_are_read(piece: str) -> None:
    html_to_text(piece * 20_000)
    words_of_html(piece * 20_000)


@given(st.text(alphabet="<>/!-ab \"'=&;pdivhden", max_size=120))
def test_any_text_can_be_read(source: str) -> None:
    html_to_text(source)


def test_words_for_comparing_include_the_hidden() -> None:
    assert words_of_html("<style>x</style><p hidden>a</p><!-- c -->b") == ["a", "b"]


def test_what_has_a_size_of_its_own_is_seen_in_what_has_none() -> None:
    """As every template of MJML has it."""
    cell = '<td style="font-size:0px;padding:9px">%s</td>'
    shown = '<div style="font-size:13px">How many?</div>'
    nested = cell % f"<table><tr>{cell % shown}</tr></table>"
    seen = seen_of_html(f"<p>Dear all</p><table><tr>{nested}</tr></table><p>Sam</p>")
    assert (seen.text, seen.hides) == ("Dear all\n\nHow many?\n\nSam", False)


@pytest.mark.parametrize(
    ("inside", "text", "hides"),
    [
        ("no<b style='font-size:1.5em'>no</b>", "", True),
        ("<b style='font-size:12pt'>a</b>no<i>no</i>", "a", True),
        ("<b style='font:12px Arial'>a<i>b</i><u style='font-size:0'>no</u></b>", "ab", True),
        ("<b style='font-size:small'>a</b>", "a", False),
        ("<img><br> &nbsp; ", "", False),
        ("1 < 2", "", True),
        ("<p style='font-size:9px'>a<p>no</div>", "a", True),
        ("<b style='font-size:9px;display:none'>no</b>", "", True),
        ("</i></b>no", "", True),
    ],
)
def test_letters_without_a_size_are_hidden(inside: str, text: str, hides: bool) -> None:
    seen = seen_of_html(f'<div style="font-size:0">{inside}</div>')
    assert (seen.text.strip(), seen.hides) == (text, hides)


def test_letters_without_a_size_that_never_end_are_seen() -> None:
    assert seen_of_html('<td style="font-size:0">a').text == "a"
    assert seen_of_html('<td style="font-size:0">a').hides is False


def test_what_stands_in_for_something_else_is_seen() -> None:
    assert html_to_text("<noscript>a</noscript><object data=x><p>b</object>").split() == ["a", "b"]


def test_hidden_words_are_told_of_and_other_hidden_things_are_not() -> None:
    assert seen_of_html("<i hidden>a</i>").hides
    assert not seen_of_html("<i hidden>&nbsp;&zwnj;<img alt=a></i><style>p{}</style>").hides


def test_a_picture_written_into_the_page_leaves_room_for_the_text() -> None:
    lines = "\n".join(["A" * 76] * 20_000)
    for picture in (
        f'"data:image/png;base64,{lines}=="',
        "data:image/png;base64," + "A" * 1_500_000,
    ):
        page = f"<p>Dear all</p><img src={picture}><p>How many?</p>"
        assert html_to_text(without_pictures(page)) == "Dear all\n\nHow many?"
    short = '<img src="data:image/png;base64,AAAA">'
    assert without_pictures(short) == short
