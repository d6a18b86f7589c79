"""Reads the words of a .docx file and what its word processor left in it, from bytes nobody has to trust.

No document type declarations, so no entities to expand; a bounded number of bytes, elements and levels.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from xml.parsers import expat

_LARGEST_PART: Final = 30_000_000
_MOST_FILES: Final = 3_000
_MOST_ELEMENTS: Final = 600_000
_DEEPEST: Final = 400
_WORD: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_COMPATIBLE: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006 "
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "
_CREATOR: Final = {
    "http://purl.org/dc/elements/1.1/ creator": "author",
    "http://purl.org/dc/elements/1.1/ title": "title",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties lastModifiedBy": (
        "last changed by"
    ),
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Company": "company",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties Manager": "manager",
}
_SKIPPED: Final = frozenset({f"{_WORD}del", f"{_WORD}moveFrom", f"{_COMPATIBLE}Fallback"})
_LEFT: Final = {
    f"{_WORD}ins": "a tracked change",
    f"{_WORD}del": "a tracked change",
    f"{_WORD}moveFrom": "a tracked change",
    f"{_WORD}moveTo": "a tracked change",
    f"{_WORD}commentReference": "a comment",
    f"{_WORD}vanish": "hidden text",
}


class NotADocx(Exception):
    """The bytes are no .docx file, or one beyond the limits; the message says which."""


@dataclass(frozen=True, slots=True)
class Docx:
    """The text, one line a paragraph; named properties; what was left in, each sort once."""

    text: str
    properties: tuple[tuple[str, str], ...]
    residue: tuple[str, ...]


def read_docx(raw: bytes) -> Docx:
    """Read a .docx file: headers, text, footnotes and footers. Raises `NotADocx` and nothing else."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as problem:
        raise NotADocx("the file is damaged or encrypted") from problem
    except (ValueError, expat.ExpatError, zipfile.LargeZipFile) as problem:
        raise NotADocx("the file is damaged") from problem
    except zipfile.zlib.error as problem:  # type: ignore[attr-defined]
        raise NotADocx("the file is damaged") from problem


def _read(archive: zipfile.ZipFile) -> Docx:
    names = archive.namelist()
    if len(names) > _MOST_FILES or "word/document.xml" not in names:
        raise NotADocx("the file is not a Word document")
    empty = _empty_links(archive, names)
    words = _Words(empty)
    around = [name for name in names if name.startswith("word/") and name.endswith(".xml")]
    heads = sorted(name for name in around if name.startswith("word/header"))
    feet = sorted(name for name in around if name.startswith(("word/footnotes", "word/footer")))
    for name in (*heads, "word/document.xml", *feet):
        _parse(_part(archive, name), words)
        words.end_paragraph()
    properties = _Properties()
    for name in ("docProps/core.xml", "docProps/app.xml"):
        if name in names:
            _parse(_part(archive, name), properties)
    return Docx("\n\n".join(words.paragraphs), tuple(properties.found), tuple(words.residue))


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as file:
        raw = file.read(_LARGEST_PART + 1)
    if len(raw) > _LARGEST_PART:
        raise NotADocx("the file is too large to be a letter")
    return raw


def _empty_links(archive: zipfile.ZipFile, names: list[str]) -> frozenset[str]:
    links = _Links()
    if "word/_rels/document.xml.rels" in names:
        _parse(_part(archive, "word/_rels/document.xml.rels"), links)
    return frozenset(links.empty)


class _Handler:
    """What is done with each element and its text; nothing unless a subclass says so."""

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def text(self, text: str) -> None: ...


def _parse(raw: bytes, handler: _Handler) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            raise NotADocx("the file is too complicated to be a letter")
        handler.start(name, attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(raw, True)  # noqa: FBT003 - the form expat has


def _no_doctype(*_: object) -> None:
    raise NotADocx("the file declares a document type, as no word processor does")


@dataclass(slots=True)
class _Words(_Handler):
    """Gathers paragraphs. `skipped` and `hidden` count the open elements that keep text out."""

    empty_links: frozenset[str]
    paragraphs: list[str] = field(default_factory=list)
    residue: dict[str, None] = field(default_factory=dict)
    _line: list[str] = field(default_factory=list)
    _skipped: int = 0
    _hidden: bool = False
    _in_text: bool = False
    _in_code: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._skipped += name in _SKIPPED
        left = _LEFT.get(name)
        if left and not (
            name == f"{_WORD}vanish" and attributes.get(f"{_WORD}val") in {"0", "false"}
        ):
            self.residue[left] = None
            self._hidden |= name == f"{_WORD}vanish"
        if name == f"{_WORD}hyperlink" and attributes.get(f"{_RELATION}id") in self.empty_links:
            self.residue["an empty link"] = None
        self._in_text = name == f"{_WORD}t"
        self._in_code = name == f"{_WORD}instrText"
        self._layout(name)

    def _layout(self, name: str) -> None:
        if name == f"{_WORD}numPr":
            self._line.insert(0, "- ")
        elif name in {f"{_WORD}br", f"{_WORD}cr"}:
            self._line.append("\n")
        elif name == f"{_WORD}tab":
            self._line.append(" ")

    def end(self, name: str) -> None:
        self._skipped -= name in _SKIPPED
        self._in_text = self._in_code = False
        if name == f"{_WORD}r":
            self._hidden = False
        elif name == f"{_WORD}p":
            self.end_paragraph()

    def text(self, text: str) -> None:
        if self._in_code and "MERGEFIELD" in text:
            self.residue["a merge field"] = None
        elif self._in_text and not self._skipped and not self._hidden:
            self._line.append(text)

    def end_paragraph(self) -> None:
        paragraph = "".join(self._line).strip()
        self._line.clear()
        if paragraph and paragraph != "-":
            self.paragraphs.append(paragraph)


@dataclass(slots=True)
class _Properties(_Handler):
    found: list[tuple[str, str]] = field(default_factory=list)
    _key: str = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._key = _CREATOR.get(name, "")

    def end(self, name: str) -> None:
        self._key = ""

    def text(self, text: str) -> None:
        if self._key and text.strip():
            self.found.append((self._key, text.strip()[:300]))


@dataclass(slots=True)
class _Links(_Handler):
    empty: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        if kind.endswith("/hyperlink") and attributes.get("Target", "") in {"", "#", "about:blank"}:
            self.empty.append(attributes.get("Id", ""))
