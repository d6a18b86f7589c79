"""The holidays of the four nations, against the dates GOV.UK published for 2019 to 2028."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from holidays import country_holidays

from foibot.law.bank_holidays import HORIZON, HORIZON_CHECKED, SOURCE, holidays_of
from foibot.law.regime import Nation

# Weekdays only, as GOV.UK lists them: all four nations | all but Scotland | Scotland only | Northern Ireland only.
PUBLISHED = {
    2019: "01-01 04-19 05-06 05-27 12-25 12-26|04-22 08-26|01-02 08-05 12-02|03-18 07-12",
    2020: "01-01 04-10 05-08 05-25 12-25 12-28|04-13 08-31|01-02 08-03 11-30|03-17 07-13",
    2021: "01-01 04-02 05-03 05-31 12-27 12-28|04-05 08-30|01-04 08-02 11-30|03-17 07-12",
    2022: "01-03 04-15 05-02 06-02 06-03 09-19 12-26 12-27|04-18 08-29|01-04 08-01 11-30|03-17 07-12",
    2023: "01-02 04-07 05-01 05-08 05-29 12-25 12-26|04-10 08-28|01-03 08-07 11-30|03-17 07-12",
    2024: "01-01 03-29 05-06 05-27 12-25 12-26|04-01 08-26|01-02 08-05 12-02|03-18 07-12",
    2025: "01-01 04-18 05-05 05-26 12-25 12-26|04-21 08-25|01-02 08-04 12-01|03-17 07-14",
    2026: "01-01 04-03 05-04 05-25 12-25 12-28|04-06 08-31|01-02 06-15 08-03 11-30|03-17 07-13",
    2027: "01-01 03-26 05-03 05-31 12-27 12-28|03-29 08-30|01-04 08-02 11-30|03-17 07-12",
    2028: "01-03 04-14 05-01 05-29 12-25 12-26|04-17 08-28|01-04 08-07 11-30|03-17 07-12",
}


def published(year: int, nation: Nation) -> set[date]:
    all_four, not_scotland, scotland, northern_ireland = (
        {date.fromisoformat(f"{year}-{day}") for day in column.split()}
        for column in PUBLISHED[year].split("|")
    )
    match nation:
        case Nation.ENGLAND_AND_WALES:
            return all_four | not_scotland
        case Nation.SCOTLAND:
            return all_four | scotland
        case Nation.NORTHERN_IRELAND:
            return all_four | not_scotland | northern_ireland


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("year", PUBLISHED)
def test_t08_to_t14_weekday_holidays_are_those_gov_uk_published(year: int, nation: Nation) -> None:
    ours = {day for day in holidays_of(nation, year) if day.weekday() < 5}
    assert ours == published(year, nation)


def test_t15_the_horizon_is_the_last_published_day() -> None:
    assert date(max(PUBLISHED), 12, 31) == HORIZON
    assert HORIZON_CHECKED < HORIZON


def test_england_and_wales_share_one_list() -> None:
    years = range(2005, HORIZON.year + 1)
    england = country_holidays("GB", subdiv="ENG", years=years)
    wales = country_holidays("GB", subdiv="WLS", years=years)
    assert dict(england) == dict(wales)


@pytest.mark.parametrize("nation", list(Nation))
def test_the_days_are_those_the_package_gives_by_its_own_way(nation: Nation) -> None:
    subdivision = {
        Nation.ENGLAND_AND_WALES: "ENG",
        Nation.SCOTLAND: "SCT",
        Nation.NORTHERN_IRELAND: "NIR",
    }
    for year in (2004, 2012, 2022, HORIZON.year, 2100):
        given = country_holidays("GB", subdiv=subdivision[nation], years=year)
        assert set(holidays_of(nation, year)) == set(given)


def test_no_other_country_is_loaded() -> None:
    asked = (
        "import sys; from datetime import date; from foibot.law.bank_holidays import Nation, holidays_of;"
        "print(date(2026, 6, 15) in holidays_of(Nation.SCOTLAND, 2026),"
        " 'holidays.countries' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True)
    assert done.stdout == "True False\n", done.stderr


@pytest.mark.parametrize("year", range(2004, 2100))
def test_t01_good_friday_and_christmas_day_never_drop_out(year: int) -> None:
    for nation in Nation:
        holidays = holidays_of(nation, year)
        assert ("Good Friday",) in holidays.values()
        assert date(year, 12, 25) in holidays


@pytest.mark.parametrize(
    ("nation", "day", "names"),
    [
        (Nation.SCOTLAND, date(2021, 1, 4), ("New Year Holiday, substitute day",)),
        (Nation.SCOTLAND, date(2026, 6, 15), ("World Cup Bank Holiday",)),
        (Nation.SCOTLAND, date(2026, 11, 30), ("St Andrew's Day",)),
        (
            Nation.SCOTLAND,
            date(2023, 1, 2),
            ("New Year Holiday", "New Year's Day, substitute day"),
        ),
        (Nation.NORTHERN_IRELAND, date(2024, 3, 18), ("St Patrick's Day, substitute day",)),
        (Nation.ENGLAND_AND_WALES, date(2020, 5, 8), ("Early May Bank Holiday",)),
        (Nation.ENGLAND_AND_WALES, date(2020, 8, 31), ("Summer Bank Holiday",)),
    ],
)
def test_days_are_called_what_officers_call_them(
    nation: Nation, day: date, names: tuple[str, ...]
) -> None:
    assert holidays_of(nation, day.year)[day] == names


def test_a_day_that_was_not_imported_says_which_package_knows_it() -> None:
    assert SOURCE.startswith("foibot (holidays 0.")
