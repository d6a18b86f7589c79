"""The list of four eyes decides on every kind that it could name, and "refusal" is every letter that refuses."""

from __future__ import annotations

import pytest

from foibot.config.approval import FourEyesKind, RuledKind, four_eyes

REFUSING = {
    "refusal",
    "part",
    "in-parts",
    "second-notice",
    "cost",
    "cost-to-confirm",
    "otherwise-accessible",
    "future-publication",
    "vexatious",
    "repeated",
}
EVERY_LETTER = {kind.value for kind in RuledKind}


def test_a_refusal_is_every_letter_that_refuses_something_openly() -> None:
    assert four_eyes(["ncnd", "refusal"], []) == REFUSING | {"ncnd"}


@pytest.mark.parametrize("kind", sorted({*FourEyesKind} - {FourEyesKind.REFUSAL}))
def test_every_other_kind_stands_for_itself_alone(kind: FourEyesKind) -> None:
    assert four_eyes([kind.value], []) == {kind.value}


def test_an_empty_list_takes_off_what_letters_say_of_kinds_that_it_could_name() -> None:
    assert four_eyes([], EVERY_LETTER) == {
        "fees-notice",
        "holding",
        "lapse",
        "ncnd-part",
        "review-outcome",
    }


def test_a_kind_of_the_authoritys_own_keeps_what_its_letter_says() -> None:
    assert four_eyes(["refusal"], ["minutes", "disclosure"]) == REFUSING | {"minutes"}
