"""The page of exemptions in `deploy/` is the one the tables give."""

from __future__ import annotations

from pathlib import Path

from foibot.law import REGIMES
from foibot.reports.exemptions import exemptions_page

PAGE = Path(__file__).parents[2] / "deploy" / "exemptions.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == exemptions_page(), (
        "deploy/exemptions.md is not what the tables say. Write it anew with "
        "`PYTHONPATH=. python tests/reports/write_exemptions.py`, then read the difference."
    )


def test_every_row_is_a_line_of_its_law() -> None:
    for law in REGIMES:
        lines = [line for line in exemptions_page([law]).splitlines() if line.startswith("| ")]
        assert len(lines) == len(law.exemptions) + 2
        assert {line.count(" | ") for line in lines} == {6}


def test_x08_what_a_kind_of_authority_cannot_use_is_said() -> None:
    page = exemptions_page()
    assert "Only auditors of other public authorities can use it. Not for: police." in page
    assert "(a) rarely for: police." in page
    assert "| 34(1) | Parliamentary privilege | required | no | necessity | 34(2), not weighed | Rarely for: police. |" in page  # fmt: skip


def test_x07_x11_x12_old_citations_and_what_has_no_ncnd_are_said() -> None:
    page = exemptions_page()
    assert "- 40(5): cite 40(5B)(a) since 2018-05-25" in page
    assert "| 21(1) | Information accessible to applicant by other means | class | no | - | none |" in page  # fmt: skip
    assert "18(1) with it, weighed" in page
