"""The little Markdown a letter is made of, and its three ways of being written."""

import json
import re
import textwrap
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foibot.errors import Bug
from foibot.letters import as_text, escape, markdown
from foibot.letters.body import body_of
from foibot.letters.markdown import read

EVERYTHING = """# Title

A **strong** and *stressed* word, a [page](https://example.example/a) and
[https://example.example](https://example.example) and [me@x.example](mailto:me@x.example).

> Quoted\\
> twice
>
> again

- one
- two

  with more

3. three
4. four

## Next
"""


def inside(page: str) -> str:
    return page.partition("<body")[2].partition(">\n")[2].partition("\n</body>")[0]


def test_text_reads_in_order_without_signs() -> None:
    assert body_of(EVERYTHING).text() == (
        "Title\n\n"
        "A strong and stressed word, a page (https://example.example/a) and\n"
        "https://example.example and me@x.example.\n\n"
        "> Quoted\n> twice\n>\n> again\n\n"
        "- one\n- two\n  with more\n\n"
        "3. three\n4. four\n\n\n"
        "Next\n"
    )


def test_numbers_are_those_that_were_written() -> None:
    body = body_of("2. a\n4. b\n5. c\n\n1. d")
    assert body.text() == "2. a\n\n4. b\n5. c\n\n1. d\n"
    assert re.findall(r'<ol start="(\d)">', body.html(title="t")) == ["2", "4", "1"]
    assert [one["first"] for one in json.loads(body.blocks_json({}))["blocks"]] == [2, 4, 1]


def test_html_is_a_british_page_that_fetches_nothing() -> None:
    page = body_of(EVERYTHING).html(title="A <title>")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert "<title>A &lt;title&gt;</title>" in page
    assert "src=" not in page
    assert "url(" not in page
    body = inside(page)
    for piece in (
        "<h1>Title</h1>",
        "<strong>strong</strong>",
        "<em>stressed</em>",
        '<a href="https://example.example/a" style="color:#0b4f8a">page</a>',
        "<p>Quoted<br>\ntwice</p>\n<p>again</p>",
        "<li>one</li>\n<li><p>two</p>\n<p>with more</p></li>",
        '<ol start="3">\n<li>three</li>',
        "<h2>Next</h2>",
    ):
        assert piece in body


def test_blocks_are_data_in_a_fixed_order() -> None:
    made = body_of(EVERYTHING).blocks_json({"reference": "1/20", "authority": "Exampleshire"})
    value = json.loads(made)
    assert [block["is"] for block in value["blocks"]] == (
        ["heading", "paragraph", "quotation", "list", "list", "heading"]
    )
    assert value["blocks"][4]["first"] == 3
    assert {"is": "line-end"} in value["blocks"][2]["blocks"][0]["inside"]
    kinds = {part["is"] for part in value["blocks"][1]["inside"]}
    assert kinds == {"words", "strong", "emphasis", "link"}
    assert list(value) == sorted(value)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "![picture](https://evil.example/x.png)",
        "`code` and ~~struck~~",
        "| a | b |\n| - | - |",
        "    indented",
        "&lt;b&gt;",
        "https://evil.example",
        "[x](javascript:alert)",
        "[x]()",
        "[x](ftp://evil.example)",
        "***",
        "Title\n===",
    ],
)
def test_everything_else_stays_plain_text(text: str) -> None:
    for block in read(text):
        assert isinstance(block, markdown.Paragraph)
        assert all(
            isinstance(inline, markdown.Words) or "https://evil.example/x.png" in str(inline)
            for inline in block.inside
        )
    assert "<script" not in body_of(text).html(title="")
    assert "<img" not in body_of(text).html(title="")


def test_words_of_a_link_with_emphasis_and_line_end() -> None:
    (block,) = read("[a **b** *c*\\\nd](https://x.example)")
    assert isinstance(block, markdown.Paragraph)
    assert markdown.words_of(block.inside) == "a b c d"


def test_a_block_nobody_foresaw_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_BLOCKS", markdown.MarkdownIt("commonmark"))
    with pytest.raises(Bug, match="fence"):
        read("# Title\n```\ncode\n```")


@given(st.text())
def test_no_text_can_break_the_writers(text: str) -> None:
    body = body_of(text)
    assert body.text().endswith("\n")
    assert "<script" not in body.html(title=text)
    json.loads(body.blocks_json({}))


def test_long_links_stay_whole_and_lines_are_short() -> None:
    url = "https://example.example/" + "a" * 90
    lines = body_of(f"Some words [here]({url}) " + "and more words " * 20).text().splitlines()
    assert any(url in line for line in lines)
    assert all(len(line) <= 72 for line in lines if url not in line)


def test_a_link_that_holds_a_whole_mail_shows_only_its_words_in_text() -> None:
    link = "[approve v2](mailto:foi@x.example?subject=secret)"
    assert body_of(link).text() == "approve v2\n"
    assert "secret" in body_of(link).html(title="")


@example("\\\n1")
@given(st.text(alphabet="ab \\\n*_[]!<&.-1#>\t", max_size=30))
def test_text_without_marks_is_read_as_the_reader_reads_it(text: str) -> None:
    """The short way and the reader must never differ, or a stranger's words change in a letter."""
    reader = markdown.MarkdownIt("zero").enable(["escape", "newline", "emphasis", "link"])
    for content in (
        text.strip(),
        escape.quotation(text).replace("> ", "").replace(">", "").strip(),
    ):
        if content and not markdown._MARKED.search(content):
            (node,) = markdown.SyntaxTreeNode(reader.parseInline(content)).children
            assert markdown._unmarked(content) == markdown._inlines(node)


_SHORT_WAYS = ("_ONE_HEADING", "_ONE_PARAGRAPH", "_ONE_LIST", "_ONE_QUOTATION")
_BEGINS = st.sampled_from(["", "- ", "> ", ">", "1. ", "2020", "#", "    "])
_ENDS = st.text(alphabet="ab \\*_[]!<&.-+1#>\t\r\0\u2028", max_size=8)
_LINES = st.lists(st.builds("{}{}".format, _BEGINS, _ENDS), max_size=5).map("\n".join)
_ONE_WAY = st.sampled_from(["{}", "- {}", "> {}", "# {}", "###### {}", "####### {}"]).flatmap(
    lambda way: st.lists(_ENDS.map(way.format), max_size=5).map("\n".join)
)


@example("a\n- b")
@example("a\n\nb")
@example("a\n    b\n")
@example("1. a")
@example("- 1. a")
@example("- a\n- 2020 was")
@example("- a  \n-  b")
@example("> a\n>\n>\n> b\n>")
@example("> a > b\n> c")
@example(">")
@example("> 1\\. a\\\n> b")
@example("# a #")
@example("## a#b\\#")
@example("#  a")
@example("# a\u00a0")
@example("# - a")
@example("# \0")
@example("# a\0")
@given(_LINES | _ONE_WAY | _ENDS.map(escape.quotation))
def test_what_is_read_the_short_way_is_what_the_reader_of_blocks_reads(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name in _SHORT_WAYS:
            patch.setattr(markdown, name, re.compile("(?!)"))
        whole = read(text)
    assert read(text) == whole


@pytest.mark.parametrize(
    ("name", "text"),
    list(
        zip(_SHORT_WAYS, ("## A *b*", "a\n2020 was", "- a\n- [b](x)", "> a\n>\n> b"), strict=True)
    ),
)
def test_the_short_ways_are_taken(name: str, text: str) -> None:
    assert getattr(markdown, name).fullmatch(text)


PIECES = (
    "# Title",
    "words",
    "- one",
    "  - within",
    "-",
    "3. three",
    "2020 was",
    "> quoted",
    "> - quoted",
    "    and on",
    "\\- not",
    "-not",
    "",
    "\t",
)


def read_by_passages(text: str) -> tuple[markdown.Block, ...]:
    return tuple(block for passage in body_of(text).passages for block in passage.blocks)


@pytest.mark.parametrize("first", PIECES)
def test_a_body_read_by_passages_is_the_body_read_whole(first: str) -> None:
    for second, third in product(PIECES, PIECES):
        for end in ("\n", "\n\n"):
            text = f"{first}{end}{second}\n\n{third}"
            assert read_by_passages(text) == read(text), text


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_so_is_a_longer_one(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert read_by_passages(text) == read(text)


LINKED = st.text("ab *_[]()\\!<&`.\n", max_size=8)
ADDRESS = st.text("aR0?#@!$&+,=._~-*_;()%'", max_size=8)


@given(LINKED, LINKED, ADDRESS, LINKED)
@example("", ".", "@", "")
@example("", "approve v1", "foi+c-x@a.example?subject=x&body=approve%20v1", " it")
def test_a_link_read_without_the_reader_is_what_the_reader_reads(
    before: str, words: str, address: str, after: str
) -> None:
    text = f"{before}[{words}](mailto:{address}){after}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "_MAIL_LINK", re.compile("(?!)(.)(.)"))
        markdown._running.cache_clear()
        whole = read(text)
    markdown._running.cache_clear()
    assert read(text) == whole


@example("a bbbbbbbb c ddddd", 4)
@example("a bbbbbbbb", 4)
@given(st.text("ab \t\u00a0\x0b", max_size=20), st.integers(4, 12))
def test_a_line_that_fits_is_what_the_library_makes_of_it(line: str, width: int) -> None:
    filled = textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    assert as_text._wrapped(line, width) == filled


def test_a_passage_is_read_once_and_a_long_one_is_not_kept() -> None:
    one, two = body_of("Said in every mail.\n\nFirst."), body_of("Said in every mail.\n\nSecond.")
    assert one.passages[0] is two.passages[0]
    long = "word " * 1_000
    assert body_of(long).passages[0] is not body_of(long).passages[0]
