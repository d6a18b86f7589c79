"""The body of a letter or notice as passages, each read and written once however many bodies hold it; no I/O.

Most of a body is the same in every mail: a passage that was read lately is not read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby
from typing import Final

from foibot.letters.as_blocks import to_blocks
from foibot.letters.as_html import html_of, to_html
from foibot.letters.as_text import text_of, to_text
from foibot.letters.markdown import Block, read, reworded

# After an empty line, words at the margin begin a block of their own whatever stands before them. A
# list mark or a blank may go on with a list that is open, so there a passage goes on as well.
_BETWEEN: Final = re.compile(r"\n(?:[ \t]*\n)+(?=[^\s\d*+-])")
# Where no list is open, one begins a passage of its own too.
_FIRST_LIST: Final = re.compile(r"\n(?:[ \t]*\n)+(?=(?:[*+-]|\d+[.)])[ \t])")
_ANY_LIST: Final = re.compile(r"^[ \t]*(?:[*+-]|\d+[.)])(?:[ \t]|$)", re.MULTILINE)
# A passage is kept for the next mail if it is short: a long one is a requester's, and comes once or twice.
_KEPT_AT_MOST: Final = 4_000


@dataclass(frozen=True)
class Passage:
    """Some blocks that stand together, with what each way of writing makes of them."""

    blocks: tuple[Block, ...]

    @cached_property
    def text(self) -> str:
        """The passage as plain text."""
        return text_of(self.blocks)

    @cached_property
    def html(self) -> str:
        """The passage as HTML."""
        return html_of(self.blocks)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A body that was read from Markdown, to be written as text, as a page, and for the typesetter.

    Two are the same if their blocks are, however these stand together in passages.
    """

    passages: tuple[Passage, ...]

    def __eq__(self, other: object) -> bool:
        """Whether the other is a body of the same blocks."""
        return isinstance(other, Body) and self.blocks == other.blocks

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in their order."""
        return tuple(chain.from_iterable(passage.blocks for passage in self.passages))

    def text(self) -> str:
        """Give the body as plain text, see `as_text`."""
        return to_text(passage.text for passage in self.passages)

    def html(self, *, title: str, language: str = "en-GB") -> str:
        """Give the body as a whole page, see `as_html`."""
        parts = (passage.html for passage in self.passages)
        return to_html(parts, title=title, language=language)

    def reworded(self, where: re.Pattern[str], change: Callable[[str], str]) -> Body:
        """Give the body with running text changed in the passages whose text has a match of `where`."""
        return Body(
            tuple(
                Passage(reworded(passage.blocks, change)) if where.search(passage.text) else passage
                for passage in self.passages
            )
        )

    def in_few_passages(self, but_for: re.Pattern[str]) -> Body:
        """Give the same body with its passages put together but for those whose text has a match."""
        few: list[Passage] = []
        for apart, together in groupby(self.passages, lambda one: bool(but_for.search(one.text))):
            if apart:
                few += together
            else:
                few.append(Passage(tuple(chain.from_iterable(one.blocks for one in together))))
        return Body(tuple(few))

    def blocks_json(self, page: Mapping[str, object]) -> str:
        """Give the body for the typesetter, see `as_blocks`."""
        return to_blocks(self.blocks, page)


def body_of(markdown: str) -> Body:
    """Read Markdown; `body_of("# Hello").text()` is "Hello\\n"."""
    parts = chain.from_iterable(map(_before_its_list, _BETWEEN.split(markdown)))
    return Body(tuple(_passage(part) for part in parts))


def _before_its_list(part: str) -> tuple[str, ...]:
    """What stands before the first list of a part, and the rest."""
    found = _FIRST_LIST.search(part)
    if not found or _ANY_LIST.search(part, 0, found.start()):
        return (part,)
    return part[: found.start()], part[found.end() :]


def _passage(markdown: str) -> Passage:
    return _kept(markdown) if len(markdown) <= _KEPT_AT_MOST else Passage(read(markdown))


@lru_cache(512)
def _kept(markdown: str) -> Passage:
    return Passage(read(markdown))
