"""What automatic replies say about an absence, and who hears in the place of whoever is away."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foibot.officers.absence import Absence, read_absence, stand_in_named, stand_ins
from foibot.officers.roster import Officer, Role, roster
from tests.case.case_files import case_of

TODAY = date(2020, 12, 8)  # a Tuesday
MONDAY = date(2020, 12, 14)


def day(number: int, month: int = 12, year: int = 2020) -> date:
    return date(year, month, number)


TEXTS = {
    "I am out of the office until Monday 14 December 2020.": Absence(MONDAY),
    "Hello,\n\nI am away and will be back on 14/12.\n\nCleo": Absence(MONDAY),
    "I am on annual leave, returning 14 December.": Absence(MONDAY),
    "Thank you for your email. I am currently out of the office, returning on Monday, December 14, 2020. "
    "In my absence please contact Tom Teal (tom.teal@exampleshire.example).": Absence(MONDAY, "tom.teal@exampleshire.example"),
    "I'm out of office until 14/12/2020. For anything urgent please email Ruth Rose.": Absence(MONDAY, "Ruth Rose"),
    "I am on leave from Monday 7 December 2020 to Friday 11 December 2020.": Absence(day(12)),
    "I will be out of the office between 7 December and 11 December with no access to email.": Absence(day(12)),
    "Annual leave 7–11 December 2020. Back on Monday.": Absence(MONDAY),
    "I am on leave until 11th December and back at my desk on Monday 14th December.": Absence(MONDAY),
    "I am out of the office up to and including Friday 11 December.": Absence(day(12)),
    "I am away until the end of 11 December. My deputy is Tom.": Absence(day(12), "Tom"),
    "I don't work on Tuesdays and am not in the office. I will be back tomorrow.": Absence(day(9)),
    "Out of office: back Monday": Absence(MONDAY),
    "I will be out of the office and return at 9am on Monday. Please speak to my colleague, Tom Teal, on 01632 960001.": Absence(MONDAY, "Tom Teal"),
    "I am on leave, back on the 4th. If it cannot wait contact foi@exampleshire.example": Absence(day(4, 1, 2021), "foi@exampleshire.example"),
    "I'm away until 2020-12-14.": Absence(MONDAY),
    "I am away until 14-12-2020": Absence(MONDAY),
    "I am on maternity leave until 1 September 2021. Please contact me through HR.": Absence(day(1, 9, 2021)),
    "Our offices are closed from 24 December until Monday 4 January.": Absence(day(4, 1, 2021)),
    "I am travelling. I shall resume work on Dec 14. Call 01632 960001 if you must.": Absence(MONDAY),
    "I am on leave 07/12/2020 - 11/12/2020": Absence(day(12)),
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:50])
def test_what_real_ones_say(text: str) -> None:
    assert read_absence(text, TODAY) == TEXTS[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thank you for your message. We will get back to you by 20 December 2020.",
        "Your message was read on Monday 14 December 2020.",
        "Please return the form by 14 December.",
        "I am out of the office and will answer when I can.",
        "I am out of the office until 1 January 2099.",
        "I am out of the office until Monday 14 December 2099.",
        "I am out of the office until 14/12/99.",
        "I am out of the office until 7 December 2020.",
        "I am out of the office until 7 December.",
        "I am out of the office until 32 December and back on 31/02.",
        "I am away, back on the 99th.",
        "I have left Exampleshire Police and am away for good. Please contact Tom Teal.",
    ],
)
def test_what_tells_of_no_day_is_no_absence(text: str) -> None:
    assert read_absence(text, TODAY) is None


def test_a_stale_reply_is_not_read_as_one_for_next_year() -> None:
    text = "I am on leave until 7 December."
    assert read_absence(text, date(2020, 12, 1)) == Absence(date(2020, 12, 7))
    assert read_absence(text, date(2020, 12, 7)) is None


@given(st.text(max_size=400), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_words_are_read_and_name_a_day_within_a_year(words: str, today: date) -> None:
    for text in (words, f"I am away until {words}", f"away, back {words} please contact {words}"):
        read = read_absence(text, today)
        assert read is None or 0 < (read.back - today).days <= 367


@pytest.mark.parametrize("piece", ["from 1 ", "back ", "until ", "contact a@", "7-", "a.b-", "1 "])
def test_a_huge_text_of_cues_takes_no_time(piece: str) -> None:
    assert read_absence("away " + piece * 100_000, TODAY) is None


CASE = case_of()
OFFICER, APPROVER, HOLDER = (frozenset({one}) for one in (Role.OFFICER, Role.APPROVER, Role.HOLDER))
CLEO = Officer("cleo@exampleshire.example", "Cleo Clerk", "", OFFICER)
JANE = Officer("jane@exampleshire.example", "Jane Orange", "", OFFICER)
TOM = Officer(
    "tom@exampleshire.example", "Tom Teal", "", APPROVER, ("t.teal@exampleshire.example",)
)
HARRY = Officer("harry@exampleshire.example", "Harry Holder", "", HOLDER)
OFFICE = roster((CLEO, JANE, TOM, HARRY))


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        ("Tom Teal", TOM),
        ("tom", TOM),
        ("T.Teal@exampleshire.example", TOM),
        ("tom@elsewhere.example", None),
        ("Eve Else", None),
        ("Cleo Clerk", None),  # oneself
        ("Harry Holder", None),  # on the roster, but works on no case
        ("", None),
    ],
)
def test_only_who_works_on_cases_can_be_named(instead: str, found: Officer | None) -> None:
    assert stand_in_named(instead, CLEO, OFFICE) == found


def test_a_name_of_two_people_names_nobody() -> None:
    twins = roster((*OFFICE.people, Officer("tom2@exampleshire.example", "Tom Teal", "", OFFICER)))
    assert stand_in_named("Tom Teal", CLEO, twins) is None


@pytest.mark.parametrize(
    ("deputy", "named", "away", "found"),
    [
        ("", "", (), (JANE,)),
        ("", TOM.address, (), (TOM,)),
        (TOM.aliases[0], JANE.address, (), (TOM,)),  # the configuration comes first
        (TOM.address, JANE.address, (TOM.address,), (JANE,)),
        (HARRY.address, "", (), (JANE,)),  # answers for a holder, reads no cases
        ("gone@exampleshire.example", "", (), (JANE,)),
        ("", "", (JANE.address,), (TOM,)),
        ("", "", (JANE.address, TOM.address), ()),
    ],
)
def test_who_hears_instead(
    deputy: str, named: str, away: tuple[str, ...], found: tuple[Officer, ...]
) -> None:
    person = Officer(CLEO.address, CLEO.name, "", OFFICER, deputy=deputy)
    office = roster((person, JANE, TOM, HARRY))
    assert stand_ins(person, named, office, (person.address, *away), CASE) == found
    assert stand_ins(person, named, office, (person.address, *away), None) == found


def test_nobody_who_keeps_out_of_the_case_stands_in() -> None:
    jane = Officer(JANE.address, JANE.name, "", OFFICER, conflicts=(CASE.requester.address,))
    office = roster((CLEO, jane, TOM))
    assert stand_ins(CLEO, jane.address, office, (), CASE) == (TOM,)
    assert stand_ins(CLEO, jane.address, office, (), None) == (jane,)
