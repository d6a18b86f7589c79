"""HTML mail becomes the text a person would see, in one linear pass without a tree.

A tree is what hostile HTML attacks: a browser-grade parser takes seconds for 400 KB of one tag
with distinct attributes, others lose the text after 256 levels (mail rule C13).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from foibot.mail.border_marks import direct, leads_to

LONGEST = 1_000_000  # characters of HTML that are read
_SHORT = 100_000  # characters in which no picture is in the way
_LONGEST_LINK = 8_000  # characters of a target, of which a scanner's detour may make many

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)([^>]*)>")
_MARK = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]{1,100})(?:\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"'>]*))?""")
_HREF = re.compile(r"""href\s{0,9}=\s{0,9}("[^"]*"|'[^']*'|[^\s"']+)""", re.IGNORECASE)
_MAY_HIDE = re.compile(
    r"hidden|none|hide|collapse|(?:size|font|opacity|height)\s*:\s*[+-]?\.?0|/\*|&", re.IGNORECASE
)  # nearly no attribute of an ordinary mail, so that nothing more is looked at
_NO = r"[+-]?0*(?:\.0*)?(?:px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?(?:;|!|/|$)"
_HIDING = re.compile(
    rf"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:{_NO})"
)
_NO_HEIGHT = re.compile(rf"(?:^|;)(?:max-)?height:{_NO}")
_CUT_OFF = re.compile(r"(?:^|;)overflow(?:-y)?:(?:hidden|clip)")
_NO_SIZE = re.compile(rf"(?:^|;)font(?:-size)?:{_NO}")
# What a size below one of nothing has to be to show again: a share of nothing is nothing.
_OWN_SIZE = re.compile(
    r"(?:^|;)font(?:-size:|:[^;]{0,200}?)(?:[1-9]\d{0,5}(?:\.\d{0,9})?|0?\.\d{0,5}[1-9])"
    r"(?:px|pt|pc|cm|mm|in|rem|vw|vh)|(?:^|;)font-size:(?:x+-)?(?:small|medium|large)(?:;|!|$)"
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_WORD = re.compile(r"\w")
_SPACE = re.compile(r"\s+")
_FIRST = re.compile(
    r"""(?:^|\s)(?:start|value)\s{0,9}=\s{0,9}["']?\s{0,9}([0-9]{1,4})""", re.IGNORECASE
)
_STYLE_OF_NUMBER = re.compile(r"""(?:^|\s)type\s{0,9}=\s{0,9}["']?([aAiI])\b""")
_UNSEEN = frozenset({"script", "style", "title", "template", "svg"})
_NOT_WORDS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|title)\b.*?(?:</\1[^<>]*>?|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_DATA = re.compile(
    r"""(=\s{0,9}["']?)data:[\w.+-]{1,50}/[\w.+-]{1,50}[;,][^"'<>\s]*(?:\s+[A-Za-z0-9+/=%]{40,}(?=[\s"']))*""",
    re.IGNORECASE,
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
_ALL, _LETTERS = "all", "letters"  # what an element hides
_ENDS_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dt", "dd"})  # where the next of it begins
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


@dataclass(frozen=True, slots=True)
class Seen:
    """The text that a person would see, and whether there are words that nobody would."""

    text: str
    hides: bool


def html_to_text(source: str) -> str:
    """Return the visible text: links as `text <url>`, quotes as `> `, hidden elements left out.

    An element that hides its content but never ends is shown: nothing is lost to a trick.
    """
    return seen_of_html(source).text


def seen_of_html(source: str) -> Seen:
    """The same, and whether words were left out because they are hidden."""
    page, sizes = _Page(), _Sizes()
    for text, closing, name, attributes in _tokens(source[:LONGEST], sizes):
        if text:
            page.write(html.unescape(text))
        elif closing:
            _close(page, name)
        else:
            _open(page, name, attributes)
    return Seen(page.finish(), sizes.hides)


def without_pictures(source: str) -> str:
    """HTML without the pictures that are written into it as `data:`: one of them may be longer than all that is read."""
    return _DATA.sub(r"\1", source) if len(source) > _SHORT else source


def words_of_html(source: str) -> list[str]:
    """Return all words, hidden ones too, without the layout: enough to compare two versions."""
    return html.unescape(_NOT_WORDS.sub(" ", source[:LONGEST])).split()


@dataclass(slots=True)
class _Sizes:
    """The elements open in one whose letters have no size, and whether those of each have one; whether any were hidden."""

    hides: bool = False
    never_end: int = 0
    open: list[tuple[str, bool]] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)

    def shown(self, text: str) -> str:
        """The text, or nothing where it has no size."""
        if not self.open or self.open[-1][1]:
            return text
        self.hide(text)
        return ""

    def hide(self, source: str) -> None:
        """This is left out."""
        if not self.hides:
            self.hides = bool(_WORD.search(html.unescape(_NOT_WORDS.sub(" ", source))))

    def begin(self, name: str, attributes: str) -> None:
        """An element begins; its size is its own, or that of the one it is in."""
        if name in _VOID:
            return
        if name in _ENDS_ITSELF and self.open and self.open[-1][0] == name:
            self.end(name)
        own = _declarations(_given(attributes).get("style", ""))
        sized = not _NO_SIZE.search(own) and (
            bool(_OWN_SIZE.search(own)) or (bool(self.open) and self.open[-1][1])
        )
        self.open.append((name, sized))
        self.names[name] += 1

    def end(self, name: str) -> None:
        """An element ends, and all that is open in it; each of them once, so that this is linear."""
        while self.names[name]:
            last, _ = self.open.pop()
            self.names[last] -= 1
            if last == name:
                return


def _tokens(source: str, sizes: _Sizes) -> Iterator[tuple[str, bool, str, str]]:
    """Yield (text, False, "", "") or ("", is a closing tag, its lower-case name, attributes)."""
    at = 0
    while (start := source.find("<", at)) >= 0:
        if start > at and (text := sizes.shown(source[at:start])):
            yield text, False, "", ""
        end = _end_of_tag(source, start)
        if not end and not source.startswith("<!--", start):
            at = start
            break  # no ">" is left, so no tag either; looking for it each time would be quadratic
        tag = _TAG.match(source, start)
        if tag is None:
            at = _after_odd_mark(source, start, end)
            if at == start + 1 and sizes.shown("<"):
                yield "<", False, "", ""
            continue
        at, name, closing = end, tag[2].lower(), bool(tag[1])
        attributes = source[tag.start(3) : end - 1]
        if closing:
            sizes.end(name)
        elif beyond := _left_out(source, at, name, attributes, sizes):
            at = beyond
            continue
        yield "", closing, name, attributes
    if at < len(source) and (text := sizes.shown(source[at:])):
        yield text, False, "", ""


def _left_out(source: str, at: int, name: str, attributes: str, sizes: _Sizes) -> int:
    """Where to go on after an element that begins here and is not seen; 0 if it is, or its own sizes decide."""
    hiding = _hiding(name, attributes)
    if name in _UNSEEN or hiding == _ALL or (hiding and not sizes.open):
        beyond = _end_of_element(source, at, name) if sizes.never_end < _GIVE_UP else 0
        sizes.never_end += not beyond
        if name in _UNSEEN:
            return beyond or at
        if beyond and hiding == _ALL:
            sizes.hide(source[at:beyond])
            return beyond
        hiding = hiding if beyond else ""
    if sizes.open or hiding:
        sizes.begin(name, attributes)
    return 0


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


def _hiding(name: str, attributes: str) -> str:
    """Whether an element hides all in it, or shows only what has a size of its own; "" for neither."""
    if not attributes or name in _VOID or name in {"html", "body"}:
        return ""
    if not _MAY_HIDE.search(attributes):
        return ""
    given = _given(attributes)
    if "hidden" in given:
        return _ALL
    declared = _declarations(given.get("style", ""))
    if _HIDING.search(declared) or (_NO_HEIGHT.search(declared) and _CUT_OFF.search(declared)):
        return _ALL
    return _LETTERS if _NO_SIZE.search(declared) else ""


def _given(attributes: str) -> dict[str, str]:
    """The attributes by lower-case name; of two of one name the first counts."""
    found: dict[str, str] = {}
    for one in _ATTRIBUTE.finditer(attributes):
        found.setdefault(one[1].lower(), one[2] or "")
    return found


def _declarations(style: str) -> str:
    """What a style declares, in lower case without blanks and comments."""
    plain = html.unescape(style.strip("\"'")).lower()
    return _SPACE.sub("", _COMMENT.sub("", plain))


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
