"""Markdown read into a small tree of the few things a letter is made of; no I/O.

Only headings, paragraphs, quotations, lists, emphasis, links and line ends are read. Everything
else (HTML, pictures, code, tables, bare addresses) stays the plain text it was written as.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, assert_never

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from foibot.errors import Bug

_READER: Final = MarkdownIt("zero").enable(
    ["heading", "blockquote", "list", "escape", "newline", "emphasis", "link"]
)
# Its blocks alone: what stands in them is read apart, because most of it is the same in every mail.
_BLOCKS: Final = MarkdownIt("zero").enable(["heading", "blockquote", "list"]).disable("inline")
# A mark that no backslash takes away, a backslash before no mark, or a line end that two blanks keep.
# Brackets are a link only where an address in round ones follows: no text of ours names its links apart.
_MARKED: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:[*_]|\]\()|  \n|\\(?![!-/:-@\[-`{-~\n])|\t")
_STEP: Final = re.compile(r"\\([!-/:-@\[-`{-~])|\\\n *| ?\n *")
# A link to a mailbox as we write it, whose words and address the reader would leave as they are.
_MAIL_LINK: Final = re.compile(
    r"(?<![\\\[!])\[((?:\\[!-/:-@\[-`{-~]|[^\\\[\]\n`<&*_])+)\]"
    r"\((mailto:(?!@)(?:[A-Za-z0-9?#@!$&+,=._~-]|%[0-9A-F]{2})+)\)"
)
# A line that can begin nothing but a paragraph.
_LINE: Final = r"(?:[^\s\d\0#>*+-]|\d+(?![\d.)]))[^\n\r\0]*"
# What nearly all of a mail is made of, read without the reader: a heading, lines that stand together, one
# line for each item of a list, and paragraphs that are quoted as we quote.
_ONE_HEADING: Final = re.compile(r"(#{1,6}) ([^\s#\0](?:[^\n\r\0]*[^\s#\0])?)")
_ONE_PARAGRAPH: Final = re.compile(rf"(?:{_LINE}(?:\n|\Z))+")
_ONE_LIST: Final = re.compile(rf"(?:- {_LINE}(?:\n|\Z))+")
_ONE_QUOTATION: Final = re.compile(rf"(?:>(?: {_LINE})?(?:\n|\Z))+")
_BETWEEN_QUOTED: Final = re.compile(r"(?:\A|\n)(?:>\n)*>(?:\n|\Z)")
_SAFE_SCHEMES: Final = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Words:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class LineEnd:
    """A line end that has to stay, as in an address."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Text of weight."""

    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed text."""

    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to `url`, which is always a web page or a mailbox."""

    url: str
    inside: tuple[Inline, ...]


Inline = Words | LineEnd | Strong | Emphasis | Link


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the letter's title is level 1."""

    level: int
    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    inside: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody else's words."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list; `first` is the first number, or None for bullets."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None


Block = Heading | Paragraph | Quotation | List


def read(markdown: str) -> tuple[Block, ...]:
    """Read Markdown into blocks.

    `read("# Hello")` is `(Heading(1, (Words("Hello"),)),)`. One sentence a line is how templates
    are written, so a single line end is a space.
    """
    text = markdown.strip("\n")
    if heading := _ONE_HEADING.fullmatch(text):
        return (Heading(len(heading[1]), _running(heading[2])),)
    if _ONE_PARAGRAPH.fullmatch(text):
        return (_paragraph(text),)
    if _ONE_LIST.fullmatch(text):
        return (List(tuple((_paragraph(line[2:]),) for line in text.split("\n"))),)
    if _ONE_QUOTATION.fullmatch(text):
        parts = filter(None, _BETWEEN_QUOTED.split(text))
        return (Quotation(tuple(_paragraph(part[2:].replace("\n> ", "\n")) for part in parts)),)
    return _blocks(SyntaxTreeNode(_BLOCKS.parse(markdown)))


def _paragraph(lines: str) -> Paragraph:
    return Paragraph(_running(lines.strip()))


def words_of(inlines: tuple[Inline, ...]) -> str:
    """Give the bare words of inline text, line ends as spaces."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Words(text):
                parts.append(text)
            case LineEnd():
                parts.append(" ")
            case Strong(inside) | Emphasis(inside) | Link(_, inside):
                parts.append(words_of(inside))
            case _:
                assert_never(inline)
    return "".join(parts)


def reworded(blocks: tuple[Block, ...], change: Callable[[str], str]) -> tuple[Block, ...]:
    """Give blocks with all running text changed, addresses of links as they are."""
    return tuple(_reworded(block, change) for block in blocks)


def _reworded(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Heading(_, inside) | Paragraph(inside):
            return replace(block, inside=_inside(inside, change))
        case Quotation(blocks):
            return Quotation(reworded(blocks, change))
        case List(items, first):
            return List(tuple(reworded(item, change) for item in items), first)
        case _:
            assert_never(block)


def _inside(inlines: tuple[Inline, ...], change: Callable[[str], str]) -> tuple[Inline, ...]:
    changed: list[Inline] = []
    for inline in inlines:
        match inline:
            case Words(text):
                changed.append(Words(change(text)))
            case LineEnd():
                changed.append(inline)
            case Strong(inside) | Emphasis(inside) | Link(_, inside):
                changed.append(replace(inline, inside=_inside(inside, change)))
            case _:
                assert_never(inline)
    return tuple(changed)


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(block for child in node.children for block in _as_numbered(child))


def _as_numbered(node: SyntaxTreeNode) -> Iterator[Block]:
    """Read a node, a numbered list as one list for each run of numbers: Markdown would count on from the first."""
    if node.type != "ordered_list":
        yield _block(node)
        return
    runs: list[List] = []
    for item in node.children:
        number, blocks = int(item.info), _blocks(item)
        if runs and number == (runs[-1].first or 0) + len(runs[-1].items):
            runs[-1] = replace(runs[-1], items=(*runs[-1].items, blocks))
        else:
            runs.append(List((blocks,), number))
    yield from runs


def _block(node: SyntaxTreeNode) -> Block:
    match node.type:
        case "heading":
            return Heading(int(node.tag[1:]), _running(node.children[0].content))
        case "paragraph":
            return Paragraph(_running(node.children[0].content))
        case "blockquote":
            return Quotation(_blocks(node))
        case "bullet_list":
            return List(tuple(_blocks(item) for item in node.children))
        case unknown:
            raise Bug(f"A letter cannot hold the Markdown block {unknown}.")


@lru_cache(512)
def _running(markdown: str) -> tuple[Inline, ...]:
    parts = _MAIL_LINK.split(markdown)
    if not any(_MARKED.search(part) for part in parts[::3]):
        return _linked(parts)
    (node,) = SyntaxTreeNode(_READER.parseInline(markdown)).children
    return _inlines(node)


def _linked(parts: list[str]) -> tuple[Inline, ...]:
    """Read text whose only marks are our links: it, then the words and the address of a link, and so on."""
    inlines = [*_unmarked(parts[0])]
    for words, url, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        inlines += [Link(url, _unmarked(words)), *_unmarked(after)]
    return tuple(inlines)


def _unmarked(markdown: str) -> tuple[Inline, ...]:
    """Read text whose every mark is escaped, as all that a stranger wrote is, without the reader."""
    lines = _STEP.sub(_read_step, markdown).split("\n")
    inlines: list[Inline] = [Words(lines[0])] if lines[0] else []
    for line in lines[1:]:
        inlines += [LineEnd(), Words(line)] if line else [LineEnd()]
    return tuple(inlines)


def _read_step(step: re.Match[str]) -> str:
    """An escaped mark as itself, a line end that stays as one, any other as a space."""
    return step[1] or ("\n" if step[0].startswith("\\") else " ")


def _inlines(node: SyntaxTreeNode) -> tuple[Inline, ...]:
    return _joined([_inline(child) for child in node.children])


def _inline(node: SyntaxTreeNode) -> Inline:
    match node.type:
        case "softbreak":
            return Words(" ")
        case "hardbreak":
            return LineEnd()
        case "strong":
            return Strong(_inlines(node))
        case "em":
            return Emphasis(_inlines(node))
        case "link":
            return _link(str(node.attrs.get("href", "")), _inlines(node))
        case _:
            return Words(node.content)


def _link(url: str, inside: tuple[Inline, ...]) -> Inline:
    """Keep a link that leads somewhere; of any other only the words remain."""
    return Link(url, inside) if url.startswith(_SAFE_SCHEMES) else Words(words_of(inside))


def _joined(inlines: list[Inline]) -> tuple[Inline, ...]:
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Words) and isinstance(last, Words):
            joined[-1] = Words(last.text + inline.text)
        else:
            joined.append(inline)
    return tuple(joined)
