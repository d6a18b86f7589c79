"""Imported holidays in both databases, and the quick look that `foibot due` takes at them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from foibot.law.calendar import is_working_day
from foibot.law.foia import FOIA
from foibot.law.regime import Nation, Proclaimed
from foibot.store.holidays import ImportedHoliday
from foibot.store.quick_look import HolidaysUnreadable, imported_days
from foibot.store.transaction import Store
from tests.store.store_tools import NOW, later

CUP = Proclaimed(date(2026, 6, 15), "World Cup Bank Holiday", Nation.SCOTLAND)
FRIDAY = Proclaimed(date(2026, 4, 3), "Good Friday", Nation.NORTHERN_IRELAND)
NEXT = Proclaimed(date(2027, 1, 1), "New Year’s Day", Nation.ENGLAND_AND_WALES)


def test_days_are_kept_with_their_file_and_moment_in_order(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.holidays.all() == ()
        tx.holidays.replace_years([NEXT, CUP, FRIDAY], "a.json", NOW)
    with store.view() as tx:
        assert tx.holidays.all() == tuple(
            ImportedHoliday(one, "a.json", NOW) for one in (FRIDAY, CUP, NEXT)
        )


def test_an_import_replaces_its_own_years_alone(store: Store) -> None:
    with store.transaction() as tx:
        tx.holidays.replace_years([NEXT, CUP, FRIDAY], "a.json", NOW)
        tx.holidays.replace_years([FRIDAY], "b.json", later(days=1))
        assert tx.holidays.all() == (
            ImportedHoliday(FRIDAY, "b.json", later(days=1)),
            ImportedHoliday(NEXT, "a.json", NOW),
        )


def test_the_law_is_known_with_them(store: Store) -> None:
    with store.transaction() as tx:
        assert tx.holidays.known_to(FOIA) is FOIA
        tx.holidays.replace_years([FRIDAY], "a.json", NOW)
        known = tx.holidays.known_to(FOIA)
    assert known.published_years == {2026}
    assert is_working_day(known, CUP.day)
    assert not is_working_day(known, FRIDAY.day)


def test_a_quick_look_sees_what_was_imported(engine: Engine, store: Store) -> None:
    url = engine.url.render_as_string(hide_password=False)
    assert imported_days(url) == ()
    with store.transaction() as tx:
        tx.holidays.replace_years([CUP, FRIDAY], "a.json", NOW)
    assert set(imported_days(url)) == {CUP, FRIDAY}


def test_a_quick_look_at_an_empty_database_sees_nothing(empty_url: str) -> None:
    assert imported_days(empty_url) == ()


def test_a_quick_look_makes_no_file(tmp_path: Path) -> None:
    assert imported_days(f"sqlite:///{tmp_path / 'none.db'}") == ()
    assert list(tmp_path.iterdir()) == []


def test_a_quick_look_at_an_older_database_sees_nothing(sqlite: Engine) -> None:
    with sqlite.begin() as connection:
        connection.execute(text("DROP TABLE holidays"))
    assert imported_days(sqlite.url.render_as_string(hide_password=False)) == ()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "odd name?.db"
    file.write_bytes(b"no database" * 500)
    with pytest.raises(HolidaysUnreadable, match="cannot be read"):
        imported_days(f"sqlite:///{file}")
