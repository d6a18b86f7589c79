"""The letter as plain text that reads well aloud and in any mail client; no I/O.

Headings stand alone between blank lines, because a screen reader spells out rows of signs.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
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
    words_of,
)

WIDTH: Final = 72
# The requester's own lines are usually broken at 72 already; with the mark they need two more.
_QUOTED_WIDTH: Final = 76
_LARGE: Final = 2


def to_text(parts: Iterable[str]) -> str:
    """Put parts that `text_of` wrote together as one text, ending in one line end."""
    return "\n\n".join(filter(None, parts)).lstrip("\n") + "\n"


def text_of(blocks: tuple[Block, ...]) -> str:
    """Write blocks as part of a text of at most 72 columns; long links stay whole."""
    return "\n\n".join(filter(None, (_set_off(block) for block in blocks)))


def _set_off(block: Block) -> str:
    """Give a block, the larger headings with one more empty line above them."""
    text = _block(block, WIDTH)
    return f"\n{text}" if isinstance(block, Heading) and block.level <= _LARGE and text else text


def inline_text(inlines: tuple[Inline, ...]) -> str:
    """Write inline text, links as "text (address)" unless the text is the address."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Words(text):
                parts.append(text)
            case LineEnd():
                parts.append("\n")
            case Strong(inside) | Emphasis(inside):
                parts.append(inline_text(inside))
            case Link(url, inside):
                parts.append(_link(url, words_of(inside)))
            case _:
                assert_never(inline)
    return "".join(parts)


def _link(url: str, words: str) -> str:
    if url.startswith("mailto:") and "?" in url:
        # It holds a whole mail, a secret of one reader among it; the words say what it is for.
        return words
    address = url.removeprefix("mailto:")
    return words if address in {words, f"{words}/"} else f"{words} ({address})"


def _block(block: Block, width: int) -> str:
    match block:
        case Heading(_, inside):
            return _filled(inline_text(inside), width)
        case Paragraph(inside):
            return _filled(inline_text(inside), width)
        case Quotation(blocks):
            inner = "\n\n".join(_block(each, _QUOTED_WIDTH) for each in blocks)
            return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
        case List(items, first):
            return "\n".join(
                _item(item, "- " if first is None else f"{first + place}. ", width)
                for place, item in enumerate(items)
            )
        case _:
            assert_never(block)


def _item(blocks: tuple[Block, ...], mark: str, width: int) -> str:
    inner = "\n".join(_block(block, width - len(mark)) for block in blocks)
    return mark + textwrap.indent(inner, " " * len(mark)).strip()


def _filled(text: str, width: int) -> str:
    return "\n".join(_wrapped(line, width) for line in text.split("\n"))


def _wrapped(line: str, width: int) -> str:
    """What `textwrap` makes of a line; of words with a blank between each two, for a tenth of its time."""
    if not line.isprintable() or "  " in line or line != line.strip(" "):
        return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
    lines: list[str] = []
    begin = 0
    while len(line) - begin > width:
        end = line.rfind(" ", begin, begin + width + 1)
        if end < 0:  # a word that is longer than a line stays whole
            end = line.find(" ", begin)
        if end < 0:
            break
        lines.append(line[begin:end])
        begin = end + 1
    return "\n".join([*lines, line[begin:]])
