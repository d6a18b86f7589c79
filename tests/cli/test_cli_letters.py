"""`foibot preview`: what a letter would look like, with invented facts or on a case, and nothing is kept."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from foibot import cli, law
from foibot.cli import letters
from foibot.law.provisions import Provision
from foibot.letters.every_provision import every_ncnd, every_withheld, fullest
from foibot.letters.kind import LetterKind, Relies
from tests.letters.letters_tools import shipped
from tests.office import Office, office


@dataclass(frozen=True)
class Said:
    out: str
    err: str
    code: int


Run = Callable[..., Said]


@pytest.fixture
def foibot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOIBOT_CONFIG", raising=False)

    def run(*words: str) -> Said:
        monkeypatch.setattr(sys, "argv", ["foibot", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Said(said.out, said.err, code)

    return run


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as here:
        yield here


def test_a_preview_needs_no_configuration(foibot: Run) -> None:
    said = foibot("preview", "refusal")
    assert said.code == 0
    assert said.out.startswith("Subject: Your request for information [004078/20]\n\nFreedom of")
    assert "Section 31(1)(a) and (b): Law enforcement" in said.out


def test_provisions_are_read_as_in_an_order(foibot: Run) -> None:
    said = foibot("preview", "refusal", "--provisions", "s.31 1 a and 40(2)")
    assert "- Section 31(1)(a): Law enforcement" in said.out
    silent = foibot("preview", "extension", "--provisions", "24(2)").out
    assert "We hold information" not in silent
    assert "We hold information" in foibot("preview", "extension", "--provisions", "24(1)").out


def test_what_the_wording_of_provisions_asks_for_is_invented_too(foibot: Run) -> None:
    said = foibot("preview", "refusal", "--provisions", "43(2)")
    assert said.code == 0, said.err
    assert "told us that the unit prices" in " ".join(said.out.split())
    policy = foibot("preview", "refusal", "--provisions", "35(1)(a)")
    assert "Department for Examples" in policy.out
    assert "Section 23(5)" in foibot("preview", "in-parts", "--provisions", "23(5)").out


def _taken(kind: LetterKind, regime: str) -> Iterator[Provision]:
    """What such a letter can rely on: with each limb where nothing else is read, else all limbs at once."""
    here = law.regime(regime)
    match kind.relies, kind.name:
        case (Relies.NCND, "ncnd"):
            yield from every_ncnd(here)
        case (Relies.WITHHELD, "refusal"):
            yield from every_withheld(here)
        case (Relies.NCND, _):
            yield from (each for each in fullest(here) if each.ncnd)
        case (Relies.WITHHELD, _):
            yield from (each for each in fullest(here) if not each.ncnd)
        case (Relies.WEIGHED, _):
            weighed = (each for each in fullest(here) if each.needs_public_interest_test)
            yield from weighed if regime == "foia" else ()
        case (Relies.EACH, _):
            yield from fullest(here)


RELYING = [
    (kind.name, regime)
    for kind in shipped().kinds.values()
    for regime in kind.regimes
    if any(_taken(kind, regime))
]


@pytest.mark.parametrize(("name", "regime"), RELYING)
def test_a_letter_can_be_seen_on_whatever_it_may_rely_on(name: str, regime: str) -> None:
    kind = shipped().kinds[name]
    for provision in _taken(kind, regime):
        facts = letters._facts(kind, None, shipped(), "", regime, provision.cited)
        letter = shipped().letter(name, facts)
        assert provision.in_full.casefold() in " ".join(letter.text.split()).casefold()
        for slot in kind.asked_of((provision,)):
            assert facts.slots[slot.name] == slot.example


def test_every_kind_that_relies_on_something_is_tried() -> None:
    assert {name for name, _ in RELYING} == {
        kind.name for kind in shipped().kinds.values() if kind.relies is not Relies.NOTHING
    }


def test_another_law_has_its_own_letter(foibot: Run) -> None:
    said = foibot("preview", "not-held", "--regime", "eisr")
    assert "regulation 10(4)(a)" in said.out
    refused = foibot("preview", "cost", "--regime", "eir")
    assert refused.code == 2
    assert "It exists under FOIA and FOISA" in refused.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("thanks",), "There is no letter 'thanks'. There are: acknowledgement, clarification"),
        (("refusal", "--provisions", "31(3)(a)"), "for neither confirming nor denying"),
        (("ncnd", "--provisions", "24(1)"), "24(2)"),
        (("extension", "--provisions", "99"), "99"),
        (("not-held", "--provisions", "24(1)"), "takes no provisions."),
        (
            ("extension", "--regime", "eir", "--provisions", "12(5)(b)"),
            "takes no provisions under EIR.",
        ),
        (("extension", "--provisions", "40(2)"), "it is not weighed for: 40(2) with 40(3A)."),
        (("not-held", "--language", "xx"), "There is no language 'xx'. There are: en, cy."),
        (("not-held", "--pdf", "no/such/folder.pdf"), "cannot be written"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_the_reason(
    foibot: Run, words: tuple[str, ...], why: str
) -> None:
    said = foibot("preview", *words)
    assert said.code == 2
    assert why in said.err
    assert said.out == ""


def test_a_letter_can_be_seen_in_another_language(foibot: Run) -> None:
    assert "Annwyl Sam Smith" in foibot("preview", "acknowledgement", "--language", "cy").out


def test_a_page_and_a_pdf_can_be_had_too(foibot: Run, tmp_path: Path) -> None:
    page = foibot("preview", "disclosure", "--html").out
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert foibot("preview", "disclosure", "--pdf", "letter.pdf").err == "Written: letter.pdf\n"
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_a_preview_on_a_case_keeps_nothing(foibot: Run, opened: Office) -> None:
    opened.asks()
    opened.discards()
    before = foibot("case", "000001/20", "--json").out
    said = foibot("preview", "not-held", "000001/20")
    assert said.code == 0, said.err
    assert "Our reference: 000001/20" in said.out
    assert "Dear Sam Smith" in said.out
    assert foibot("case", "000001/20", "--json").out == before
    missing = foibot("preview", "not-held", "9/99")
    assert missing.code == 2
    assert "There is no case 9/99" in missing.err


def test_every_kind_of_letter_can_be_seen_on_a_case(opened: Office) -> None:
    opened.asks()
    opened.discards()
    book, config = opened.office.book, opened.config
    for kind in book.kinds.values():
        facts = letters._facts(kind, config, book, "000001/20", "", "")
        letter = book.letter(kind.name, facts)
        assert "000001/20" in letter.text, kind.name
        assert opened.case().letters == ()
