"""The fingerprint changes with everything that leaves and with where it goes."""

from typing import Any

import pytest

from foibot.letters.fingerprint import fingerprint, shown

LETTER: dict[str, Any] = {
    "subject": "s",
    "text": "t",
    "html": "h",
    "pdf": b"p",
    "recipient": "sam.smith@requester.example",
    "attachments": (("a.csv", b"1"),),
}


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("subject", "x"),
        ("text", "x"),
        ("html", "x"),
        ("pdf", b"x"),
        ("recipient", "x"),
        ("attachments", ()),
        ("attachments", (("b.csv", b"1"),)),
        ("attachments", (("a.csv", b"2"),)),
    ],
)
def test_every_part_counts(part: str, other: object) -> None:
    assert fingerprint(**LETTER) != fingerprint(**{**LETTER, part: other})


def test_text_moved_to_the_next_part_is_another_letter() -> None:
    one = fingerprint(**{**LETTER, "subject": "ab", "text": "c"})
    assert one != fingerprint(**{**LETTER, "subject": "a", "text": "bc"})


def test_the_same_letter_has_the_same_fingerprint_for_ever() -> None:
    assert (
        fingerprint(**LETTER) == "a6f04958a8713ba80e85ad140bc869aba2e0602e86c3d1b5a18756262bb8a29f"
    )


def test_a_broken_address_still_has_one() -> None:
    assert len(fingerprint(**{**LETTER, "recipient": "\ud800"})) == 64


def test_how_people_see_it() -> None:
    assert shown("5c1f90ab" + "0" * 56) == "5C1F 90AB"
