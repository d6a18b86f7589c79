"""What the lint found in a letter, as JSON and as lines for people; no I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from foibot import law
from foibot.letters.lint import Finding, Report, Severity
from foibot.letters.linting.letter_type import LetterType


def lint_json(report: Report) -> dict[str, object]:
    """The promised JSON document. `why` ends with what to write instead."""
    return {
        "kind": report.letter_type.value,
        "findings": [
            {
                "rule": one.rule,
                "severity": one.severity.value,
                "line": one.line,
                "text": one.text,
                "why": " ".join(_explained(one)),
            }
            for one in report.findings
        ],
    }


def lint_lines(report: Report) -> list[str]:
    """The same for people: what the letter was taken for, then every finding, then how many there are."""
    told = "told from its words; --kind sets it" if report.guessed else "as --kind says"
    act = law.regime(report.regime).act
    lines = [f"Read as: {report.letter_type.in_words} ({told}), under the {act}."]
    if report.letter_type is LetterType.UNKNOWN:
        lines.append(
            "Only the rules for every letter were applied: --kind sets the others. They read English alone."
        )
    if not report.whole:
        lines.append(
            "This is the text of a decision alone: what the letter around it carries (reference, date, "
            "rights, signature) was not looked for."
        )
    for one in report.findings:
        lines += ["", *_finding(one)]
    return [*lines, "", _counted(report)]


def _finding(finding: Finding) -> Iterator[str]:
    place = f"{finding.where}, line {finding.line}" if finding.where else f"line {finding.line}"
    words = f"  “{finding.text}”" if finding.text else ""
    yield f"{finding.severity.value.upper():8}{finding.rule:6}{place}{words}"
    why, *instead = _explained(finding, place=False)
    yield f"        {why}"
    yield from (f"        Instead: {each}" for each in instead)


def _explained(finding: Finding, *, place: bool = True) -> tuple[str, ...]:
    where = f"In {finding.where}: " if place and finding.where else ""
    why = f"{where}{finding.why}"
    why = why[:1].upper() + why[1:] + "."
    return (why, finding.instead) if finding.instead else (why,)


def _counted(report: Report) -> str:
    found = Counter(one.severity for one in report.findings)
    if not report.findings:
        return "Nothing found."
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
    parts = [
        f"{found[severity]} {word}{'' if found[severity] == 1 else 's'}"
        for severity, word in words.items()
        if found[severity]
    ]
    return ", ".join(parts) + "."
