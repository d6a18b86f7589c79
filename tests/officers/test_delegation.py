"""Who stands in for whom on a day, what they may then do, and what the configuration may say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.officers.delegation import (
    Delegation,
    Powers,
    roster_on,
    round_trip,
    who_stands_in,
)
from foibot.officers.roster import Role, Roster, StandsIn
from tests.samples import CLERK, JANE, RUTH, TOM

FIRST, LAST = date(2026, 12, 3), date(2027, 1, 10)
STAFF = Roster((JANE, TOM, CLERK))


def delegation(
    powers: Powers = Powers.BOTH, *, of: str = JANE.address, to: str = CLERK.address
) -> Delegation:
    return Delegation(of, to, FIRST, LAST, powers)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 12, 2), False),
        (FIRST, True),
        (LAST, True),
        (date(2027, 1, 11), False),
    ],
)
def test_both_days_are_included(day: date, holds: bool) -> None:
    roster = roster_on(STAFF, (delegation(),), day)
    clerk = roster.find(CLERK.address)
    assert clerk is not None
    assert clerk.may(Role.APPROVER) is holds
    assert bool(clerk.stands_in) is holds
    assert roster.find(JANE.address) == JANE, "nothing is taken from whoever is stood in for"


@pytest.mark.parametrize(
    ("powers", "of", "lent"),
    [
        (Powers.BOTH, JANE, {Role.APPROVER}),  # the clerk is an officer anyway
        (Powers.APPROVALS, JANE, {Role.APPROVER}),
        (Powers.ORDERS, JANE, set()),
        (Powers.ORDERS, TOM, set()),  # Tom orders nothing himself
    ],
)
def test_what_the_person_has_is_lent_and_nothing_else(
    powers: Powers, of: object, lent: set[Role]
) -> None:
    one = delegation(powers, of=of.address)  # type: ignore[attr-defined]
    clerk = roster_on(STAFF, (one,), FIRST).find(CLERK.address)
    assert clerk is not None
    assert clerk.lent == lent
    assert clerk.roles == CLERK.roles | lent


def test_what_was_lent_is_not_lent_on() -> None:
    tom_to_clerk = delegation(Powers.APPROVALS, of=TOM.address)
    clerk_to_ruth = delegation(of=CLERK.address, to="harry@exampleshire.example")
    harry = replace(RUTH, address="harry@exampleshire.example", roles=frozenset({Role.HOLDER}))
    roster = roster_on(Roster((TOM, CLERK, harry)), (tom_to_clerk, clerk_to_ruth), FIRST)
    found = roster.find(harry.address)
    assert found is not None
    assert found.roles == {Role.HOLDER, Role.OFFICER}


def test_who_is_not_on_the_list_lends_nothing() -> None:
    roster = roster_on(STAFF, (delegation(of="gone@exampleshire.example"),), FIRST)
    assert roster == STAFF


def test_those_who_stand_in_are_found() -> None:
    roster = roster_on(STAFF, (delegation(),), FIRST)
    assert [(one.name, what.until) for one, what in who_stands_in(JANE, roster)] == [
        ("Cleo Clerk", LAST)
    ]
    assert list(who_stands_in(TOM, roster)) == []


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ({Role.OFFICER, Role.APPROVER}, "Jane Orange until Sunday 10 January 2027"),
        ({Role.OFFICER}, "Jane Orange until Sunday 10 January 2027, for orders"),
        ({Role.APPROVER}, "Jane Orange until Sunday 10 January 2027, for approvals"),
    ],
)
def test_it_is_said_for_whom_and_how_long(roles: set[Role], words: str) -> None:
    assert StandsIn(JANE.address, JANE.name, LAST, frozenset(roles)).in_words() == words


def test_a_circle_of_any_length_is_found() -> None:
    a_b, b_c = delegation(of="a", to="b"), delegation(of="b", to="c")
    c_a = delegation(of="c", to="a")
    assert round_trip(c_a, [a_b, b_c])
    assert not round_trip(delegation(of="c", to="d"), [a_b, b_c])
    later = replace(c_a, first=date(2027, 2, 1), last=date(2027, 2, 3))
    assert not round_trip(later, [a_b, b_c])
    assert not round_trip(delegation(of="x", to="a"), [a_b, delegation(of="b", to="a")])
