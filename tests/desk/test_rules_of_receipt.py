"""What counts as received and as answered, and what starts no clock: the rules T-20 to T-29 and T-46 to T-51, by post."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foibot.case.case import State
from foibot.demo.correspondent import Person, request
from foibot.gateway.smtp import Answer
from tests.desk.test_clocks_by_post import new_case, sends
from tests.office import JANE, MAILBOX, ORDER, QUESTION, RUTH, SAM, TOM, Office, office

ALIVE = "ncnd 31(3)(a)\nharm:\nEither answer would help offenders to plan."


@pytest.mark.parametrize(
    ("moment", "received", "due"),
    [
        ("2020-12-08 23:59", date(2020, 12, 8), date(2021, 1, 11)),
        ("2020-12-09 00:01", date(2020, 12, 9), date(2021, 1, 12)),
        ("2020-12-12 20:00", date(2020, 12, 12), date(2021, 1, 14)),
        ("2020-12-25 12:00", date(2020, 12, 25), date(2021, 1, 27)),
    ],
)
def test_t17_t20_there_is_no_close_of_business_on_any_day(
    tmp_path: Path, moment: str, received: date, due: date
) -> None:
    with office(tmp_path, start=moment) as desk:
        desk.asks()
        assert (desk.case().received, desk.case().due) == (received, due)
        desk.discards()


def test_t21_a_letter_that_leaves_on_the_last_day_before_midnight_is_in_time(desk: Office) -> None:
    new_case(desk)
    desk.at("2021-01-11 09:30")
    (reminder,) = [mail for mail in desk.post_for(JANE) if mail.kind == "reminder"]
    desk.at("2021-01-11 23:40")
    desk.discards()
    assert desk.orders(JANE, reminder, ORDER) == "command"
    draft = desk.one_for(TOM, "draft")
    assert desk.orders(TOM, draft, "approve v1") == "command"
    desk.discards()
    desk.later(minutes=11)
    assert desk.case().state is State.ANSWERED
    assert not desk.case().answered_late
    desk.discards()


def test_t21_a_letter_that_came_back_is_no_answer(desk: Office) -> None:
    draft = desk.drafted(ORDER)
    desk.orders(TOM, draft, "approve v1")
    desk.discards()
    desk.post.script.append((Answer.REFUSED, 550, "5.1.1 unknown"))
    desk.later(minutes=11)
    assert desk.case().state is State.DELIVERY_FAILED
    assert (desk.case().outcome, desk.case().due) == ("", date(2021, 1, 11))
    desk.discards()
    desk.at("2021-01-12 09:30")
    assert "overdue" in {mail.kind for mail in desk.post_for(JANE)}
    desk.discards()


def test_t22_the_last_day_and_our_own_earlier_aims_are_shown_together(desk: Office) -> None:
    notice = new_case(desk)
    desk.orders(JANE, notice, "when")
    told = desk.one_for(JANE).words
    assert "The last day to answer is Monday 11 January 2021" in told
    aims = [line for line in told.split("- ") if "our own aim" in line]
    assert len(aims) >= 2


def test_t24_t29_a_request_that_lay_elsewhere_is_counted_from_the_day_it_came(desk: Office) -> None:
    """Another department, a transfer, the post room: an officer says which day it was."""
    notice = new_case(desk)
    assert desk.orders(JANE, notice, "received 1 Dec 2020: it lay with Licensing") == "command"
    assert (desk.case().received, desk.case().due) == (date(2020, 12, 1), date(2020, 12, 31))
    desk.discards()


def test_t26_what_our_own_filter_put_aside_was_received_all_the_same(desk: Office) -> None:
    """It is listed and not acknowledged; an officer who makes it a request does so from the day it came."""
    raw = request(
        SAM, MAILBOX, "Chairs", QUESTION, desk.clock.now(), message_id="<j1@citizens.example>"
    )
    desk.stores(desk.border(raw, SAM.address), folder="Junk")
    desk.settles()
    desk.at("2020-12-09 08:01")
    digest = desk.one_for(JANE, "digest")
    assert "it was found in the folder Junk" in digest.words
    assert desk.post_for(SAM) == []
    assert desk.orders(JANE, digest, "m1 new") == "command"
    assert (desk.case().received, desk.case().due) == (date(2020, 12, 8), date(2021, 1, 11))
    desk.discards()


def test_t46_of_an_answer_in_doubt_about_a_part_an_officer_says_what_it_is(desk: Office) -> None:
    notice = new_case(desk)
    sends(desk, notice, "clarify\nWhich year do you mean?\nrest:\nYour second question is clear.")
    desk.at("2020-12-10 12:00")
    desk.discards()
    assert desk.asks() == "followup"
    told = desk.one_for(JANE, "follow-up")
    assert "it repeats the request" in told.words
    assert "time of its own, from" not in told.words
    assert "PartClarified" not in desk.kinds()
    assert desk.orders(JANE, told, "move 000001/20") == "command"
    assert "PartClarified" in desk.kinds()
    desk.discards()


def test_t46_a_question_about_a_part_leaves_the_date_of_the_rest(desk: Office) -> None:
    notice = new_case(desk)
    letter = sends(
        desk, notice, "clarify\nWhich year do you mean?\nrest:\nYour second question is clear."
    )
    assert "Monday 11 January 2021 remains the last day" in letter.words
    assert (desk.case().state, desk.case().due) == (State.OPEN, date(2021, 1, 11))
    desk.at("2020-12-10 12:00")
    desk.discards()
    assert desk.orders(SAM, letter, "2019, please.", login=False) == "followup"
    told = desk.one_for(JANE, "follow-up").words
    assert "2019, please." in told
    assert "that part has a time of its own, from Thursday 10 December 2020 (day 0)" in told
    assert "to Wednesday 13 January 2021. The rest stays due as it is." in told
    assert desk.case().due == date(2021, 1, 11)
    desk.discards()
    assert desk.orders(JANE, notice, "when") == "command"
    told = desk.one_for(JANE).words
    assert "Part clock (FOIA 2000 s.10(1)): from 10 December 2020 to 13 January 2021" in told
    assert "The part clock, day by day" in told
    assert desk.orders(SAM, letter, "And thank you.", login=False) == "followup"
    assert "time of its own, from" not in desk.one_for(JANE, "follow-up").words
    desk.discards()

    sends(desk, notice, ALIVE)
    assert (desk.case().state, desk.case().due) == (State.REOPENED, date(2021, 1, 13))
    desk.at("2021-01-14 09:00")
    late = {mail.kind: mail for mail in desk.post_for(JANE)}["overdue"]
    desk.discards()
    assert desk.orders(JANE, late, "clock part from 1 Jan 2021") == "command-refused"
    assert 'Reply "clock part stopped"' in desk.one_for(JANE).words
    assert desk.orders(JANE, late, "clock part stopped") == "command"
    desk.discards()
    assert desk.case().state is State.ANSWERED


@pytest.mark.parametrize(
    "words",
    [
        "Then only the figures for 2019, please.",
        "I would also like to know how many chairs you own.",
        "Thank you very much.",
        "Where is my answer?",
        "I ask for an internal review.",
    ],
)
def test_t48_t49_t51_a_further_message_starts_no_clock_of_its_own(desk: Office, words: str) -> None:
    """Whether it is a new request or asks for a review, an officer decides: the notice says so."""
    notice = new_case(desk)
    letter = sends(desk, notice, ALIVE)
    before = desk.case()
    assert desk.orders(SAM, letter, words, login=False) == "followup"
    told = desk.one_for(JANE, "follow-up").words
    assert "be a new request with a time of its own" in told
    assert (desk.case().due, desk.case().state, desk.case().clocks) == (
        before.due,
        before.state,
        before.clocks,
    )
    with desk.store.view() as tx:
        assert tx.cases.count() == 1
    desk.discards()


def test_t50_a_withdrawal_stops_the_clock_and_is_no_refusal(desk: Office) -> None:
    notice = new_case(desk)
    assert desk.orders(JANE, notice, "withdrawn") == "command"
    assert (desk.case().state, desk.case().outcome) == (State.WITHDRAWN, "withdrawn")
    desk.discards()
    desk.at("2021-01-12 09:30")
    assert [mail.kind for mail in desk.post_for(JANE)] == ["digest"]
    desk.discards()


def test_v08_an_unclear_request_is_counted_and_reminded_of_like_any_other(desk: Office) -> None:
    desk.asks("hello there", who=Person("", "x@citizens.example"), subject="")
    assert (desk.case().state, desk.case().due) == (State.OPEN, date(2021, 1, 11))
    desk.discards("x@citizens.example", JANE, TOM, RUTH)
    desk.at("2021-01-12 09:30")
    assert "overdue" in {mail.kind for mail in desk.post_for(JANE)}
    desk.discards()


def test_one_case_through_clarification_extension_and_a_corrected_receipt(desk: Office) -> None:
    notice = new_case(desk)
    desk.at("2020-12-14 10:00")
    desk.discards()
    letter = sends(desk, notice, "clarify\nWhich years do you mean?")
    assert "20 working days, counted from the day after" in letter.words

    desk.at("2021-01-06 12:00")
    desk.discards()
    assert desk.orders(SAM, letter, "2019 and 2020.", login=False) == "followup"
    told = desk.one_for(JANE, "clarified")
    assert "The last day by law is now Wednesday 3 February 2021" in told.words.replace("*", "")
    desk.discards()

    letter = sends(desk, told, "extend 24 until 3 Mar 2021\nThe arguments are strong.")
    assert "3 March 2021" in letter.words
    assert desk.case().due == date(2021, 3, 3)

    assert desk.orders(JANE, told, "received 3 Dec 2020: stamped by the post room") == "command"
    moved = desk.one_for(JANE, "date-moved").words.replace("*", "")
    assert "Before: received Tuesday 8 December 2020, last day Wednesday 3 March 2021" in moved
    assert "Now: received Thursday 3 December 2020, last day Wednesday 3 March 2021" in moved
    assert (desk.case().received, desk.case().due) == (date(2020, 12, 3), date(2021, 3, 3))
    desk.discards()

    assert desk.orders(JANE, told, "when") == "command"
    when = desk.one_for(JANE).words
    assert "The requester answered our question on Wednesday 6 January 2021" in when
    assert "The last day to answer is Wednesday 3 March 2021" in when
