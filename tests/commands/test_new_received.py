"""What an officer writes of a request that came another way: read whole, or refused with a line that works."""

from __future__ import annotations

from datetime import date

import pytest

from foibot.case.outcome import Outcome
from foibot.case.registration import Channel, Registration
from foibot.commands.command import Order
from foibot.commands.dates import read_past_date
from foibot.commands.new_received import in_full, numbered, read_registration, registers
from tests.samples import decided, situation

TODAY = date(2020, 12, 8)
SCAN = ("scan.pdf",)


def read(
    rest: str, text: str = "How many?", message: int = 0, files: tuple[str, ...] = ()
) -> Registration | Outcome:
    order = Order("new received", rest, text, f"new received {rest}")
    return read_registration(order, "Jane Orange", TODAY, message, files)


@pytest.mark.parametrize(
    ("rest", "day", "channel"),
    [
        ("3 Dec by post", date(2020, 12, 3), Channel.POST),
        ("3 Dec 2020 by post.", date(2020, 12, 3), Channel.POST),
        ("Thursday 3rd December, by Royal Mail", date(2020, 12, 3), Channel.POST),
        ("2020-12-03 by e-mail", date(2020, 12, 3), Channel.EMAIL),
        ("31 Dec by hand", date(2019, 12, 31), Channel.HAND),
        ("29 Feb by fax", date(2020, 2, 29), Channel.FAX),
        ("today through our web form", TODAY, Channel.WEB),
        ("yesterday on social media", date(2020, 12, 7), Channel.SOCIAL),
        ("Yesterday: by phone", date(2020, 12, 7), Channel.TELEPHONE),
        ("7 Dec in person", date(2020, 12, 7), Channel.PERSON),
        ("7 Dec", date(2020, 12, 7), Channel.UNSAID),
    ],
)
def test_the_day_and_the_way_are_read(rest: str, day: date, channel: Channel) -> None:
    said = read(rest)
    assert isinstance(said, Registration)
    assert (said.received, said.channel) == (day, channel)
    again = read(in_full(f"new received {rest}", TODAY).removeprefix("new received "))
    assert again == said


@pytest.mark.parametrize(
    ("rest", "text", "check"),
    [
        ("", "How many?", "no-date"),
        ("by post", "How many?", "no-date"),
        ("3/12/2020 by post", "How many?", "no-date"),
        ("30 Feb by post", "How many?", "no-date"),
        ("0 Dec by post", "How many?", "no-date"),
        ("9 December 2020 by post", "How many?", "date"),
        ("3 Dec by pigeon", "How many?", "channel"),
        ("3 Dec by post", "", "no-text"),
        ("3 Dec by post", "asked by: Pat Purple\nabout: Fines", "no-text"),
        ("3 Dec by post", "email: pat@@citizens.example\nHow many?", "no-address"),
    ],
)
def test_what_is_missing_is_said_with_a_line_that_works(rest: str, text: str, check: str) -> None:
    refused = read(rest, text)
    assert isinstance(refused, Outcome)
    assert refused.refusal == check
    ((line, _),) = refused.notices[0].lines
    assert isinstance(read(line.removeprefix("new received ")), Registration)


def test_who_asked_and_what_about_stand_on_top() -> None:
    said = read(
        "3 Dec by post",
        "Asked by: Pat Purple <pat@citizens.example>\n\nAbout: Parking fines\n\nHow many?\n4 Mill Lane\n\nJane\n",
    )
    assert isinstance(said, Registration)
    assert (said.name, said.address, said.subject) == (
        "Pat Purple",
        "pat@citizens.example",
        "Parking fines",
    )
    said = read("3 Dec by post", "from: Pat Purple\ne-mail: pat@citizens.example\nsubject: Fines\nHow many?")  # fmt: skip
    assert isinstance(said, Registration)
    assert (said.name, said.address, said.subject, said.text) == ("Pat Purple", "pat@citizens.example", "Fines", "How many?")  # fmt: skip


def test_a_postal_address_stays_with_what_was_asked() -> None:
    said = read("3 Dec by post", "name: Pat Purple\naddress: 4 Mill Lane, EX1 2AB\nHow many?")
    assert isinstance(said, Registration)
    assert said.text == "address: 4 Mill Lane, EX1 2AB\nHow many?"
    assert said.why_no_acknowledgement.endswith("write to them by post")


def test_a_scan_or_another_message_says_what_was_asked() -> None:
    scanned = read("3 Dec by post", "", files=SCAN)
    assert isinstance(scanned, Registration)
    assert scanned.text == "(What was asked is in the files: scan.pdf)"
    passed_on = read("3 Dec by post", "", message=57)
    assert isinstance(passed_on, Registration)
    assert (passed_on.text, passed_on.message) == ("", 57)


def test_a_spoken_request_is_pointed_out() -> None:
    said = read("3 Dec by phone")
    assert isinstance(said, Registration)
    assert said.remarks[0].startswith("In writing: it came by telephone.")
    written = read("3 Dec by post")
    assert isinstance(written, Registration)
    assert written.remarks == ()


def test_the_line_is_told_from_others_with_and_without_a_number() -> None:
    assert numbered("m57: New received 3 Dec") == (57, "New received 3 Dec")
    assert numbered("m57 show") == (0, "m57 show")
    assert registers("NEW RECEIVED 3 Dec by post")
    assert registers("m57 new received: 3 Dec")
    assert not registers("new receivedly")
    assert not registers("received 3 Dec")
    for line in ("new", "new received", "new received 3 Dec by pigeon"):
        assert in_full(line, TODAY) == ""
    assert in_full("m57 new received 3 Dec in person", TODAY) == "new received 3 December 2020 in person"  # fmt: skip
    assert in_full("new received 3 Dec", TODAY) == "new received 3 December 2020"


def test_on_a_case_it_is_refused() -> None:
    assert decided("new received 3 Dec by post", situation(), "How many?").refusal == "alone"


def test_a_day_without_its_year_is_the_last_one() -> None:
    assert read_past_date("29 Feb", date(2021, 1, 1)) == (date(2020, 2, 29), "")
    assert read_past_date("30 Feb", TODAY) is None
    assert read_past_date("someday", TODAY) is None
