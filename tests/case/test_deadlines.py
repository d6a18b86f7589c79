"""Deadlines in words and the reminder ladder, on the seed request: received 8 December 2020, due 11 January 2021."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case import clock_events as cl
from foibot.case.case import FINISHED, Case, State
from foibot.case.deadlines import (
    Due,
    Rung,
    reminder_due,
    rung_date,
    steps,
    working_days_late,
)
from foibot.case.lifecycle import fold
from foibot.law.calendar import answer_by, is_working_day
from foibot.law.foia import FOIA
from tests.case.case_files import DUE, REFERENCE, TO_REACH, case_of, chain, received
from tests.case.test_clocks import ASKED, FEE, PAID, interim

LADDER = tuple(Rung(day, f"step {day}", "officers") for day in (3, 8, 12, 15, 18, 20))
SEED = case_of()


def due_on(day: str, ladder: tuple[Rung, ...] = LADDER, case: Case = SEED, every: int = 1) -> Due:
    due = reminder_due(case, FOIA, ladder, date.fromisoformat(day), every)
    assert due is not None
    return due


def called(day: date, ladder: tuple[Rung, ...] = LADDER, case: Case = SEED) -> str:
    """What is called on a day: a rung's day, "late n", or "" for nothing."""
    due = reminder_due(case, FOIA, ladder, day, 1)
    if due is None:
        return ""
    return str(due.rung.day) if due.rung else f"late {due.overdue_days}"


# Every day from receipt to a few after the last: nothing on a weekend or a bank holiday (W-03).
SEED_DAYS = {
    "2020-12-08": "",
    "2020-12-09": "",
    "2020-12-10": "",
    "2020-12-11": "3",
    "2020-12-12": "",
    "2020-12-13": "",
    "2020-12-14": "3",
    "2020-12-15": "3",
    "2020-12-16": "3",
    "2020-12-17": "3",
    "2020-12-18": "8",
    "2020-12-21": "8",
    "2020-12-22": "8",
    "2020-12-23": "8",
    "2020-12-24": "12",
    "2020-12-25": "",
    "2020-12-26": "",
    "2020-12-27": "",
    "2020-12-28": "",
    "2020-12-29": "12",
    "2020-12-30": "12",
    "2020-12-31": "15",
    "2021-01-01": "",
    "2021-01-02": "",
    "2021-01-04": "",
    "2021-01-05": "15",
    "2021-01-06": "15",
    "2021-01-07": "18",
    "2021-01-08": "18",
    "2021-01-09": "",
    "2021-01-11": "20",
    "2021-01-12": "late 1",
    "2021-01-16": "",
    "2021-01-18": "late 5",
}


@pytest.mark.parametrize(("day", "says"), SEED_DAYS.items())
def test_the_ladder_on_the_seed_request(day: str, says: str) -> None:
    assert called(date.fromisoformat(day)) == says


def test_each_rung_is_called_once_by_its_key() -> None:
    days = [DUE - timedelta(days=n) for n in range(34, -1, -1)]
    keys = [due.key for day in days if (due := reminder_due(SEED, FOIA, LADDER, day, 1))]
    assert list(dict.fromkeys(keys)) == [
        f"reminder:{REFERENCE}:2021-01-11:{rung.day}" for rung in LADDER
    ]


def test_a_week_asleep_brings_one_reminder_the_highest() -> None:
    due = due_on("2021-01-07")
    assert due.rung == Rung(18, "step 18", "officers")
    assert (due.day, due.overdue_days) == (18, 0)


@pytest.mark.parametrize(
    ("day", "on"),
    [
        (1, "2020-12-09"),
        (20, "2021-01-11"),
        (0, "2021-01-11"),
        (-1, "2021-01-08"),
        (-2, "2021-01-07"),
        (-4, "2021-01-05"),
        (-5, "2020-12-31"),
    ],
)
def test_the_date_of_a_rung(day: int, on: str) -> None:
    rung = Rung(day, "", "")
    assert rung_date(SEED, FOIA, rung) == date.fromisoformat(on)
    assert called(date.fromisoformat(on), (rung,)) == str(day)
    before = date.fromisoformat(on) - timedelta(days=1)
    assert called(before, (rung,)) == ""


@pytest.mark.parametrize("ladder", [(20, 0), (0, 20)])
def test_of_two_rungs_on_one_day_the_one_counted_from_the_end_speaks(
    ladder: tuple[int, ...],
) -> None:
    assert called(DUE, tuple(Rung(day, "", "") for day in ladder)) == "0"


def test_the_latest_rung_speaks_in_whatever_order_they_stand() -> None:
    ladder = (Rung(-2, "", ""), Rung(3, "", ""), Rung(15, "", ""))
    assert called(date(2021, 1, 6), ladder) == "15"
    assert called(date(2021, 1, 7), ladder) == "-2"


@pytest.mark.parametrize(
    ("day", "name"),
    [(1, "working day 1"), (0, "last day"), (-2, "last day less 2")],
)
def test_the_name_of_a_rung(day: int, name: str) -> None:
    assert Rung(day, "", "").name == name


def test_no_ladder_calls_nothing_until_the_last_day_is_over() -> None:
    assert called(DUE, ()) == ""
    assert called(DUE + timedelta(days=1), ()) == "late 1"


@pytest.mark.parametrize(
    ("every", "turns"),
    [(1, [0, 1, 2, 3, 4]), (2, [0, 0, 1, 1, 2]), (3, [0, 0, 0, 1, 1]), (0, [0, 1, 2, 3, 4])],
)
def test_overdue_is_called_every_so_many_working_days(every: int, turns: list[int]) -> None:
    days = ["2021-01-12", "2021-01-13", "2021-01-14", "2021-01-15", "2021-01-18"]
    found = [due_on(day, every=every) for day in days]
    assert [due.key for due in found] == [f"overdue:{REFERENCE}:2021-01-11:{n}" for n in turns]
    assert [due.overdue_days for due in found] == [1, 2, 3, 4, 5]
    assert [due.rung for due in found] == [None] * 5
    assert [due.day for due in found] == [21, 22, 23, 24, 25]


@pytest.mark.parametrize("state", State)
def test_only_a_finished_or_waiting_case_is_left_in_peace(state: State) -> None:
    case = case_of(*TO_REACH[state])
    left = state in FINISHED or state is State.WAITING
    assert (called(date(2021, 1, 12), case=case) == "") is left


def test_a_review_is_reminded_of_before_its_last_day_and_not_of_the_ladder() -> None:
    review = cl.ClockStarted("review", "s.45 Code", date(2021, 1, 4), date(2021, 2, 1))
    case = case_of(*TO_REACH[State.ANSWERED], review)
    assert case.due == date(2021, 2, 1)
    days = {n: called(date(2021, 1, n), case=case) for n in (20, 22, 25, 27, 28, 29)}
    assert days == {20: "", 22: "", 25: "-5", 27: "-5", 28: "-2", 29: "-2"}
    last = due_on("2021-02-01", case=case)
    assert last.rung == Rung(0, "Give the result of the review.", "officers")
    assert called(date(2021, 2, 2), case=case) == "late 1"


def extended(until: date, told: date = date(2021, 1, 8)) -> Case:
    """The seed's case, had the requester been told that it takes longer."""
    return case_of(*interim("extension"), cl.Extended(told, until, "FOIA 2000 s.10(3)"))


def test_after_an_extension_the_ladder_leads_to_the_new_last_day() -> None:
    case = extended(date(2021, 2, 8))
    found = {
        day.isoformat(): rung.day
        for day, rung in steps(case, FOIA, (*LADDER, Rung(-1, "", ""), Rung(30, "", "")))
    }
    assert found == {
        "2021-01-14": 3,
        "2021-01-21": 8,
        "2021-01-25": 30,  # past the ordinary last day there is only receipt to count from
        "2021-01-27": 12,
        "2021-02-01": 15,
        "2021-02-04": 18,
        "2021-02-05": -1,
        "2021-02-08": 20,
    }
    assert called(DUE, case=case) == ""
    assert called(date(2021, 2, 8), case=case) == "20"


def test_a_short_extension_tells_no_step_again_that_was_told_just_before_it() -> None:
    case = extended(date(2021, 1, 13))
    days = {n: called(date(2021, 1, n), case=case) for n in (7, 8, 11, 12, 13, 14)}
    assert days == {7: "", 8: "", 11: "18", 12: "18", 13: "20", 14: "late 1"}


def test_a_last_day_on_a_sunday_is_called_on_the_last_working_day_before() -> None:
    case = extended(date(2021, 2, 7))
    ladder = (*LADDER, Rung(0, "", ""))
    assert called(date(2021, 2, 4), ladder, case) == "18"
    assert called(date(2021, 2, 5), ladder, case) == "0"
    assert called(date(2021, 2, 5), (*LADDER, Rung(-1, "", "")), case) == "-1"
    assert called(date(2021, 2, 5), LADDER, case) == "20"


def test_t35_after_a_fee_the_ladder_leads_to_the_day_it_moved_to() -> None:
    paid = case_of(*interim("fees-notice"), FEE, PAID)
    assert paid.due == date(2021, 2, 1)
    assert called(DUE, case=paid) == "3"
    assert called(paid.due, case=paid) == "20"


def test_no_rung_leads_to_a_day_of_the_requester() -> None:
    assert steps(case_of(*interim(), ASKED), FOIA, LADDER) == []


def test_late_days_count_working_days_alone() -> None:
    late_on = {date(2021, 1, day): working_days_late(SEED, FOIA, date(2021, 1, day)) for day in (10, 11, 12, 17, 18)}  # fmt: skip
    assert list(late_on.values()) == [0, 0, 1, 4, 5]


@given(
    st.dates(date(2015, 1, 1), date(2026, 1, 1)),
    st.lists(st.integers(-15, 25), max_size=8),
    st.integers(-3, 60),
)
def test_a_reminder_is_always_true_of_its_day(day: date, ladder: list[int], after: int) -> None:
    case = asked_on(day, answer_by(FOIA, day).due)
    today = day + timedelta(days=after)
    due = reminder_due(case, FOIA, [Rung(n, "", "") for n in ladder], today, 1)
    if not is_working_day(FOIA, today):
        assert due is None
    elif today > case.due:
        assert due is not None
        assert due.rung is None
        assert due.overdue_days >= 1
    elif due is not None:
        assert due.rung is not None
        on = rung_date(case, FOIA, due.rung)
        assert on <= today
        later = [rung_date(case, FOIA, Rung(n, "", "")) for n in ladder]
        assert not any(on < other <= today for other in later)
    else:
        assert all(rung_date(case, FOIA, Rung(n, "", "")) > today for n in ladder)


def asked_on(day: date, due: date = date(2021, 1, 11)) -> Case:
    """The seed's case, had it been received on another day."""
    case = fold(chain([received(received=day, due=due)]))
    assert case is not None
    return case
