"""Sets a letter as a tagged PDF/UA-1 with typst; the same letter is always the same bytes."""

from __future__ import annotations

import json
from pathlib import Path

from foibot.errors import AdministratorMustFix, OfficerMustReword
from foibot.gateway.font_coverage import FontCoverage
from foibot.gateway.typesetting import NotSet, TooLong, Typesetting

_LONGEST = 60.0


class LetterheadMustBeFixed(AdministratorMustFix):
    """The letterhead cannot be set; restore templates/letterhead.typ from the shipped one."""

    def __init__(self, why: str, line: int) -> None:
        """`why` is typst's sentence without the full stop, `line` the one it is about, or 0."""
        self.why, self.line = why, line
        place = f" (line {line})" if line else ""
        super().__init__(
            f"templates/letterhead.typ cannot be set: {why}{place}. Restore the shipped one, or correct it."
        )


class LetterTooLong(OfficerMustReword):
    """The letter could not be set as a PDF in the time allowed; the request it quotes may be too long."""


class Typesetter:
    """Sets each letter in a child process, which has our fonts and nothing else."""

    def __init__(self, letterhead: str, fonts: Path, *, longest: float = _LONGEST) -> None:
        """Take the page as typst text, the folder of the only fonts that may be used, and a time limit in seconds."""
        self._coverage = FontCoverage.of_folder(fonts)
        self._letterhead = letterhead
        self._typesetting = Typesetting(fonts)
        self._longest = longest

    def pdf(self, blocks_json: str, *, title: str) -> bytes:
        """Set `Letter.blocks_json`; `title` is what readers and tabs show, and names nobody.

        The PDF has a title and a language and no date, author or keywords. Characters our font
        lacks are described in words, because a letter with holes is no letter (and no PDF/UA).
        Raises `LetterheadMustBeFixed` or `LetterTooLong`.
        """
        job = {
            "letterhead": self._letterhead,
            "inputs": {
                "letter": self._legible(blocks_json),
                "title": self._coverage.legible(title),
            },
        }
        try:
            return self._typesetting.set(json.dumps(job).encode(), self._longest)
        except TooLong as late:
            raise LetterTooLong from late
        except NotSet as problem:
            raise LetterheadMustBeFixed(str(problem), problem.line) from problem

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
