"""A letter is in time by the day that bound it, and no day that it names itself hides one that was missed."""

from __future__ import annotations

import pytest

from tests.desk.test_clocks_by_post import QUESTION, new_case, sends
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


def test_the_reminders_of_an_extended_request_lead_to_its_new_last_day(desk: Office) -> None:
    leaves(desk, EXTEND, "2020-12-14")
    said = {}
    for day in ("2021-01-11", "2021-01-14", "2021-02-01", "2021-02-04", "2021-02-05", "2021-02-08"):
        desk.at(f"{day} 09:00")
        post = [mail.words for mail in desk.post_for(JANE) if mail.kind == "reminder"]
        said[day] = [one.partition("Request ")[2].partition(" Subject:")[0] for one in post]
        desk.discards()
    ask = "000001/20: Ask the officers for a draft: there is none to look at. Answer due: Monday 8 February 2021; "
    assert said == {
        "2021-01-11": [],
        "2021-01-14": [
            "000001/20: Agree who deals with this request. Answer due: Monday 8 February 2021; 17 working days left"
        ],
        "2021-02-01": [f"{ask}5 working days left"],
        "2021-02-04": [
            "000001/20: Draft the answer and have it approved. Answer due: Monday 8 February 2021; 2 working days left"
        ],
        "2021-02-05": [],
        "2021-02-08": [
            "000001/20: Send the answer. Answer due: Monday 8 February 2021; today is the last day"
        ],
    }


def test_a_review_is_reminded_of_before_its_last_day_to_who_has_it_and_on_it_to_all_officers(
    desk: Office,
) -> None:
    notice = new_case(desk)
    sends(desk, notice, "disclose\nQuestion 1: 212.")
    desk.at("2020-12-09 10:00")
    desk.discards()
    desk.orders(JANE, notice, "clock review from 9 Dec 2020")
    desk.discards()
    said = {}
    for day in ("2020-12-24", "2021-01-05", "2021-01-06", "2021-01-08", "2021-01-12"):
        desk.at(f"{day} 09:00")
        post = [mail for mail in desk.post_for(JANE) if mail.kind == "reminder"]
        said[day] = [mail.words.partition("Request ")[2].partition(" Subject:")[0] for mail in post]
        subjects = [mail.subject for mail in post]
        desk.discards()
    what = "000001/20: Give the result of the review. Result of the review due: Tuesday 12 January 2021; "
    assert said == {
        "2020-12-24": [],
        "2021-01-05": [f"{what}5 working days left"],
        "2021-01-06": [],
        "2021-01-08": [f"{what}2 working days left"],
        "2021-01-12": [f"{what}today is the last day"],
    }
    assert "Reminder, last day Tuesday 12 January 2021" in subjects[0]
    desk.at("2021-01-13 09:00")
    late = desk.one_for(JANE, "overdue")
    assert "The last day was Tuesday 12 January 2021. Please see to it" in late.words
    assert "Overdue, last day was Tuesday 12 January 2021" in late.subject
    desk.discards()
