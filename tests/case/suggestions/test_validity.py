"""The checklist names what seems to be missing and what would help; an ordinary request has no line."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.case.suggestions.validity import Asked, checklist

USUAL = Asked("Sam Smith", "sam@citizens.example", "How many chairs do you own?", (), "foia")


def part(line: str) -> str:
    return re.split(r"[:.,]", line)[0] + re.split(r"[:.]", line)[0].partition(",")[2]


def parts(asked: Asked) -> list[str]:
    return [part(line) for line in checklist(asked)]


NAME = "Section 8(1)(b) the name"
ADDRESS = "Section 8(1)(b) an address for correspondence"
WRITING = "Section 8(1)(a) in writing"
WANTED = "Section 8(1)(c) a description"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Sam Smith", "How many chairs?"),
        ("S. Smith", "How many chairs?"),
        ("Mrs Smith", "How many chairs?"),
        ("Example Chairs Ltd", "How many chairs?"),
        ("陈 伟", "How many chairs?"),
        ("sam", "How many chairs do you own?\n\nSam Smith"),
        ("sam@citizens.example", "How many chairs do you own?\n\nKind regards,\n\nS. Smith\n1 Example Way"),
        ("", "My name is Sam Smith. How many chairs do you own?"),
        ("", "How many chairs do you own?\nSigned, Sam Smith"),
        ("", "How many chairs do you own?\nThank you\nSam van der Smith".replace("van der", "Van Der")),
    ],
)  # fmt: skip
def test_v01_v05_v06_a_plausible_name_is_enough_wherever_it_stands(name: str, text: str) -> None:
    assert NAME not in parts(replace(USUAL, name=name, text=text))


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("", "How many chairs do you own?", "none was found"),
        ("sam@citizens.example", "How many chairs do you own?", "none was found"),
        ("sam", "How many chairs do you own?", "only sam was found"),
        ("", "How many chairs do you own?\n\nKind Regards", "none was found"),
        ("", "How many chairs do you own?\n\nand tables\n12 Example Way", "none was found"),
        ("", "Dear Sir Or Madam\nhow many chairs do you own", "none was found"),
        ("Mickey Mouse", "How many chairs do you own?", "Mickey Mouse may not be a real one"),
        ("A. Nonymous", "How many chairs do you own?", "A. Nonymous may not be a real one"),
        ("Anon", "How many chairs do you own?", "Anon may not be a real one"),
        ("", "How many chairs do you own?\nJoe Bloggs", "Joe Bloggs may not be a real one"),
    ],
)
def test_v05_a_missing_or_made_up_name_is_flagged_and_never_refused(
    name: str, text: str, shown: str
) -> None:
    (line,) = checklist(replace(USUAL, name=name, text=text))
    assert part(line) == NAME
    assert shown in line
    assert "answer as usual" in line


@pytest.mark.parametrize("law", ["eir", "eisr"])
def test_v03_environmental_information_needs_no_name_and_no_form(law: str) -> None:
    asked = Asked("", "sam@citizens.example", "", ("voice.MP3",), law)
    assert [line.partition(",")[0] for line in checklist(asked)] == ["Regulation 9"]


@pytest.mark.parametrize(
    "address", ["no-reply@a.example", "noreply@a.example", "DoNotReply@a.example"]
)
def test_v01_an_address_that_nobody_reads_is_no_address_for_correspondence(address: str) -> None:
    assert parts(replace(USUAL, address=address)) == [ADDRESS]


def test_v04_v20_a_request_made_on_whatdotheyknow_has_an_address() -> None:
    own = "request-123456-abcdef01@whatdotheyknow.com"
    assert checklist(replace(USUAL, address=own)) == ()


@pytest.mark.parametrize(
    ("text", "files", "law", "expected"),
    [
        ("", ("request.pdf",), "foia", [WANTED]),
        ("hello", (), "foia", [WANTED]),
        ("Dear Sir or Madam of the office,\nhello", (), "foisa", [WANTED]),
        ("", ("voice.m4a",), "foia", [WRITING, WANTED]),
        ("", ("voice.m4a",), "foisa", [WANTED]),
        ("Please listen to this recording", ("voice.m4a",), "foia", []),
        ("Chairs?", (), "foia", []),
        ("minutes of the last meeting", (), "foia", []),
    ],
)
def test_v01_v02_what_is_asked_has_to_be_told(
    text: str, files: tuple[str, ...], law: str, expected: list[str]
) -> None:
    assert parts(replace(USUAL, text=text, files=files, law=law)) == expected


def test_v08_what_stands_in_a_file_is_not_asked_for_again() -> None:
    (in_file,) = checklist(replace(USUAL, text="", files=("request.pdf",)))
    (nowhere,) = checklist(replace(USUAL, text=""))
    assert '"clarify"' not in in_file
    assert '"clarify"' in nowhere


@given(st.text(), st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_any_message_can_be_looked_at(name: str, addr: str, text: str, files: list[str]) -> None:
    for law in ("foia", "eir", "foisa", "eisr"):
        assert len(checklist(Asked(name, addr, text, tuple(files), law))) <= 4
