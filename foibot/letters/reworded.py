"""Tells which lines of the shipped templates an authority's own lack, so that no sentence is lost unseen; no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_SHOWN_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class Reworded:
    """A template that lacks `lines` of the shipped one: the `first` stands in line `line` there (from 1)."""

    file: str
    lines: int
    line: int
    first: str

    def __str__(self) -> str:
        """Say it as `foibot check` does."""
        which = (
            f"a line ({self.line})"
            if self.lines == 1
            else f"{self.lines} lines (the first is {self.line})"
        )
        return (
            f"{self.file}: the shipped text has {which} that yours lacks: “{self.first}”. "
            "If you meant that, nothing has to be done; if your copy is older than this version, "
            "take what is new from the shipped one (foibot init NEWFOLDER writes it)."
        )


def reworded(shipped: Mapping[str, str], used: Mapping[str, str]) -> Iterator[Reworded]:
    """Compare two folders of templates, path to text, line by line; where a line stands does not count.

    What was only added is not told, and a file of the authority's own has nothing to be compared with.
    """
    for path, text in shipped.items():
        ours = used.get(path, text)
        if ours == text:
            continue
        there = Counter(line.strip() for line in ours.splitlines())
        lost = []
        for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
            there[line] -= 1
            if line and there[line] < 0:
                lost.append((number, line))
        if lost:
            number, first = lost[0]
            shown = (
                first if len(first) <= _SHOWN_AT_MOST else f"{first[:_SHOWN_AT_MOST].rstrip()} ..."
            )
            yield Reworded(path, len(lost), number, shown)
