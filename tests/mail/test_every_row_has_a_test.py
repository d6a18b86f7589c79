"""Every row of the register of ways in which mail goes wrong has a test that names it."""

from __future__ import annotations

import pytest

from tests.mail.rows import ROWS, TESTS, named_by_row, rows_named
from tests.mails_of_the_world import EVERY, OF_MORE_THAN_ONE_MAIL, SAMPLES


def test_the_name_and_the_docstring_of_a_test_are_read() -> None:
    assert list(rows_named("test_a14_a15_a_report", "")) == ["A14", "A15"]
    assert list(rows_named("test_c10_x", "Mail rules A2 to A4, C30, F1. Not D1.")) == [
        "C10", "A2", "A3", "A4", "C30", "F1",
    ]  # fmt: skip
    assert list(rows_named("test_e11_when", "Says A1.")) == []


def test_the_register_has_118_rows() -> None:
    assert len(ROWS) == 118


@pytest.mark.parametrize("row", ROWS)
def test_every_row_is_named_by_a_test(row: str) -> None:
    assert named_by_row()[row]


def test_no_test_names_a_row_that_is_not_there() -> None:
    assert set(named_by_row()) <= set(ROWS)


def test_every_row_about_one_mail_has_that_mail_whole() -> None:
    whole = {name.partition(" ")[0] for name in EVERY} | set(SAMPLES)
    assert whole | OF_MORE_THAN_ONE_MAIL == {row for row in ROWS if row[0] in "ABCD"}
    assert not whole & OF_MORE_THAN_ONE_MAIL
    for number in SAMPLES.values():
        assert list((TESTS / "emails").glob(f"{number}-*.eml"))
