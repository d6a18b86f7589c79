"""`restrict`: who may read a case is named, can still draft and approve among themselves, and is all that anybody sees."""

from __future__ import annotations

from dataclasses import replace

import pytest

from foibot.case import colleague_events as c
from foibot.case import keeping_events as k
from foibot.case.approval_events import InterestDeclared
from foibot.case.events import Event
from foibot.case.outcome import Outcome
from foibot.commands.command import Situation
from foibot.officers.roster import Officer, Role, Roster
from foibot.outbox.approval_rules import ApprovalRule
from tests.case.case_files import JANE as JANES
from tests.case.case_files import RUTH as RUTHS
from tests.case.case_files import TOM as TOMS
from tests.case.case_files import drafted
from tests.samples import CLERK, JANE, OFFICE, TOM, decided, situation, why, would_work

HARRY = Officer("harry@exampleshire.example", "Harry Holder", "", frozenset({Role.HOLDER}))
ADA = Officer("ada@exampleshire.example", "Ada Amber", "", frozenset({Role.ADMINISTRATOR}))
ON = k.Restricted((JANES, TOMS), "a colleague asked")


def at(*events: Event, officer: Officer = JANE) -> Situation:
    return replace(situation(*events, officer=officer), roster=Roster((*OFFICE, HARRY, ADA)))


def ordered(line: str, *events: Event, officer: Officer = JANE, text: str = "") -> Outcome:
    return decided(line, at(*events, officer=officer), text)


@pytest.mark.parametrize(
    ("line", "text", "reason"),
    [
        ("restrict tom", "", "no reason given"),
        (f"restrict {TOMS}: it names a colleague", "", "it names a colleague"),
        (f"restrict {TOMS} <mailto:{TOMS}> : it names a colleague", "", "it names a colleague"),
        ("restrict jane and tom; tom", "It names\na colleague.\n\nJane", "It names a colleague."),
    ],
)
def test_a_case_is_restricted_to_whom_it_names_and_whoever_orders_it(
    line: str, text: str, reason: str
) -> None:
    outcome = ordered(line, text=text)
    assert outcome.events == (k.Restricted((JANES, TOMS), reason),)
    mine, toms = outcome.notices
    assert toms.person == TOMS
    for notice in (mine, toms):
        assert "Only Jane Orange and Tom Teal can read this case" in str(notice.facts)
        assert reason in str(notice.facts)


def test_without_a_name_it_is_kept_by_whoever_has_the_case() -> None:
    mine = (c.Assigned(CLERK.address), c.AssignmentAccepted())
    outcome = ordered("restrict: the mayor asked", *mine)
    assert outcome.events == (k.Restricted((JANES, CLERK.address), "the mayor asked"),)


def test_who_had_it_and_is_not_named_has_it_no_more() -> None:
    outcome = ordered("restrict tom", c.Assigned(CLERK.address))
    assert outcome.events[1:] == (c.AssignmentEnded(),)
    assert "Nobody has the case now." in str(outcome.notices[0].facts)
    last = outcome.notices[-1]
    assert (last.person, last.to_who_keeps_out) == (CLERK.address, True)
    assert "Attacks" not in str(last.facts)


@pytest.mark.parametrize(
    ("line", "officer", "words", "works"),
    [
        ("restrict", JANE, "could not approve what is drafted", f"restrict {TOMS}"),
        ("restrict cleo", JANE, "", ""),
        ("restrict ruth", TOM, "could draft no letter", f"restrict {RUTHS}, {JANES}"),
        ("restrict", CLERK, "could not approve what is drafted", f"restrict {JANES}"),
        ("restrict harry", JANE, "use the order `ask`", "restrict NAME, NAME"),
        ("restrict henry, tom", JANE, "Nobody on the list of officers is called henry", "restrict NAME, NAME"),
        ("restrict off", JANE, "is not restricted", "restrict NAME, NAME"),
    ],
)  # fmt: skip
def test_people_who_could_not_finish_it_are_refused_and_told_whom_to_add(
    line: str, officer: Officer, words: str, works: str
) -> None:
    outcome = ordered(line, officer=officer)
    if not words:
        assert not outcome.refusal
        return
    assert words in why(outcome)
    assert works in would_work(outcome)


def test_nobody_with_an_interest_is_let_in() -> None:
    interest = InterestDeclared(TOMS, "a friend")
    assert "keeps out of this case" in why(ordered("restrict tom", interest))
    assert would_work(ordered("restrict", interest)) == [f"restrict {RUTHS}", "help"]
    with_it = (c.Assigned(TOMS), interest)
    assert "could not approve" in why(ordered("restrict", *with_it))


def test_a_list_has_an_end() -> None:
    many = tuple(
        Officer(f"p{number}@exampleshire.example", f"P {number}", "", frozenset({Role.OFFICER}))
        for number in range(31)
    )
    here = replace(at(), roster=Roster((*OFFICE, *many)))
    line = "restrict tom, " + ", ".join(one.address for one in many)
    assert "30 people at most" in why(decided(line, here))


def test_a_letter_that_waits_can_still_be_approved() -> None:
    two = ApprovalRule(by=("approver", "approver"), letters=frozenset({"ncnd"}))
    here = at(drafted())
    here = replace(here, rules=replace(here.rules, approvals=(two,)))
    assert "Version 1 of the letter needs approvals" in why(decided("restrict tom", here))
    assert f"restrict {TOMS}, {RUTHS}" in would_work(decided("restrict tom", here))
    assert not decided("restrict tom, ruth", here).refusal
    assert not ordered("restrict tom", drafted()).refusal


def test_without_a_letter_nobody_s_approval_is_missing() -> None:
    here = at()
    assert here.policy.enough(here.case, ())


def test_the_list_is_changed_by_those_on_it() -> None:
    assert "restricted to Jane Orange and Tom Teal already" in why(ordered("restrict tom", ON))
    outcome = ordered("restrict ruth", ON)
    assert outcome.events == (k.Restricted((JANES, RUTHS), "no reason given"),)
    assert [one.person for one in outcome.notices if one.to_who_keeps_out] == [TOMS]


def test_it_is_opened_again_by_those_on_the_list() -> None:
    outcome = ordered("restrict off: it was another Smith", ON, officer=TOM)
    assert outcome.events == (k.RestrictionEnded("it was another Smith"),)
    assert [one.person for one in outcome.notices] == ["", JANES]
    assert ordered("restrict off: your reason", ON).events == (
        k.RestrictionEnded("no reason given"),
    )
    assert "Only those who read the case" in why(ordered("restrict off", ON, officer=ADA))


def test_a_keeper_opens_it_to_somebody_and_reads_nothing() -> None:
    outcome = ordered("restrict ruth: jane and tom are ill", ON, officer=ADA)
    assert outcome.events == (k.Restricted((JANES, TOMS, RUTHS), "jane and tom are ill"),)
    assert [one.person for one in outcome.notices] == ["", JANES, TOMS, RUTHS]
    assert outcome.notices[0].lines == (("help", "lists every order"),)
    mine = ordered(f"restrict {ADA.address}: all are ill", ON, officer=ADA)
    assert [one.person for one in mine.notices] == ["", JANES, TOMS]
    assert "names nobody who could not read it before" in why(ordered("restrict tom", ON, officer=ADA))  # fmt: skip


def test_nobody_off_the_list_is_given_the_case() -> None:
    assert "is not among the people to whom this case is restricted" in why(ordered("assign cleo", ON))  # fmt: skip
