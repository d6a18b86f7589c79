"""The page of the lint's rules in `deploy/` is the one the rules give."""

from __future__ import annotations

from pathlib import Path

from foibot.letters.linting.registry import RULES
from foibot.reports.lint_rules import DEFECTS, lint_rules_page

PAGE = Path(__file__).parents[2] / "deploy" / "lint-rules.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == lint_rules_page(), (
        "deploy/lint-rules.md is not what the rules say. Write it anew with "
        "`PYTHONPATH=. python tests/reports/write_lint_rules.py`, then read the difference."
    )


def test_every_rule_and_every_fault_has_its_line() -> None:
    page = lint_rules_page()
    assert all(f"| {rule.id} | {rule.name} | {rule.severity.value} |" in page for rule in RULES)
    assert all(f"| {defect} | {what} |" in page for defect, what in DEFECTS.items())
    assert "| D-03 | a search is told of | N-21 (tells of a search) | - |" in page
    assert {line.count(" | ") for line in page.splitlines() if line.startswith("| D-0")} == {3}


def test_the_letters_a_rule_is_for_are_named() -> None:
    page = lint_rules_page()
    assert "| N-21 | tells of a search | error | ncnd |" in page
    assert "| L-37 | at discretion | error | all (EIR, EI(S)R) |" in page
    assert "| L-12 | placeholder | error | all |" in page
