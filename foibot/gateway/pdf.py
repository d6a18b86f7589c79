"""Sets a letter as a tagged PDF/UA-1 with typst; the same letter is always the same bytes."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import typst

from foibot.errors import AdministratorMustFix
from foibot.gateway.font_coverage import FontCoverage


class LetterheadMustBeFixed(AdministratorMustFix):
    """The letterhead cannot be set; restore templates/letterhead.typ from the shipped one."""


class Typesetter:
    """Keeps one typst compiler with its fonts; safe to use from several threads, one at a time."""

    def __init__(self, letterhead: str, fonts: Path) -> None:
        """Take the page as typst text, and the folder of the only fonts that may be used."""
        self._coverage = FontCoverage.of_folder(fonts)
        # System fonts differ from machine to machine, and the bytes approved must be the bytes sent.
        only_ours = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        self._letterhead = letterhead.encode()
        self._compiler = typst.Compiler(root=str(fonts.parent), font_paths=only_ours)
        self._lock = threading.Lock()

    def pdf(self, blocks_json: str, *, title: str) -> bytes:
        """Set `Letter.blocks_json`; `title` is what readers and tabs show, and names nobody.

        The PDF has a title and a language and no date, author or keywords. Characters our font
        lacks are described in words, because a letter with holes is no letter (and no PDF/UA).
        """
        inputs = {"letter": self._legible(blocks_json), "title": self._coverage.legible(title)}
        with self._lock:
            try:
                # Bytes given to the constructor serve for one letter only (typst 0.15.2).
                made = self._compiler.compile(
                    self._letterhead, format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"]
                )
            except typst.TypstError as error:
                raise LetterheadMustBeFixed(
                    f"templates/letterhead.typ cannot be set: {error.message}. "
                    "Restore the shipped one, or correct it."
                ) from error
        return made if isinstance(made, bytes) else b"".join(made or [])

    def _legible(self, blocks_json: str) -> str:
        return json.dumps(self._legible_value(json.loads(blocks_json)), ensure_ascii=False)

    def _legible_value(self, value: object) -> object:
        match value:
            case str():
                return self._coverage.legible(value)
            case list():
                return [self._legible_value(each) for each in value]
            case dict():
                return {key: self._legible_value(each) for key, each in value.items()}
            case _:
                return value
