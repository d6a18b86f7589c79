"""The letter as a small HTML page: real headings, the language named, nothing fetched; no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, assert_never

from foibot.letters.markdown import (
    Block,
    Emphasis,
    Heading,
    Inline,
    LineEnd,
    Link,
    List,
    Paragraph,
    Quotation,
    Strong,
    Words,
)

# Styles stand on the elements because many mail clients drop a style sheet.
_BODY: Final = (
    "margin:0 auto;padding:1em;max-width:42em;background:#ffffff;color:#0b0c0c;"
    "font:1em/1.5 Arial,Helvetica,sans-serif"
)
_QUOTE: Final = "margin:1em 0;padding:0 0 0 1em;border-left:4px solid #505a5f"
_LINK: Final = "color:#0b4f8a"


def html_of(blocks: tuple[Block, ...]) -> str:
    """Write blocks as part of a page."""
    return "\n".join(_block(block) for block in blocks)


def to_html(parts: Iterable[str], *, title: str, language: str = "en-GB") -> str:
    """Put parts that `html_of` wrote together as a whole page whose contrast meets WCAG 2.2 AA."""
    body = "\n".join(filter(None, parts))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{_BODY}">\n{body}\n</body>\n</html>\n'
    )


def _block(block: Block) -> str:
    match block:
        case Heading(level, inside):
            return f"<h{level}>{_inline(inside)}</h{level}>"
        case Paragraph(inside):
            return f"<p>{_inline(inside)}</p>"
        case Quotation(blocks):
            inner = html_of(blocks)
            return f'<blockquote style="{_QUOTE}">\n{inner}\n</blockquote>'
        case List(items, None):
            return f"<ul>\n{_items(items)}\n</ul>"
        case List(items, first):
            return f'<ol start="{first}">\n{_items(items)}\n</ol>'
        case _:
            assert_never(block)


def _items(items: tuple[tuple[Block, ...], ...]) -> str:
    return "\n".join(f"<li>{_item(item)}</li>" for item in items)


def _item(blocks: tuple[Block, ...]) -> str:
    match blocks:
        case (Paragraph(inside),):
            return _inline(inside)
        case _:
            return html_of(blocks)


def _inline(inlines: tuple[Inline, ...]) -> str:
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Words(text):
                parts.append(escape(text, quote=False))
            case LineEnd():
                parts.append("<br>\n")
            case Strong(inside):
                parts.append(f"<strong>{_inline(inside)}</strong>")
            case Emphasis(inside):
                parts.append(f"<em>{_inline(inside)}</em>")
            case Link(url, inside):
                parts.append(f'<a href="{escape(url)}" style="{_LINK}">{_inline(inside)}</a>')
            case _:
                assert_never(inline)
    return "".join(parts)
