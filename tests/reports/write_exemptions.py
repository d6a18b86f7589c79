"""Writes the page of exemptions anew: `PYTHONPATH=. python tests/reports/write_exemptions.py`."""

from foibot.reports.exemptions import exemptions_page
from tests.reports.test_exemptions_page import PAGE

PAGE.write_text(exemptions_page(), "utf-8")
