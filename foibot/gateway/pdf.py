"""Sets a letter as a tagged PDF/UA-1 with typst; the same letter is always the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from foibot.errors import AdministratorMustFix, OfficerMustReword
from foibot.gateway.font_coverage import FontCoverage

_CHILD = Path(__file__).with_name("typeset.py")  # not imported: typst would stay in our memory
_LONGEST = 60.0


class LetterheadMustBeFixed(AdministratorMustFix):
    """The letterhead cannot be set; restore templates/letterhead.typ from the shipped one."""


class LetterTooLong(OfficerMustReword):
    """The letter could not be set as a PDF in the time allowed; the request it quotes may be too long."""


class Typesetter:
    """Sets each letter in a child process, which has our fonts and nothing else."""

    def __init__(self, letterhead: str, fonts: Path, *, longest: float = _LONGEST) -> None:
        """Take the page as typst text, the folder of the only fonts that may be used, and a time limit in seconds."""
        self._coverage = FontCoverage.of_folder(fonts)
        self._letterhead = letterhead
        self._fonts = fonts
        self._longest = longest

    def pdf(self, blocks_json: str, *, title: str) -> bytes:
        """Set `Letter.blocks_json`; `title` is what readers and tabs show, and names nobody.

        The PDF has a title and a language and no date, author or keywords. Characters our font
        lacks are described in words, because a letter with holes is no letter (and no PDF/UA).
        Raises `LetterheadMustBeFixed` or `LetterTooLong`.
        """
        job = {
            "letterhead": self._letterhead,
            "fonts": str(self._fonts),
            "inputs": {
                "letter": self._legible(blocks_json),
                "title": self._coverage.legible(title),
            },
        }
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module; the letter goes in as data
                [sys.executable, "-P", str(_CHILD)],
                input=json.dumps(job).encode(),
                capture_output=True,
                timeout=self._longest,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise LetterTooLong from late
        if done.returncode != 0:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise LetterheadMustBeFixed(
                f"templates/letterhead.typ cannot be set: {said[-1] if said else 'no reason given'}. "
                "Restore the shipped one, or correct it."
            )
        return done.stdout

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
