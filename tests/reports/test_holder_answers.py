"""The list of what colleagues have answered, for those who may read it."""

from __future__ import annotations

from datetime import date

from foibot.case import colleague_events as c
from foibot.reports.holder_answers import answers_text
from tests.case.case_files import JANE, TOM, case_of, chain, received

UNTIL = date(2020, 12, 22)


def told(*events: c.Event) -> list[str]:
    """The lines of the list, without the heading."""
    text = answers_text(case_of(*events), chain([received(), *events]), str)
    return [line.strip() for line in text.splitlines()[2:] if line]


def test_every_reply_stands_in_it_with_what_was_read_and_the_hours_are_added_up() -> None:
    lines = told(
        c.HolderAsked(1, UNTIL, TOM, "Do we?"),
        c.HolderAsked(2, UNTIL, "luke@exampleshire.example", "Do we?"),
        c.HolderAnswered(1, "a" * 64, True, "a part, more is to come", more_by=UNTIL),
        c.HolderAnswered(2, "b" * 64, False, "an estimate of hours", "6"),
        c.HolderAnswered(1, "c" * 64, True, "an estimate of hours", "1.5"),
    )
    assert lines == [
        f"1. {TOM}, asked by {JANE} on Tuesday 8 December 2020 at 11:30",
        "Tuesday 8 December 2020 at 13:30: a part, more is to come, by 22 December 2020. The message begins aaaaaaaa.",
        "Tuesday 8 December 2020 at 15:30: an estimate of hours (1.5). The message begins cccccccc.",
        f"2. luke@exampleshire.example, asked by {JANE} on Tuesday 8 December 2020 at 12:30",
        "Tuesday 8 December 2020 at 14:30: an estimate of hours (6); our mail server does not vouch for the sender. The message begins bbbbbbbb.",
        "Hours named in all: 7.5",
    ]


def test_what_is_waited_for_and_what_need_not_come_stands_in_it_too() -> None:
    lines = told(
        c.HolderAsked(1, UNTIL, TOM, "Do we?"),
        c.HolderAsked(2, UNTIL, "luke@exampleshire.example", "Do we?"),
        c.EnquiryClosed(2, "rang: none"),
    )
    assert lines[1] == "waited for until 22 December 2020"
    assert lines[3] == f"Tuesday 8 December 2020 at 13:30: need not answer any more ({JANE}). rang: none"  # fmt: skip
    assert "Hours" not in str(lines)
