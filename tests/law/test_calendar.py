"""Counting: every worked example, a second way to count, and what must hold for any date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES, regime
from foibot.law.bank_holidays import HORIZON, holidays_of
from foibot.law.calendar import (
    LimitMustBePositive,
    NotCounted,
    OutsideCalendar,
    add_working_days,
    answer_by,
    count,
    is_working_day,
    last_day,
    working_days_between,
)
from foibot.law.regime import Duty, Nation, NoLimitInForce, Proclaimed, Regime, TwoLimitsInForce

FOIA, EIR, FOISA, EISR = REGIMES


def day(text: str) -> date:
    return date.fromisoformat(text)


# id, received, due, what the calendar of England and Wales gives, weekdays not counted
FOIA_EXAMPLES = """
F01 2020-12-08 2021-01-11 2021-01-08 12-25 12-28 01-01 01-04
F02 2020-12-10 2021-01-13 2021-01-12 12-25 12-28 01-01 01-04
F03 2026-11-20 2026-12-21 2026-12-18 11-30
F04 2026-02-17 2026-03-18 2026-03-17 03-17
F05 2026-06-01 2026-06-30 2026-06-29 06-15
F06 2026-06-13 2026-07-14 2026-07-10 06-15 07-13
F07 2026-07-03 2026-08-04 2026-07-31 07-13 08-03
F08 2026-07-04 2026-08-04 2026-07-31 07-13 08-03
F09 2026-07-05 2026-08-04 2026-07-31 07-13 08-03
F10 2026-07-06 2026-08-05 2026-08-03 07-13 08-03
F11 2026-07-10 2026-08-11 2026-08-07 07-13 08-03
F12 2026-07-20 2026-08-18 2026-08-17 08-03
F13 2026-08-28 2026-09-28 2026-09-28 08-31
F14 2026-12-18 2027-01-21 2027-01-20 12-25 12-28 01-01 01-04
F15 2025-12-24 2026-01-27 2026-01-26 12-25 12-26 01-01 01-02
F16 2025-12-25 2026-01-27 2026-01-26 12-26 01-01 01-02
F17 2026-12-25 2027-01-27 2027-01-26 12-28 01-01 01-04
F18 2021-12-24 2022-01-27 2022-01-26 12-27 12-28 01-03 01-04
F19 2022-05-09 2022-06-08 2022-06-08 06-02 06-03
F20 2022-08-22 2022-09-21 2022-09-21 08-29 09-19
F21 2023-04-06 2023-05-10 2023-05-10 04-07 04-10 05-01 05-08
F22 2020-04-03 2020-05-05 2020-05-05 04-10 04-13
F23 2024-02-29 2024-04-02 2024-03-28 03-18 03-29 04-01
F24 2027-03-01 2027-04-01 2027-03-31 03-17 03-26 03-29
E01 2026-03-20 2026-04-21 2026-04-21 04-03 04-06
"""
FOISA_EXAMPLES = """
S01 2026-02-17 2026-03-17 2026-03-18
S02 2026-03-20 2026-04-20 2026-04-21 04-03
S03 2026-06-01 2026-06-30 2026-06-30 06-15
S04 2026-07-04 2026-07-31 2026-08-04
S05 2026-07-20 2026-08-18 2026-08-18 08-03
S06 2026-08-28 2026-09-25 2026-09-28
S07 2026-11-20 2026-12-21 2026-12-21 11-30
S08 2025-12-24 2026-01-27 2026-01-27 12-25 12-26 01-01 01-02
S09 2020-12-08 2021-01-11 2021-01-11 12-25 12-28 01-01 01-04
S10 2020-04-03 2020-05-04 2020-05-05 04-10
"""


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


def skipped(working_holidays: tuple[NotCounted, ...]) -> list[str]:
    return [f"{holiday.day:%m-%d}" for holiday in working_holidays]


@pytest.mark.parametrize("row", rows(FOIA_EXAMPLES), ids=lambda row: row[0])
@pytest.mark.parametrize("law", [FOIA, EIR], ids=["foia", "eir"])
def test_t01_t02_t32_answers_in_the_whole_uk(law: Regime, row: list[str]) -> None:
    _, received, due, theirs, *holidays = row
    working = answer_by(law, day(received))
    assert working.due == day(due)
    assert working.england_and_wales_only == day(theirs)
    assert skipped(working.holidays) == holidays
    assert (working.regime, working.received, working.working_days) == (law.key, day(received), 20)
    assert not working.provisional


@pytest.mark.parametrize("row", rows(FOISA_EXAMPLES), ids=lambda row: row[0])
@pytest.mark.parametrize("law", [FOISA, EISR], ids=["foisa", "eisr"])
def test_t03_t04_t32_answers_in_scotland(law: Regime, row: list[str]) -> None:
    _, received, due, in_england, *holidays = row
    working = answer_by(law, day(received))
    assert working.due == day(due)
    assert skipped(working.holidays) == holidays
    assert answer_by(FOIA, day(received)).due == day(in_england)


@pytest.mark.parametrize(
    ("received", "due", "theirs", "holidays"),
    [
        ("2026-03-20", "2026-05-20", "2026-05-20", ["04-03", "04-06", "05-04"]),
        (
            "2025-11-28",
            "2026-01-30",
            "2026-01-28",
            ["12-01", "12-25", "12-26", "01-01", "01-02"],
        ),
    ],
    ids=["E02", "E03"],
)
def test_t33_extended_answers(received: str, due: str, theirs: str, holidays: list[str]) -> None:
    working = count(EIR, day(received), EIR.limit(Duty.ANSWER_EXTENDED, day(received)).number)
    assert working.due == last_day(EIR, Duty.ANSWER_EXTENDED, day(received)) == day(due)
    assert working.england_and_wales_only == day(theirs)
    assert skipped(working.holidays) == holidays


# The seed: day numbers of 8 December 2020 to 12 January 2021, holidays and weekends repeating the last.
SEED = """
12-01=0 12-08=0 12-09=1 12-10=2 12-11=3 12-12=3 12-14=4 12-15=5 12-16=6 12-17=7 12-18=8 12-21=9 12-22=10
12-23=11 12-24=12 12-25=12 12-28=12 12-29=13 12-30=14 12-31=15 01-01=15 01-04=15 01-05=16 01-06=17
01-07=18 01-08=19 01-11=20 01-12=21
"""


@pytest.mark.parametrize("row", SEED.split())
def test_t18_the_seed_counted_day_by_day(row: str) -> None:
    text, number = row.split("=")
    year = 2020 if text.startswith("12") else 2021
    working = answer_by(FOIA, day("2020-12-08"))
    assert working.day_number(day(f"{year}-{text}")) == int(number)


def test_every_date_not_counted_says_why() -> None:
    working = answer_by(FOIA, day("2020-12-08"))
    assert [(f"{each.day:%m-%d}", each.why) for each in working.not_counted] == [
        ("12-12", "Saturday"),
        ("12-13", "Sunday"),
        ("12-19", "Saturday"),
        ("12-20", "Sunday"),
        ("12-25", "Christmas Day (all of the UK)"),
        ("12-26", "Saturday"),
        ("12-27", "Sunday"),
        ("12-28", "Boxing Day, substitute day (all of the UK)"),
        ("01-01", "New Year's Day (all of the UK)"),
        ("01-02", "Saturday"),
        ("01-03", "Sunday"),
        ("01-04", "New Year Holiday, substitute day (Scotland)"),
        ("01-09", "Saturday"),
        ("01-10", "Sunday"),
    ]


@pytest.mark.parametrize(
    ("law", "text", "why"),
    [
        (FOIA, "2026-04-06", "Easter Monday (England, Wales and Northern Ireland)"),
        (FOIA, "2026-03-17", "St Patrick's Day (Northern Ireland)"),
        (FOISA, "2026-12-25", "Christmas Day (Scotland)"),
        (
            FOIA,
            "2023-01-02",
            "New Year's Day, substitute day (all of the UK); New Year Holiday (Scotland)",
        ),
    ],
)
def test_a_holiday_says_where_it_is_kept(law: Regime, text: str, why: str) -> None:
    before = day(text) - timedelta(days=1)
    assert NotCounted(day(text), why) in count(law, before, 1).not_counted


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2020-05-04", True),  # T-08
        ("2020-05-08", False),
        ("2022-05-30", True),  # T-09
        ("2022-06-03", False),
        ("2022-09-19", False),  # T-10
        ("2023-05-08", False),  # T-11
        ("2026-06-15", False),  # T-12
        ("2026-12-29", True),  # T-06
    ],
)
def test_t06_to_t12_single_days(text: str, works: bool) -> None:
    assert is_working_day(FOIA, day(text)) is works


@pytest.mark.parametrize(
    ("law", "duty", "start", "last"),
    [
        (FOIA, Duty.ANSWER, "2026-03-25", "2026-04-24"),  # R01, from the clarification
        (FOIA, Duty.ANSWER, "2026-05-30", "2026-06-29"),  # R02
        (FOISA, Duty.ANSWER, "2026-05-30", "2026-06-29"),
        (FOIA, Duty.PAY_FEE, "2026-02-12", "2026-05-11"),  # R03
        (FOIA, Duty.PAY_FEE, "2025-12-23", "2026-03-22"),  # R04
        (FOIA, Duty.PAY_FEE, "2025-11-30", "2026-02-28"),  # R05
        (EIR, Duty.PAY_FEE, "2026-02-12", "2026-05-13"),  # R06
        (EISR, Duty.PAY_FEE, "2026-02-12", "2026-05-08"),  # R07
        (FOIA, Duty.ANSWER, "2026-10-05", "2026-11-02"),  # R08
        (FOIA, Duty.WEIGH_PUBLIC_INTEREST, "2026-10-05", "2026-12-01"),
        (FOIA, Duty.WEIGH_PUBLIC_INTEREST, "2020-12-08", "2021-02-08"),  # R09
        (FOIA, Duty.ASK_FOR_REVIEW, "2021-01-05", "2021-03-02"),  # R10
        (FOIA, Duty.ANSWER_REVIEW, "2026-07-06", "2026-08-05"),  # R11
        (FOIA, Duty.ANSWER_REVIEW_EXTENDED, "2026-07-06", "2026-09-03"),
        (FOIA, Duty.ANSWER_REVIEW, "2026-11-27", "2026-12-30"),  # R12
        (FOIA, Duty.ANSWER_REVIEW_EXTENDED, "2026-11-27", "2027-01-29"),
        (EIR, Duty.ANSWER_REVIEW, "2026-03-27", "2026-05-28"),  # R13
        (
            FOISA,
            Duty.ASK_FOR_REVIEW,
            "2026-03-30",
            "2026-05-28",
        ),  # R14, from the end of the time allowed
        (FOISA, Duty.ASK_FOR_REVIEW, "2026-04-20", "2026-06-18"),  # R15
        (FOISA, Duty.ANSWER_REVIEW, "2026-05-11", "2026-06-09"),  # R16
        (EISR, Duty.ANSWER_REVIEW, "2026-05-11", "2026-06-09"),
        (FOISA, Duty.COMPLAIN_TO_REGULATOR, "2026-06-08", "2026-12-08"),  # R17
        (FOIA, Duty.AGGREGATE, "2026-01-05", "2026-03-30"),  # R18
        (FOIA, Duty.AGGREGATE, "2026-09-01", "2026-11-23"),  # R19
        (FOIA, Duty.APPEAL, "2026-10-01", "2026-10-29"),  # R20, T-40
        (EIR, Duty.APPEAL, "2026-10-01", "2026-10-29"),
        (FOISA, Duty.APPEAL, "2026-10-01", "2026-11-12"),
        (FOIA, Duty.TAKE_STEPS, "2026-10-01", "2026-11-05"),  # R20, T-52
        (FOIA, Duty.ANSWER_REGULATOR, "2026-10-01", "2026-10-15"),  # T-53
        (FOIA, Duty.CLARIFY, "2026-03-10", "2026-06-09"),  # T-47
        (EISR, Duty.COMPLAIN_TO_REGULATOR, "2026-06-08", "2026-12-08"),  # T-39
        (EIR, Duty.SEND_FEES_NOTICE, "2026-03-20", "2026-04-21"),  # T-35
        (FOISA, Duty.ASK_FOR_CLARIFICATION, "2026-03-20", "2026-04-20"),  # T-36
        (EISR, Duty.ANSWER_EXTENDED, "2026-03-20", "2026-05-19"),  # T-33
        (FOISA, Duty.ANSWER_FROM_ARCHIVE, "2026-11-20", "2027-01-08"),  # T-44
        (FOIA, Duty.ANSWER_FROM_ARCHIVE, "2026-11-20", "2027-01-08"),  # R22
        (FOIA, Duty.ANSWER, "2026-06-17", "2026-07-16"),  # R24, London date
        (FOIA, Duty.ANSWER, "2026-12-16", "2027-01-19"),  # R25
    ],
)
def test_t05_and_t30_to_t53_other_limits(law: Regime, duty: Duty, start: str, last: str) -> None:
    assert last_day(law, duty, day(start)) == day(last)


def test_t16_r26_a_holiday_proclaimed_while_a_case_is_open() -> None:
    # The World Cup holiday as it stood before anybody knew of it: E&W and NI had none in June 2026.
    unaware = replace(FOIA, nations=frozenset({Nation.ENGLAND_AND_WALES, Nation.NORTHERN_IRELAND}))
    assert answer_by(unaware, day("2026-05-20")).due == day("2026-06-18")
    extra = Proclaimed(day("2026-06-15"), "World Cup", Nation.NORTHERN_IRELAND)
    aware = replace(unaware, proclaimed=frozenset({extra}))
    working = answer_by(aware, day("2026-05-20"))
    assert working.due == answer_by(FOIA, day("2026-05-20")).due == day("2026-06-19")
    assert NotCounted(day("2026-06-15"), "World Cup (Northern Ireland)") in working.holidays


def test_t07_a_holiday_proclaimed_elsewhere_does_not_count() -> None:
    extra = Proclaimed(day("2026-07-20"), "Exampleshire Day", Nation.ENGLAND_AND_WALES)
    scotland = replace(FOISA, proclaimed=frozenset({extra}))
    assert is_working_day(scotland, extra.day)
    both = [extra, replace(extra, nation=Nation.NORTHERN_IRELAND)]
    working = count(replace(FOIA, proclaimed=frozenset(both)), day("2026-07-17"), 1)
    assert working.holidays == (
        NotCounted(extra.day, "Exampleshire Day (England, Wales and Northern Ireland)"),
    )


def test_t07_a_day_that_is_known_twice_is_named_once() -> None:
    same = Proclaimed(day("2026-06-15"), "World Cup Bank Holiday", Nation.SCOTLAND)
    working = count(replace(FOIA, proclaimed=frozenset({same})), day("2026-06-12"), 1)
    assert working.holidays == (NotCounted(same.day, "World Cup Bank Holiday (Scotland)"),)


def test_t03_nobody_expects_a_scottish_date_from_the_english_calendar() -> None:
    working = answer_by(FOISA, day("2026-11-20"))
    assert working.england_and_wales_only == working.due
    assert answer_by(FOIA, day("2026-11-20")).england_and_wales_only < working.due


def test_t15_the_last_certain_receipt() -> None:
    assert not answer_by(FOIA, day("2028-11-28")).provisional
    working = answer_by(FOIA, day("2028-11-29"))
    assert working.provisional
    assert working.horizon == HORIZON
    assert working.due > HORIZON


def test_zero_days_and_backwards() -> None:
    assert add_working_days(FOIA, day("2021-01-04"), 0) == day("2021-01-04")
    assert add_working_days(FOIA, day("2021-01-11"), -20) == day("2020-12-08")
    assert add_working_days(FOIA, day("2021-01-05"), -1) == day("2020-12-31")
    assert working_days_between(FOIA, day("2021-01-11"), day("2021-01-11")) == 0
    assert working_days_between(FOIA, day("2021-01-11"), day("2020-12-08")) == 0


@pytest.mark.parametrize("text", ["2003-12-31", "2100-01-01", "9999-12-31"])
def test_dates_outside_the_calendar_say_so(text: str) -> None:
    with pytest.raises(OutsideCalendar, match="2004 to 2099"):
        is_working_day(FOIA, day(text))
    if text > "2004":
        with pytest.raises(OutsideCalendar):
            last_day(FOIA, Duty.APPEAL, day(text))


def test_a_count_of_nothing_is_a_bug() -> None:
    with pytest.raises(LimitMustBePositive, match="at least one"):
        count(FOIA, day("2021-01-11"), 0)


def test_no_limit_before_the_law() -> None:
    with pytest.raises(NoLimitInForce, match="2004-12-31"):
        answer_by(FOIA, day("2004-12-31"))
    with pytest.raises(NoLimitInForce, match="EIR"):
        last_day(EIR, Duty.AGGREGATE, day("2026-01-05"))


def test_overlapping_limits_are_a_bug() -> None:
    twice = replace(FOIA, limits=(*FOIA.limits, FOIA.limits[0]))
    with pytest.raises(TwoLimitsInForce, match="overlap"):
        answer_by(twice, day("2021-01-11"))


DATES = st.dates(min_value=date(2005, 1, 1), max_value=date(2040, 12, 31))
LAWS = st.sampled_from(REGIMES)
DAYS = st.integers(min_value=1, max_value=60)


def by_hand(law: Regime, received: date, days: int) -> date:
    """A second way to count: one day at a time, asking each nation's list."""
    counted, now = 0, received
    while counted < days:
        now += timedelta(days=1)
        closed = any(now in holidays_of(nation, now.year) for nation in law.nations)
        counted += now.weekday() < 5 and not closed
    return now


@given(LAWS, DATES, DAYS)
def test_counting_by_index_is_counting_by_hand(law: Regime, received: date, days: int) -> None:
    working = count(law, received, days)
    assert working.due == by_hand(law, received, days)
    between = (working.due - received).days - 1
    assert between == (days - 1) + len(working.not_counted)
    assert working.day_number(working.due) == days


@given(LAWS, DATES, DAYS)
def test_the_last_day_is_a_working_day_after_receipt(
    law: Regime, received: date, days: int
) -> None:
    due = count(law, received, days).due
    assert due > received
    assert is_working_day(law, due)
    assert working_days_between(law, received, due) == days


@given(LAWS, st.lists(DATES, min_size=2, max_size=6), DAYS)
def test_received_later_is_never_due_earlier(law: Regime, received: list[date], days: int) -> None:
    due = [count(law, each, days).due for each in sorted(received)]
    assert all(earlier <= later for earlier, later in pairwise(due))


@given(LAWS, DATES, DAYS, st.integers(min_value=1, max_value=90), st.sampled_from(list(Nation)))
def test_a_new_holiday_never_makes_a_date_earlier(
    law: Regime, received: date, days: int, later: int, nation: Nation
) -> None:
    extra = Proclaimed(received + timedelta(days=later), "A new holiday", nation)
    before = count(law, received, days).due
    after = count(replace(law, proclaimed=frozenset({extra})), received, days).due
    assert after >= before
    matters = nation in law.nations and extra.day <= before and is_working_day(law, extra.day)
    assert (after > before) is matters


@given(LAWS, DATES, st.integers(min_value=-300, max_value=300))
def test_going_there_and_back(law: Regime, start: date, n: int) -> None:
    working = add_working_days(law, start, 1)
    assert add_working_days(law, add_working_days(law, working, n), -n) == working


@given(DATES)
def test_the_uk_is_never_earlier_than_its_parts(received: date) -> None:
    uk = answer_by(FOIA, received)
    assert uk.due >= answer_by(FOISA, received).due
    assert uk.due >= uk.england_and_wales_only


def test_the_registry_gives_the_same_law() -> None:
    assert answer_by(regime("FOIA "), day("2020-12-08")) == answer_by(FOIA, day("2020-12-08"))
