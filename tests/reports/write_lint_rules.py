"""Writes the page of the lint's rules anew: `PYTHONPATH=. python tests/reports/write_lint_rules.py`."""

from foibot.reports.lint_rules import lint_rules_page
from tests.reports.test_lint_rules_page import PAGE

PAGE.write_text(lint_rules_page(), "utf-8")
