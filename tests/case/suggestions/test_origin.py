"""The regulator, WhatDoTheyKnow and a round robin are known by addresses and wording, never by a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.suggestions.origin import (
    regulator,
    round_robin,
    through_platform,
    without_footer,
    wording_digest,
)
from foibot.mail.message import Address

ICO = "the Information Commissioner's Office"
SCOTLAND = "the Scottish Information Commissioner"
COURT = "a court or tribunal"
PLATFORM = "request-123456-abcdef01@whatdotheyknow.com"
RULE = "-" * 67
ASKED = "Dear Exampleshire Police,\n\nHow many chairs are there?\n\nYours faithfully,\n\nSam Smith"
FOOTER = f"""{RULE}

Please use this email address for all replies to this request:
{PLATFORM}

Disclaimer: This message and any reply that you make will be published on the internet.
{RULE}"""


@pytest.mark.parametrize(
    ("address", "who"),
    [
        ("casework@ico.org.uk", ICO),
        ("Someone@ICO.ORG.UK", ICO),
        ("a@cases.ico.org.uk", ICO),
        ("enquiries@foi.scot", SCOTLAND),
        ("enquiries@itspublicknowledge.info", SCOTLAND),
        ("grc@justice.gov.uk", COURT),
        ("tribunal.clerk@justice.gov.uk", COURT),
        ("clerk@hmcts.net", COURT),
        ("data.access@justice.gov.uk", ""),
        ("grc@other.gov.uk", ""),
        ("sam@notico.org.uk", ""),
        ("sam@ico.org.uk.citizens.example", ""),
        ("ico.org.uk@citizens.example", ""),
        ("", ""),
    ],
)
def test_a_regulator_is_known_by_its_domain_alone(address: str, who: str) -> None:
    assert regulator(address) == who


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (PLATFORM, True),
        (PLATFORM.upper(), True),
        ("request-1-abc@whatdotheyknow.com", False),
        ("team@whatdotheyknow.com", False),
        (f"{PLATFORM}.citizens.example", False),
        ("", False),
    ],
)
def test_v20_the_platform_is_known_by_an_address_made_for_one_request(
    address: str, known: bool
) -> None:
    assert through_platform(address) is known


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{ASKED}\n\n{FOOTER}\n", ASKED),
        (f"{ASKED}\n\n{FOOTER}\nPS And tables?", f"{ASKED}\n\nPS And tables?"),
        (f"{ASKED}\n\n{FOOTER.removesuffix(RULE)}", ASKED),
        (f"{ASKED}\n\n{FOOTER.removeprefix(RULE).strip()}", ASKED),
        (f"{RULE}\n{ASKED}\n{RULE}", f"{RULE}\n{ASKED}\n{RULE}"),
        (FOOTER, ""),
        (ASKED, ASKED),
        ("", ""),
    ],
)
def test_v25_the_platforms_footer_is_taken_off_and_nothing_that_somebody_wrote(
    text: str, left: str
) -> None:
    assert without_footer(text, PLATFORM) == left


def test_from_anybody_else_the_same_words_stay() -> None:
    text = f"{ASKED}\n\n{FOOTER}"
    assert without_footer(text, "sam@citizens.example") == text


@given(st.text(), st.text())
def test_words_without_a_footer_are_never_touched(before: str, after: str) -> None:
    text = f"{before}\n{after}"
    if "please use this email" not in " ".join(text.casefold().split()):
        assert without_footer(text, PLATFORM) == text


OWN = ("exampleshire.example", "police.exampleshire.gov.uk")


@pytest.mark.parametrize(
    ("text", "to", "signs"),
    [
        ("How many chairs?", ("foi@exampleshire.example",), ()),
        ("How many chairs?", ("foi@police.exampleshire.gov.uk", "sam@citizens.example"), ()),
        ("x", ("foi@a.gov.uk", "foi@a.gov.uk"), ("it went to a.gov.uk as well",)),
        ("x", ("freedom@other.example",), ("it went to other.example as well",)),
        (
            "x",
            ("x@a.gov.uk", "x@b.nhs.uk", "x@c.ac.uk", "x@d.gov.scot", "x@e.police.uk"),
            ("it went to a.gov.uk, b.nhs.uk, c.ac.uk and 2 more as well",),
        ),
        ("In your area, and in your region?", (), ("it says “your area”",)),
        ("This goes to all local councils.", (), ("it says “all local councils”",)),
        ("Dear {{authority}},", (), ("a gap was not filled in: {{authority}}",)),
        ("Dear <<Council>>", (), ("a gap was not filled in: <<Council>>",)),
        ("Dear «Name»", (), ("a gap was not filled in: «Name»",)),
        ("At [insert authority name]?", (), ("a gap was not filled in: [insert authority name]",)),
        ("See [1] and [sic] <b>", (), ()),
    ],
)
def test_the_signs_of_a_round_robin(text: str, to: tuple[str, ...], signs: tuple[str, ...]) -> None:
    assert round_robin(text, [Address(one) for one in to], OWN) == signs


LONG = "How many chairs, tables and desks did you buy in 2019, and what did each cost?"


@pytest.mark.parametrize(
    "copied",
    [
        LONG,
        f"Dear Sir,\n\n{LONG}\n\nYours faithfully,\nEve Else\n1 Example Way",
        f"HELLO\n\n{LONG.upper()}\n\nThanks!\nEve",
        LONG.replace(" ", "\n\n "),
        f"{LONG}\n\nEve Else",
        f"To whom it may concern\n{LONG.replace(',', ' -')}\nkind regards\nE",
    ],
)
def test_a_copied_request_has_the_same_digest(copied: str) -> None:
    assert wording_digest(copied) == wording_digest(LONG) != ""


@pytest.mark.parametrize("other", [LONG.replace("2019", "2018"), f"{LONG} And why?"])
def test_another_request_has_another(other: str) -> None:
    assert wording_digest(other) != wording_digest(LONG)


@pytest.mark.parametrize("short", ["", "Sam Smith", "How many chairs are there?", "Thanks\n" * 20])
def test_a_few_words_are_too_few_to_tell(short: str) -> None:
    assert wording_digest(short) == ""


@given(st.text())
def test_any_text_has_a_digest_or_none(text: str) -> None:
    assert len(wording_digest(text)) in {0, 64}
