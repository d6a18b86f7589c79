"""A stranger's words made harmless for Markdown, once, before a template sees them; no I/O.

Every ASCII punctuation mark gets a backslash, which CommonMark reads as that mark and nothing
else. So nothing anybody writes can become a heading, a link or markup, and only an officer's own
list becomes a list; and because the words enter a template as values, never as template text,
nothing they write is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Where a backslash goes. To split there and to join again takes a quarter of what a replacement takes.
_BEFORE_PUNCTUATION = re.compile(r"(?=[!-/:-@\[-`{-~])")
_OTHER_LINE_ENDS = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LIST_MARK = re.compile(r"(?:[-*•‣◦]|\(?(0|[1-9][0-9]{0,2})[.)])\s+")
# What begins a line that was meant to begin there, besides a list mark: "a) ", "Q1) ", "2020: ".
_LABEL = re.compile(r"\(?[a-z][0-9]{0,2}[.)]\s|\S{1,30}:(?:\s|$)", re.IGNORECASE)
# Mail programs wrap at 65 columns or more: a line that had room for the next word was meant to end.
_HAD_ROOM = 60
_BIDI = dict.fromkeys(
    map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
# Control characters (Unicode 16, category Cc, which is closed for ever) and lone surrogates.
_UNSEEN = dict.fromkeys([*range(32), *range(127, 160), *range(0xD800, 0xE000)], "\ufffd")
_SEEN = {**_BIDI, **_UNSEEN, ord("\n"): "\n", ord("\t"): "\t"}
# To look whether there is any of them first is far cheaper than to go through a text letter by letter.
_CHANGED = [chr(one) for one, seen in _SEEN.items() if seen != chr(one)]
_ANY_CHANGED = re.compile(f"[{re.escape(''.join(_CHANGED))}]")
# A mail client turns bare host names into links as well, so they go too. Words are looked at one
# by one and nothing repeats inside the pattern: a stranger chooses how long a word is.
_LINK = re.compile(r"://|@|(?<!\S)mailto:|www\.|\w[.\u3002\uff0e\uff61][a-z]{2}", re.IGNORECASE)


class Fragment(str):
    """Markdown that is ours or already escaped; the only text a template may insert as it is."""

    __slots__ = ()


def plain(text: str) -> str:
    r"""Give `text` with one kind of line end and nothing invisible that could reorder the words.

    Control characters and lone surrogates become U+FFFD; direction overrides and byte order
    marks vanish. Joiners stay: names are written with them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _OTHER_LINE_ENDS.sub("\n", text.replace("\r\n", "\n"))
    return text.translate(_SEEN) if _ANY_CHANGED.search(text) else text


def one_line(text: str) -> str:
    """Give `text` on one line with single spaces, unescaped: "Sam\n Smith" is "Sam Smith"."""
    return " ".join(plain(text).split())


def escaped(text: str) -> Fragment:
    r"""Give `text` as inline Markdown that reads exactly as it was written: `*a*` is `\*a\*`."""
    return Fragment(_escaped(one_line(text)))


def _escaped(line: str) -> str:
    return "\\".join(_BEFORE_PUNCTUATION.split(line))


def lines_of(text: str) -> list[str]:
    """Give the lines of `text`, blanks collapsed, without empty lines at either end."""
    return [" ".join(line.split()) for line in plain(text).strip().split("\n")]


def quotation(text: str) -> Fragment:
    """Give `text` as a Markdown quotation: its words and its line ends, and not a mark more."""
    # A mark never stands at a line end, so that all lines can be escaped at once.
    lines = _escaped("\n".join(lines_of(text))).split("\n")
    quoted: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        end = "\\" if line and after else ""
        quoted.append(f"> {line}{end}" if line else ">")
    return Fragment("\n".join(quoted))


def address(lines: Iterable[str]) -> Fragment:
    """Give address lines as one Markdown paragraph with a line end after each."""
    return Fragment("\\\n".join(escaped(line) for line in lines if line.strip()))


def paragraphs(text: str) -> Fragment:
    """Give an officer's text as Markdown paragraphs and lists, and no other markup.

    A blank line ends a paragraph; a line that begins with "-", "*" or "•" is a bullet, one with "3."
    or "3)" an item of that number. Other line ends stay if they were meant, as in an address.
    """
    blocks: list[str] = []
    before, fresh = "", False
    for line in (" ".join(pieces) for pieces in pieces_of(text)):
        if not line:
            fresh = True
            continue
        mark = _LIST_MARK.match(line)
        if mark is None:
            kind, joint = "words", "\\\n" if before == "words" and not fresh else "\n\n"
            blocks.append(f"{joint}{_escaped(line)}")
        else:
            kind = "numbers" if mark[1] else "bullets"
            joint, sign = "\n" if kind == before else "\n\n", f"{mark[1]}." if mark[1] else "-"
            blocks.append(f"{joint}{sign} {_escaped(line[mark.end() :])}")
        before, fresh = kind, False
    return Fragment("".join(blocks).lstrip("\n"))


def pieces_of(text: str) -> list[list[str]]:
    """Give the lines that an officer meant, each as the pieces into which a mail program wrapped it."""
    lines: list[list[str]] = []
    before, number = "", 0
    for line in lines_of(text):
        if line and before and not _begins(line, before, number):
            lines[-1].append(line)
        else:
            lines.append([line])
            mark = _LIST_MARK.match(line)
            number = int(mark[1]) if mark and mark[1] else number
        before = line
    return lines


def _begins(line: str, before: str, number: int) -> bool:
    """Whether a line was meant to begin under `before`, where the last numbered item had `number`."""
    word = line.partition(" ")[0]
    if before.endswith(":") or len(before) + 1 + len(word) <= _HAD_ROOM:
        return True
    mark = _LIST_MARK.match(line)
    if mark is None:
        return _LABEL.match(line) is not None
    # "… as set out in section" may wrap before "12. We".
    return not mark[1] or int(mark[1]) in {1, number + 1} or before[-1] in ".;!?"


def unwrapped(text: str) -> str:
    """Give a text of a template, a sentence to a line, with each paragraph and each item on one line."""
    lines = [""]
    for line in lines_of(text):
        if not line or not lines[-1] or _LIST_MARK.match(line):
            lines.append(line)
        else:
            lines[-1] += f" {line}"
    return "\n".join(lines).strip()


def without_links(text: str) -> str:
    """Give `text` on one line with every address of a page or a mailbox taken out.

    For what goes to an address nobody has proved yet (mail rule A19): an acknowledgement must
    not carry a stranger's link to a third person.
    """
    line = one_line(text)
    return " ".join(map(_unlinked, line.split(" "))) if _LINK.search(line) else line


def beginning(text: str, most: int) -> str:
    """Give `cut(without_links(text), most)`, without looking at the words that are not shown."""
    line = one_line(text)
    # Up to the end of the word that reaches so far; most have no link in it, and no link has a blank.
    end = line.find(" ", most)
    if not _LINK.search(line if end < 0 else line[:end]):
        return cut(line, most)
    shown = ""
    for word in line.split(" "):
        shown += f" {_unlinked(word)}" if shown else _unlinked(word)
        if len(shown) > most:
            break
    return cut(shown, most)


def _unlinked(word: str) -> str:
    return "[link removed]" if _LINK.search(word) else word


def cut(text: str, most: int) -> str:
    """Give at most `most` characters of `text`, the last one an ellipsis if any were left out."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
