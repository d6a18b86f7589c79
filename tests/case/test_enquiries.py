"""What colleagues were asked: by when they answer, when they are written to again, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.case import colleague_events as c
from foibot.case.case import Case
from foibot.case.enquiries import (
    Enquiry,
    answer_wanted_by,
    chase_due,
    in_lines,
    next_number,
    progress,
)
from foibot.law.foia import FOIA
from tests.case.case_files import DUE, JANE, RECEIVED_AT, TOM, case_of

UNTIL = date(2020, 12, 22)
ASKED = c.HolderAsked(1, UNTIL, TOM, "Do we have it?")
SECOND = c.HolderAsked(2, UNTIL, JANE, "And you?")
NIL = c.HolderAnswered(1, "f" * 64, proven=True, sort="nothing held")
LADDER = (0, 2, 4)


def first(*events: c.Event) -> Enquiry:
    return case_of(*events).enquiries[0]


def test_the_events_leave_who_was_asked_and_that_a_reply_came_never_what_it_said() -> None:
    case: Case = case_of(ASKED, SECOND)
    assert [one.number for one in case.enquiries] == [1, 2]
    assert next_number(case.enquiries) == 3
    assert (case.enquiries[0].by, case.enquiries[0].is_to(TOM)) == (JANE, True)
    assert not replace(case.enquiries[0], holder="").is_to("")
    replies = [
        c.HolderAnswered(1, "f" * 64, proven=True, sort=sort, hours=hours)
        for sort, hours in (("nothing held", ""), ("an estimate of hours", "6"), ("", ""))
    ]
    assert len({first(ASKED, one) for one in replies}) == 1
    replied = first(ASKED, NIL)
    assert (replied.replied, replied.open) == (True, False)
    closed = first(ASKED, c.EnquiryClosed(1, "by telephone"))
    assert (closed.replied, closed.open) == (False, False)


def test_a_part_is_waited_for_until_the_day_it_names() -> None:
    later = date(2020, 12, 30)
    part = c.HolderAnswered(1, "f" * 64, proven=True, sort="a part", more_by=later)
    one = first(ASKED, c.HolderChased(1, 1), part)
    assert (one.replied, one.open, one.until, one.chased) == (True, True, later, 0)


@pytest.mark.parametrize(
    ("today", "days", "until"),
    [
        (date(2020, 12, 8), 0, date(2020, 12, 22)),  # half of 20 working days
        (date(2021, 1, 6), 0, date(2021, 1, 7)),  # half of 3
        (date(2021, 1, 8), 0, date(2021, 1, 11)),  # the last day itself, as nothing is left
        (date(2021, 1, 11), 0, date(2021, 1, 12)),  # the next day, as it is too late for more
        (date(2020, 12, 8), 5, date(2020, 12, 15)),
        (date(2021, 1, 6), 5, date(2021, 1, 8)),
        (date(2021, 1, 12), 5, date(2021, 1, 19)),
    ],
)
def test_an_answer_is_wanted_before_the_last_day(today: date, days: int, until: date) -> None:
    assert answer_wanted_by(FOIA, DUE, today, days) == until


def test_each_step_of_the_ladder_is_taken_once_and_ends_with_a_reply() -> None:
    one = first(ASKED)
    steps = {21: 0, 22: 1, 23: 1, 24: 2, 25: 0, 29: 2, 30: 3}
    assert {day: chase_due(one, LADDER, FOIA, date(2020, 12, day)) for day in steps} == steps
    assert chase_due(first(ASKED, c.HolderChased(1, 2)), LADDER, FOIA, date(2020, 12, 29)) == 0
    assert chase_due(first(ASKED, NIL), LADDER, FOIA, date(2020, 12, 30)) == 0
    assert chase_due(one, (), FOIA, date(2020, 12, 30)) == 0


def test_how_far_the_asking_got_in_words() -> None:
    assert progress(()) == ""
    enquiries = case_of(ASKED, SECOND, NIL).enquiries
    assert progress(enquiries) == "2 asked, 1 replied"
    closed = case_of(ASKED, SECOND, NIL, c.EnquiryClosed(2)).enquiries
    assert [line.rpartition(": ")[2] for line in in_lines((*enquiries, closed[1]), str)] == [
        "has replied",
        "no reply yet",
        "need not reply",
    ]
    assert in_lines(enquiries[:1], str) == [
        f"{TOM}, asked by {JANE} for an answer by 22 December 2020: has replied"
    ]
    assert enquiries[0].asked_at > RECEIVED_AT
