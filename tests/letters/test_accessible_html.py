"""Every letter as a page that a screen reader can walk: headings, lists, language, links, dates (A-30 to A-32)."""

import re
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from foibot.letters.body import body_of
from foibot.letters.samples import sample
from tests.letters.letters_tools import shipped

LETTERS = [(name, regime) for name, kind in shipped().kinds.items() for regime in kind.regimes]
SEEN = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "h1",
        "h2",
        "h3",
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "blockquote",
        "a",
        "strong",
        "em",
    ]
)  # no table, no image, no font, no script: anything else needs a thought about who cannot read it
FIGURES = r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
NO_LINK_TEXT = {"here", "click here", "this link", "link", "more", "read more", "this page"}


@dataclass
class Page(HTMLParser):
    """What stands in a page, in order."""

    html: str
    language: str = ""
    title: str = ""
    tags: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))
        if re.fullmatch(r"h\d", tag):
            self.headings.append((int(tag[1]), ""))
        if tag == "li" and self.open[-1] not in {"ul", "ol"}:
            self.stray.append(tag)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.stray.append(tag)

    def handle_data(self, data: str) -> None:
        within = self.open[-1] if self.open else ""
        if "a" in self.open:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        if self.headings and re.fullmatch(r"h\d", within):
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)
        if within == "title":
            self.title += data
        if within in {"ul", "ol", "body"} and data.strip():
            self.stray.append(data)


def faults(html: str, language: str = "en-GB") -> list[str]:
    """What a person who does not see the page would stumble over."""
    page = Page(html)
    levels = [level for level, _ in page.headings]
    found = [f"<{tag}>" for tag in dict.fromkeys(page.tags) if tag not in SEEN]
    found += [f"stray {each}" for each in page.stray]
    found += [f"an empty heading {level}" for level, text in page.headings if not text.strip()]
    found += [f"a link called {text!r}" for _, text in page.links if not _says_where(text)]
    found += [f"a date in figures: {each}" for each in re.findall(FIGURES, html)]
    found += ["a bullet that is no list"] * len(re.findall(r"<(?:p|br)>\s*[-•*] ", html))
    if levels.count(1) != 1 or levels[:1] != [1]:
        found.append(f"headings {levels}")
    if any(after > before + 1 for before, after in pairwise(levels)):
        found.append(f"a level left out: {levels}")
    if page.language != language or not page.title.strip():
        found.append(f"language {page.language!r}, title {page.title!r}")
    return found


def _says_where(text: str) -> bool:
    return bool(text.strip()) and text.strip().casefold() not in NO_LINK_TEXT


@cache
def page_of(kind: str, regime: str) -> str:
    return shipped().letter(kind, sample(shipped().kinds[kind], regime)).html


@pytest.mark.parametrize(("kind", "regime"), LETTERS)
def test_every_letter_can_be_walked(kind: str, regime: str) -> None:
    assert faults(page_of(kind, regime)) == []


@pytest.mark.parametrize(("kind", "regime"), LETTERS)
def test_no_text_of_a_letter_has_a_date_in_figures(kind: str, regime: str) -> None:
    assert not re.search(
        FIGURES, shipped().letter(kind, sample(shipped().kinds[kind], regime)).text
    )


def test_the_welsh_acknowledgement_can_be_walked_too() -> None:
    facts = changed(sample(shipped().kinds["acknowledgement"]), language="cy")
    assert faults(shipped().letter("acknowledgement", facts).html, "cy-GB") == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("## A\n\ntext", "headings [2]"),
        ("# A\n\n# B", "headings [1, 1]"),
        ("# A\n\n### B", "a level left out: [1, 3]"),
        ("# A\n\n[here](https://a.example)", "a link called 'here'"),
        ("# A\n\nReceived 03/12/2020.", "a date in figures: 03/12/2020"),
        ("# A\n\n• one", "a bullet that is no list"),
    ],
)
def test_a_page_that_cannot_be_walked_is_noticed(body: str, fault: str) -> None:
    assert fault in faults(body_of(body).html(title="A letter"))


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<table><tr><td>x</td></tr></table>", "<table>"),
        ("<li>x</li>", "stray li"),
        ("<ul>x</ul>", "stray x"),
        ("<h2> </h2>", "an empty heading 2"),
        ("<p>x</em></p>", "stray em"),
    ],
)
def test_markup_that_misleads_is_noticed(html: str, fault: str) -> None:
    assert fault in faults(
        f"<html lang='en-GB'><title>A</title><body><h1>A</h1>{html}</body></html>"
    )


def test_a_page_without_language_or_title_is_noticed() -> None:
    assert "language '', title 'A'" in faults(
        "<html><title>A</title><body><h1>A</h1></body></html>"
    )
