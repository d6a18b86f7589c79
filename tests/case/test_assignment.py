"""Who has a case: offered, taken on, given back, taken back; and when the silence has lasted too long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import colleague_events as c
from foibot.case import events as e
from foibot.case.assignment import Assignment, is_nobodys, is_silent, who_has
from foibot.law.foia import FOIA
from tests.case.case_files import JANE, RECEIVED_AT, TOM, case_of

OFFERED = Assignment(TOM, JANE, RECEIVED_AT)
TAKEN = replace(OFFERED, accepted=True)
GIVEN_BACK = replace(OFFERED, to="")


def test_the_events_leave_who_has_it() -> None:
    assert case_of().assignment is None
    offered = case_of(c.Assigned(TOM)).assignment
    assert offered is not None
    assert (offered.to, offered.by, offered.accepted) == (TOM, JANE, False)
    taken = case_of(c.Assigned(TOM), c.AssignmentAccepted(), e.Noted("x")).assignment
    assert taken is not None
    assert taken.accepted
    for end in (c.AssignmentDeclined("no"), c.AssignmentEnded()):
        ended = case_of(c.Assigned(TOM), c.AssignmentAccepted(), end).assignment
        assert ended is not None
        assert (ended.to, ended.accepted) == ("", False)
    assert case_of(c.AssignmentAccepted()).assignment is None


@pytest.mark.parametrize(
    ("assignment", "words"),
    [
        (None, ""),
        (GIVEN_BACK, ""),
        (TAKEN, "TOM"),
        (OFFERED, "TOM, who has not accepted it yet"),
    ],
)
def test_who_has_it_in_words(assignment: Assignment | None, words: str) -> None:
    assert who_has(assignment, lambda address: address.partition(".")[0].upper()) == words


@pytest.mark.parametrize(
    ("assignment", "silent", "nobodys"),
    [(None, False, True), (OFFERED, True, False), (TAKEN, False, False), (GIVEN_BACK, False, True)],
)
def test_silence_is_told_after_more_than_one_working_day(
    assignment: Assignment | None, silent: bool, nobodys: bool
) -> None:
    # Received and assigned on Tuesday 8 December 2020: Wednesday is one working day later.
    for today, late in ((date(2020, 12, 9), False), (date(2020, 12, 10), True)):
        assert is_silent(assignment, FOIA, today) == (silent and late)
        assert is_nobodys(assignment, RECEIVED_AT, FOIA, today) == (nobodys and late)
