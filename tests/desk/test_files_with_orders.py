"""Files that come with an order: none is lost in silence, none approves anything, and a logo is none."""

from __future__ import annotations

import pytest

from foibot.case.case import LetterState
from tests.carrying import LOGO, Enclosure
from tests.office import JANE, TOM, Office

TABLE = Enclosure("complaints.csv", b"month,number\njanuary,3\n", "text/csv")
SEAL = Enclosure("smime.p7s", b"seal", "application/pkcs7-signature")


@pytest.mark.parametrize("order", ["disclose\n212.", "not held\nWe looked.", "ncnd 23(5)"])
def test_a_letter_is_not_drafted_without_the_files_that_came_with_its_order(
    desk: Office, order: str
) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order, files=[TABLE]) == "command-refused"
    assert "Files came with your order: complaints.csv" in desk.one_for(JANE).words
    assert desk.case().letters == ()


def test_neither_is_a_slot_filled(desk: Office) -> None:
    draft = desk.drafted()
    order = "set harm\nEither answer would help a planner compare places."
    assert desk.orders(TOM, draft, order, files=[TABLE]) == "command-refused"
    assert "complaints.csv" in desk.one_for(TOM).words
    assert len(desk.case().letters) == 1


def test_an_approval_with_a_file_may_mean_that_file(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "approve v1", files=[TABLE]) == "command-refused"
    assert "with these files: complaints.csv" in desk.one_for(TOM).words
    letter = desk.case().current
    assert letter is not None
    assert letter.state is LetterState.DRAFT


@pytest.mark.parametrize("file", [LOGO, SEAL])
def test_a_logo_in_the_signature_and_a_seal_are_no_files(desk: Office, file: Enclosure) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "approve v1", files=[file]) == "command"
    desk.discards()
