"""A letter is in time by the day that bound it, and no day that it names itself hides one that was missed."""

from __future__ import annotations

import pytest

from tests.desk.test_clocks_by_post import QUESTION, new_case
from tests.office import JANE, TOM, Mail, Office

EXTEND = "extend 24 until 8 Feb 2021\nThe arguments on both sides are strong."
FEE = "fee 12.50\n- 100 sheets at 10 pence: £10.00\n- postage: £2.50\npayment:\nBy card."


def leaves(desk: Office, order: str, day: str, at: str = "10:00") -> Mail:
    """Jane orders a letter in the morning, Tom approves it at that hour, and it leaves ten minutes later; what Jane hears."""
    if not desk.cases():
        new_case(desk)
    desk.at(f"{day} 09:00")
    digest = desk.one_for(JANE, "digest")
    desk.discards()
    assert desk.orders(JANE, digest, f"000001/20 {order}") == "command"
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    desk.at(f"{day} {at}")
    assert desk.orders(TOM, draft, f"approve v{len(desk.case().letters)}") == "command"
    desk.discards()
    desk.later(minutes=11)
    told = desk.one_for(JANE, "letter-sent")
    desk.discards()
    return told


@pytest.mark.parametrize(
    ("order", "from_now"),
    [
        (EXTEND, "The last day to answer is now Monday 8 February 2021"),
        (QUESTION, "The requester may answer our question until Saturday 10 April 2021; our own time"),
        (FEE, "The requester may pay until Sunday 11 April 2021; our own time stands still"),
    ],
)  # fmt: skip
def test_a_letter_that_leaves_the_night_after_the_last_day_is_late_whatever_day_it_names(
    desk: Office, order: str, from_now: str
) -> None:
    told = leaves(desk, order, "2021-01-11", "23:55")
    assert (
        "In time: no, the last day was Monday 11 January 2021, 1 working day before" in told.words
    )
    assert from_now in told.words
    assert "after the last day" in told.subject


@pytest.mark.parametrize(
    ("order", "from_now"),
    [
        (EXTEND, "The last day to answer is now Monday 8 February 2021"),
        (QUESTION, "The requester may answer our question until Saturday"),
        ("holding until 1 Feb 2021", ""),
    ],
)
def test_the_day_of_the_requester_is_not_told_as_ours(
    desk: Office, order: str, from_now: str
) -> None:
    told = leaves(desk, order, "2020-12-14")
    verb = "was" if from_now else "is"
    assert f"In time: yes, the last day {verb} Monday 11 January 2021" in told.words
    assert from_now in told.words


def test_after_a_late_extension_the_answer_still_says_what_was_missed(desk: Office) -> None:
    leaves(desk, EXTEND, "2021-01-11", "23:55")
    told = leaves(desk, "disclose\nQuestion 1: 212.", "2021-01-13")
    assert "In time: yes, the last day is Monday 8 February 2021" in told.words
    assert "Missed before, without an answer: Monday 11 January 2021" in told.words


def test_a_draft_on_a_holiday_after_the_last_day_says_that_the_day_is_over(desk: Office) -> None:
    desk.orders(JANE, new_case(desk), "received 1 Dec 2020: stamped by the post room")
    desk.at("2020-12-31 09:00")
    digest = desk.one_for(JANE, "digest")
    assert str(desk.case().due) == "2020-12-31"
    desk.at("2021-01-04 10:00")
    desk.discards()
    order = "000001/20 extend 24 until 29 Jan 2021\nThe arguments on both sides are strong."
    assert desk.orders(JANE, digest, order) == "command"
    draft = desk.one_for(TOM, "draft")
    assert "Answer due: Thursday 31 December 2020; that day is over, and it is late" in draft.words
    desk.discards()
