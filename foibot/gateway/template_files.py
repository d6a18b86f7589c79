"""Reads the template folder: the shipped one, with an authority's own files laid over it."""

# ruff: noqa: PTH113, PTH118, PTH122, PTH123 - hundreds of files are read at each start, and with pathlib that takes five times as long

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from foibot.errors import AdministratorMustFix
from foibot.letters.source import NotToml, TemplateSource

LETTERHEAD: Final = "letterhead.typ"
_FONTS: Final = "fonts"
_TEXTS: Final = frozenset({".md", ".toml", ".txt", ".typ"})
_PLACE: Final = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$")
_PACKAGE: Final = Path(__file__).resolve().parent.parent


class TemplatesUnreadable(AdministratorMustFix):
    """The template folder cannot be read."""


def shipped_folder() -> Path:
    """Give the folder foibot ships: `templates/` in a checkout, `_shipped/templates` when installed."""
    installed = _PACKAGE / "_shipped" / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def fonts_folder() -> Path:
    """Give the folder of the fonts the letters are set in."""
    return shipped_folder() / _FONTS


def read_templates(folder: Path | None = None) -> TemplateSource:
    """Read the shipped templates, and over them, file by file, those in `folder`.

    An authority keeps only the files it changed. A file that is not UTF-8, or cannot be read,
    is `TemplatesUnreadable` with its path; a TOML file with a fault is part of the source, so
    that `foibot check` can show it with all the others.
    """
    texts = _read_folder(shipped_folder())
    if folder is not None:
        if not folder.is_dir():
            raise TemplatesUnreadable(
                f"The template folder {folder} does not exist. Correct [templates] folder, "
                "or leave it empty to use the shipped templates."
            )
        texts |= _read_folder(folder)
    return source_of(texts)


def source_of(texts: Mapping[str, str]) -> TemplateSource:
    """Give the source that `texts`, path to text, make up; its TOML files are read here."""
    tables = {path: _table(text) for path, text in texts.items() if path.endswith(".toml")}
    return TemplateSource(texts, tables)


def letterhead(folder: Path | None = None) -> str:
    """Give the page of the PDF, as typst text: the authority's own, or the shipped one."""
    return read_templates(folder)[LETTERHEAD]


def copy_shipped(to: Path) -> None:
    """Write a copy of the shipped templates to edit; files that are there already stay as they are."""
    for path in _files(shipped_folder()):
        target = to / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(shipped_folder() / path, target)


def _files(folder: Path) -> list[str]:
    """Every file below a folder, by its path from there with "/", sorted."""
    above = len(str(folder)) + 1
    return sorted(
        path[above:].replace(os.sep, "/")
        for where, _, names in os.walk(folder)
        for path in (os.path.join(where, name) for name in names)
        if os.path.isfile(path)
    )


def _read_folder(folder: Path) -> dict[str, str]:
    return {
        path: _read(os.path.join(folder, path))
        for path in _files(folder)
        if os.path.splitext(path)[1] in _TEXTS and not path.startswith(f"{_FONTS}/")
    }


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
            return text.replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise TemplatesUnreadable(
            f"{path} is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from error
    except OSError as error:
        raise TemplatesUnreadable(f"{path} cannot be read: {error.strerror}.") from error


def _table(text: str) -> Mapping[str, object] | NotToml:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place.group(1)) if place and place.group(1) else len(text.splitlines())
        return NotToml(line, _PLACE.sub("", str(error)))
