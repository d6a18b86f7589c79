"""An order that the border is silent on, or that answers an old notice, waits until its officer confirms it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foibot.case.case import LetterState
from foibot.demo.correspondent import reply
from tests.office import AUTHSERV, JANE, ORDER, RUTH, TOM, Mail, Office, office

SILENT = b"Received: from x by mx.exampleshire.example; Tue, 8 Dec 2020 09:12:00 +0000\r\n"
FORGED = f"Authentication-Results: {AUTHSERV}; dmarc=fail header.from=exampleshire.example\r\n"


def silently(desk: Office, who: object, notice: Mail, words: str, *, top: bytes = SILENT) -> str:
    """Somebody replies, and the border says nothing about who it was; the disposition."""
    raw = reply(
        who,  # type: ignore[arg-type]
        notice.raw,
        words,
        desk.clock.now(),
        message_id=desk.message_id("exampleshire.example"),
    )
    return desk.arrives(top + raw)


def letter_state(desk: Office) -> LetterState:
    current = desk.case().current
    assert current is not None
    return current.state


def test_the_officer_is_asked_at_the_registered_address_and_then_obeyed(desk: Office) -> None:
    draft = desk.drafted()
    assert silently(desk, TOM, draft, "approve v1") == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    asked = desk.one_for(TOM)
    assert asked.kind == "confirm-order"
    assert "The order is: approve v1" in asked.words
    assert "says nothing about who sent it" in asked.words

    assert silently(desk, TOM, asked, "Confirm.") == "command"
    assert letter_state(desk) is LetterState.APPROVED
    for who in (JANE, TOM, RUTH):
        assert desk.one_for(who).kind == "approved"


def test_the_link_of_the_notice_confirms(desk: Office) -> None:
    """Mail rule E15."""
    draft = desk.drafted()
    silently(desk, TOM, draft, "hold v1")
    asked = desk.one_for(TOM)
    found = re.search(r'mailto:([^?"]+)\?subject=([^&"]+)&(?:amp;)?body=confirm"', asked.html)
    assert found is not None
    assert found[1] == asked.header("Reply-To")


def test_a_confirmation_counts_once(desk: Office) -> None:
    draft = desk.drafted()
    silently(desk, TOM, draft, "note: spoke to legal")
    asked = desk.one_for(TOM)
    desk.orders(JANE, first_for(desk, JANE), "ncnd 31(3)(a)")
    desk.discards()
    assert silently(desk, TOM, asked, "confirm") == "command"
    desk.discards()
    for _ in range(2):
        assert silently(desk, TOM, asked, "confirm") == "command-refused"
    assert "nothing is done twice" in desk.one_for(TOM).words
    assert desk.kinds().count("Noted") == 1


def test_the_whole_text_is_shown_before_it_is_confirmed(desk: Office) -> None:
    draft = desk.drafted()
    silently(desk, JANE, first_for(desk, JANE), "set harm\nIt would tell people who plan.")
    asked = desk.one_for(JANE)
    assert "It would tell people who plan." in asked.words
    assert silently(desk, JANE, asked, "confirm") == "command"
    assert "It would tell people who plan." in desk.one_for(TOM).words
    desk.discards()
    assert draft.words != ""


def first_for(desk: Office, who: object) -> Mail:
    address = getattr(who, "address", "")
    return next(Mail(one.raw, one.recipient) for one in desk.post.taken if one.recipient == address)


def test_whoever_confirms_cannot_change_the_order(desk: Office) -> None:
    """The reply to the mail that asks may say `confirm` and nothing else, where the border is silent."""
    draft = desk.drafted()
    silently(desk, TOM, draft, "hold v1")
    asked = desk.one_for(TOM)
    assert silently(desk, TOM, asked, "approve v1") == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    again = desk.one_for(TOM)
    assert (again.kind, "The order is: approve v1" in again.words) == ("confirm-order", True)


def test_a_confirmation_decides_nothing_by_itself(desk: Office) -> None:
    """Vouched for or not: the mail that asks shows no letter, so that nobody may decide by it."""
    draft = desk.drafted()
    silently(desk, TOM, draft, "hold v1")
    asked = desk.one_for(TOM)
    assert desk.orders(TOM, asked, "approve v1") == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    desk.discards()


def test_only_the_officer_can_confirm(desk: Office) -> None:
    draft = desk.drafted()
    silently(desk, TOM, draft, "approve v1")
    asked = desk.one_for(TOM)
    assert silently(desk, RUTH, asked, "confirm") == "command-refused"
    assert desk.orders(RUTH, asked, "confirm") == "command-refused"
    assert silently(desk, TOM, asked, "confirm", top=FORGED.encode()) == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    desk.discards()


def test_a_confirmation_comes_too_late_for_what_has_changed(desk: Office) -> None:
    draft = desk.drafted()
    silently(desk, TOM, draft, "approve v1")
    asked = desk.one_for(TOM)
    desk.orders(JANE, first_for(desk, JANE), "ncnd 31(3)(a)")
    desk.discards()
    assert silently(desk, TOM, asked, "confirm") == "command-refused"
    assert "letter has changed" in desk.one_for(TOM, "order-refused").words
    assert letter_state(desk) is LetterState.DRAFT
    desk.discards()


def test_a_confirmation_does_not_bring_back_a_spent_notice(desk: Office) -> None:
    draft = desk.drafted()
    desk.orders(TOM, draft, "approve v1")
    desk.orders(RUTH, desk.one_for(RUTH, "approved"), "stop")
    desk.discards()
    silently(desk, TOM, draft, "approve v1")
    assert silently(desk, TOM, desk.one_for(TOM), "confirm") == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    desk.discards()


def test_after_three_days_an_order_has_to_be_given_again(desk: Office) -> None:
    draft = desk.drafted()
    silently(desk, TOM, draft, "hold v1")
    asked = desk.one_for(TOM)
    desk.later(days=3)
    desk.discards()
    assert silently(desk, TOM, asked, "confirm") == "command-refused"
    told = desk.post_for(TOM)
    assert desk.orders(TOM, asked, "confirm") == "command-refused"
    assert letter_state(desk) is LetterState.DRAFT
    told += desk.post_for(TOM)
    assert any("waited too long" in one.words for one in told)


def test_an_old_notice_is_enough_when_its_officer_confirms(desk: Office) -> None:
    draft = desk.drafted()
    desk.later(days=15)
    desk.discards()
    assert desk.orders(TOM, draft, "approve v1") == "command-refused"
    asked = desk.one_for(TOM)
    assert "The notice it answers is too old." in asked.words
    assert desk.orders(TOM, asked, "confirm") == "command"
    assert letter_state(desk) is LetterState.APPROVED
    desk.discards()


def test_an_order_without_words_or_too_long_to_show_is_not_asked_about(desk: Office) -> None:
    draft = desk.drafted()
    for words in ("Hello", "confirm", "", "set harm\n" + "word " * 5_000):
        assert silently(desk, TOM, draft, words) == "command-refused"
    told = desk.one_for(TOM)
    assert told.kind == "not-obeyed"
    assert "Its first line was: Hello" in told.words


def test_a_digest_is_answered_with_the_name_of_the_case(desk: Office) -> None:
    desk.drafted()
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(TOM, "digest")
    desk.discards()
    reference = desk.case().reference
    silently(desk, TOM, digest, f"{reference} note: rang the requester")
    asked = desk.one_for(TOM)
    assert "rang the requester" in asked.words
    assert silently(desk, TOM, asked, "confirm") == "command"
    assert "Noted" in desk.kinds()
    desk.discards()


def test_an_office_can_do_without(tmp_path: Path) -> None:
    trust = {"authserv_id": AUTHSERV, "servers": (AUTHSERV,), "confirm": False}
    with office(tmp_path, trust=trust) as desk:
        draft = desk.drafted()
        assert silently(desk, TOM, draft, "approve v1") == "command-refused"
        assert desk.one_for(TOM).kind == "not-obeyed"


def test_confirm_without_anything_to_confirm_is_answered(desk: Office) -> None:
    draft = desk.drafted()
    assert desk.orders(TOM, draft, "confirm") == "command-refused"
    assert "no order of yours that waits" in desk.one_for(TOM).words


@pytest.mark.parametrize("who", [TOM, RUTH])
def test_a_shared_mailbox_is_nobodys(tmp_path: Path, who: object) -> None:
    shared = "team@exampleshire.example"
    trust = {
        "authserv_id": AUTHSERV,
        "servers": (AUTHSERV,),
        "own_domains": ("exampleshire.example",),
        "shared_mailboxes": (shared,),
    }
    with office(tmp_path, trust=trust) as desk:
        desk.asks()
        desk.orders(JANE, desk.one_for(JANE), ORDER)
        draft = desk.one_for(who)  # type: ignore[arg-type]
        desk.discards()
        raw = reply(
            type(TOM)("The team", shared),
            draft.raw,
            "approve v1",
            desk.clock.now(),
            message_id=desk.message_id("exampleshire.example"),
        )
        assert desk.arrives(desk.border(raw, shared, login=True)) == "command-refused"
        assert "shared mailbox" in desk.one_for(who).words  # type: ignore[arg-type]
        assert letter_state(desk) is LetterState.DRAFT
