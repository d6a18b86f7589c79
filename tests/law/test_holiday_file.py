"""A file of holidays as GOV.UK publishes it: what is taken from it, and everything that can be wrong with it."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.law import REGIMES
from foibot.law.bank_holidays import holidays_of
from foibot.law.calendar import NotCounted, answer_by, is_working_day
from foibot.law.holiday_file import DIVISIONS, FileProblem, HolidayFile, read_holiday_file
from foibot.law.known_holidays import Moved, moved_days, with_holidays
from foibot.law.regime import Nation, Proclaimed

FOIA, _, FOISA, _ = REGIMES


def document(*years: int) -> dict[str, Any]:
    """What GOV.UK would publish for these years."""
    return {
        division: {
            "division": division,
            "events": [
                {
                    "title": names[0].removesuffix(", substitute day"),
                    "date": day.isoformat(),
                    "notes": "Substitute day" if names[0].endswith("substitute day") else "",
                    "bunting": True,
                }
                for year in years
                for day, names in sorted(holidays_of(nation, year).items())
                if day.weekday() < 5
            ],
        }
        for division, nation in DIVISIONS.items()
    }


def read(content: object) -> HolidayFile:
    found = read_holiday_file(json.dumps(content))
    assert isinstance(found, HolidayFile), found
    return found


def problems(content: object) -> list[str]:
    found = read_holiday_file(content if isinstance(content, str) else json.dumps(content))
    assert isinstance(found, tuple)
    assert all(isinstance(one, FileProblem) and one.fix for one in found)
    return [f"{one.where} {one.what}" for one in found]


def test_a_published_file_says_what_the_shipped_calendar_says() -> None:
    found = read(document(2026, 2027))
    assert found.years == {2026, 2027}
    for law in REGIMES:
        known = with_holidays(law, found.days)
        assert moved_days(law, known, found.years) == ()
        assert answer_by(known, date(2026, 6, 1)) == answer_by(law, date(2026, 6, 1))
    assert (
        Proclaimed(date(2026, 12, 28), "Boxing Day, substitute day", Nation.SCOTLAND) in found.days
    )
    assert list(found.days) == sorted(found.days, key=lambda one: one.day)


def test_t07_t16_r26_a_day_is_added_and_a_day_is_taken_away() -> None:
    content = document(2026)
    scotland = content["scotland"]["events"]
    cup = next(one for one in scotland if one["date"] == "2026-06-15")
    scotland.remove(cup)
    before = with_holidays(FOIA, read(content).days)
    assert answer_by(before, date(2026, 5, 20)).due == date(2026, 6, 18)
    after = with_holidays(FOIA, read(document(2026)).days)
    working = answer_by(after, date(2026, 5, 20))
    assert working.due == date(2026, 6, 19)
    assert working.holidays[-1] == NotCounted(
        date(2026, 6, 15), "World Cup Bank Holiday (Scotland)"
    )
    gone = Moved(date(2026, 6, 15), "World Cup Bank Holiday", Nation.SCOTLAND, is_holiday=False)
    assert moved_days(FOIA, before, [2026]) == (gone,)
    (back,) = moved_days(before, after, [2026])
    assert back.is_holiday
    assert is_working_day(with_holidays(FOISA, read(content).days), date(2026, 6, 15))


def test_years_that_were_not_imported_stay_as_shipped() -> None:
    known = with_holidays(FOIA, read(document(2027)).days)
    assert answer_by(known, date(2026, 11, 20)) == answer_by(FOIA, date(2026, 11, 20))


def test_without_imported_days_it_is_the_same_law() -> None:
    assert with_holidays(FOIA, ()) is FOIA


def changed(path: str, value: object) -> dict[str, Any]:
    """One year with something else at "scotland.events.0.date"; None deletes."""
    content = deepcopy(document(2026))
    here: Any = content
    *way, last = path.split(".")
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    if value is None:
        del here[int(last) if last.isdigit() else last]
    else:
        here[int(last) if last.isdigit() else last] = value
    return content


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("wales", {"events": []}, "wales is no division"),
        ("scotland", None, "scotland has no list of events"),
        ("scotland", [], "scotland has no list of events"),
        ("scotland.events", [], "scotland has no list of events"),
        ("scotland.events.0", 7, "scotland, event 1 is not an object"),
        ("scotland.events.0.title", None, "scotland, event 1 has no usable title"),
        ("scotland.events.0.title", "  ", "scotland, event 1 has no usable title"),
        ("scotland.events.0.title", "x" * 101, "scotland, event 1 has no usable title"),
        ("scotland.events.0.title", "New\x1bYear", "scotland, event 1 has no usable title"),
        ("scotland.events.1.date", None, "scotland, event 2 has no readable date"),
        ("scotland.events.1.date", "2026-02-30", "scotland, event 2 has no readable date"),
        ("scotland.events.1.date", "20260102", "scotland, event 2 has no readable date"),
        ("scotland.events.1.date", "2026W01-1-", "scotland, event 2 has no readable date"),
        ("scotland.events.1.date", "1871-01-02", "scotland, event 2 lies in 1871"),
        ("scotland.events.1", None, "nothing"),
        ("northern-ireland.events.3.title", 5, "northern-ireland, event 4 has no usable title"),
    ],
)  # fmt: skip
def test_each_problem_is_named_with_its_place(path: str, value: object, said: str) -> None:
    if said == "nothing":
        assert read(changed(path, value)), "a holiday may be taken away"
    else:
        assert problems(changed(path, value)) == [said]


def test_every_problem_is_named_at_once() -> None:
    content = changed("scotland.events.0.date", "soon")
    content["northern-ireland"]["events"][2]["title"] = ""
    del content["england-and-wales"]
    assert problems(content) == [
        "england-and-wales has no list of events",
        "scotland, event 1 has no readable date",
        "northern-ireland, event 3 has no usable title",
    ]


def test_a_day_that_is_there_twice_is_named() -> None:
    content = document(2026)
    content["scotland"]["events"].append(content["scotland"]["events"][4])
    assert problems(content) == ["scotland, event 11 is there twice"]


def test_a_year_must_be_whole_in_every_division() -> None:
    content = document(2026, 2027)
    content["scotland"]["events"] = content["scotland"]["events"][:14]
    events = content["northern-ireland"]["events"]
    content["northern-ireland"]["events"] = [one for one in events if one["date"][:4] == "2026"]
    assert problems(content) == [
        "scotland, 2027 has 4 holidays, which is less than a whole year has",
        "northern-ireland, 2027 has 0 holidays, which is less than a whole year has",
    ]


def test_a_year_with_too_many_holidays_is_no_list_of_holidays() -> None:
    content = document(2026)
    events = content["scotland"]["events"]
    events += [{"title": "A day", "date": f"2026-02-{day:02}"} for day in range(1, 21)]
    assert problems(content) == ["scotland, 2026 has 30 holidays, which is more than any year has"]


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-04-03", "scotland, 2026 lacks Good Friday"), ("2026-12-25", "scotland, 2026 lacks Christmas Day")],
)  # fmt: skip
def test_t01_the_days_that_the_law_names_cannot_be_taken_away(day: str, said: str) -> None:
    content = document(2026)
    events = content["scotland"]["events"]
    content["scotland"]["events"] = [one for one in events if one["date"] != day]
    assert problems(content) == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1 is not JSON"),
        ('{\n"scotland": }', "line 2 is not JSON"),
        ("[]", "the file is not an object"),
        ("[" * 100_000, "the file is not a list of holidays"),
        ("9" * 5000, "the file is not a list of holidays"),
        ("null", "the file is not an object"),
        ('{"scotland": {"events": []}, "scotland": {"events": []}}', "“scotland” stands twice"),
        (
            '{"scotland": {"events": [{"date": "2026-01-01", "date": "2026-01-02"}]}}',
            "“date” stands",
        ),
    ],
)
def test_what_is_no_such_file_is_refused(text: str, said: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(said)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)  # fmt: skip


@given(st.text() | JSON.map(json.dumps) | st.dictionaries(st.sampled_from([*DIVISIONS]), JSON).map(json.dumps))  # fmt: skip
def test_any_text_is_read_without_an_exception(text: str) -> None:
    found = read_holiday_file(text)
    assert isinstance(found, HolidayFile) or found
