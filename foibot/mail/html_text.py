"""HTML mail becomes the text a person would see, in one linear pass without a tree.

A tree is what hostile HTML attacks: a browser-grade parser takes seconds for 400 KB of one tag
with distinct attributes, others lose the text after 256 levels (mail rule C13).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from foibot.mail.border_marks import direct, leads_to

LONGEST = 1_000_000  # characters of HTML that are read
_LONGEST_LINK = 8_000  # characters of a target, of which a scanner's detour may make many

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)([^>]*)>")
_MARK = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_STYLE = re.compile(r"""style\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE)
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE)
_HIDING = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:font-size|opacity|max-height):0"
    r"(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)"
)
_HIDDEN_WORD = re.compile(r"(?:^|\s)hidden(?:\s|=|/|$)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_FIRST = re.compile(
    r"""(?:^|\s)(?:start|value)\s{0,9}=\s{0,9}["']?\s{0,9}([0-9]{1,4})""", re.IGNORECASE
)
_STYLE_OF_NUMBER = re.compile(r"""(?:^|\s)type\s{0,9}=\s{0,9}["']?([aAiI])\b""")
_UNSEEN = frozenset({"script", "style", "title", "template", "noscript", "object", "svg"})
_NOT_WORDS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title)\b.*?(?:</\1[^<>]*>?|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset({"img", "br", "hr", "meta", "link", "input", "col", "area", "base", "wbr"})
_PARAGRAPH = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "pre", "blockquote", "dl"}
)
_LINE = frozenset(
    {"div", "tr", "li", "dt", "dd", "section", "article", "header", "footer", "center", "address",
     "form", "body", "html", "tbody", "thead", "caption"}
)  # fmt: skip
_CELL = frozenset({"td", "th"})
_ROMAN_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_RULE = "_" * 32  # what Outlook itself writes for the rule above the mail it quotes
_GIVE_UP = 5  # elements that hide and never end; then nothing more is hidden


@dataclass(slots=True)
class _Numbering:
    """A list that is open: the number of its next item, 0 for bullets, and how it is written."""

    number: int
    written: str = "1"

    def mark(self, attributes: str) -> str:
        """The mark before an item, "- " or "3. ": without the number nobody could answer by it."""
        if not self.number:
            return "- "
        given = _FIRST.search(attributes)
        shown = int(given[1]) if given else self.number
        self.number = shown + 1
        return f"{_number(shown, self.written)}. "


@dataclass(slots=True)
class _Page:
    """The lines written so far, and what is open."""

    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    quotes: int = 0
    preformatted: int = 0
    links: list[tuple[str, int]] = field(default_factory=list)
    lists: list[_Numbering] = field(default_factory=list)

    def write(self, text: str) -> None:
        if not self.preformatted:
            self.line.append(_SPACE.sub(" ", text))
            return
        first, *more = text.split("\n")
        self.line.append(first)
        for each in more:
            self.end_line()
            self.line.append(each)

    def end_line(self) -> None:
        text = "".join(self.line)
        text = text.rstrip() if self.preformatted else " ".join(text.split())
        self.line.clear()
        self.links.clear()
        self.lines.append(("> " * min(self.quotes, 5) + text).rstrip(" ") if text else "")

    def end_block(self, *, gap: bool) -> None:
        if "".join(self.line).strip():
            self.end_line()
        self.line.clear()
        if gap and self.lines and self.lines[-1]:
            self.lines.append("")

    def finish(self) -> str:
        self.end_block(gap=False)
        kept = [text for at, text in enumerate(self.lines) if text or (at and self.lines[at - 1])]
        return "\n".join(kept).strip("\n")


def html_to_text(source: str) -> str:
    """Return the visible text: links as `text <url>`, quotes as `> `, hidden elements left out.

    An element that hides its content but never ends is shown: nothing is lost to a trick.
    """
    page = _Page()
    for text, closing, name, attributes in _tokens(source[:LONGEST]):
        if text:
            page.write(html.unescape(text))
        elif closing:
            _close(page, name)
        else:
            _open(page, name, attributes)
    return page.finish()


def words_of_html(source: str) -> list[str]:
    """Return all words, hidden ones too, without the layout: enough to compare two versions."""
    return html.unescape(_NOT_WORDS.sub(" ", source[:LONGEST])).split()


def _tokens(source: str) -> Iterator[tuple[str, bool, str, str]]:
    """Yield (text, False, "", "") or ("", is a closing tag, its lower-case name, attributes)."""
    at, given_up = 0, 0
    while (start := source.find("<", at)) >= 0:
        if start > at:
            yield source[at:start], False, "", ""
        end = _end_of_tag(source, start)
        if not end and not source.startswith("<!--", start):
            at = start
            break  # no ">" is left, so no tag either; looking for it each time would be quadratic
        tag = _TAG.match(source, start)
        if tag is None:
            at = _after_odd_mark(source, start, end)
            if at == start + 1:
                yield "<", False, "", ""
            continue
        at, name = end, tag[2].lower()
        attributes = source[tag.start(3) : end - 1]
        if not tag[1] and (name in _UNSEEN or _hides(name, attributes)):
            beyond = _end_of_element(source, at, name) if given_up < _GIVE_UP else 0
            given_up += not beyond
            if beyond or name in _UNSEEN:
                at = beyond or at
                continue
        yield "", bool(tag[1]), name, attributes
    if at < len(source):
        yield source[at:], False, "", ""


def _end_of_tag(source: str, start: int) -> int:
    """Position after the tag's ">"; a ">" within quotes is passed over if the quote ends soon."""
    end = source.find(">", start) + 1
    if end and source.count('"', start, end) % 2:
        quote = source.find('"', end, end + 2_000)
        end = (source.find(">", quote, quote + 2_000) + 1 or end) if quote >= 0 else end
    return end


def _after_odd_mark(source: str, start: int, end: int) -> int:
    """Where to go on after a "<" that opens no tag: a comment, a declaration, or just a sign."""
    if source.startswith("<!--", start):
        beyond = source.find("-->", start + 4)
        return beyond + 3 if beyond >= 0 else len(source)
    return end if source[start + 1] in "!?/" else start + 1


def _hides(name: str, attributes: str) -> bool:
    if not attributes or name in _VOID or name in {"html", "body"}:
        return False
    if _HIDDEN_WORD.search(attributes):
        return True
    style = _STYLE.search(attributes)
    if style is None:
        return False
    declared = _SPACE.sub("", html.unescape(style[1]).strip("\"'").lower())
    return _HIDING.search(declared) is not None


def _end_of_element(source: str, at: int, name: str) -> int:
    """Position after the element's end, 0 if it has none; paragraphs cannot nest."""
    depth = 1
    for tag in _MARK.finditer(source, at):
        if tag[2].lower() != name:
            continue
        if name == "p" and not tag[1]:
            return tag.start()
        depth += -1 if tag[1] else 1
        if depth == 0:
            return source.find(">", tag.end()) + 1 or len(source)
    return 0


def _open(page: _Page, name: str, attributes: str) -> None:
    if name == "br":
        page.end_line()
    elif name == "hr":
        page.end_block(gap=False)
        page.lines.append(_RULE)
    elif name == "a":
        target = _HREF.search(attributes)
        page.links.append((html.unescape(target[1]) if target else "", len(page.line)))
    elif name in _CELL:
        page.write(" ")
    elif name in _PARAGRAPH or name in _LINE:
        page.end_block(gap=name in _PARAGRAPH)
        page.quotes += name == "blockquote"
        page.preformatted += name == "pre"
        if name in {"ol", "ul"}:
            page.lists.append(_numbering(name, attributes))
        elif name == "li":
            page.write(page.lists[-1].mark(attributes) if page.lists else "- ")


def _close(page: _Page, name: str) -> None:
    if name == "a" and page.links:
        target, since = page.links.pop()
        target = direct("".join(target.strip("\"'").split())[:_LONGEST_LINK])[:500]
        shown = "".join(page.line[since:]).strip()
        bare = target.partition(":")[2].strip("/") if target.startswith("mailto:") else target
        said = bare.strip("/") in shown or leads_to(target, shown)
        if target.startswith(("http:", "https:", "mailto:")) and not said:
            page.write(f" <{target}>")
    elif name in _PARAGRAPH or name in _LINE:
        page.end_block(gap=name in _PARAGRAPH)
        page.quotes -= name == "blockquote" and page.quotes > 0
        page.preformatted -= name == "pre" and page.preformatted > 0
        if name in {"ol", "ul"} and page.lists:
            page.lists.pop()


def _numbering(name: str, attributes: str) -> _Numbering:
    if name == "ul":
        return _Numbering(0)
    first, written = _FIRST.search(attributes), _STYLE_OF_NUMBER.search(attributes)
    return _Numbering(int(first[1]) or 1 if first else 1, written[1] if written else "1")


def _number(number: int, written: str) -> str:
    """The number as a browser shows it: 3 is "3", "c", "C", "iii" or "III"."""
    if written in "aA" and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
    elif written in "iI" and 0 < number < 40:
        tens, ones = divmod(number, 10)
        letter = "x" * tens + _ROMAN_ONES[ones]
    else:
        return str(number)
    return letter.upper() if written.isupper() else letter
