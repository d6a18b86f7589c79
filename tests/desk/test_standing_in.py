"""Somebody stands in for an officer from one day to another: notices, orders and approvals, and four eyes still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from foibot.case.case import LetterState
from foibot.config.approval import ApprovalRow
from foibot.config.sections import Delegate, OfficerConfig
from foibot.demo.correspondent import Person
from foibot.officers.delegation import Powers
from foibot.officers.roster import Role
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Office, office

CLEO = Person("Cleo Clerk", "cleo.clerk@exampleshire.example")
ALL = (JANE, TOM, RUTH, CLEO)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path) as opened:
        yield opened


def hands_on(
    desk: Office,
    of: Person,
    powers: Powers = Powers.BOTH,
    *,
    to: Person = CLEO,
    until: int = 20,
    rules: tuple[ApprovalRow, ...] = (),
) -> None:
    """Cleo, who is an officer and no approver, stands in from 8 December on."""
    clerk = OfficerConfig(address=CLEO.address, name=CLEO.name, roles=(Role.OFFICER,))
    one = Delegate(
        to=to.address, first=date(2020, 12, 8), last=date(2020, 12, until), powers=powers
    )
    approval = desk.config.approval.model_copy(update={"rules": rules})
    desk.config = replace(desk.config, approval=approval)
    desk.staff(
        [
            person.model_copy(update={"delegates": (one,)})
            if person.address == of.address
            else person
            for person in (*desk.config.officers, clerk)
        ]
    )


def state(desk: Office) -> LetterState:
    current = desk.case().current
    assert current is not None
    return current.state


def test_the_delegate_is_sent_the_draft_says_so_and_approves(desk: Office) -> None:
    hands_on(desk, TOM)
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    draft = desk.one_for(CLEO, "draft")
    assert "You stand in for Tom Teal until Sunday 20 December 2020, for approvals." in draft.words
    assert "Cleo Clerk, please decide on version 1" in draft.words
    assert 'Reply "approve v1"' in draft.words
    desk.discards(*ALL)
    assert desk.orders(CLEO, draft, "approve v1") == "command"
    assert state(desk) is LetterState.APPROVED
    assert "Cleo Clerk in place of Tom Teal" in desk.one_for(TOM).words
    assert "InPlaceOf" in desk.kinds()
    desk.discards(*ALL, SAM)


def test_an_answer_to_the_delegates_own_order_does_not_say_it(desk: Office) -> None:
    hands_on(desk, TOM)
    desk.asks()
    notice = desk.one_for(CLEO)
    assert "You stand in for Tom Teal" in notice.words
    desk.orders(CLEO, notice, "when")
    assert "You stand in" not in desk.one_for(CLEO).words
    desk.discards(*ALL, SAM)


def test_when_the_days_are_over_so_is_the_power(desk: Office) -> None:
    hands_on(desk, TOM, until=9)
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    draft = desk.one_for(CLEO, "draft")
    desk.discards(*ALL, SAM)
    desk.at("2020-12-10 00:01")
    assert desk.orders(CLEO, draft, "approve v1") == "command-refused"
    assert "for people with the role approver" in desk.one_for(CLEO, "order-refused").words
    assert state(desk) is LetterState.DRAFT
    desk.discards(*ALL)


def test_nobody_approves_in_the_place_of_who_drafted_it(desk: Office) -> None:
    hands_on(desk, JANE)
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    draft = desk.one_for(CLEO, "draft")
    assert 'Reply "approve v1"' not in draft.words
    assert desk.orders(CLEO, draft, "approve v1") == "command-refused"
    assert (
        "only in place of somebody else, and that person may not approve this one"
        in desk.one_for(CLEO, "order-refused").words
    )
    assert state(desk) is LetterState.DRAFT
    desk.discards(*ALL, SAM)


def test_a_delegate_does_not_approve_what_they_drafted_in_anybodys_place(desk: Office) -> None:
    hands_on(desk, TOM)
    desk.asks()
    desk.orders(CLEO, desk.one_for(CLEO), ORDER)
    draft = desk.one_for(CLEO, "draft")
    assert desk.orders(CLEO, draft, "approve v1") == "command-refused"
    assert "You drafted this version yourself" in desk.one_for(CLEO, "order-refused").words
    desk.discards(*ALL, SAM)


@pytest.mark.parametrize("first", [TOM, CLEO])
def test_one_persons_approval_is_not_given_twice_by_two(desk: Office, first: Person) -> None:
    """Two approvals are wanted; Tom's, and the one in Tom's place, are one."""
    hands_on(desk, TOM, rules=(ApprovalRow(by=("approver", "approver")),))
    second = CLEO if first is TOM else TOM
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    drafts = {who: desk.one_for(who, "draft") for who in (TOM, CLEO, RUTH)}
    desk.discards(*ALL, SAM)
    assert desk.orders(first, drafts[first], "approve v1") == "command"
    assert desk.orders(second, drafts[second], "approve v1") == "command-refused"
    assert "that counts as one approval" in desk.one_for(second, "order-refused").words
    assert desk.orders(RUTH, drafts[RUTH], "approve v1") == "command"
    assert state(desk) is LetterState.APPROVED
    desk.discards(*ALL)


def test_a_step_that_names_the_absent_person_is_open_to_who_stands_in(desk: Office) -> None:
    rule = ApprovalRow(by=("approver", TOM.address), in_order=True)
    hands_on(desk, TOM, rules=(rule,))
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), ORDER)
    draft = desk.one_for(RUTH, "draft")
    desk.discards(*ALL, SAM)
    desk.orders(RUTH, draft, "approve v1")
    assert state(desk) is LetterState.DRAFT
    last = desk.one_for(CLEO, "draft")
    desk.discards(*ALL)
    assert desk.orders(CLEO, last, "approve v1") == "command"
    assert state(desk) is LetterState.APPROVED
    desk.discards(*ALL)


def test_orders_alone_are_no_approvals(desk: Office) -> None:
    hands_on(desk, JANE, Powers.ORDERS, to=TOM)
    desk.asks()
    notice = desk.one_for(TOM, "new-case")
    assert "You stand in for Jane Orange until Sunday 20 December 2020, for orders." in notice.words
    assert desk.orders(TOM, notice, ORDER) == "command"
    draft = desk.one_for(TOM, "draft")
    assert desk.orders(TOM, draft, "approve v1") == "command-refused", "Tom drafted it"
    desk.discards(*ALL, SAM)


def test_reminders_of_the_absent_persons_cases_go_to_who_stands_in_as_well(desk: Office) -> None:
    hands_on(desk, JANE, Powers.ORDERS, to=CLEO)
    desk.asks()
    desk.orders(JANE, desk.one_for(JANE), "accept")
    desk.discards(*ALL, SAM)
    desk.at("2020-12-11 09:30")
    for who in (JANE, CLEO):
        (mail,) = (one for one in desk.post_for(who) if one.kind == "reminder")
        assert "Cleo Clerk stands in for Jane Orange until Sunday 20 December 2020" in mail.words
    digest = desk.one_for(TOM, "digest")
    assert "Cleo Clerk stands in for Jane Orange until Sunday 20 December 2020" in digest.words
    desk.discards(*ALL)
