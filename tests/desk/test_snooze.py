"""Reminders rest as long as an officer says, never through the last days, and the law's time runs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from foibot.case import keeping_events as k
from foibot.case.case import State
from tests.case.case_files import TO_REACH, case_of
from tests.office import JANE, TOM, Mail, Office, office
from tests.samples import decided, situation, why

AT = replace(situation(), now=datetime(2020, 12, 11, 9, tzinfo=UTC))  # a Friday


@pytest.fixture
def notice(tmp_path: Path) -> Iterator[tuple[Office, Mail]]:
    """A request of 8 December 2020, due on 11 January 2021, and Jane's notice of it."""
    with office(tmp_path) as desk:
        desk.asks()
        mail = desk.one_for(JANE)
        desk.discards()
        yield desk, mail


def reminded(desk: Office, *days: str) -> list[str]:
    """The days on which Jane was reminded."""
    found = []
    for day in days:
        desk.at(f"{day} 08:01")
        if any(mail.kind == "reminder" for mail in desk.post_for(JANE)):
            found.append(day)
        desk.discards()
    return found


def test_reminders_rest_until_that_day_and_one_comes_then(notice: tuple[Office, Mail]) -> None:
    desk, mail = notice
    assert desk.orders(JANE, mail, "snooze 23 Dec") == "command"
    assert "rest until Wednesday 23 December 2020" in desk.one_for(JANE).words
    assert desk.case().due == date(2021, 1, 11)
    assert reminded(desk, "2020-12-11", "2020-12-18", "2020-12-22") == []
    assert reminded(desk, "2020-12-23", "2020-12-24") == ["2020-12-23", "2020-12-24"]


def test_the_last_days_are_not_slept_through_though_the_last_day_moves(
    notice: tuple[Office, Mail],
) -> None:
    desk, mail = notice
    assert desk.orders(JANE, mail, "snooze until 6 January 2021") == "command"
    assert desk.orders(JANE, mail, "received 1 Dec 2020: stamped by the post room") == "command"
    desk.discards()
    assert desk.case().due == date(2020, 12, 31)
    assert reminded(desk, "2020-12-18", "2020-12-23") == []
    assert reminded(desk, "2020-12-24") == ["2020-12-24"]


def test_snooze_off_lets_them_come_again(notice: tuple[Office, Mail]) -> None:
    desk, mail = notice
    assert desk.orders(JANE, mail, "snooze 5 Jan 2021") == "command"
    assert desk.orders(JANE, mail, "snooze off") == "command"
    desk.discards()
    assert reminded(desk, "2020-12-11") == ["2020-12-11"]


def test_who_is_no_officer_lets_nothing_rest(notice: tuple[Office, Mail]) -> None:
    desk, mail = notice
    assert desk.orders(TOM, mail, "snooze 5 Jan 2021") == "command-refused"
    assert desk.case().keeping.rests_until is None
    desk.discards()


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("snooze 2", date(2020, 12, 15)),
        ("snooze 2 working days", date(2020, 12, 15)),
        ("snooze until Friday", date(2020, 12, 18)),
        ("snooze 2021-01-06", date(2021, 1, 6)),
    ],
)
def test_the_day_is_read(line: str, until: date) -> None:
    assert decided(line, AT).events == (k.Snoozed(until),)


@pytest.mark.parametrize(
    "line",
    [
        "snooze",
        "snooze soon",
        "snooze 8 Dec 2020",
        "snooze 11 Dec 2020",
        "snooze 7 Jan 2021",
        "snooze 1 Mar 2021",
        "snooze 99",
    ],
)
def test_another_day_is_refused_with_the_latest_that_would_do(line: str) -> None:
    refused = decided(line, AT)
    assert refused.refusal in {"date", "no-date"}
    ((works, _),) = refused.notices[0].lines
    assert decided(works, AT).events == (k.Snoozed(date(2021, 1, 6)),)


def test_in_the_last_days_reminders_do_not_rest() -> None:
    late = replace(AT, now=datetime(2021, 1, 6, 9, tzinfo=UTC))
    assert "in the last days reminders do not rest" in why(decided("snooze 1", late))


def test_where_nothing_is_to_rest_it_is_refused() -> None:
    assert "do not rest" in why(decided("snooze off", situation()))
    for state in (State.WAITING, State.ANSWERED, State.REOPENED):
        assert decided("snooze 2", situation(case=case_of(*TO_REACH[state]))).refusal == "state"
    reopened = situation(case=case_of(*TO_REACH[State.REOPENED]))
    assert "in the last days alone" in why(decided("snooze 2", reopened))
