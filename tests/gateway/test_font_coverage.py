"""What our font can show, and words for what it cannot."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.gateway.font_coverage import FontCoverage, FontsMissing
from foibot.gateway.template_files import fonts_folder

COVERAGE = FontCoverage.of_folder(fonts_folder())

_MACINTOSH_MAP = struct.pack(">HHHHI", 0, 1, 1, 0, 12)


def _font(*maps: bytes) -> bytes:
    """A font file of nothing but character maps that say nothing."""
    head = struct.pack(">IHHHH", 0x00010000, len(maps), 0, 0, 0)
    rows = b"".join(struct.pack(">4sIII", b"cmap", 0, 28, len(each)) for each in maps)
    return head + rows + b"".join(maps) + b"\x00" * 8


def test_the_languages_of_europe_can_be_shown() -> None:
    for text in ("Ŵŷ café Łódź Ğ Ő ß Ελλάδα Київ Nguyễn", "“quotes” – — … £ €", "\ufffd"):
        assert COVERAGE.legible(text) == text


def test_a_script_it_lacks_becomes_one_note() -> None:
    shown = COVERAGE.legible("مرحبا بالعالم hello")
    assert shown.count("[words in a script this PDF cannot show") == 1
    assert shown.endswith(" hello")
    assert COVERAGE.legible("𝐇ｅllo ① 你") == f"Hello 1 {shown.removesuffix(' hello')}"
    assert COVERAGE.legible("x\u20ddy") == "x[combining enclosing circle]y"


@given(st.text())
def test_what_comes_out_can_always_be_shown(text: str) -> None:
    legible = COVERAGE.legible(text)
    assert COVERAGE.shown.issuperset(legible)


def test_what_only_steers_how_text_is_set_cannot_be_shown() -> None:
    assert COVERAGE.legible("a\u200eb\u00adc") == "abc"


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="restore templates/fonts"):
        FontCoverage.of_folder(tmp_path)
    for tables in ((), (_MACINTOSH_MAP,)):
        (tmp_path / "x.ttf").write_bytes(_font(*tables))
        with pytest.raises(FontsMissing, match=r"no readable \.ttf font"):
            FontCoverage.of_folder(tmp_path)
