"""The letter as JSON for the typesetter, which never sees Markdown or code made of words; no I/O."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import assert_never

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


def to_blocks(blocks: Iterable[Block], page: Mapping[str, object]) -> str:
    """Write `page` (letterhead and footer facts) and the blocks as one JSON object.

    The same letter is always the same text: keys are sorted, and nothing else is added.
    """
    value = {**page, "blocks": [_block(block) for block in blocks]}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(level, inside):
            return {"is": "heading", "level": level, "inside": _inlines(inside)}
        case Paragraph(inside):
            return {"is": "paragraph", "inside": _inlines(inside)}
        case Quotation(blocks):
            return {"is": "quotation", "blocks": [_block(each) for each in blocks]}
        case List(items, first):
            rows = [[_block(each) for each in item] for item in items]
            return {"is": "list", "first": first, "items": rows}
        case _:
            assert_never(block)


def _inlines(inlines: tuple[Inline, ...]) -> list[dict[str, object]]:
    return [_inline(inline) for inline in inlines]


def _inline(inline: Inline) -> dict[str, object]:
    match inline:
        case Words(text):
            return {"is": "words", "text": text}
        case LineEnd():
            return {"is": "line-end"}
        case Strong(inside):
            return {"is": "strong", "inside": _inlines(inside)}
        case Emphasis(inside):
            return {"is": "emphasis", "inside": _inlines(inside)}
        case Link(url, inside):
            return {"is": "link", "url": url, "inside": _inlines(inside)}
        case _:
            assert_never(inline)
