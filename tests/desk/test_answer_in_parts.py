"""A request in numbered questions is answered by one letter: ordered by mail, one outcome for each, approved, sent."""

from __future__ import annotations

import re

import pytest

from foibot.case.case import LetterState
from foibot.case.parts import PartOutcome
from foibot.desk.verify import verify
from tests.carrying import Enclosure
from tests.office import JANE, RUTH, SAM, TOM, Mail, Office

ASKED = """Dear all,

Please answer these under the Freedom of Information Act:

1. How many complaints about parking did you receive in 2020?
2. What are the names of the people who complained?
3. Was anybody who complained watched in 2020?
4. How many complaints did you receive in 1920?

Yours faithfully,
Sam Smith"""
TABLE = Enclosure("parking-2020.csv", b"month,number\njanuary,3\n", "text/csv")
ONE_MAIL = """answer
1 disclose
There were 212 of them.
2 refuse 40(2)
3 ncnd 31(3)(a)
4 not held
We looked in the register of complaints, which begins in 1971.
"""


def opened(desk: Office) -> Mail:
    desk.asks(ASKED)
    notice = desk.one_for(JANE)
    desk.discards()
    return notice


def test_one_mail_orders_every_outcome_and_one_letter_answers_all(desk: Office) -> None:
    notice = opened(desk)
    assert 'Reply "answer": answers by number' in notice.words
    assert desk.orders(JANE, notice, ONE_MAIL, files=(TABLE,)) == "command", desk.one_for(JANE).text
    draft = desk.one_for(TOM)
    desk.discards()
    case = desk.case()
    assert [(one.number, one.outcome) for one in case.parts] == [
        ("1", PartOutcome.DISCLOSE),
        ("2", PartOutcome.REFUSE),
        ("3", PartOutcome.NCND),
        ("4", PartOutcome.NOT_HELD),
    ]
    assert "gives each question exactly one outcome" in draft.words
    assert 'Reply "set question 1"' in draft.words
    assert 'Reply "set ncnd harm"' in draft.words
    assert 'Reply "set harm"' not in draft.words

    assert desk.orders(TOM, draft, "approve v1") == "command", desk.one_for(TOM).text
    desk.later(minutes=11)
    letter = desk.one_for(SAM)
    desk.discards()
    assert list(letter.files) == ["letter-000001-20.pdf", "parking-2020.csv"]
    flat = letter.words
    for number in "1234":
        assert letter.text.splitlines().count(f"Question {number}") == 1
    assert "- Question 1: we give you the information." in flat
    assert "> What are the names of the people who complained?" in flat
    assert (
        "neither confirm nor deny that it holds any information you requested in question 3" in flat
    )
    assert "does not hold the information you requested in question 4" in flat
    assert flat.count("If you are not satisfied") == 1
    assert "information you requested in question 3 exists or does not exist" in flat
    case = desk.case()
    assert (case.state.value, case.outcome) == ("answered", "ncnd-part")
    assert list(verify(desk.store)) == []


def test_outcomes_in_several_mails_are_kept_and_what_is_missing_is_named(desk: Office) -> None:
    notice = opened(desk)
    order = "part 2 refuse 40(2)\n4 not held\nThe register begins in 1971."
    assert desk.orders(JANE, notice, order) == "command"
    told = desk.one_for(JANE)
    assert "2 of 4 questions have an outcome. Questions 1 and 3 have none yet." in told.words
    assert "- 2: refuse 40(2)" in told.words
    assert "3: Was anybody who complained watched in 2020? No outcome yet." in told.words
    assert 'Reply "part 1 disclose": gives it' in told.words
    assert "in the same way for 3" in told.words
    assert desk.case().letters == ()

    assert desk.orders(JANE, told, "answer") == "command"
    assert "What is still to be decided" in desk.one_for(JANE).words
    assert desk.orders(JANE, told, "part 3 ncnd 31(3)(a)") == "command"
    desk.discards()
    assert desk.orders(JANE, told, "part 1 disclose: There were 212.") == "command"
    draft = desk.one_for(RUTH)
    desk.discards()
    assert "The register begins in 1971." in draft.words
    assert "There were 212 " in draft.words

    # The letter is changed by a question's own order, by its slot, and by its marks, like any other.
    assert desk.orders(JANE, notice, "part 4 disclose\nThere were none.") == "command"
    assert "There were none." in desk.one_for(RUTH).words
    desk.discards()
    assert desk.orders(JANE, notice, "set question 1\nThere were 213.") == "command"
    fresh = desk.one_for(RUTH)
    assert "213" in fresh.words
    assert "[[ question 4 ]]" in fresh.text
    desk.discards()
    assert [one.state for one in desk.case().letters] == [
        LetterState.SUPERSEDED,
        LetterState.SUPERSEDED,
        LetterState.DRAFT,
    ]


@pytest.mark.parametrize(
    ("order", "why"),
    [
        ("part 7 disclose\nYes.", "There is no question 7. The questions are 1, 2, 3 and 4."),
        ("answer\n1 disclose\nYes.\n1 not held\nNo.", "Question 1 has more than one outcome"),
        ("part 2 refuse 31(3)", "Question 2: 31(3): "),
        ("part 2 refuse 12", "refuses a whole request, in a letter of its own: “refuse 12”"),
        ("part 3 ncnd 31(3)(a)\nWe never looked at that.", "belongs to no slot"),
        ("part 4 not held", "The letter needs the text for “question 4”"),
        ("answer\nThere were 212.\n1 disclose", "“There were 212.” stands before any outcome"),
        ("part 1 disclose\nYes.\nharm:\nIt would help.", "belongs to no slot|belong to the letter"),
        (
            "answer\nall ncnd 31(3)(a)",
            "One letter for the whole request tells least: “ncnd 31(3)(a)”",
        ),
        ("part 1 disclose", ""),
    ],
)
def test_what_cannot_be_understood_is_refused_with_the_lines_that_would_do(
    desk: Office, order: str, why: str
) -> None:
    notice = opened(desk)
    files = (TABLE,) if not why else ()
    why = why or "There is no letter yet that parking-2020.csv could go with"
    if desk.orders(JANE, notice, order, files=files) == "command":
        assert why.startswith("belongs"), desk.one_for(JANE).text
        desk.discards()
        return
    told = desk.one_for(JANE).words
    assert re.search(why if "|" in why else re.escape(why), told), told
    assert 'Reply "' in told
    assert desk.case().parts == ()
    assert desk.case().letters == ()
