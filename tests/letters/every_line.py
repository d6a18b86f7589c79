"""Takes each sentence of the letters' templates out in turn, and says which of them nothing misses.

`python -m tests.letters.every_line` prints them, in a minute. They should be introductions, courtesies,
explanations and what a letter says twice; whoever finds something else there adds a row to
`foibot/letters/element_table.py` and a case to `test_elements.py`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from copy import copy
from functools import cache

from foibot.gateway.template_files import source_of
from foibot.letters.check import problems_of
from foibot.letters.facts import LetterFacts
from foibot.letters.samples import samples
from foibot.letters.texts import Texts
from tests.letters.letters_tools import shipped

# Headings say what follows, and lines of the template language alone say nothing.
_SILENT = re.compile(r"\s*(#|\{#.*#\}$|\{%-?\s*(if|elif|else|endif|for|endfor)\b[^}]*%\}$|$)")


def paths() -> list[str]:
    """The bodies of all letters, and the texts that they share."""
    source = shipped().source
    bodies = {
        shipped().english.body_path(kind.name, regime)
        for kind in shipped().kinds.values()
        for regime in kind.regimes
    }
    return sorted(bodies | {path for path in source if path.startswith("shared/") and _users(path)})


def unmissed(path: str) -> Iterator[str]:
    """Give the lines of a template whose loss no letter that holds them would be stopped for."""
    lines = shipped().source[path].splitlines()
    for at, line in enumerate(lines):
        if not _SILENT.match(line):
            rest = "\n".join((*lines[:at], *lines[at + 1 :])) + "\n"
            if not _is_missed(path, rest):
                yield line


def _is_missed(path: str, text: str) -> bool:
    book = copy(shipped())
    book.source = source_of({**book.source, path: text})
    book.english = Texts(book.source)
    return any(
        next(problems_of(book, book.kinds[name], facts, linted=False), None)
        for name, facts in _tried_on(path)
    )


@cache
def _tried_on(path: str) -> tuple[tuple[str, LetterFacts], ...]:
    """The letters to write without a line: those with everything in them first, which find the most."""
    found: dict[tuple[str, str], list[LetterFacts]] = {}
    for name in _users(path):
        kind = shipped().kinds[name]
        for facts in samples(kind):
            key = facts.regime.key
            if path.startswith("shared/") or shipped().english.body_path(name, key) == path:
                found.setdefault((name, key), []).insert(0, facts)
    fullest = [(name, facts[0]) for (name, _), facts in found.items()]
    return (*fullest, *((name, one) for (name, _), facts in found.items() for one in facts[1:]))


def _users(path: str) -> list[str]:
    return [name for name in shipped().kinds if path in _read_by(name)]


@cache
def _read_by(name: str) -> frozenset[str]:
    """All templates that a kind of letter is written from."""
    kind = shipped().kinds[name]
    found = {shipped().english.body_path(name, regime) for regime in kind.regimes}
    waiting = list(found)
    while waiting:
        for path in re.findall(r'include "([^"]+)"', shipped().source[waiting.pop()]):
            if path not in found:
                found.add(path)
                waiting.append(path)
    return frozenset(found)


if __name__ == "__main__":
    for each in paths():
        for line in unmissed(each):
            sys.stdout.write(f"{each}: {line.strip()}\n")
