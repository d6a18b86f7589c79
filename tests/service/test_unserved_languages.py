"""What `foibot check` says of a language that a request could not be acknowledged in."""

from pathlib import Path

import pytest

from foibot.checks import unserved_languages
from tests.letters.letters_tools import changed, shipped
from tests.office import configuration

WORDS = "cy/words.toml"
BODY = "cy/letters/acknowledgement/body.md"
SILENT = shipped().source[WORDS].replace("told_by = [", "told_by = []\n# ")


@pytest.mark.parametrize(
    ("languages", "files", "said"),
    [
        (("cy",), {}, []),
        ((), {BODY: None}, []),
        (("gd",), {}, ["have no folder gd with a words.toml. There are: cy."]),
        (("gd",), {WORDS: None}, ["There are: none."]),
        (
            ("cy",),
            {WORDS: SILENT},
            ["cy/words.toml: no request can be told to be in this language"],
        ),
        (("cy",), {BODY: None}, [f"{BODY}: the file is missing"]),
    ],
)
def test_what_is_missing_is_named(
    tmp_path: Path, languages: tuple[str, ...], files: dict[str, str | None], said: list[str]
) -> None:
    config = configuration(tmp_path, authority={"languages": languages})
    found = list(unserved_languages(config, changed(files)))
    assert len(found) == len(said)
    assert all(words in each for words, each in zip(said, found, strict=True))
