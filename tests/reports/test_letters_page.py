"""The page of letters in `deploy/` is the one the templates give."""

from __future__ import annotations

from pathlib import Path

from foibot.gateway.template_files import read_templates
from foibot.letters.render import Letterbook
from foibot.reports.letters_page import letters_page

PAGE = Path(__file__).parents[2] / "deploy" / "letters.md"
KINDS = Letterbook(read_templates()).kinds


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == letters_page(KINDS.values()), (
        "deploy/letters.md is not what the templates say. Write it anew with "
        "`PYTHONPATH=. python tests/reports/write_letters.py`, then read the difference."
    )


def test_a_line_tells_a_letter() -> None:
    *_, line = letters_page([KINDS["clarification"]]).splitlines()
    assert line == (
        "| `clarification`: Question to the requester | FOIA, EIR, FOISA, EI(S)R | - | "
        "`question`*, `help`, `rest` |"
    )
    *_, line = letters_page([KINDS["acknowledgement"]]).splitlines()
    assert line.endswith("| - | - |")
