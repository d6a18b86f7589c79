"""When bank holidays change, open cases are counted again, and no promise moves earlier by itself (T-10, T-16)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

from foibot.gateway.smtp import Answer
from foibot.law.bank_holidays import holidays_of
from foibot.law.regime import Nation, Proclaimed
from foibot.reports.case_file import case_json, case_lines
from tests.desk.test_clocks_by_post import new_case, sends
from tests.office import JANE, ORDER, RUTH, SAM, TOM, Mail, Office, office


def imports(desk: Office, *more: date, without: date | None = None, year: int = 2021) -> None:
    """An administrator imports the days of a year as they are known, with some more and one less."""
    days = [
        Proclaimed(day, name, nation)
        for nation in Nation
        for day, names in holidays_of(nation, year).items()
        for name in names
        if day != without
    ]
    days += [Proclaimed(day, "A day of celebration", Nation.SCOTLAND) for day in more]
    with desk.store.transaction() as tx:
        tx.holidays.replace_years(days, "bank-holidays.json", desk.clock.now())


def test_a_new_holiday_in_one_nation_moves_every_open_case_and_is_told_once(desk: Office) -> None:
    desk.asks()
    desk.discards()
    desk.tick()

    imports(desk, date(2021, 1, 7))
    desk.tick()

    assert desk.case().due == date(2021, 1, 12)
    for who in (JANE, TOM, RUTH):
        told = desk.one_for(who, "recounted")
        assert "000001/20: from 11 January 2021 to 12 January 2021" in told.words
    assert desk.kinds()[-1] == "Recounted"
    desk.tick()
    assert desk.unread == []


def test_a_date_a_requester_was_told_does_not_move_earlier(desk: Office) -> None:
    desk.asks()
    desk.discards()
    imports(desk, without=date(2021, 1, 4))
    desk.tick()

    assert desk.case().due == date(2021, 1, 11)
    assert (
        "stays 11 January 2021, though 8 January 2021 would do"
        in desk.one_for(JANE, "recounted").words
    )
    desk.discards()


def test_an_officer_may_let_it_move_earlier(desk: Office) -> None:
    desk.asks()
    notice = desk.one_for(JANE)
    imports(desk, without=date(2021, 1, 4))
    desk.tick()
    told = desk.one_for(JANE, "recounted").words
    assert 'reply to a notice of that request with "received"' in told
    desk.discards()
    assert desk.orders(JANE, notice, "received 8 Dec 2020: as the calendar now has it") == "command"
    assert desk.case().due == date(2021, 1, 8)
    desk.discards()


def test_a_date_nobody_was_told_moves_earlier_by_itself(desk: Office) -> None:
    desk.asks("I am going to kill myself tonight. How many chairs do you own?")
    assert desk.case().acknowledgement == "withheld"
    desk.discards()
    imports(desk, without=date(2021, 1, 4))
    desk.tick()
    assert desk.case().due == date(2021, 1, 8)
    assert "from 11 January 2021 to 8 January 2021" in desk.one_for(JANE, "recounted").words
    desk.discards()


def test_a_fee_under_the_regulations_may_be_paid_for_all_the_days_of_the_law(desk: Office) -> None:
    """60 working days: a new holiday among them gives the requester one more."""
    desk.asks()
    notice = desk.one_for(JANE)
    desk.orders(JANE, notice, "regime eir")
    desk.discards()
    order = "fee 12.50\n- postage\npayment:\nBy card."
    assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM, "draft")
    desk.discards()
    desk.orders(TOM, draft, "approve v1")
    desk.later(minutes=11)
    desk.discards()
    assert (desk.case().state, desk.case().due) == ("waiting-for-requester", date(2021, 3, 8))
    imports(desk, date(2021, 1, 7))
    desk.tick()
    assert desk.case().due == date(2021, 3, 9)
    desk.discards()


def test_an_answered_case_is_left_alone(desk: Office) -> None:
    draft = desk.drafted(ORDER)
    desk.orders(TOM, draft, "approve v1")
    desk.later(minutes=11)
    desk.discards()
    imports(desk, date(2021, 1, 7))
    desk.tick()
    assert desk.case().due == date(2021, 1, 11)
    assert desk.unread == []


def test_what_was_imported_while_the_office_was_closed_is_counted_when_it_opens(
    desk: Office, tmp_path: Path
) -> None:
    desk.asks()
    desk.discards()
    imports(desk, date(2021, 1, 7))
    twin = desk.twin(tmp_path / "twin")
    twin.tick()
    assert twin.case().due == date(2021, 1, 12)
    twin.discards()
    twin.close()


def answered(desk: Office) -> Mail:
    """A request that was answered on the day it came; Jane's fresh notice of it."""
    notice = new_case(desk)
    sends(desk, notice, "ncnd 31(3)(a)\nharm:\nEither answer would help offenders to plan.")
    return notice


def test_t16_the_clocks_of_a_review_and_a_complaint_are_counted_again_as_well(
    desk: Office,
) -> None:
    notice = answered(desk)
    desk.at("2020-12-21 10:00")
    desk.discards()
    for order in ("clock review from 21 Dec 2020", "clock regulator from 21 Dec 2020"):
        assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
        desk.discards()
    imports(desk, date(2021, 1, 5))
    desk.tick()
    told = desk.one_for(JANE, "recounted").words
    assert "000001/20, review: from 22 January 2021 to 25 January 2021" in told
    assert "000001/20, regulator: from 8 January 2021 to 11 January 2021" in told
    dues = {str(one.name): one.due for one in desk.case().clocks if one.runs}
    assert dues == {"review": date(2021, 1, 25), "regulator": date(2021, 1, 11)}
    assert desk.case().due == date(2021, 1, 11)
    desk.discards()
    desk.tick()
    assert desk.unread == []


def test_t16_a_review_is_not_due_earlier_by_itself_and_a_named_day_stays(desk: Office) -> None:
    notice = answered(desk)
    desk.at("2020-12-21 10:00")
    desk.discards()
    for order in ("clock review from 21 Dec 2020", "clock regulator until 15 Jan 2021"):
        assert desk.orders(JANE, notice, order) == "command", desk.one_for(JANE).text
        desk.discards()
    imports(desk, without=date(2021, 1, 4))
    desk.tick()
    told = desk.one_for(JANE, "recounted").words
    assert "000001/20, review: stays 22 January 2021, though 21 January 2021 would do" in told
    assert "regulator" not in told
    desk.discards()


def test_t16_a_letter_of_which_nobody_knows_whether_it_arrived_is_counted_again(
    desk: Office,
) -> None:
    draft = desk.drafted(ORDER)
    desk.orders(TOM, draft, "approve v1")
    desk.discards()
    desk.post.script.append((Answer.UNCERTAIN, 0, "connection lost"))
    desk.later(minutes=11)
    assert desk.case().state == "delivery-uncertain"
    desk.discards()
    imports(desk, date(2021, 1, 7))
    desk.tick()
    assert desk.case().due == date(2021, 1, 12)
    desk.discards()


def test_t15_a_date_past_the_known_holidays_says_so_wherever_it_is_told(tmp_path: Path) -> None:
    with office(tmp_path, start="2028-12-11 09:11") as desk:
        desk.asks()
        assert "have not all been announced" in desk.one_for(SAM).words
        notice = desk.one_for(JANE)
        mark = "Friday 12 January 2029 (provisional)"
        assert f"answer by {mark}" in notice.words
        assert b"last day to answer (provisional)" in notice.files["deadline.ics"]
        desk.discards()
        assert desk.orders(JANE, notice, "show") == "command"
        assert f"Last day to answer: {mark}" in desk.one_for(JANE).words
        assert desk.orders(JANE, notice, "when") == "command"
        assert "The date is provisional: bank holidays are known until" in desk.one_for(JANE).words
        assert desk.orders(JANE, notice, "regime eir") == "command"
        assert "12 January 2029 (provisional)" in desk.one_for(JANE).words
        assert desk.orders(JANE, notice, "received 8 Dec 2028: a slip") == "command"
        moved = desk.one_for(JANE, "date-moved").words
        assert "last day Thursday 11 January 2029 (provisional)" in moved
        desk.discards()
        desk.at("2028-12-14 09:00")
        post = {mail.kind: mail.words for mail in desk.post_for(JANE)}
        assert "due: Thursday 11 January 2029 (provisional);" in post["reminder"]
        assert "on Thursday 11 January 2029 (provisional)" in post["digest"]
        assert "is provisional. Import the file that GOV.UK publishes" in post["digest"]
        desk.discards()
        with desk.store.view() as tx:
            law = tx.holidays.known_to(desk.office.laws.of(desk.case()))
        document = case_json(desk.case(), desk.history(), law)
        assert document["provisional"] is True
        assert [one["provisional"] for one in cast(Any, document["clocks"])] == [True]
        lines = case_lines(desk.case(), desk.history(), law)
        assert "Last day to answer: Thursday 11 January 2029 (provisional)" in lines

        imports(desk, date(2029, 1, 9), year=2029)
        desk.tick()
        assert "to 12 January 2029" in desk.one_for(JANE, "recounted").words
        assert desk.orders(JANE, notice, "show") == "command"
        assert "Last day to answer: Friday 12 January 2029 -" in desk.one_for(JANE).words
        desk.discards()
