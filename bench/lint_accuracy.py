"""Prints how well the lint finds what is wrong with the letters of the test corpus: precision and recall by rule.

Run it as `python bench/lint_accuracy.py`, or with another folder of the same form.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foibot.letters.lint import Severity, lint
from foibot.letters.linting.document import Document

_CORPUS = Path(__file__).parent.parent / "tests" / "letters" / "corpus"


@dataclass(frozen=True)
class Outcome:
    """One letter: the rules it was expected to break and those found; the type told and the right one."""

    name: str
    expected: frozenset[str]
    found: frozenset[str]
    type_expected: str
    type_found: str


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Lint every letter of the folder without saying what it is; notes do not count."""
    for name, wanted in tomllib.loads((folder / "expected.toml").read_text("utf-8")).items():
        report = lint(Document((folder / f"{name}.txt").read_text("utf-8")))
        found = {one.rule for one in report.findings if one.severity is not Severity.NOTE}
        yield Outcome(
            name,
            frozenset(wanted["rules"]),
            frozenset(found),
            wanted["type"],
            report.letter_type.value,
        )


def main() -> None:
    """Print a line for each rule, one for all, and every letter that was misjudged."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _CORPUS
    every = list(outcomes(folder))
    right, missed, false = Counter[str](), Counter[str](), Counter[str]()
    for one in every:
        right.update(one.expected & one.found)
        missed.update(one.expected - one.found)
        false.update(one.found - one.expected)
    _say(f"{'rule':6}{'right':>7}{'missed':>8}{'false':>7}{'precision':>11}{'recall':>8}")
    for rule in sorted(right | missed | false):
        _say(_line(rule, right[rule], missed[rule], false[rule]))
    _say(_line("all", right.total(), missed.total(), false.total()))
    told = sum(one.type_expected == one.type_found for one in every)
    _say(f"\n{len(every)} letters, {told} of them taken for what they are.")
    for one in every:
        if one.expected != one.found or one.type_expected != one.type_found:
            _say(
                f"{one.name}: {one.type_found}; missed {sorted(one.expected - one.found)}, "
                f"false {sorted(one.found - one.expected)}"
            )


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _line(rule: str, right: int, missed: int, false: int) -> str:
    precision = f"{right / (right + false):.0%}" if right + false else "-"
    recall = f"{right / (right + missed):.0%}" if right + missed else "-"
    return f"{rule:6}{right:>7}{missed:>8}{false:>7}{precision:>11}{recall:>8}"


if __name__ == "__main__":
    main()
