"""What a letter says of the national threat level, held to the dated wording of the configuration (N-35); no I/O."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from foibot.law.dates import in_words
from foibot.letters.linting.quoted import letters_of
from foibot.letters.linting.reading import Match, Reading
from foibot.letters.linting.rule import Hit
from foibot.letters.threat_level import KEEPS

_NAMED: Final = r"\bthreat level\b(?:[^.]{0,30}\binternational terrorism\b)?|\bthreat from international terrorism\b"


def threat_level_named(reading: Reading) -> Iterator[Hit]:
    """Give each place that names the level in words the office has not checked of late."""
    stated = _parts(reading.threat_level.wording)
    for match in reading.find_bare(_NAMED):
        as_stated = _says(match, stated)
        if not (as_stated and reading.threat_level.is_current(reading.today)):
            yield Hit(match.line, match.text, _why(reading, as_stated=as_stated))


def _parts(wording: str) -> list[str]:
    """The sentences of the wording that name the level, as bare letters."""
    return [letters_of(each) for each in wording.split(". ") if "threat level" in each.casefold()]


def _says(match: Match, stated: list[str]) -> bool:
    said = letters_of(match.sentence.text)
    return "international" not in match.text.casefold() and any(one in said for one in stated)


def _why(reading: Reading, *, as_stated: bool) -> str:
    if not reading.threat_level.wording:
        return ""
    day = in_words(reading.threat_level.checked)
    if not as_stated:
        return f"the threat level is not worded as under [threat_level] in config.toml, checked on {day}"
    return f"the wording of the threat level was checked on {day}, and is good for {KEEPS.days} days after"
