"""An officer with an interest in a case leaves it: no more mail about it, no orders on it, and the letter stops."""

from __future__ import annotations

from foibot.case.case import LetterState
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Office


def test_whoever_declares_an_interest_reads_and_orders_nothing_more(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "conflict: the requester is my neighbour") == "command"
    mine = desk.one_for(TOM)
    assert "can neither draft nor approve on it" in mine.words
    assert "neighbour" not in mine.words
    for who in (JANE, RUTH):
        told = desk.one_for(who).words
        assert "Tom Teal keeps out of this case" in told
        assert "Tom Teal says why: the requester is my neighbour" in told

    for line in ("approve v1", "show", "why", "reject v1: no", "stop", "note: I know them"):
        assert desk.orders(TOM, draft, line) == "command-refused"
        said = desk.one_for(TOM)
        assert "You keep out of this case, because you have an interest in it" in said.words
        assert "Attacks" not in said.words
        assert "sam.smith" not in said.words
    assert desk.orders(TOM, draft, "conflict off tom: I was wrong") == "command-refused"
    desk.discards(TOM)

    # Whatever happens on the case goes to the others alone.
    assert desk.asks("A further word.", subject="Re: [000001/20] Attacks") != ""
    desk.at("2020-12-31 08:01")
    assert {mail.kind for mail in desk.post_for(TOM)} <= {"digest"}
    desk.discards()


def test_an_approver_can_let_them_back_in(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "conflict: I may know them")
    told = desk.one_for(RUTH)
    desk.discards()
    assert desk.orders(RUTH, told, "conflict off tom: it is another Smith") == "command"
    assert "Tom Teal can work on this case again" in desk.one_for(TOM).words
    desk.discards()
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.discards()


def test_a_letter_that_they_let_go_is_stopped(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    approved = desk.one_for(TOM, "approved")
    desk.discards()
    assert desk.orders(TOM, approved, "conflict: I have just seen the name") == "command"
    assert "has been stopped" in desk.one_for(RUTH).words
    desk.discards()
    desk.later(hours=1)
    assert desk.post_for(SAM) == []
    assert desk.case().letters[0].state is LetterState.DRAFT
    desk.discards()


def test_the_configuration_keeps_somebody_out_from_the_first_mail(desk: Office) -> None:
    officers = list(desk.config.officers)
    officers[0] = officers[0].model_copy(update={"conflicts": ("@citizens.example",)})
    desk.staff(officers)
    desk.asks()
    # She is the only officer: the rest of the office hears instead, so that the request is not lost.
    assert desk.post_for(JANE) == []
    notice = desk.one_for(TOM, "new-case")
    desk.discards()
    assert desk.orders(TOM, notice, ORDER) == "command-refused"
    assert "is for people with the role officer" in desk.one_for(TOM).words
