"""Every kind of letter as a PDF that a screen reader can read, in the eyes of the compiler and of another checker."""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from foibot.gateway.pdf import Typesetter
from foibot.gateway.template_files import fonts_folder, letterhead, read_templates
from foibot.letters.render import Letterbook
from foibot.letters.samples import sample

BOOK = Letterbook(read_templates())
# The longest letter of each kind: with several provisions, and under the law with the longest rights.
KINDS = [(name, kind.regimes[-1]) for name, kind in BOOK.kinds.items()]
# Those with the most parts, under the other laws as well.
KINDS += [
    (name, regime)
    for name in ("in-parts", "ncnd", "part")
    for regime in BOOK.kinds[name].regimes[:-1]
]


@cache
def typesetter() -> Typesetter:
    return Typesetter(letterhead(), fonts_folder())


@cache
def made(kind: str, regime: str) -> bytes:
    letter = BOOK.letter(kind, sample(BOOK.kinds[kind], regime))
    return typesetter().pdf(letter.blocks_json, title=letter.title)


@pytest.mark.parametrize(("kind", "regime"), KINDS)
def test_every_kind_is_a_tagged_pdf_with_a_title_and_a_language(kind: str, regime: str) -> None:
    reader = PdfReader(BytesIO(made(kind, regime)))
    assert reader.metadata is not None
    assert "[004078/20]" in str(reader.metadata.title)
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part>1<" in made(kind, regime)


@pytest.mark.parametrize(("kind", "regime"), KINDS)
def test_another_checker_finds_nothing_either(kind: str, regime: str, tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua")
    file = tmp_path / "letter.pdf"
    file.write_bytes(made(kind, regime))
    assert [(each.rule_id, each.message) for each in pdfua.validate(str(file)).findings] == []


def test_a_letter_in_welsh_passes_both(tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua")
    facts = replace(sample(BOOK.kinds["acknowledgement"]), language="cy")
    letter = BOOK.letter("acknowledgement", facts)
    file = tmp_path / "letter.pdf"
    file.write_bytes(typesetter().pdf(letter.blocks_json, title=letter.title))
    assert [each.message for each in pdfua.validate(str(file)).findings] == []


def test_the_other_checker_does_look(tmp_path: Path) -> None:
    pdfua = pytest.importorskip("pdfua")
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(tmp_path / "untagged.pdf")
    assert pdfua.validate(str(tmp_path / "untagged.pdf")).findings
