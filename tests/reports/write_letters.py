"""Writes `deploy/letters.md` anew: `PYTHONPATH=. python tests/reports/write_letters.py`, then read the difference."""

from tests.reports.test_letters_page import KINDS, ORDERED_BY, PAGE, letters_page

PAGE.write_text(letters_page(KINDS.values(), ORDERED_BY), "utf-8")
