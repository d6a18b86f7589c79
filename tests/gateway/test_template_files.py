"""The template folder as it is read from the disk."""

from pathlib import Path

import pytest

from foibot.gateway import template_files
from foibot.gateway.template_files import (
    TemplatesUnreadable,
    copy_shipped,
    fonts_folder,
    letterhead,
    read_templates,
    shipped_folder,
    source_of,
)
from foibot.letters.source import NotToml


def test_the_shipped_folder_is_read_with_its_tables_and_without_its_fonts() -> None:
    source = read_templates()
    assert "letters/ncnd/body.md" in source
    assert source.tables["letters/ncnd/letter.toml"]["pdf"] is True  # type: ignore[index]
    assert not [path for path in source if path.startswith("fonts/")]
    assert len(source) == len(list(source))


def test_an_authoritys_files_lie_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "greeting.md").write_text("\ufeffHello Zoë", "utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    source = read_templates(tmp_path)
    assert source["shared/greeting.md"] == "Hello Zoë"
    assert set(source) == set(read_templates())


def test_an_own_letterhead_is_used(tmp_path: Path) -> None:
    (tmp_path / "letterhead.typ").write_text("= Ours", "utf-8")
    assert letterhead(tmp_path) == "= Ours"
    assert letterhead() == (shipped_folder() / "letterhead.typ").read_text("utf-8")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplatesUnreadable, match=r"nowhere does not exist"):
        read_templates(tmp_path / "nowhere")


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "body.md").write_bytes(b"caf\xe9")
    with pytest.raises(TemplatesUnreadable, match=r"body\.md is not UTF-8 text \(byte 3\)"):
        read_templates(tmp_path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "body.md"
    path.write_text("x", "utf-8")
    # A file that went away between being listed and being read: root can read everything else.
    path.unlink()
    with pytest.raises(TemplatesUnreadable, match=r"body\.md cannot be read: No such file"):
        template_files._read(path)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = ", 2), ("a = 1\n\nb = [\n", 3), ("a = 1\na = 2\n", 2), ("=", 1)],
)
def test_a_broken_toml_file_is_a_value_with_its_line(text: str, line: int) -> None:
    table = source_of({"x.toml": text}).tables["x.toml"]
    assert isinstance(table, NotToml)
    assert table.line == line
    assert "(at" not in table.why


def test_a_copy_can_be_edited_and_is_never_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "letters" / "ncnd" / "body.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    copy_shipped(tmp_path)
    assert mine.read_text("utf-8") == "mine"
    assert (tmp_path / "fonts" / "OpenSans-Regular.ttf").is_file()
    assert (tmp_path / "letterhead.typ").read_text("utf-8") == letterhead()


def test_an_installed_package_brings_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "_shipped" / "templates").mkdir(parents=True)
    monkeypatch.setattr(template_files, "_PACKAGE", tmp_path)
    assert shipped_folder() == tmp_path / "_shipped" / "templates"
    assert fonts_folder() == tmp_path / "_shipped" / "templates" / "fonts"
