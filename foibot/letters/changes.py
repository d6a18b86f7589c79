"""What changed from one version of a letter to the next, in words a person can read; no I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Final

_CONTEXT: Final = 6  # words shown on either side
_APART: Final = 5  # so many equal words between two changes keep them two
_ALIKE: Final = 0.3  # below it a passage was written anew, and single words that stayed say nothing
_LONGEST: Final = 900  # characters of one side of a change
_MOST_WORDS: Final = 20_000  # of a letter that are compared; no letter of ours comes near

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PASSAGES: Final = frozenset({"p", "li", *_HEADINGS})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the heading it stands under ("" before the first), what was there and what is.

    `was` is empty where words were added, `now` where they were taken out. `before` and `after` are
    a few words that stayed, so that the place can be found.
    """

    under: str
    before: str
    was: str
    now: str
    after: str


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    under: str
    passage: int


def changes(earlier_html: str, html: str) -> tuple[Change, ...]:
    """Compare two letters, given as the pages `as_html` made of them, word by word.

    A passage is compared with the one that took its place; where lines break is no change of words
    and does not count. The same letter twice gives nothing.
    """
    old, new = _passages(earlier_html), _passages(html)
    matcher = SequenceMatcher(None, _texts(old), _texts(new), autojunk=False)
    return tuple(
        change
        for tag, i, j, k, m in matcher.get_opcodes()
        if tag != "equal"
        for change in _within(old[i:j], new[k:m])
    )


def _texts(passages: Sequence[Sequence[_Word]]) -> list[str]:
    return [" ".join(word.text for word in passage) for passage in passages]


def _within(gone: list[list[_Word]], come: list[list[_Word]]) -> Iterator[Change]:
    old = [word for passage in gone for word in passage]
    new = [word for passage in come for word in passage]
    before, after = [word.text for word in old], [word.text for word in new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not old or not new or matcher.ratio() < _ALIKE:
        yield from (Change(each[0].under, "", _joined(each), "", "") for each in gone)
        yield from (Change(each[0].under, "", "", _joined(each), "") for each in come)
        return
    for i, j, k, m in _hunks(matcher):
        yield Change(
            under=(new[k:m] or old[i:j])[0].under,
            before=_joined(old[max(i - _CONTEXT, 0) : i]),
            was=_joined(old[i:j]),
            now=_joined(new[k:m]),
            after=_joined(old[j : j + _CONTEXT]),
        )


def _hunks(matcher: SequenceMatcher[str]) -> list[tuple[int, int, int, int]]:
    """The stretches that differ; those with only a few equal words between them are one."""
    hunks: list[tuple[int, int, int, int]] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        if hunks and i - hunks[-1][1] < _APART:
            hunks[-1] = (hunks[-1][0], j, hunks[-1][2], m)
        else:
            hunks.append((i, j, k, m))
    return hunks


def _joined(words: Sequence[_Word]) -> str:
    """Put words together again, with a stroke where one passage ends and the next begins."""
    parts: list[str] = []
    for at, word in enumerate(words):
        if at and word.passage != words[at - 1].passage:
            parts.append("/")
        parts.append(word.text)
    text = " ".join(parts)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"


def _passages(html: str) -> list[list[_Word]]:
    page = _Page()
    page.feed(html)
    page.close()
    return [passage for passage in page.passages if passage]


@dataclass(eq=False)
class _Page(HTMLParser):
    """Gathers the words of a letter by heading, paragraph and item; its title is not on the page."""

    passages: list[list[_Word]] = field(default_factory=list)
    _under: str = ""
    _here: str = "head"
    _count: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PASSAGES:
            self._here = tag
            self.passages.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._under = _joined(self.passages[-1])

    def handle_data(self, data: str) -> None:
        if not self.passages or self._count > _MOST_WORDS:
            return
        under = "" if self._here in _HEADINGS else self._under
        words = [_Word(text, under, len(self.passages)) for text in data.split()]
        self._count += len(words)
        self.passages[-1].extend(words)
