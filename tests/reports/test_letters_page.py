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
    page = letters_page([KINDS["clarification"], KINDS["acknowledgement"]]).splitlines()
    assert (
        "| `clarification`: Question to the requester | FOIA, EIR, FOISA, EI(S)R | - | "
        "`question`*, `help`, `rest` |"
    ) in page
    (line,) = [each for each in page if each.startswith("| `acknowledgement`")]
    assert line.endswith("| - | - |")


def test_a_line_tells_what_a_provision_asks_for_and_where() -> None:
    page = letters_page(KINDS.values()).splitlines()
    assert ("| `place`* | Where the information is | FOIA 21(1); FOISA 25(1) |") in page
    (purpose,) = [each for each in page if each.startswith("| `purpose`*")]
    assert "FOIA 31(1)(g), 31(1)(h), 31(1)(i), 31(3)(g)" in purpose
    assert "31(1)(a)" not in purpose
