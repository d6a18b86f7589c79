"""The page of letters in `deploy/` is the one the templates give."""

from __future__ import annotations

from pathlib import Path

from foibot.commands import ALONE, VERBS
from foibot.commands.command import Order
from foibot.commands.grammar import read_order
from foibot.commands.ordered_by import ORDERED_BY
from foibot.gateway.template_files import read_templates
from foibot.letters.render import Letterbook
from foibot.reports.letters_page import letters_page

PAGE = Path(__file__).parents[2] / "deploy" / "letters.md"
KINDS = Letterbook(read_templates()).kinds


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == letters_page(KINDS.values(), ORDERED_BY), (
        "deploy/letters.md is not what the templates say. Write it anew with "
        "`PYTHONPATH=. python tests/reports/write_letters.py`, then read the difference."
    )


def test_a_line_tells_a_letter() -> None:
    page = letters_page(KINDS.values(), ORDERED_BY).splitlines()
    assert (
        "| `clarification`: Question to the requester | `clarify` | FOIA, EIR, FOISA, EI(S)R | - | "
        "`question`*, `help`, `rest` | - |"
    ) in page
    (line,) = [each for each in page if each.startswith("| `acknowledgement`")]
    assert line.endswith("Acknowledgement | - | FOIA, EIR, FOISA, EI(S)R | - | - | - |")
    (line,) = [each for each in page if each.startswith("| `disclosure`")]
    assert line.endswith("| may go with it |")


def test_a_line_tells_what_a_provision_asks_for_and_where() -> None:
    page = letters_page(KINDS.values(), ORDERED_BY).splitlines()
    assert ("| `place`* | Where the information is | FOIA 21(1); FOISA 25(1) |") in page
    (purpose,) = [each for each in page if each.startswith("| `purpose`*")]
    assert "FOIA 31(1)(g), 31(1)(h), 31(1)(i), 31(3)(g)" in purpose
    assert "31(1)(a)" not in purpose


def test_every_letter_but_the_acknowledgement_is_ordered_by_somebody() -> None:
    assert set(ORDERED_BY) == set(KINDS) - {"acknowledgement"}
    for orders in ORDERED_BY.values():
        for one in orders:
            assert isinstance(read_order(one, "", VERBS, ALONE), Order), one
