"""Templates are tried before foibot works with them, and those that were tried byte for byte are not tried again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from foibot.letters.problem import Problem
from foibot.letters.render import Letterbook
from foibot.store.transaction import Store
from foibot.trial import digest_of, letterbook_of, tried_here, tried_in_a_child
from foibot.tried import SHIPPED_TEMPLATES
from foibot.wiring import (
    TemplatesAreWrong,
    open_store,
    usable_letterbook,
)
from tests.office import configuration

BODY = Path("letters") / "acknowledgement" / "body.md"


def test_the_shipped_templates_are_those_that_are_named_as_tried() -> None:
    now = digest_of(letterbook_of(""))
    assert now == SHIPPED_TEMPLATES, (
        "a template changed: run `foibot check --config config.toml`, and if it finds nothing, write "
        f'SHIPPED_TEMPLATES = "{now}" into foibot/tried.py'
    )


class Tries:
    """Counts how often templates are tried; finds what the test says."""

    def __init__(self) -> None:
        self.times = 0
        self.finds: list[Problem] = []

    def __call__(self, book: Letterbook, folder: str) -> list[Problem]:
        self.times += 1
        return self.finds


@pytest.fixture
def tries() -> Tries:
    return Tries()


def own(folder: Path, words: str) -> Path:
    """A folder with an acknowledgement of the authority's own."""
    shipped = letterbook_of("").source[BODY.as_posix()]
    path = folder / "templates" / BODY
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(shipped + words)
    return folder / "templates"


def usable(folder: Path, templates: Path | None, tries: Tries, store: Store | None) -> Letterbook:
    config = configuration(folder)
    named = config.templates.model_copy(update={"folder": str(templates or "")})
    return usable_letterbook(replace(config, templates=named), store, tries)


def test_the_shipped_ones_were_tried_before_and_so_was_a_copy_of_them(
    tmp_path: Path, tries: Tries
) -> None:
    usable(tmp_path, None, tries, None)
    usable(tmp_path, own(tmp_path, ""), tries, None)
    assert tries.times == 0


def test_others_are_tried_once_and_again_after_every_change(tmp_path: Path, tries: Tries) -> None:
    _, store = open_store(configuration(tmp_path))
    for words in ("\nOne.\n", "\nTwo.\n"):
        templates = own(tmp_path, words)
        usable(tmp_path, templates, tries, store)
        usable(tmp_path, templates, tries, store)
    assert tries.times == 2
    store.close()


def test_what_is_wrong_with_them_keeps_foibot_from_starting_each_time(
    tmp_path: Path, tries: Tries
) -> None:
    _, store = open_store(configuration(tmp_path))
    tries.finds = [Problem("letters/acknowledgement/body.md", 3, "it lacks a phrase", "Add it")]
    for _ in range(2):
        with pytest.raises(TemplatesAreWrong, match=r"body\.md:3: it lacks a phrase\. Add it\."):
            usable(tmp_path, own(tmp_path, "\nOne.\n"), tries, store)
    assert tries.times == 2
    store.close()


def test_a_child_finds_what_is_found_here(tmp_path: Path) -> None:
    folder = str(own(tmp_path, "\n{{ nonsense }}\n"))
    book = letterbook_of(folder)

    found = tried_in_a_child(book, folder)

    assert [one.file for one in found] == [BODY.as_posix()]
    assert found == tried_here(book, folder)


def test_it_is_found_here_where_there_can_be_no_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(own(tmp_path, "\n{{ nonsense }}\n"))
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    assert tried_in_a_child(letterbook_of(folder), folder)
