"""What the names of files that go with a letter tell: people, or that they were not meant to leave (L-13, W-13); no I/O."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from foibot.letters.linting.finding import Finding, Severity

_NOT_MEANT: Final = re.compile(
    r"(?<![a-z])(?:un ?redacted|not redacted|original|internal|confidential|restricted|secret|official"
    r"|sensitive|draft|privileged|do not|not for|for review|comments?|track(?:ed)?(?: changes)?|exempt\w*"
    r"|withh\w*|master|raw|old)(?![a-z])",
    re.IGNORECASE,
)
_SHORTEST: Final = 3  # letters of a name that are looked for


def told_by_names(names: Iterable[str], colleagues: Iterable[str]) -> Iterator[Finding]:
    """Warn of each name that holds a colleague's name, or a word that says "not for the public".

    The requester's own name in a file name is an error of its own (L-13).
    """
    people = {
        word.casefold(): whole
        for whole in colleagues
        for word in re.findall(r"[^\W\d_]+", whole)
        if len(word) >= _SHORTEST
    }
    for name in names:
        words = [one.casefold() for one in re.findall(r"[^\W\d_]+", name)]
        named = next((people[word] for word in words if word in people), "")
        if named:
            yield _finding(
                "L-13", name, f"the name of a file that goes with the letter names {named}"
            )
        # Underscores and dashes stand for spaces in the names of files.
        found = _NOT_MEANT.search(re.sub(r"[_-]+", " ", name.rpartition(".")[0]))
        if found:
            why = f"“{found.group()}” in its name may mean that the file was not meant to leave"
            yield _finding("W-13", name, why)


def _finding(rule: str, name: str, why: str) -> Finding:
    instead = "Attach it under a plain name, or say why the name may stand."
    return Finding(rule, Severity.WARNING, 1, name, why, instead, "files")
