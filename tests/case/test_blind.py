"""Nothing a colleague is asked tells who asked: names and addresses are found however they are written."""

from __future__ import annotations

import pytest

from foibot.case.blind import gives_away, masked, readable
from foibot.case.case import Requester

SAM = Requester("sam.smith@citizens.example", "Dr Sam Smith-Lewis")
FIELD = Requester("info@field.example", "Mark Field")
NOBODY = Requester("ab@citizens.example", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Who has the files of Mr Smith's house?", ("Smith",)),
        ("for SAM.SMITH@citizens.example", ("SAM.SMITH@citizens.example",)),
        ("as sam.smith wrote", ("sam.smith",)),
        ("dr sam smith lewis asks", ("dr sam smith lewis",)),
        ("Śmith and SMİTH", ("Śmith", "SMİTH")),
        ("S\u200bmith", ("Smith",)),
        ("Ｓｍｉｔｈ", ("Smith",)),
        ("a blacksmith, samples and the smith", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_what_would_tell_who_asked_is_found(text: str, found: tuple[str, ...]) -> None:
    assert gives_away(readable(text), SAM) == found


def test_a_name_that_is_a_word_counts_with_its_capital_alone() -> None:
    assert gives_away("Please mark the field in the info sheet.", FIELD) == ()
    assert gives_away("The notes of Field", FIELD) == ("Field",)
    assert gives_away("as mark field wrote", FIELD) == ("mark field",)
    assert gives_away("anything ab may want", NOBODY) == ()


def test_it_is_taken_out_once_for_each_place() -> None:
    assert masked("How often did I, Sam Smith, of sam.smith@citizens.example, ring?", SAM) == (
        "How often did I, […], of […], ring?"
    )
    assert masked("When was it built?", SAM) == "When was it built?"
    assert masked("dr Sam Smith Lewis asks", SAM) == "[…] asks"
