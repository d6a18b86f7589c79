"""A case changes hands by mail: assigned, accepted or given back, and its reminders follow it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from foibot.config.sections import OfficerConfig
from foibot.demo.correspondent import Person
from foibot.law.foia import FOIA
from foibot.officers.roster import Role
from foibot.reports.case_file import case_lines, case_row
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office, office

CLEO = Person("Cleo Clerk", "cleo.clerk@exampleshire.example")
ALL = (JANE, TOM, RUTH, CLEO)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Office]:
    """An office with two officers."""
    with office(tmp_path, authority={"first_number": 4078}) as opened:
        clerk = OfficerConfig(address=CLEO.address, name=CLEO.name, roles=(Role.OFFICER,))
        opened.staff([*opened.config.officers, clerk])
        yield opened


def asked(desk: Office) -> dict[str, Mail]:
    """The notices of a new request."""
    desk.asks()
    notices = {who.name: desk.one_for(who) for who in (JANE, CLEO)}
    desk.discards(SAM)
    return notices


def readers(desk: Office, kind: str) -> set[str]:
    """Who got a mail of this kind since the last look."""
    return {who.name for who in ALL for one in desk.post_for(who) if one.kind == kind}


def test_assigned_accepted_and_reminded(desk: Office) -> None:
    notices = asked(desk)
    assert 'Reply "accept": alone on its line' in notices["Jane Orange"].words
    assert (
        desk.orders(JANE, notices["Jane Orange"], "assign cleo\nIt is one of yours.") == "command"
    )
    assert "Cleo Clerk was asked" in desk.one_for(JANE).words
    offer = desk.one_for(CLEO)
    for words in ("Jane Orange asks you to take it on", "It is one of yours.", "How many planned"):
        assert words in offer.words
    assert desk.orders(CLEO, offer, "accept\n\nCleo\nSent from my phone") == "command"
    assert "The case is yours" in desk.one_for(CLEO).words
    assert "Cleo Clerk has taken the case on." in desk.one_for(JANE).words

    desk.at("2020-12-11 08:01")
    assert readers(desk, "reminder") == {"Cleo Clerk"}
    desk.at("2020-12-31 08:01")
    assert readers(desk, "reminder") == {"Jane Orange", "Tom Teal", "Ruth Rose"}
    desk.at("2021-01-11 08:01")
    assert readers(desk, "reminder") == {"Jane Orange", "Cleo Clerk"}
    desk.at("2021-01-12 08:01")
    assert readers(desk, "overdue") == {one.name for one in ALL}


def test_whoever_accepted_and_left_leaves_no_case_without_reminders(desk: Office) -> None:
    notices = asked(desk)
    desk.orders(CLEO, notices["Cleo Clerk"], "accept")
    desk.discards(CLEO)
    desk.staff(desk.config.officers[:3])
    desk.at("2020-12-11 08:01")
    reminder = desk.one_for(JANE, "reminder")
    assert "With: cleo.clerk@exampleshire.example" in reminder.words
    desk.discards(*ALL)


def test_given_back_and_taken_by_another(desk: Office) -> None:
    notices = asked(desk)
    desk.orders(JANE, notices["Jane Orange"], f"assign {CLEO.address}")
    offer = desk.one_for(CLEO)
    desk.discards(JANE)
    assert desk.orders(CLEO, offer, "not mine: Licensing keeps these files") == "command"
    assert "Jane Orange was told" in desk.one_for(CLEO).words
    back = desk.one_for(JANE, "given-back")
    assert "Licensing keeps these files" in back.words
    assert desk.orders(JANE, back, "accept") == "command"
    desk.discards(JANE)
    assert desk.orders(JANE, back, "show") == "command"
    assert "With: Jane Orange" in desk.one_for(JANE).words
    row = case_row(desk.case(), FOIA)
    assert (row["assigned_to"], row["assignment_accepted"]) == (JANE.address, True)
    with desk.store.view() as tx:
        law = tx.holidays.known_to(desk.office.laws.usual)
    told = "\n".join(case_lines(desk.case(), desk.history(), law))
    assert "With: jane.orange@exampleshire.example" in told
    assert "The assignment was declined: Licensing keeps these files" in told
    assert json.dumps(row)


def test_the_digest_asks_whose_a_case_is_until_somebody_says_so(desk: Office) -> None:
    notices = asked(desk)
    desk.at("2020-12-09 08:01")
    assert "Whose are these?" not in desk.one_for(JANE).words
    desk.discards(*ALL)
    desk.at("2020-12-10 08:01")
    digest = desk.one_for(JANE)
    assert "004078/20: nobody has it" in digest.words
    desk.discards(*ALL)
    desk.orders(JANE, digest, "004078/20 assign cleo")
    desk.discards(*ALL)
    desk.at("2020-12-14 08:01")
    assert "assigned to Cleo Clerk on Thursday 10 December 2020, who has" in desk.one_for(TOM).words
    desk.discards(*ALL)
    desk.orders(CLEO, notices["Cleo Clerk"], "accept")
    desk.discards(*ALL)
    desk.at("2020-12-15 08:01")
    assert "open, with Cleo Clerk" in desk.one_for(TOM).words
    desk.discards(*ALL)


def test_an_office_with_one_officer_is_not_asked_whose_a_case_is(tmp_path: Path) -> None:
    with office(tmp_path) as alone:
        alone.asks()
        assert "takes the case on" not in alone.one_for(JANE).words
        alone.discards(SAM)
        alone.at("2020-12-14 08:01")
        assert "Whose are these?" not in alone.one_for(JANE, "digest").words
        alone.discards()
