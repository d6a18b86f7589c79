"""Letters that need several people: each approves the same version, and it leaves after the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foibot.case.case import LetterState, State
from foibot.config.approval import ApprovalRow, FourEyesKind, RuledKind
from foibot.demo.correspondent import Person
from foibot.officers.roster import Role
from tests.carrying import Enclosure
from tests.office import JANE, ORDER, RUTH, SAM, STAFF, TOM, Mail, Office, office

NCND = (RuledKind.NCND,)
TWO = ApprovalRow(by=("approver", "approver"), letters=NCND)
RUTH_LAST = ApprovalRow(by=("approver", RUTH.address), letters=NCND, in_order=True)


@contextmanager
def ruled(folder: Path, *rules: ApprovalRow) -> Iterator[Office]:
    with office(folder, approval={"rules": rules}) as desk:
        yield desk


def drafts(desk: Office, order: str = ORDER) -> dict[Person, Mail]:
    """A request has come and Jane has ordered a letter; everybody's draft notice."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command"
    return {who: desk.one_for(who) for who in STAFF}


def test_a_letter_of_two_approvers_leaves_after_the_second(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        notices = drafts(desk)
        assert "Still to approve: two approvers" in notices[TOM].words
        assert (
            "one of several that it needs; it leaves once all have approved it"
            in notices[TOM].words
        )
        assert "It can be approved by Tom Teal or Ruth Rose" in notices[JANE].words
        assert desk.orders(TOM, notices[TOM], "approve v1") == "command"

        mine, hers = desk.one_for(TOM, "agreed"), desk.one_for(RUTH, "draft")
        for told in (mine, desk.one_for(JANE, "agreed")):
            assert "Tom Teal approved it on" in told.words
            assert "Nothing has been sent" in told.words
            assert "Still to approve: an approver" in told.words
        assert "Approved so far by: Tom Teal" in hers.words
        assert "Approved by you, it leaves 10 minutes later" in hers.words
        desk.later(hours=1)
        assert desk.post_for(SAM) == []

        # His second word counts no more than his first, from whatever notice it answers.
        assert desk.orders(TOM, mine, "approve v1") == "command-refused"
        said = desk.one_for(TOM, "order-refused").words
        assert "You have approved this version before" in said
        assert "Still to approve it: an approver" in said

        # The notice that Ruth had before Tom approved is about the same bytes.
        assert desk.orders(RUTH, notices[RUTH], "approve v1") == "command"
        for who in STAFF:
            assert "Tom Teal and Ruth Rose approved it" in desk.one_for(who, "approved").words
        desk.later(minutes=11)
        assert desk.one_for(SAM).kind == "letter"
        desk.discards()
        assert desk.case().letters[0].agreed == (TOM.address, RUTH.address)
        assert desk.kinds().count("ApprovalGiven") == 1


def test_approvals_in_order(tmp_path: Path) -> None:
    with ruled(tmp_path, RUTH_LAST) as desk:
        notices = drafts(desk)
        assert "You cannot approve this version now, Ruth Rose" in notices[RUTH].words
        assert "Still to approve: an approver and then Ruth Rose" in notices[RUTH].words
        assert desk.orders(TOM, notices[TOM], "approve v1") == "command"
        desk.discards(JANE, TOM)
        hers = desk.one_for(RUTH, "draft")
        assert "please decide on version 1" in hers.words
        assert desk.orders(RUTH, hers, "approve v1") == "command"
        assert desk.case().state is State.APPROVED
        desk.discards()


def test_an_approval_out_of_turn_changes_nothing(tmp_path: Path) -> None:
    # Ruth is an approver too, but whoever has a later place waits for it.
    with ruled(tmp_path, RUTH_LAST, TWO) as desk:
        notices = drafts(desk)
        assert desk.orders(RUTH, notices[RUTH], "approve v1") == "command-refused"
        assert "It is not your turn yet" in desk.one_for(RUTH).words
        assert desk.case().letters[0].agreed == ()


def test_a_new_version_needs_all_approvals_again(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "approve v1")
        old = desk.one_for(RUTH, "draft")
        desk.discards()
        desk.orders(JANE, notices[JANE], "set harm\nIt would tell people what we watch.")
        again = desk.one_for(TOM, "draft")
        assert "Still to approve: two approvers" in again.words
        desk.discards()
        assert desk.orders(RUTH, old, "approve v1") == "command-refused"
        assert desk.orders(RUTH, old, "approve v2") == "command-refused"
        desk.discards(RUTH)
        assert desk.orders(TOM, again, "approve v2") == "command"
        assert desk.case().state is State.AWAITING_APPROVAL
        desk.discards()


def test_an_officer_who_approves_nothing_hears_of_it_without_being_asked(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        jane, *others = desk.config.officers
        desk.staff([jane.model_copy(update={"roles": (Role.OFFICER,)}), *others])
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "approve v1")
        told = desk.one_for(JANE, "agreed")
        assert "Tom Teal approved it on" in told.words
        assert "reject" not in told.words
        desk.discards()


def test_whoever_approved_may_still_turn_it_down(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "approve v1")
        told = desk.one_for(TOM, "agreed")
        assert 'Reply "reject v1: your reason"' in told.words
        assert desk.orders(TOM, told, "reject v1: I missed the third paragraph") == "command"
        assert desk.case().letters[0].state is LetterState.REJECTED
        desk.discards()
        assert desk.orders(RUTH, notices[RUTH], "approve v1") == "command-refused"
        desk.discards()


def test_after_a_stop_all_approve_again(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "approve v1")
        desk.discards()
        desk.orders(RUTH, notices[RUTH], "approve v1")
        stopping = desk.one_for(TOM, "approved")
        desk.discards()
        assert desk.orders(TOM, stopping, "stop") == "command"
        again = desk.one_for(TOM, "draft")
        assert "Still to approve: two approvers" in again.words
        desk.discards()
        assert desk.case().letters[0].agreed == ()


def test_a_holder_who_gives_one_of_several_approvals_lets_go(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "hold v1")
        held = desk.one_for(TOM, "draft")
        desk.discards()
        assert desk.orders(TOM, held, "approve v1") == "command"
        hers = desk.one_for(RUTH, "draft")
        assert "please decide on version 1" in hers.words
        assert desk.orders(RUTH, hers, "approve v1") == "command"
        assert desk.case().state is State.APPROVED
        desk.discards()


def test_a_second_address_of_the_same_person_is_no_second_approval(tmp_path: Path) -> None:
    with ruled(tmp_path, TWO) as desk:
        tom = desk.config.officers[1].model_copy(
            update={"aliases": ("t.teal@exampleshire.example",)}
        )
        desk.staff([desk.config.officers[0], tom, desk.config.officers[2]])
        notices = drafts(desk)
        desk.orders(TOM, notices[TOM], "approve v1")
        told = desk.one_for(TOM, "agreed")
        desk.discards()
        alias = Person("Tom Teal", "t.teal@exampleshire.example")
        assert desk.orders(alias, told, "approve v1") == "command-refused"
        assert "You have approved this version before" in desk.one_for(TOM).words
        assert desk.case().letters[0].agreed == (TOM.address,)


def test_a_sensitive_case_needs_what_the_rules_ask_for(tmp_path: Path) -> None:
    with ruled(tmp_path, ApprovalRow(by=("approver", "approver"), sensitive=True)) as desk:
        notices = drafts(desk, "not held\nWe looked in the register.")
        assert desk.orders(JANE, notices[JANE], "sensitive") == "command-refused"
        assert "needs a reason" in desk.one_for(JANE).words
        assert (
            desk.orders(JANE, notices[JANE], "sensitive: a journalist asked the same") == "command"
        )
        for who in STAFF:
            said = desk.one_for(who).words
            assert "Jane Orange says why: a journalist asked the same" in said
            assert "need the approvals that the rules ask for in sensitive cases" in said
        assert desk.orders(TOM, notices[TOM], "approve v1") == "command"
        assert desk.case().state is State.AWAITING_APPROVAL
        told = desk.one_for(TOM, "agreed")
        desk.discards()
        assert desk.orders(TOM, told, "sensitive off: it was nothing") == "command-refused"
        assert "approved by one of those the mark asks for" in desk.one_for(TOM).words
        assert desk.orders(RUTH, notices[RUTH], "approve v1") == "command"
        stopping = desk.one_for(TOM, "approved")
        assert desk.orders(TOM, stopping, "sensitive off: it was nothing") == "command-refused"
        assert "stop it first" in desk.one_for(TOM, "order-refused").words
        desk.discards()
        desk.later(minutes=11)
        letter = desk.one_for(SAM)
        assert "ensitive" not in letter.text + letter.subject
        desk.discards()


def test_the_mark_is_taken_off_by_an_approver(tmp_path: Path) -> None:
    with ruled(tmp_path) as desk:
        desk.asks()
        notice = desk.one_for(JANE, "new-case")
        desk.discards()
        assert desk.orders(JANE, notice, "sensitive off: no more") == "command-refused"
        assert "is not marked as sensitive" in desk.one_for(JANE).words
        assert desk.orders(JANE, notice, "sensitive\nThe press has it.") == "command"
        mine = desk.one_for(TOM)
        assert "the mark changes nothing" in desk.one_for(JANE).words
        assert desk.orders(JANE, notice, "sensitive: again") == "command-refused"
        desk.discards()
        clerk = desk.config.officers[0].model_copy(update={"roles": ("officer",)})
        assert desk.orders(TOM, mine, "sensitive off: the press has lost interest") == "command"
        assert not desk.case().sensitive
        assert "The usual approvals are enough again" in desk.one_for(RUTH).words
        desk.discards()
        assert clerk


def test_one_who_may_not_approve_cannot_take_the_mark_off(tmp_path: Path) -> None:
    with ruled(tmp_path) as desk:
        clerk = desk.config.officers[0].model_copy(update={"roles": ("officer",)})
        desk.staff([clerk, *desk.config.officers[1:]])
        desk.asks()
        notice = desk.one_for(JANE, "new-case")
        desk.orders(JANE, notice, "sensitive: the press has it")
        desk.discards()
        assert desk.orders(JANE, notice, "sensitive off: it is over") == "command-refused"
        assert "Only an approver can take the mark off" in desk.one_for(JANE).words
        assert desk.case().sensitive


OPINION = Enclosure("opinion.pdf", b"%PDF-1.7 the opinion", "application/pdf")


def test_section_36_waits_for_the_qualified_persons_opinion(tmp_path: Path) -> None:
    with ruled(tmp_path) as desk:
        order = "refuse 36(2)(b)(i)\nopinion: Our qualified person is the Chief Constable, who gave this opinion on Monday."
        notices = drafts(desk, order)
        line = "opinion 36(2)(b)(i) by NAME on 8 December 2020"
        for who in STAFF:
            assert (
                "needs the qualified person’s opinion before it can be approved"
                in notices[who].words
            )
            assert f'Reply "{line}"' in notices[who].words
            assert 'Reply "approve v1"' not in notices[who].words
        assert desk.orders(TOM, notices[TOM], "approve v1") == "command-refused"
        refused = desk.one_for(TOM)
        assert "is not on file" in refused.words
        assert line in refused.words
        assert desk.orders(JANE, notices[JANE], line, files=[OPINION]) == "command-refused"
        assert "Write the qualified person's name" in desk.one_for(JANE).words
        given = line.replace("NAME", "Chief Constable Ann Able")
        assert desk.orders(JANE, notices[JANE], given, files=[OPINION]) == "command"
        again = {who: desk.one_for(who, "draft") for who in STAFF}
        assert (
            "the opinion of Chief Constable Ann Able of 8 December 2020 (opinion.pdf, 20 bytes"
            in again[TOM].words
        )
        # What was sent before the opinion was on file decides nothing.
        assert desk.orders(TOM, notices[TOM], "approve v1") == "command-refused"
        desk.discards(TOM)
        assert desk.orders(TOM, again[TOM], "approve v1") == "command"
        desk.discards()
        desk.later(minutes=11)
        letter = desk.one_for(SAM)
        assert list(letter.files) == ["letter-000001-20.pdf"]
        desk.discards()


REFUSES = {
    "refusal": "refuse 31(1)(a)",
    "part": "part 40(2)\nFive.\nwithheld:\nThe names.",
    "cost": "refuse 12\nestimate:\n20 hours, 500 pounds\nadvice:\nAsk for three months.",
    "cost-to-confirm": "refuse 12(2)\nestimate:\n20 hours, 500 pounds\nadvice:\nAsk for one site.",
    "otherwise-accessible": "refuse 21\nIt is on our website.",
    "future-publication": "refuse 22\nIt comes out on 31 January 2021.",
}
ON_SECTION_14 = {
    "vexatious": "refuse 14(1)\nThe burden is out of proportion.",
    "repeated": "refuse 14(2)\nYou asked for the same in 000001/19.",
}
OTHERS = {
    "disclosure": "disclose\nFive.",
    "not-held": "not held\nWe looked in the register.",
}
NOBODY: tuple[FourEyesKind, ...] = ()


def drafts_and_approves(desk: Office, order: str) -> tuple[str, str]:
    """What became of Jane's own approval of the letter that she ordered, and its kind."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.discards()
    assert desk.orders(JANE, notice, order) == "command"
    done = desk.orders(JANE, desk.one_for(JANE, "draft"), "approve v1")
    desk.discards()
    return done, desk.case().letters[0].kind


@pytest.mark.parametrize("kind", [*REFUSES, *ON_SECTION_14, *OTHERS])
def test_by_default_nobody_approves_a_refusal_of_their_own(tmp_path: Path, kind: str) -> None:
    order = {**REFUSES, **ON_SECTION_14, **OTHERS}[kind]
    with office(tmp_path) as desk:
        done = "command" if kind in OTHERS else "command-refused"
        assert drafts_and_approves(desk, order) == (done, kind)


@pytest.mark.parametrize("kind", [*REFUSES, *ON_SECTION_14])
def test_an_empty_list_leaves_only_what_is_always_for_two(tmp_path: Path, kind: str) -> None:
    order = {**REFUSES, **ON_SECTION_14}[kind]
    with office(tmp_path, approval={"four_eyes": NOBODY}) as desk:
        done = "command-refused" if kind in ON_SECTION_14 else "command"
        assert drafts_and_approves(desk, order) == (done, kind)
