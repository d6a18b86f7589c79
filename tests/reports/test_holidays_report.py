"""The list of holidays, what an import changed, and any clock for people and as JSON."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foibot.law.bank_holidays import HORIZON, SOURCE, holidays_of
from foibot.law.clocks import days_after, last_day_of, limit_of
from foibot.law.eisr import EISR
from foibot.law.foia import FOIA
from foibot.law.holiday_file import HolidayFile
from foibot.law.known_holidays import Moved, with_holidays
from foibot.law.regime import Nation, Proclaimed
from foibot.reports.due import days_json, explained, last_day_json, last_day_lines
from foibot.reports.holidays import (
    HolidayRow,
    after_import,
    holiday_rows,
    holidays_json,
    holidays_table,
    import_lines,
)

CUP = Proclaimed(date(2026, 6, 15), "World Cup", Nation.SCOTLAND)
BOTH = replace(CUP, nation=Nation.ENGLAND_AND_WALES)


def test_each_day_says_where_it_is_known_from() -> None:
    known = with_holidays(FOIA, [CUP, BOTH])
    rows = holiday_rows(known, {CUP: "a.json", BOTH: "a.json"}, [2026, 2027])
    assert rows[0] == HolidayRow(
        CUP.day, "World Cup", (Nation.ENGLAND_AND_WALES, Nation.SCOTLAND), "a.json"
    )
    assert {row.source for row in rows if row.day.year == 2027} == {SOURCE}
    assert holidays_json(rows)[0] == {
        "date": "2026-06-15",
        "name": "World Cup",
        "nations": ["England and Wales", "Scotland"],
        "source": "a.json",
    }
    assert holidays_table(rows).rows[0] == (
        "Monday 15 June 2026",
        "World Cup",
        "England and Wales and Scotland",
        "a.json",
    )


def test_an_import_tells_each_weekday_it_changed() -> None:
    moved = Moved(CUP.day, CUP.name, CUP.nation, is_holiday=True)
    assert import_lines([moved, replace(moved, is_holiday=False)]) == [
        "Changed:",
        "  Monday 15 June 2026 is now a holiday in Scotland: World Cup",
        "  Monday 15 June 2026 is no longer a holiday in Scotland: World Cup",
    ]
    assert import_lines([]) == ["No weekday changed."]


def whole(*years: int) -> HolidayFile:
    days = [
        Proclaimed(day, name, nation)
        for nation in Nation
        for year in years
        for day, names in holidays_of(nation, year).items()
        for name in names
    ]
    return HolidayFile(tuple(days), frozenset(years))


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((2027,), ["known until 31 December 2028"]),
        ((2029, 2030), ["known until 31 December 2030"]),
        ((2031,), ["known until 31 December 2028", "imported for 2029 and 2030"]),
        ((2029, 2031), ["known until 31 December 2029", "imported for 2030"]),
    ],
)
def test_t15_an_import_says_how_far_the_holidays_are_known(
    years: tuple[int, ...], said: list[str]
) -> None:
    file = whole(*years)
    lines = after_import(file, with_holidays(FOIA, file.days))
    assert len(lines) == len(said)
    assert all(words in line for words, line in zip(said, lines, strict=True))


def test_a_day_with_two_names_is_named_after_an_import() -> None:
    file = HolidayFile((CUP, replace(CUP, name="Another"), BOTH), frozenset({2026}))
    (_, told) = after_import(file, FOIA)
    assert told.startswith("Monday 15 June 2026 has 2 names in Scotland: World Cup; Another.")


def test_t15_a_day_that_nobody_has_published_says_so_in_the_list() -> None:
    rows = holiday_rows(FOIA, {}, [2028, 2029])
    sources = {row.day.year: row.source for row in rows}
    assert sources == {2028: SOURCE, 2029: f"{SOURCE}, provisional: not published yet"}


def test_a_limit_in_months_leaves_nothing_out() -> None:
    paid = last_day_of(FOIA, limit_of("fee", FOIA, CUP.day), date(2025, 11, 30))
    assert last_day_lines(paid, FOIA) == [
        "Last day to pay the fee: Saturday 28 February 2026",
        "That is 3 months beginning with Sunday 30 November 2025 (FOIA 2000 s.9(2)).",
        "Weekends and holidays count like any other day here.",
    ]
    assert days_json(paid) == []
    assert explained(paid) == ["Counted in whole months: no day is left out."]


def test_a_clock_in_json_names_its_limit() -> None:
    paid = last_day_of(EISR, limit_of("fee", EISR, CUP.day), date(2026, 2, 12))
    found = last_day_json(paid, EISR)
    assert (found["received"], found["due"], found["working_days"]) == (
        "2026-02-12",
        "2026-05-08",
        60,
    )
    assert found["limit"] == {
        "number": 60,
        "unit": "working days beginning with",
        "citation": "EI(S)R 2004 reg.8(6)",
    }
    bare = days_after(FOIA, date(2020, 12, 8), 1)
    assert (last_day_json(bare, FOIA)["clock"], last_day_json(bare, FOIA)["limit"]) == (None, None)
    assert days_json(bare)[-1] == {"date": "2020-12-09", "number": 1, "why": ""}
    assert last_day_lines(bare, FOIA)[:2] == [
        "Working day 1: Wednesday 9 December 2020",
        "Counted from Tuesday 8 December 2020 (day 0) under the Freedom of Information Act 2000.",
    ]


def test_any_clock_past_the_known_holidays_is_provisional() -> None:
    assert last_day_lines(days_after(FOIA, HORIZON, 1), FOIA)[-1].startswith("Provisional:")
    assert last_day_json(days_after(FOIA, HORIZON, 1), FOIA)["provisional"] is True
    appeal = last_day_of(FOIA, limit_of("appeal", FOIA, HORIZON), HORIZON)
    assert last_day_json(appeal, FOIA)["provisional"] is False


def test_every_day_is_told_for_people_too() -> None:
    assert explained(days_after(FOIA, date(2020, 12, 24), 1)) == [
        "Day by day:",
        "     - Thursday 24 December 2020: the period starts: day 0",
        "     - Friday 25 December 2020: Christmas Day (all of the UK)",
        "     - Saturday 26 December 2020: Saturday",
        "     - Sunday 27 December 2020: Sunday",
        "     - Monday 28 December 2020: Boxing Day, substitute day (all of the UK)",
        "     1 Tuesday 29 December 2020",
    ]
