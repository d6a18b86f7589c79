"""Which tests name each row of the register of ways in which mail goes wrong; run it to print the list."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent.parent
# A: automatic mail, loops, bounces. B: identity and headers. C: MIME, charset, size. D: threads and duplicates.
# E: orders by reply. F: sending. G: IMAP. H: time. Numbers that are left out were merged into others.
_HIGHEST = {"A": 20, "B": 21, "C": 30, "D": 11, "E": 17, "F": 16, "G": 14, "H": 3}
_MERGED = frozenset(
    ["A8", "A16", "B18", "C25", "C27", "C29", "D8", "E10", "E13", "E16", "F7", "F8", "G12", "G13"],
)
ROWS = tuple(
    row
    for letter, last in _HIGHEST.items()
    for number in range(1, last + 1)
    if (row := f"{letter}{number}") not in _MERGED
)
_SAID = re.compile(r"\bMail rules? ([A-H]\d[^.]*)")
_SPAN = re.compile(r"([A-H])(\d{1,2})(?: to \1(\d{1,2}))?")
# Not of E and F: the law has examples of these names.
_IN_NAME = re.compile(r"^test_((?:[a-dgh]\d{1,2}_)+)")


def rows_named(function: str, docstring: str) -> Iterator[str]:
    """The rows that a test names: `test_a14_a15_x`, or "Mail rules A2 to A4, C30." in its docstring."""
    found = _IN_NAME.match(function)
    yield from found[1].upper().strip("_").split("_") if found else ()
    for said in _SAID.findall(docstring):
        for letter, first, last in _SPAN.findall(said):
            yield from (f"{letter}{number}" for number in range(int(first), int(last or first) + 1))


@cache
def named_by_row() -> dict[str, tuple[str, ...]]:
    """The tests that name each row, as `tests/mail/test_machine.py::test_x`."""
    found: dict[str, list[str]] = {row: [] for row in ROWS}
    for file in sorted(TESTS.rglob("test_*.py")):
        for part in ast.parse(file.read_text("utf-8")).body:
            if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
                for row in rows_named(part.name, ast.get_docstring(part) or ""):
                    found.setdefault(row, []).append(
                        f"{file.relative_to(TESTS.parent)}::{part.name}"
                    )
    return {row: tuple(tests) for row, tests in found.items()}


if __name__ == "__main__":
    for row, tests in named_by_row().items():
        shown = "\n     ".join(tests) or "-- no test names it --"
        sys.stdout.write(f"{row:4} {shown}\n")
