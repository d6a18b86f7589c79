"""People are found by any of their addresses, and by their roles."""

from __future__ import annotations

import pytest

from foibot.officers.roster import Officer, Role, Roster, roster
from tests.officers.officers_tools import EVERYBODY, JANE, RUTH, TOM


@pytest.mark.parametrize(
    ("address", "person"),
    [
        ("jane.orange@exampleshire.example", JANE),
        (" JANE.ORANGE@EXAMPLESHIRE.EXAMPLE ", JANE),
        ("tom@staff.exampleshire.example", TOM),
        ("jane.orange@elsewhere.example", None),
        ("jane.orange+x@exampleshire.example", None),
        ("", None),
        ("jane.orаnge@exampleshire.example", None),
    ],
)
def test_find(address: str, person: Officer | None) -> None:
    assert EVERYBODY.find(address) is person


def test_names_are_for_people_to_read() -> None:
    assert EVERYBODY.name_of(TOM.aliases[0]) == "Tom Teal"
    assert EVERYBODY.name_of("gone@exampleshire.example") == "gone@exampleshire.example"


def test_roles() -> None:
    assert EVERYBODY.with_role(Role.APPROVER) == (TOM, RUTH)
    assert EVERYBODY.with_role(Role.OFFICER, Role.APPROVER) == (JANE, TOM, RUTH)
    assert EVERYBODY.with_role(Role.AUDITOR) == ()
    assert not JANE.may(Role.APPROVER)
    assert RUTH.may(Role.AUDITOR, Role.APPROVER)


@pytest.mark.parametrize("role", Role)
def test_who_reads_the_digest(role: Role) -> None:
    readers = {Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR}
    assert Officer("a@b.example", "", "", frozenset({role})).reads_digest is (role in readers)


def test_a_roster_keeps_the_order_it_was_given() -> None:
    assert roster(iter([TOM, JANE])) == Roster((TOM, JANE))
    assert list(EVERYBODY) == [JANE, TOM, RUTH]
